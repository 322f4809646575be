"""What a test of a pack may expect: one entry each, read strictly and compared with what came out.

A comparison answers nothing where the expectation is met, and otherwise one clause that says what came instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.packs.outcome import Outcome
from engine.packs.scalars import read_day, read_number
from events.kinds.workflow import DeadlinePassed
from events.number import plain
from workflows.definition import BODY
from workflows.machine import legal_moves
from workflows.node import Node


@dataclass(frozen=True, slots=True)
class Expected:
    """One key under `expect`."""

    about: str
    read: Callable[[Node], Any]
    differs: Callable[[Outcome, Any], str | None]


def _names(node: Node) -> tuple[str, ...]:
    return () if node.value == [] else node.names()


def _several(node: Node) -> tuple[str, ...]:
    words = node.value.split() if isinstance(node.value, str) else [item.text() for item in node.items()]
    return tuple(word.replace(" ", "_") for word in words)


def _numbers(node: Node) -> dict[str, tuple[int, ...]]:
    found = {}
    for trigger, below in node.entries().items():
        items = [] if below.value == [] else below.items()
        found[trigger] = tuple(item.whole_number() for item in items)
    return found


def _number(node: Node) -> str:
    return plain(read_number(node))


def _task(node: Node) -> dict[str, str]:
    return {key: below.text() for key, below in node.keys(required=("for", "answer")).items()}


def _days(node: Node) -> dict[date, dict[str, str]]:
    found = {}
    for day, below in node.entries().items():
        on = read_day(node.at(day, day))
        wanted = below.keys(optional=("proposed", "to", "task", "deadline")) if below.value != NOTHING else {}
        found[on] = {key: value.text() for key, value in wanted.items()}
    return found


NOTHING = "nothing"


def _fires(outcome: Outcome, wanted: tuple[str, ...]) -> str | None:
    came = [fired.trigger for fired in outcome.fired]
    return None if sorted(came) == sorted(wanted) else f"{_listed(came)} fired, not {_listed(wanted)}"


def _fires_at(outcome: Outcome, wanted: Mapping[str, tuple[int, ...]]) -> str | None:
    for trigger, periods in wanted.items():
        came = outcome.periods_fired(trigger)
        if tuple(came) != periods:
            return (
                f"'{trigger}' fired in period {_listed(map(str, came))}, not in {_listed(map(str, periods))}"
            )
    return None


def _active(outcome: Outcome, wanted: tuple[str, ...]) -> str | None:
    came = outcome.assessed.triggers if outcome.assessed else {}
    return (
        None
        if sorted(came) == sorted(wanted)
        else f"{_listed(came)} stands at the end, not {_listed(wanted)}"
    )


def _active_at(outcome: Outcome, wanted: Mapping[str, tuple[int, ...]]) -> str | None:
    for trigger, periods in wanted.items():
        came = outcome.periods_active(trigger)
        if tuple(came) != periods:
            return (
                f"'{trigger}' stands in period {_listed(map(str, came))}, not in {_listed(map(str, periods))}"
            )
    return None


def _screened(outcome: Outcome, wanted: tuple[str, ...]) -> str | None:
    came = [each.trigger for each in outcome.screened]
    return (
        None if sorted(came) == sorted(wanted) else f"{_listed(came)} is only recorded, not {_listed(wanted)}"
    )


def _computed(outcome: Outcome, wanted: str) -> str | None:
    came = outcome.assessed.computed if outcome.assessed else None
    return None if came == wanted else f"what the rules computed is {came or 'not overridden'}"


def _statuses(outcome: Outcome, wanted: tuple[str, ...]) -> str | None:
    came = [status.replace(" ", "_") for status in outcome.statuses]
    return None if tuple(came) == wanted else f"the statuses are {' '.join(came)}"


def _requires(outcome: Outcome, wanted: tuple[str, ...]) -> str | None:
    came = [fired.require.partition(" within ")[0] for fired in outcome.fired if fired.require]
    return (
        None
        if sorted(set(came)) == sorted(wanted)
        else f"what is required is {_listed(came)}, not {_listed(wanted)}"
    )


def _withdrawn(outcome: Outcome, wanted: tuple[str, ...]) -> str | None:
    came = outcome.withdrawn
    return None if sorted(came) == sorted(wanted) else f"{_listed(came)} was withdrawn, not {_listed(wanted)}"


def _recorded(outcome: Outcome, wanted: str) -> str | None:
    came = [each.record for each in outcome.screened]
    came += [each.record for each in outcome.fired if each.record]
    return None if wanted in came else f"what was recorded is {_listed(came)}"


def _not_assessed(outcome: Outcome, wanted: tuple[str, ...]) -> str | None:
    came = outcome.assessed.not_assessed if outcome.assessed else ()
    return (
        None
        if sorted(came) == sorted(wanted)
        else f"{_listed(came)} could not be assessed, not {_listed(wanted)}"
    )


def _status(outcome: Outcome, wanted: str) -> str | None:
    came = outcome.assessed
    if came is None:
        return "nothing was judged"
    return None if came.status == wanted else f"the status is {came.status}. {came.reason}"


def _points(outcome: Outcome, wanted: str) -> str | None:
    status = outcome.pack.rules.by_id.get(outcome.assessed.status) if outcome.assessed else None
    points = plain(status.points) if status is not None and status.points is not None else "none"
    return None if points == wanted else f"its points are {points}"


def _reason(outcome: Outcome, wanted: str) -> str | None:
    came = outcome.assessed.reason if outcome.assessed else "nothing"
    return None if came == wanted else f"the reason is: {came}"


def _task_for(outcome: Outcome, wanted: Mapping[str, str]) -> str | None:
    body, workflow = wanted.get("for", ""), wanted.get("answer", "")
    rehearsal = outcome.rehearsal
    if not any(fired.start == workflow for fired in outcome.fired):
        return f"nothing that fired starts '{workflow}'"
    if rehearsal is None or rehearsal.instance is None:
        return f"'{workflow}' could not begin" + (
            f": {rehearsal.refused[0].sentence}" if rehearsal and rehearsal.refused else ""
        )
    if rehearsal.instance.body != body:
        return f"the matter is with {rehearsal.instance.body or 'no body'}"
    waits = any(BODY in step.by for step in legal_moves(rehearsal.definition, rehearsal.instance.state))
    return None if waits else f"'{workflow}' does not wait for {body}"


def _due(outcome: Outcome, wanted: date) -> str | None:
    came = outcome.rehearsal.sets if outcome.rehearsal else ()
    if any(each.last_day == wanted for each in came):
        return None
    return f"what is due is {_listed(f'{each.name} by {each.last_day} ({each.rule})' for each in came)}"


def _on(outcome: Outcome, wanted: Mapping[date, Mapping[str, str]]) -> str | None:
    fired = outcome.rehearsal.fired if outcome.rehearsal else []
    for day, expected in wanted.items():
        came = [event for on, event in fired if on == day]
        if expected and not any(_matches(event, expected) for event in came):
            return f"what happened on {day} is {_listed(event.words for event in came)}"
        if not expected and came:
            return f"on {day}: {_listed(event.words for event in came)}"
    return None


def _matches(event: DeadlinePassed, expected: Mapping[str, str]) -> bool:
    came = {"proposed": event.proposes, "to": event.to, "task": event.to, "deadline": event.name}
    return all(came[key] == value for key, value in expected.items())


def _refused(outcome: Outcome, wanted: str) -> str | None:
    came = [problem.sentence for problem in outcome.rehearsal.refused] if outcome.rehearsal else []
    return None if any(wanted in sentence for sentence in came) else f"what was refused is {_listed(came)}"


def _state(outcome: Outcome, wanted: str) -> str | None:
    instance = outcome.rehearsal.instance if outcome.rehearsal else None
    came = instance.state if instance else "not begun"
    return None if came == wanted else f"it stands at '{came}'"


def _with_body(outcome: Outcome, wanted: str) -> str | None:
    instance = outcome.rehearsal.instance if outcome.rehearsal else None
    came = (instance.body if instance else None) or "nobody"
    return None if came == wanted else f"the matter is with {came}"


def _in_force(outcome: Outcome, wanted: str) -> str | None:
    confirmed = outcome.rehearsal.standing.confirmed if outcome.rehearsal else None
    came = "none"
    if confirmed is not None:
        parts = (confirmed[0].value, confirmed[0].numerator, confirmed[0].denominator)
        came = "/".join(plain(each) for each in parts if each is not None)
    return None if came == wanted else f"the figure in force is {came}"


def _figure_due(outcome: Outcome, wanted: date) -> str | None:
    came = outcome.window
    return (
        None
        if came and came.last_day == wanted
        else f"the figure is due by {came.last_day if came else 'no day'}"
    )


def _asked_on(outcome: Outcome, wanted: date) -> str | None:
    came = outcome.window
    return (
        None
        if came and came.opens_on == wanted
        else f"data is asked for on {came.opens_on if came else 'no day'}"
    )


def _listed(words: Any) -> str:
    return "; ".join(words) or "nothing"


EXPECTATIONS: Mapping[str, Expected] = {
    "status": Expected("the status of the last period", Node.text, _status),
    "statuses": Expected("the status of every period, oldest first: red amber green", _several, _statuses),
    "computed": Expected(
        "the status that the rules gave where an officer's overrides it", Node.text, _computed
    ),
    "points": Expected("the points of that status", _number, _points),
    "reason": Expected("the sentence that explains the status, word for word", Node.text, _reason),
    "fires": Expected("the triggers that fire in the last period, [] for none", _names, _fires),
    "fires_at": Expected("trigger → the periods in which it fires, counted from 1", _numbers, _fires_at),
    "active": Expected("the triggers that stand after the last period, [] for none", _names, _active),
    "active_at": Expected(
        "trigger → the periods after which it stands, counted from 1", _numbers, _active_at
    ),
    "screened": Expected(
        "the triggers that hold in the last period but are only recorded", _names, _screened
    ),
    "requires": Expected("what the triggers that fire in the last period require", _names, _requires),
    "withdrawn": Expected("the triggers that the restatement takes back", _names, _withdrawn),
    "recorded": Expected("the sentence that is recorded in the last period", Node.text, _recorded),
    "not_assessed": Expected("the triggers that cannot be decided", _names, _not_assessed),
    "task": Expected("{for: the body that must answer, answer: the workflow}", _task, _task_for),
    "due": Expected("the last day of a deadline that the last step sets", read_day, _due),
    "on": Expected("day → what goes by then: {proposed, to, task, deadline}, or 'nothing'", _days, _on),
    "refused": Expected("part of the sentence with which the last step is refused", Node.text, _refused),
    "state": Expected("the state in which it ends", Node.text, _state),
    "with": Expected("the body that the matter is with at the end", Node.text, _with_body),
    "in_force": Expected(
        "the figure that is in force where a submission is played: 71.4, 6/7 or none", Node.text, _in_force
    ),
    "asked_on": Expected("the day on which the period's data is asked for", read_day, _asked_on),
    "figure_due": Expected("the last day on which the period's figure is in time", read_day, _figure_due),
}
"""Key → what it expects."""
