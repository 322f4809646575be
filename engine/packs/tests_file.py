"""A pack's own tests, as the governance lead writes them in `tests.yaml`.

- name: nobody reports back
  given: {answer: {category: category_2}, on: 2008-12-15, then: nobody acts}
  expect: {on: {2009-03-16: {proposed: CMT, to: CPEG}}}
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from engine.packs.expectations import EXPECTATIONS, Expected
from engine.packs.pack import Pack
from engine.packs.scalars import read_day, read_number, read_period
from engine.ports import Document
from engine.problems import placed
from events.errors import Invalid
from events.kinds.workflow import FieldValue
from events.nearest import did_you_mean
from events.period import Period
from events.stream import INTERVENTION
from rules.case import Target
from workflows.node import Node

NOBODY_ACTS = "nobody acts"

FIGURE = ("value", "numerator", "denominator")
TARGET = ("target", "low", "high", "floor", "tolerance")
GIVEN = {
    "history": "statuses of the periods one after another, oldest first; the last one is judged. '.' is no data, and red@66 "
    "a status with the figure it came with",
    "figures": "the figures of the periods after the history, oldest first, each judged: 90 88 85, 57/100 or '.'; where "
    "statuses are declared, the history is declared of the same periods",
    "targets": "a target for each of the figures: 90 90 92; where left out, 'target' is that of all",
    "first_period": "what the first period is called, for example 2015-Q1",
    "restated": "the statuses of the same periods, judged again after a restatement",
    "reported_as": "what the last period was reported as",
    "declared": "the status that an officer declared for the last period",
    "override": "the status that an officer sets in place of the computed one of the last period",
    "late": "yes where the figure of the last period is overdue, no where it is in time; left out, nobody can say",
    "muted": "the triggers that are muted in the last period",
    **dict.fromkeys(FIGURE, "the figure judged, after the history"),
    **dict.fromkeys(TARGET, "the target it is judged against"),
    "polarity": "higher, lower, in_band or none; higher where left out",
    "measured_in": "percent, number, days …",
    "period": "the period, where its window is asked for, or the submission of its figure is played",
    "workflow": "the workflow that is played, submission for a figure on its way; intervention where left out",
    "begins": "the day on which it begins; that of the first step where left out",
    "begins_with": "the fields with which somebody begins it, where no trigger does",
    "answer": "the answer of the body to which the matter was referred, with its fields",
    "on": "the day of the answer",
    "then": "'nobody acts', or further steps: {do: report, on: 2009-02-01, …}",
    "meetings": "body → the days on which it meets",
    "holders": "role or body → how many people hold the role or act for the body, where it is more than one; the second is "
    "'director 2' under 'by'",
}
"""What a test may give, besides the pack's own indicator fields."""
POLARITIES = ("higher", "lower", "in_band", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """A step that somebody takes on a day."""

    step: str
    on: date
    by: str | None
    """A role or body; the first that may take the step where left out."""
    fields: dict[str, FieldValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackTest:
    """One test: what is given, and what is expected of it."""

    name: str
    path: tuple[str | int, ...]
    fields: dict[str, str]
    history: tuple[str, ...] | None
    figures: tuple[dict[str, Decimal], ...]
    """The figures of the periods, an empty one for no data; none where only their statuses are given."""
    targets: tuple[Decimal, ...]
    first_period: str
    declared: str | None
    override: str | None
    late: bool | None
    muted: tuple[str, ...]
    restated: tuple[str, ...] | None
    """The statuses of the same periods after a restatement."""
    reported_as: str | None
    figure: dict[str, Decimal] | None
    """`value`, or `numerator` and `denominator`; None where no figure is judged."""
    target: Target | None
    polarity: str
    measured_in: str
    period: Period | None
    workflow: str
    """The workflow that is played."""
    begins: date | None
    begins_with: dict[str, FieldValue] | None
    """The fields with which somebody begins it by hand; None where a trigger does."""
    doings: tuple[Doing, ...]
    meetings: dict[str, tuple[date, ...]]
    holders: dict[str, int]
    """How many people hold a role, or act for a body, where it is not one."""
    expected: tuple[tuple[str, Expected, Any], ...]
    """Key, what it means, and the value expected."""


def read_tests(document: Document, pack: Pack) -> tuple[PackTest, ...]:
    """Every test of the file. Raises Invalid with every problem, each with its place."""
    top = Node(document.tree, (), [])
    if not isinstance(top.value, list) or not top.value:
        top.problem("GT-PACK-060", "A file of tests is a list.", "Begin each test with '- name:'.")
    tests = [_read_one(node, pack) for node in top.items()] if not top.problems else []
    if top.problems:
        raise Invalid(*placed(top.problems, document))
    return tuple(tests)


def _read_one(node: Node, pack: Pack) -> PackTest:
    keys = node.keys(required=("name", "given", "expect"))
    known = [*GIVEN, *pack.rules.fields_by_id]
    given = _known(keys["given"], known, "GT-PACK-061", "be given") if "given" in keys else {}
    expect = _known(keys["expect"], EXPECTATIONS, "GT-PACK-062", "be expected") if "expect" in keys else {}
    numbers = {
        key: read_number(given[key])
        for key in (*FIGURE, *TARGET)
        if key in given and given[key].value != "missing"
    }
    return PackTest(
        name=keys["name"].text() if "name" in keys else "",
        path=node.path,
        fields={key: given[key].text() for key in pack.rules.fields_by_id if key in given},
        history=_history(given["history"]) if "history" in given else None,
        figures=_figures(given["figures"]) if "figures" in given else (),
        targets=_targets(given),
        first_period=_first_period(given),
        declared=given["declared"].text() if "declared" in given else None,
        override=given["override"].text() if "override" in given else None,
        late=given["late"].yes() if "late" in given else None,
        muted=given["muted"].choices(_triggers(pack), "trigger of this pack") if "muted" in given else (),
        restated=_history(given["restated"]) if "restated" in given else None,
        reported_as=given["reported_as"].text() if "reported_as" in given else None,
        figure={key: numbers[key] for key in FIGURE if key in numbers} if set(FIGURE) & set(given) else None,
        target=_target(numbers) if set(TARGET) & set(numbers) else None,
        polarity=given["polarity"].choice(POLARITIES, "polarity") if "polarity" in given else "higher",
        measured_in=given["measured_in"].text() if "measured_in" in given else "number",
        period=read_period(given["period"]) if "period" in given else None,
        workflow=_workflow(given, pack),
        begins=read_day(given["begins"]) if "begins" in given else None,
        begins_with=_fields(given["begins_with"].entries()) if "begins_with" in given else None,
        doings=_doings(given, node),
        meetings=_meetings(given["meetings"], pack) if "meetings" in given else {},
        holders=_holders(given["holders"], pack) if "holders" in given else {},
        expected=tuple(
            (key, EXPECTATIONS[key], EXPECTATIONS[key].read(below)) for key, below in expect.items()
        ),
    )


def _known(node: Node, known: Collection[str], code: str, verb: str) -> dict[str, Node]:
    found = node.entries()
    for key in [key for key in found if key not in known]:
        found.pop(key).problem(
            code,
            f"'{key}' is nothing that can {verb}.{did_you_mean(key, known)}",
            f"Known: {', '.join(known)}.",
        )
    return found


def _words(node: Node) -> list[Node]:
    """Words in one text, or a list of them."""
    if isinstance(node.value, str):
        return [node.at(index, word) for index, word in enumerate(node.value.split())]
    return node.items()


def _figures(node: Node) -> tuple[dict[str, Decimal], ...]:
    return tuple(_one_figure(each) for each in _words(node))


def _one_figure(node: Node) -> dict[str, Decimal]:
    """A number, a numerator over a denominator, or nothing for no data."""
    text = node.text()
    if text == ".":
        return {}
    top, over, bottom = text.partition("/")
    if not over:
        return {"value": read_number(node)}
    parts = (Node(part, node.path, node.problems) for part in (top, bottom))
    return dict(zip(("numerator", "denominator"), map(read_number, parts), strict=True))


def _targets(given: dict[str, Node]) -> tuple[Decimal, ...]:
    """A target for each figure, as many as there are figures."""
    if "targets" not in given:
        return ()
    node = given["targets"]
    targets = tuple(read_number(each) for each in _words(node))
    figures = len(_words(given["figures"])) if "figures" in given else 0
    if len(targets) != figures:
        node.problem(
            "GT-RULE-096",
            f"{len(targets)} targets are given for {figures} figures.",
            "Give one for each figure, or 'target' for all of them.",
        )
    return targets


def _first_period(given: dict[str, Node]) -> str:
    period = read_period(given["first_period"]) if "first_period" in given else None
    return "" if period is None else str(period)


def _triggers(pack: Pack) -> list[str]:
    return [trigger.id for trigger in pack.rules.triggers]


def _workflow(given: dict[str, Node], pack: Pack) -> str:
    if "workflow" not in given:
        return INTERVENTION
    return given["workflow"].choice([*pack.workflows], "workflow of this pack", "GT-PACK-068")


def _history(node: Node) -> tuple[str, ...]:
    if isinstance(node.value, str):
        return tuple(node.value.split())
    return tuple(item.text() for item in node.items())


def _target(numbers: dict[str, Decimal]) -> Target:
    return Target(
        value=numbers.get("target"),
        low=numbers.get("low"),
        high=numbers.get("high"),
        floor=numbers.get("floor"),
        tolerance=numbers.get("tolerance"),
    )


def _doings(given: dict[str, Node], test: Node) -> tuple[Doing, ...]:
    doings = []
    if "answer" in given:
        if "on" not in given:
            test.problem(
                "GT-PACK-063",
                "An answer is given, but not on which day.",
                "Add 'on', for example on: 2009-01-31.",
            )
        on = read_day(given["on"]) if "on" in given else date.min
        doings.append(Doing(step="answer", on=on, by=None, fields=_fields(given["answer"].entries())))
    if "then" in given and given["then"].value != NOBODY_ACTS:
        for node in given["then"].items():
            keys = node.entries()
            if not {"do", "on"} <= set(keys):
                node.problem(
                    "GT-PACK-064", "A step says what is done and when.", "Write {do: report, on: 2009-02-01}."
                )
                continue
            by = keys["by"].text() if "by" in keys else None
            rest = {key: below for key, below in keys.items() if key not in ("do", "on", "by")}
            doings.append(Doing(step=keys["do"].text(), on=read_day(keys["on"]), by=by, fields=_fields(rest)))
    return tuple(doings)


def _fields(keys: dict[str, Node]) -> dict[str, FieldValue]:
    return {key: node.text() if isinstance(node.value, str) else node.names() for key, node in keys.items()}


def _bodies(pack: Pack) -> str:
    return f"The bodies are: {', '.join(pack.organisation.bodies) or 'none'}."


def _holders(node: Node, pack: Pack) -> dict[str, int]:
    known = (*pack.organisation.bodies, *pack.organisation.roles)
    for name, below in node.entries().items():
        if name not in known:
            meant = did_you_mean(name, known)
            fix = f"Known: {', '.join(known)}."
            below.problem("GT-PACK-443", f"There is no role or body '{name}'.{meant}", fix, at_key=True)
    return {name: below.whole_number() for name, below in node.entries().items()}


def _meetings(node: Node, pack: Pack) -> dict[str, tuple[date, ...]]:
    meetings = {}
    for body, below in node.entries().items():
        if body not in pack.organisation.bodies:
            meant = did_you_mean(body, pack.organisation.bodies)
            below.problem("GT-PACK-065", f"There is no body '{body}'.{meant}", _bodies(pack))
        meetings[body] = tuple(sorted(read_day(item) for item in below.items()))
    return meetings
