"""Targets of indicators: set from a period on, never overwritten."""

from __future__ import annotations

from decimal import Decimal

import click

from adapters.cli.session import Session
from adapters.cli.values import NUMBER
from adapters.cli.verbs import write


@write("set")
@click.argument("indicator", help="INDICATOR, or INDICATOR/SERVICE for one service only.")
@click.argument("period", help="The first period it applies to, for example 2026-Q1.")
@click.option("--value", type=NUMBER, help="The target.")
@click.option("--low", type=NUMBER, help="The lower edge, where a band is wanted.")
@click.option("--high", type=NUMBER, help="The higher edge, where a band is wanted.")
@click.option("--floor", type=NUMBER, help="The absolute floor (a ceiling where lower is better).")
@click.option("--tolerance", type=NUMBER, help="This indicator's own tolerance.")
@click.option("--reason", metavar="WORDS", help="Why.")
def set_target(
    session: Session,
    indicator: str,
    period: str,
    value: Decimal | None,
    low: Decimal | None,
    high: Decimal | None,
    floor: Decimal | None,
    tolerance: Decimal | None,
    reason: str | None,
) -> None:
    """Set a target from a period on, until another is set."""
    from engine.commands import SetTarget

    office = session.writing()
    words = [office.text(reason)] if reason else []
    code, _, service = indicator.partition("/")
    request = SetTarget(
        indicator=code,
        from_period=period,
        service=service,
        value=value,
        low=low,
        high=high,
        floor=floor,
        tolerance=tolerance,
        reason=words[0].ref if words else None,
    )
    session.write(office, request, texts=words)
