"""Every matter of every workflow but submissions: its state, the body it is with, and its report-back date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.view import Key, Row, Value
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


class MattersView:
    """One row a matter; indicator or service are empty where it is not about one."""

    name = "matters"
    columns: Mapping[str, type[str] | type[int]] = {
        "workflow": str,
        "indicator": str,
        "service": str,
        "ordinal": str,
        "state": str,
        "body": str,
        "trigger": str,
        "period": str,
        "category": str,
        "menu": str,
        "started_on": str,
        "report_due": str,
        "report_original": str,
        "reports": int,
        "breaches": int,
        "moves": int,
        "evidence": int,
        "proposed_rung": str,
        "ended": int,
        "ended_on": str,
        "definition": str,
    }
    key = ("workflow", "indicator", "service", "ordinal")
    ranged = True
    room = 50
    """A day on which hundreds of deadlines go by changes every row of a page, and nothing that is indexed."""
    indexes: tuple[tuple[str, ...], ...] = (("service", "ended"), ("body", "ended"), ("state", "ended"))
    heeds: tuple[type[Event], ...] = (StepTaken, DeadlinePassed, EvidenceAdded)

    def touches(self, fact: Fact[Event]) -> Iterable[Key]:
        """The matter that a fact is about."""
        workflow = workflow_of(fact.stream)
        if workflow is None:
            return
        event = fact.event
        match event:
            case StepTaken():
                yield (workflow, *series_of(fact.stream), event.move.subject)
            case DeadlinePassed() | EvidenceAdded():
                yield (workflow, *series_of(fact.stream), event.subject)
            case _:
                pass

    def fold(self, row: Row | None, key: Key, fact: Fact[Event]) -> Row | None:
        """What the fact changes; everything else stays."""
        after = dict(row) if row is not None else self._blank(key)
        event = fact.event
        match event:
            case StepTaken():
                self._step(after, event, fact)
            case DeadlinePassed():
                after["breaches"] = int(after["breaches"] or 0) + (1 if event.proposes else 0)
                after["proposed_rung"] = event.proposes or after["proposed_rung"]
                _deadlines(after, event.sets, event.clears)
            case EvidenceAdded():
                after["evidence"] = int(after["evidence"] or 0) + 1
            case _:
                pass
        return after

    def _step(self, after: dict[str, Value], event: StepTaken, fact: Fact[Event]) -> None:
        move, fields = event.move, event.fields
        after["state"] = move.target
        body = fields.get("rung") or fields.get("refer_to")
        if body is not None:
            after["body"] = str(body)
        if "category" in fields:
            after["category"] = str(fields["category"])
        if "menu" in fields:
            after["menu"] = " ".join(fields["menu"])
        if move.ends:
            after.update(ended=1, ended_on=fact.effective_on.isoformat())
        if move.source != move.target or move.on_behalf_of or body is not None:
            after["proposed_rung"] = None
        match event:
            case InterventionProposed() | MatterBegun():
                after["trigger"] = _text(fields.get("trigger"))
                after["period"] = _text(fields.get("period"))
                after["started_on"] = fact.effective_on.isoformat()
                after["definition"] = move.definition
            case ReportReceived():
                after["reports"] = int(after["reports"] or 0) + 1
            case RungMoved():
                after["moves"] = int(after["moves"] or 0) + 1
            case _:
                pass
        _deadlines(after, move.sets, move.clears)

    def _blank(self, key: Key) -> dict[str, Value]:
        named = dict(zip(self.key, key, strict=True))
        counted = dict.fromkeys(("reports", "breaches", "moves", "evidence", "ended"), 0)
        return {**dict.fromkeys(self.columns, None), **named, **counted}


def _deadlines(after: dict[str, Value], sets: Iterable[DeadlineSet], clears: Iterable[str]) -> None:
    if REPORT_BACK in clears:
        after.update(report_due=None, report_original=None)
    for deadline in sets:
        if deadline.name == REPORT_BACK:
            original = deadline.original or deadline.last_day
            after.update(report_due=deadline.last_day.isoformat(), report_original=original.isoformat())


def _text(value: object) -> str | None:
    return None if value is None else str(value)
