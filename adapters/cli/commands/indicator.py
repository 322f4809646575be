"""The register of indicators."""

from __future__ import annotations

import click

from adapters.cli.session import Session
from adapters.cli.verbs import listing, write


@write("add")
@click.argument("indicator", help="Its code, for example CH04.")
@click.option("--title", required=True, metavar="WORDS", help="What it measures.")
@click.option(
    "--polarity", required=True, metavar="WORD", help="Which way is better: higher, lower, in_band or none."
)
@click.option("--frequency", required=True, metavar="WORD", help="How often: month, quarter, half or year.")
@click.option(
    "--service",
    "services",
    multiple=True,
    metavar="SERVICE",
    help="A service that returns it; may be repeated.",
)
@click.option("--measured-in", default="number", metavar="UNIT", help="percent, number, days, pounds …")
@click.option(
    "--decimals", default=1, type=click.IntRange(0, 6), metavar="N", help="Decimals shown; 1 by default."
)
@click.option("--kind", default="kpi", metavar="WORD", help="kpi, spi, statutory, partner or contextual.")
@click.option("--first-period", metavar="PERIOD", help="The first period a figure is due for.")
@click.option(
    "--field",
    "fields",
    multiple=True,
    metavar="NAME=VALUE",
    help="What the pack asks of an indicator; may be repeated.",
)
def add(
    session: Session,
    indicator: str,
    title: str,
    polarity: str,
    frequency: str,
    services: tuple[str, ...],
    measured_in: str,
    decimals: int,
    kind: str,
    first_period: str | None,
    fields: tuple[str, ...],
) -> None:
    """Add an indicator to the register."""
    from adapters.cli.values import pairs
    from engine.commands import AddIndicator

    request = AddIndicator(
        indicator=indicator,
        title=title,
        polarity=polarity,
        frequency=frequency,
        measured_in=measured_in,
        decimals=decimals,
        kind=kind,
        services=services,
        first_period=first_period,
        fields=pairs(fields, "--field"),
    )
    session.write(
        session.writing(), request, hint=f"goldenthread target set {indicator} PERIOD --value NUMBER"
    )


@listing("list")
@click.option("--word", metavar="WORD", help="Only those with this word in code or title.")
def list_indicators(session: Session, word: str | None) -> None:
    """Every indicator of the register."""
    from adapters.cli.tables import Column, show_list
    from engine.queries.register import indicators

    office = session.reading()
    columns = [
        Column("indicator", lambda i: i.indicator),
        Column("title", lambda i: i.title),
        Column("better", lambda i: i.polarity),
        Column("every", lambda i: i.frequency),
        Column("in", lambda i: i.measured_in),
        Column("services", lambda i: i.services),
    ]
    show_list(
        session, "indicators", indicators(office.engine, at=session.position(office), word=word), columns
    )
