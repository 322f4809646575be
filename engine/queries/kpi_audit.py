"""The audit of the suite of KPIs: what became of each, why, and which still owe an answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import msgspec

from engine.handle import Engine
from engine.matters.auditing import AUDIT, audit_workflows
from engine.queries.known import check_known
from engine.queries.names import Names
from engine.queries.reader import Reader
from engine.view import Row
from engine.views import INDICATORS
from events import stream as streams
from events.errors import NotFound
from events.fact import Fact
from events.kinds.workflow import FieldValue, StepTaken
from events.period import parse_period
from events.schema import Event
from workflows.definition import Definition, Step
from workflows.fields import read_date

OUTSTANDING, NOT_ASKED = "outstanding", "not asked"


class AuditLine(msgspec.Struct, frozen=True, kw_only=True):
    """What the audit of one period came to for one KPI."""

    indicator: str
    title: str
    services: tuple[str, ...]
    outcome: str
    """The step that answered, as people call it; ``outstanding`` or ``not asked``."""
    step: str
    """The step that answered, by name; empty where none did."""
    reason: str
    by: str
    on: date | None
    due: date | None
    """The day until which an answer was asked for."""
    overdue: bool
    tests: int
    """How many sample tests were recorded."""
    unsound: int
    """How many of them found something."""


class _Asked(msgspec.Struct, frozen=True, kw_only=True):
    """The round that a KPI was asked in, and every step since."""

    definition: Definition
    asked: Fact[Event]
    since: tuple[Fact[Event], ...]


def audit_periods(engine: Engine, *, at: int | None = None) -> list[str]:
    """The periods for which KPIs were asked, oldest first."""
    reader = Reader(engine, at)
    found = {
        period
        for row in reader.rows(INDICATORS)
        for each in _rounds(reader, str(row["indicator"]))
        if (period := _period_of(each)) is not None
    }
    return sorted(found)


def kpi_audit(
    engine: Engine,
    today: date,
    *,
    names: Names,
    period: str | None = None,
    service: str | None = None,
    at: int | None = None,
) -> list[AuditLine]:
    """Every KPI that is not retired or was asked, by code; of the latest audit where no period is named.

    Raises NotFound GT-USE-461 where no KPI was ever asked, or none for that period.
    """
    reader = Reader(engine, at)
    check_known(reader, service=service)
    held = audit_periods(engine, at=at)
    wanted = str(parse_period(period)) if period is not None else (held[-1] if held else "")
    if wanted not in held:
        raise NotFound.of(
            "GT-USE-461",
            f"No KPI was asked in an audit{f' of {wanted}' if wanted else ''}.",
            f"Audits there are: {', '.join(held)}."
            if held
            else "Ask all of them: goldenthread matter round audit WORKFLOW --audit-of PERIOD --due-on DAY.",
        )
    rows = [row for row in reader.rows(INDICATORS) if service in (None, *str(row["services"]).split())]
    found = (_line(reader, row, wanted, today, names) for row in rows)
    return [line for line in found if line is not None]


def _line(reader: Reader, row: Row, period: str, today: date, names: Names) -> AuditLine | None:
    code = str(row["indicator"])
    asked = next((each for each in reversed(list(_rounds(reader, code))) if _period_of(each) == period), None)
    if asked is None:
        return None if row["retired_on"] is not None else _said(row, NOT_ASKED)
    moves = [(fact, fact.event) for fact in asked.since if isinstance(fact.event, StepTaken)]
    states = asked.definition.deadline(AUDIT).states
    left = next(((fact, event) for fact, event in moves if event.move.target not in states), None)
    tests = [event for _, event in moves if "sound" in event.fields]
    due = read_date(_due_on(asked))
    unsound = sum(event.fields["sound"] == "no" for event in tests)
    if left is None:
        late = due is not None and today > due
        return _said(row, OUTSTANDING, due=due, overdue=late, tests=len(tests), unsound=unsound)
    fact, event = left
    words = event.fields.get("reason") or event.fields.get("why") or ""
    return _said(
        row,
        _label(asked.definition, event.move.step),
        step=event.move.step,
        reason=names.text(str(words)) if words else "",
        by=names.acted(fact.actor, event.move.acting_for),
        on=fact.effective_on,
        due=due,
        tests=len(tests),
        unsound=unsound,
    )


def _said(
    row: Row,
    outcome: str,
    *,
    step: str = "",
    reason: str = "",
    by: str = "",
    on: date | None = None,
    due: date | None = None,
    overdue: bool = False,
    tests: int = 0,
    unsound: int = 0,
) -> AuditLine:
    return AuditLine(
        indicator=str(row["indicator"]),
        title=str(row["title"]),
        services=tuple(str(row["services"]).split()),
        outcome=outcome,
        step=step,
        reason=reason,
        by=by,
        on=on,
        due=due,
        overdue=overdue,
        tests=tests,
        unsound=unsound,
    )


def _rounds(reader: Reader, code: str) -> Iterator[_Asked]:
    """Each time that a KPI was asked, with what was done about it until it was asked again."""
    for name, definition in _workflows(reader).items():
        facts = reader.facts_of(streams.matters(name, code, ""))
        starts = [n for n, fact in enumerate(facts) if _asks(definition, fact.event)]
        for n, end in pairwise([*starts, len(facts)]):
            yield _Asked(definition=definition, asked=facts[n], since=tuple(facts[n + 1 : end]))


def _workflows(reader: Reader) -> dict[str, Definition]:
    """The workflows in which an audit asks something, as the newest pack has them."""
    return dict(audit_workflows(reader.newest)) if reader.newest else {}


def _asks(definition: Definition, event: Event) -> bool:
    """Whether a step is the one that asks: it enters a state in which the answer is owed."""
    if not isinstance(event, StepTaken):
        return False
    states = definition.deadline(AUDIT).states
    return event.move.target in states and event.move.source not in states


def _period_of(asked: _Asked) -> str | None:
    """The period that a round is of: the field of that type of the step that asked."""
    fields = _fields(asked.asked)
    event = asked.asked.event
    assert isinstance(event, StepTaken)  # only such ask
    step = _step(asked.definition, event.move.step)
    names = [name for name, type_ in (step.needs if step else {}).items() if type_ == "period"]
    return next((str(fields[name]) for name in names if name in fields), None)


def _due_on(asked: _Asked) -> FieldValue | None:
    """The day until which an answer is asked for: the field that the deadline runs until."""
    return _fields(asked.asked).get(asked.definition.deadline(AUDIT).until or "")


def _fields(fact: Fact[Event]) -> dict[str, FieldValue]:
    return dict(fact.event.fields) if isinstance(fact.event, StepTaken) else {}


def _step(definition: Definition, name: str) -> Step | None:
    return next((each for each in definition.steps if each.name == name), None)


def _label(definition: Definition, name: str) -> str:
    step = _step(definition, name)
    return step.label if step is not None else name
