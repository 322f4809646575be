"""Confirmed figures, as `benchmarks/log.py` writes them, in streams of one's choice."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from events.fact import Draft
from events.instant import instant
from events.kinds.figures import FigureConfirmed
from events.kinds.workflow import Move

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)


def drafts(stream: str, after: int, count: int, command_id: str) -> list[Draft]:
    """So many figures, the first of them with version `after` + 1."""
    return [draft(stream, after + number, command_id) for number in range(count)]


def draft(stream: str, number: int, command_id: str) -> Draft:
    """One of them."""
    period = f"{2000 + number % 500}-{1 + number % 12:02d}"
    move = Move(workflow="submission", subject=period, step="confirm", source="entered", target="confirmed")
    return Draft(
        stream=stream,
        event=FigureConfirmed(
            move=move,
            period=period,
            revision=1,
            entry=f"{stream}@{number}",
            value=Decimal(f"{number % 100}.5"),
        ),
        received_at=instant(NOW),
        effective_on=date(2026, 4, 1),
        actor="p-0042",
        account="clerk@townhall",
        command_id=command_id,
        correlation_id=command_id,
    )
