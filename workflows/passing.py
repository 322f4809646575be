"""What happens when a deadline goes by: it is recorded once, and the next rung is proposed or climbed to.

Source: Hampshire 2008, 4.16 and Appendix Two name the rungs; that a missed report-back proposes the next one,
and that a person decides, is a pack's choice (`ladder: mode`).
"""

from __future__ import annotations

from datetime import date

import msgspec

from events.kinds.workflow import DeadlinePassed, DeadlineSet, FieldValue
from workflows.calendar import Calendar, in_words
from workflows.definition import BODY, SYSTEM, Deadline, Definition, Step
from workflows.instance import Instance
from workflows.machine import legal_moves
from workflows.surroundings import Surroundings
from workflows.taking import Taking


class Passing(msgspec.Struct, frozen=True, kw_only=True):
    """The fact to record and, where the ladder climbs by itself, the step that the system then takes."""

    event: DeadlinePassed
    taking: Taking | None = None


def pass_deadline(
    definition: Definition, instance: Instance, name: str, n: int, fired_on: date, facts: Surroundings
) -> Passing | None:
    """Pass the `n`-th setting of a deadline on the local day `fired_on`; None where it no longer runs."""
    running = instance.open.get(name)
    if running is None or running.n != n:
        return None
    deadline = definition.deadline(name)
    rung = _next_rung(deadline, instance, facts)
    follows = _following(definition, deadline, instance, facts, rung)
    late = _days_late(running, fired_on, facts.calendar)
    event = DeadlinePassed(
        workflow=instance.workflow,
        subject=instance.subject,
        name=name,
        n=n,
        due_at=running.due_at,
        last_day=running.last_day,
        working_days_late=late,
        proposes=None if follows else rung,
        to=None if follows else _whose_task(deadline, instance),
        words=_words(deadline, running, instance, rung, facts, follows=follows is not None),
    )
    if follows is None:
        return Passing(event=event)
    return Passing(
        event=event,
        taking=Taking(
            workflow=instance.workflow,
            subject=instance.subject,
            step=follows.name,
            fields=_given(follows, running, rung),
            actor=SYSTEM,
            effective_on=fired_on,
            counted_from=running.last_day if late <= 1 else fired_on,
        ),
    )


def _days_late(running: DeadlineSet, fired_on: date, calendar: Calendar) -> int:
    """Working days between the day it fell due and the day it fired.

    At most one, and the next deadline counts on from the last permitted day; more, and it counts from the
    firing: otherwise a ladder would drift a day per rung, or be at its top in one tick after an outage.
    """
    return calendar.working_days_between(calendar.local_date(running.due_at), fired_on)


def _next_rung(deadline: Deadline, instance: Instance, facts: Surroundings) -> str | None:
    ladder = facts.organisation.ladder
    if deadline.on_pass.kind != "propose" or ladder is None:
        return None
    return ladder.above(instance.body)


def _following(
    definition: Definition, deadline: Deadline, instance: Instance, facts: Surroundings, rung: str | None
) -> Step | None:
    """The step that the product takes by itself, if one follows."""
    if deadline.on_pass.kind == "take":
        step = definition.step(deadline.on_pass.to)
        return step if instance.state in step.source else None
    return _climbing_step(definition, instance, facts) if rung else None


def _given(step: Step, running: DeadlineSet, rung: str | None) -> dict[str, FieldValue]:
    day = in_words(running.last_day)
    given = {"rung": rung, "reason": f"no answer by {day}"} if rung else {"reason": f"{day} has come"}
    return {name: value for name, value in given.items() if value and name in {**step.needs, **step.may}}


def _climbing_step(definition: Definition, instance: Instance, facts: Surroundings) -> Step | None:
    """The step by which the system moves the matter on, under a ladder that climbs by itself."""
    ladder = facts.organisation.ladder
    if ladder is None or ladder.mode != "automatic":
        return None
    steps = legal_moves(definition, instance.state)
    return next((step for step in steps if SYSTEM in step.by and "rung" in step.needs), None)


def _whose_task(deadline: Deadline, instance: Instance) -> str | None:
    named = BODY if deadline.on_pass.kind == "propose" else deadline.on_pass.to
    return instance.body if named == BODY else named


def _words(
    deadline: Deadline,
    running: DeadlineSet,
    instance: Instance,
    rung: str | None,
    facts: Surroundings,
    *,
    follows: bool,
) -> str:
    label = deadline.label.replace("{body}", instance.body or "the body")
    missed = f"{label}: nothing by {in_words(running.last_day)}."
    if follows:
        return f"{missed} It moves to {rung}." if rung else f"{label}: {in_words(running.last_day)} has come."
    if rung:
        return f"{missed} {rung} is proposed; {instance.body} decides."
    ladder = facts.organisation.ladder
    if deadline.on_pass.kind == "propose" and ladder and instance.body == ladder.rungs[-1]:
        return f"{missed} {instance.body} is the top of the ladder: it stays on its agenda."
    return f"{missed} It stays on the agenda."
