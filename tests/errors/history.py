"""A historic load that was put forward and approved in the council in memory, for messages that no command line provokes."""

from __future__ import annotations

from decimal import Decimal

from engine.commands import ApproveHistory, FigureFields, HistoricFigure, LoadHistory, ProposeHistory
from engine.testing.council import Council
from tests.errors.council import ANALYST, LEAD, SECOND

LOAD = "history-000000000000-1"
__all__ = ["LEAD", "LOAD", "SECOND", "approved", "load"]


def approved(council: Council, analyst: str = ANALYST, second: str = SECOND) -> None:
    """Put a load forward, and approve it as the second governance lead."""
    name, why = council.text("past.csv"), council.text("The old system.")
    council.ask(
        ProposeHistory(
            import_id=LOAD,
            digest="0" * 64,
            rows=1,
            changes=1,
            name=name.ref,
            reason=why.ref,
            first="2026-02",
            last="2026-02",
        ),
        analyst,
        texts=(name, why),
    )
    council.ask(ApproveHistory(import_id=LOAD, digest="0" * 64), second)


def load(council: Council, who: str, service: str = "highways", import_id: str = LOAD) -> None:
    """Load one figure of it."""
    figure = HistoricFigure(
        indicator="HW1", service=service, period="2026-02", figure=FigureFields(value=Decimal(90))
    )
    council.ask(LoadHistory(import_id=import_id, figures=(figure,)), who)
