"""The pack's `period_close:` section: what must be true before a period's report is frozen, and who freezes it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec

from events.errors import Problem
from events.nearest import did_you_mean
from rules.ir import RuleSet
from workflows.definition import Definition
from workflows.keys import Key, Keys
from workflows.node import Node
from workflows.organisation import Organisation

FIGURES, RESTATEMENTS = "figures", "restatements"
PLAIN: Mapping[str, str] = {
    FIGURES: "every figure of the period is confirmed, or it is said why there is none",
    RESTATEMENTS: "no corrected figure of the period waits for another person",
}
"""What can be required by its name alone, in the words of the reference."""
NAMED, REFUSED = "named", "refused"
SERVICE, YEAR_END = "service", "year_end"

SECTION: Keys = {
    "closes": Key("the roles or bodies that close a period", True),
    "requires": Key(
        "a list: figures, restatements, or a workflow whose matters must be settled, as {settled: decision}",
        True,
    ),
    "with_missing": Key(
        "named: it may be closed with what is missing named, and a reason; refused unless said so"
    ),
    "within": Key("how long after the period it is to be closed"),
    "clause": Key("where the source says so"),
    "assumption": Key("what it rests on where the source does not say"),
}
SETTLED: Keys = {
    "settled": Key("a workflow of the pack: none of its matters may be owed, of this period or an earlier one", True),
    "for_status": Key("every series with one of these statuses must have such a matter, and it must be settled"),
    "of_every": Key("service: every service must have such a matter for the period, and it must be settled"),
    "at": Key("year_end: looked at only when the last period of the council's year is closed"),
    "waiting_in": Key("the states that are not settled; all that neither end nor rest where left out"),
    "not_settled_by": Key(
        "the end states by which a person ends it without what was asked for: it is then missing, and named with the reason"
    ),
    "clause": Key("where the source says so"),
    "assumption": Key("what it rests on where the source does not say"),
}  # fmt: skip


class Settled(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A workflow whose matters must be settled."""

    workflow: str
    for_status: tuple[str, ...] = ()
    of_every: str = ""
    at: str = ""
    waiting_in: tuple[str, ...] = ()
    not_settled_by: tuple[str, ...] = ()
    """End states: a person who ends a matter in one of them has not had what it asked for."""


class PeriodClose(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a period is closed."""

    closes: tuple[str, ...]
    requires: tuple[str, ...] = ()
    """Of `PLAIN`."""
    settled: tuple[Settled, ...] = ()
    with_missing: bool = False
    within: str = ""
    """A length of time after the period's last day; empty where none is said."""


def read_period_close(node: Node) -> PeriodClose:
    """Read the section; problems are collected by the node."""
    found = node.table(SECTION)
    plain, settled = [], []
    for item in found["requires"].items() if "requires" in found else ():
        if isinstance(item.value, Mapping):
            settled.append(_settled(item))
        else:
            plain.append(item.choice(PLAIN, "requirement"))
    missing = found["with_missing"].choice((NAMED, REFUSED), "answer") if "with_missing" in found else REFUSED
    return PeriodClose(
        closes=found["closes"].names() if "closes" in found else (),
        requires=tuple(plain),
        settled=tuple(settled),
        with_missing=missing == NAMED,
        within=str(found["within"].duration()) if "within" in found else "",
    )


def _settled(node: Node) -> Settled:
    found = node.table(SETTLED)
    return Settled(
        workflow=found["settled"].text() if "settled" in found else "",
        for_status=found["for_status"].names() if "for_status" in found else (),
        of_every=found["of_every"].choice((SERVICE,), "subject") if "of_every" in found else "",
        at=found["at"].choice((YEAR_END,), "time") if "at" in found else "",
        waiting_in=found["waiting_in"].names() if "waiting_in" in found else (),
        not_settled_by=found["not_settled_by"].names() if "not_settled_by" in found else (),
    )


def check_period_close(
    section: PeriodClose | None,
    organisation: Organisation | None,
    rules: RuleSet | None,
    uses: Collection[str],
    workflows: Mapping[str, Definition],
) -> list[Problem]:
    """Names that the rest of the pack does not know."""
    if section is None:
        return []
    problems: list[Problem] = []
    if organisation is not None:
        people = {*organisation.roles, *organisation.bodies}
        problems += [
            _unknown("GT-PACK-420", "role or body", name, people, "closes")
            for name in section.closes
            if name not in people
        ]
    for each in section.settled:
        problems += _of_settled(each, rules, uses, workflows)
    return problems


def _of_settled(
    each: Settled, rules: RuleSet | None, uses: Collection[str], workflows: Mapping[str, Definition]
) -> list[Problem]:
    problems = []
    if each.workflow and each.workflow not in uses:
        problems.append(_unknown("GT-PACK-421", "workflow", each.workflow, set(uses), "requires"))
    if rules is not None:
        statuses = {status.id for status in rules.statuses}
        problems += [
            _unknown("GT-PACK-422", "status", name, statuses, "requires")
            for name in each.for_status
            if name not in statuses
        ]
    if each.workflow in workflows:
        states = {state.name: state for state in workflows[each.workflow].states}
        ends = [name for name, state in states.items() if state.final]
        problems += [
            _unknown("GT-PACK-423", f"state of '{each.workflow}'", name, states, "requires")
            for name in each.waiting_in
            if name not in states
        ]
        problems += [
            _unknown("GT-PACK-423", f"end state of '{each.workflow}'", name, ends, "requires")
            for name in each.not_settled_by
            if name not in ends
        ]
    return problems


def _unknown(code: str, what: str, name: str, known: Collection[str], key: str) -> Problem:
    return Problem(
        code=code,
        sentence=f"'period_close' names '{name}', but the pack has no such {what}.{did_you_mean(name, known)}",
        fix=f"Known: {', '.join(sorted(known)) or 'none'}.",
        path=("period_close", key),
    )
