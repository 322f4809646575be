"""Every matter of every workflow but submissions: its state, the body it is with, and its report-back date."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from msgspec.structs import replace

from engine.view import Key, Line, columns_of
from engine.views.columns import series_of
from events.fact import Fact
from events.kinds.workflow import (
    DeadlinePassed,
    DeadlineSet,
    EvidenceAdded,
    InterventionProposed,
    MatterBegun,
    ReportReceived,
    RungMoved,
    StepTaken,
)
from events.schema import Event
from events.stream import workflow_of

REPORT_BACK = "report_back"
"""The deadline whose last permitted day is shown as the report-back date."""


class Matter(Line, gc=False):
    """A matter as it stands; as it is before its first step, where nothing else is said."""

    workflow: str
    indicator: str
    service: str
    ordinal: str
    state: str | None = None
    body: str | None = None
    trigger: str | None = None
    period: str | None = None
    category: str | None = None
    menu: str | None = None
    started_on: str | None = None
    report_due: str | None = None
    report_original: str | None = None
    reports: int = 0
    moves: int = 0
    evidence: int = 0
    ended: int = 0
    ended_on: str | None = None
    definition: str | None = None


class MattersView:
    """One row a matter; indicator or service are empty where it is not about one."""

    name = "matters"
    line = Matter
    columns = columns_of(Matter)
    key = ("workflow", "indicator", "service", "ordinal")
    ranged = True
    room = 50
    """A day on which hundreds of ladders climb by themselves changes every row of a page."""
    indexes: tuple[tuple[str, ...], ...] = (("service", "ended"), ("body", "ended"), ("state", "ended"))
    heeds: tuple[type[Event], ...] = (StepTaken, DeadlinePassed, EvidenceAdded)

    def touches(self, fact: Fact[Event]) -> Collection[Key]:
        """The matter that a fact is about."""
        if isinstance(fact.event, DeadlinePassed) and not (fact.event.sets or fact.event.clears):
            return ()  # what it proposes stands on the agenda
        workflow = workflow_of(fact.stream)
        if workflow is None:
            return ()
        match fact.event:
            case StepTaken(move=move):
                return [(workflow, *series_of(fact.stream), move.subject)]
            case EvidenceAdded(subject=subject) | DeadlinePassed(subject=subject):
                return [(workflow, *series_of(fact.stream), subject)]
            case _:
                return ()

    def fold(self, row: Matter | None, key: Key, fact: Fact[Event]) -> Matter | None:
        """What the fact changes; everything else stays."""
        after = Matter(*key) if row is None else replace(row)  # type: ignore[arg-type]  # the key's columns are texts
        event = fact.event
        match event:
            case StepTaken():
                self._step(after, event, fact)
            case DeadlinePassed():
                _deadlines(after, event.sets, event.clears)
            case EvidenceAdded():
                after.evidence += 1
            case _:
                pass
        return after

    def _step(self, after: Matter, event: StepTaken, fact: Fact[Event]) -> None:
        move, fields = event.move, event.fields
        after.state = move.target
        body = fields.get("rung") or fields.get("refer_to")
        if body is not None:
            after.body = str(body)
        if "category" in fields:
            after.category = str(fields["category"])
        if "menu" in fields:
            after.menu = " ".join(fields["menu"])
        if move.ends:
            after.ended = 1
            after.ended_on = fact.effective_on.isoformat()
        match event:
            case InterventionProposed() | MatterBegun():
                after.trigger = _text(fields.get("trigger"))
                after.period = _text(fields.get("period"))
                after.started_on = fact.effective_on.isoformat()
                after.definition = move.definition
            case ReportReceived():
                after.reports += 1
            case RungMoved():
                after.moves += 1
            case _:
                pass
        _deadlines(after, move.sets, move.clears)


def _deadlines(after: Matter, sets: Iterable[DeadlineSet], clears: Iterable[str]) -> None:
    if REPORT_BACK in clears:
        after.report_due = after.report_original = None
    for deadline in sets:
        if deadline.name == REPORT_BACK:
            original = deadline.original or deadline.last_day
            after.report_due = deadline.last_day.isoformat()
            after.report_original = original.isoformat()


def _text(value: object) -> str | None:
    return None if value is None else str(value)
