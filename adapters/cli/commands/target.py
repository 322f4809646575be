"""Targets of indicators: set from a period on, never overwritten."""

from __future__ import annotations

from decimal import Decimal

import click

from adapters.cli.session import Session
from adapters.cli.values import NUMBER
from adapters.cli.verbs import listing, write


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


@listing("history")
@click.argument("indicator", help="Its code.")
def history(session: Session, indicator: str) -> None:
    """Every target an indicator was ever given, by whom and why."""
    from adapters.cli.tables import Column, show_list
    from engine.queries.names import Names
    from engine.queries.register import targets

    office = session.reading()
    lines = targets(office.engine, indicator, names=Names.of(office), at=session.position(office))
    columns = [
        Column("from", lambda t: t.from_period),
        Column("service", lambda t: t.service or "all"),
        Column("target", lambda t: t.shown, right=True),
        Column("floor", lambda t: t.floor, right=True),
        Column("tolerance", lambda t: t.tolerance, right=True),
        Column("set by", lambda t: t.set_by),
        Column("on", lambda t: t.set_on),
        Column("event", lambda t: t.position, right=True),
        Column("reason", lambda t: t.reason),
    ]
    show_list(session, "targets", lines, columns, empty=f"{indicator} has no target yet.")
