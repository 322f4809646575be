"""What lists of matters say alike: what falls due, or went by, and what a matter began because of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from adapters.cli.moments import day_words

if TYPE_CHECKING:
    from engine.queries.matters.matters import MatterLine


def next_day(line: MatterLine) -> str | None:
    """What falls due next and by when; marked as late where the day has gone by."""
    if line.due is None:
        return None
    return f"{line.due_label} by {day_words(line.due)}{' LATE' if line.overdue else ''}"


def report_due(line: MatterLine, today: date) -> str | None:
    """When the report back is due; and whatever else of the intervention has gone by, marked as late."""
    said = []
    if line.report_due is not None:
        gone_by = line.report_due < today and line.ended_on is None
        said.append(day_words(line.report_due) + (" OVERDUE" if gone_by else ""))
    if line.overdue and line.due != line.report_due:
        said.append(str(next_day(line)))
    return "; ".join(said) or None


def because_of(line: MatterLine) -> str:
    """A trigger and its period, what began it by itself, or a person."""
    return f"{line.trigger} {line.period or ''}".rstrip() if line.trigger else line.cause or "a person"
