"""The register of indicators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from adapters.cli.session import Session
from adapters.cli.values import NUMBER
from adapters.cli.verbs import listing, read, write

if TYPE_CHECKING:
    from engine.office import Office
    from engine.queries.register import LifeLine, TargetLine
    from events.kinds.register import IndicatorAdded


def _about_figures(function: Any) -> Any:
    """What the figures of an indicator may be, and how they add up."""
    for option in (
        click.option(
            "--lowest",
            type=NUMBER,
            help="No figure is below this; 0 by default for percent, days and pounds.",
        ),
        click.option("--highest", type=NUMBER, help="No figure is above this; 100 by default for percent."),
        click.option(
            "--lag",
            metavar="DURATION",
            help="How long after a period its figure can first be known, for example '2 months': its window opens so much later.",
        ),
        click.option(
            "--accumulation",
            metavar="WORD",
            help="What a figure is of: period (that alone; the default), year_to_date, rolling (twelve months) or snapshot (a day).",
        ),
        click.option(
            "--aggregation",
            metavar="WORD",
            help="How longer periods and the services above follow: sum, ratio (numerators and denominators each added up; "
            "the default for percent), last or none.",
        ),
    ):
        function = option(function)
    return function


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
@_about_figures
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
    **figures: Any,
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
        **_given(figures),
    )
    office = session.writing()
    session.write(office, request, hint=f"goldenthread target set {indicator} PERIOD --value NUMBER")
    _say_by_hand(session, office)


def _say_by_hand(session: Session, office: Office) -> None:
    """Say that the pack in force has people decide on each indicator, where it does."""
    from engine.queries.reader import Reader
    from engine.queries.separation.by_hand import deciding_on_indicators

    pack = Reader(office.engine).pack_on(office.today())
    workflow = deciding_on_indicators(pack)
    if pack is not None and workflow is not None:
        session.aside(
            f"Added by hand, which is for those that were there before the book: {pack.name} decides on others by the workflow "
            f"'{workflow}'. 'goldenthread audit duties' shows it."
        )


@write("amend")
@click.argument("indicator", help="Its code.")
@_about_figures
@click.option("--reason", required=True, metavar="WORDS", help="Why.")
def amend(session: Session, indicator: str, reason: str, **figures: Any) -> None:
    """Change what an indicator's figures may be and how they add up. No status rests on it."""
    from engine.commands import AmendIndicator

    office = session.writing()
    words = office.text(reason)
    request = AmendIndicator(indicator=indicator, reason=words.ref, **_given(figures))
    session.write(office, request, texts=[words])


def _given(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options that somebody gave."""
    return {name: value for name, value in options.items() if value is not None}


@listing("list")
@click.option("--word", metavar="WORD", help="Only those with this word in code or title.")
def list_indicators(session: Session, word: str | None) -> None:
    """Every indicator of the register."""
    from adapters.cli.tables import Column, show_list
    from engine.queries.register import indicators

    office = session.reading()
    columns = [
        Column("indicator", lambda i: i.indicator),
        Column("title", lambda i: i.title, wraps=True),
        Column("better", lambda i: i.polarity),
        Column("every", lambda i: i.frequency),
        Column("in", lambda i: i.measured_in),
        Column("services", lambda i: i.services),
    ]
    show_list(
        session, "indicators", indicators(office.engine, at=session.position(office), word=word), columns
    )


@read("show")
@click.argument("indicator", help="Its code.")
def show(session: Session, indicator: str) -> None:
    """One indicator with everything the register says of it, and its targets."""
    from adapters.cli.tables import show_object
    from engine.queries.names import Names
    from engine.queries.register import indicator_added, indicator_life, targets

    office = session.reading()
    at = session.position(office)
    added = indicator_added(office.engine, indicator, at=at)
    lines = targets(office.engine, indicator, names=Names.of(office), at=at)
    life = indicator_life(office.engine, indicator, at=at)
    shown = {"indicator": added, "life": life, "targets": lines}
    show_object(session, "indicator", shown, [*_shown(added, lines), *_life(life)])


def _shown(added: IndicatorAdded, lines: list[TargetLine]) -> Iterator[str]:
    yield f"{added.indicator}  {added.title}"
    yield f"  {added.kind}, returned every {added.frequency} by {', '.join(added.services)}"
    better = {
        "higher": "higher is better",
        "lower": "lower is better",
        "in_band": "wanted within a band",
        "none": "no direction is better",
    }
    yield f"  measured in {added.measured_in}, shown with {added.decimals} decimal{'' if added.decimals == 1 else 's'}; {better[added.polarity]}"
    yield from _figures_said(added)
    if added.first_period:
        yield f"  figures are due from {added.first_period} on"
    for name, value in added.fields.items():
        yield f"  {name.replace('_', ' ')}: {value}"
    for line in lines:
        whom = f" for {line.service}" if line.service else ""
        chosen = f" ({line.basis}, the hardest of {len(line.bases)})" if line.basis else ""
        yield f"  target {line.shown}{chosen}{whom} from {line.from_period} on (set by {line.set_by}, event {line.position})"


def _life(life: LifeLine) -> Iterator[str]:
    """Its versions, the breaks between them, and its end."""
    from adapters.cli.moments import day_words

    for version in life.versions:
        broken = "" if version.comparable else ": figures before it cannot be compared with those after"
        yield f"  another version from {version.from_period} on{broken}"
    if life.retired_on is not None:
        instead = f" and replaced by {life.replaced_by}" if life.replaced_by else ""
        yield f"  retired on {day_words(life.retired_on)}{instead}: its history stays, and it takes no more figures"


def _figures_said(added: IndicatorAdded) -> Iterator[str]:
    """What its figures may be and how they add up."""
    from engine.limits import limits
    from rules.spoken import amount

    lowest, highest = (None if limit is None else amount(limit, added.measured_in) for limit in limits(added))
    if lowest or highest:
        yield f"  no figure is {f'below {lowest}' if lowest else ''}{' or ' if lowest and highest else ''}{f'above {highest}' if highest else ''}"
    spans = {
        "period": "of its period alone",
        "year_to_date": "of the year up to its end",
        "rolling": "of the twelve months up to its end",
        "snapshot": "of its last day",
    }
    ways = {
        "sum": "longer periods add them up",
        "ratio": "longer periods add numerators and denominators up",
        "last": "the last stands for longer periods",
        "none": "nothing is derived from them",
    }
    yield f"  a figure is {spans[added.accumulation]}; {ways[added.aggregation]}"
    if added.lag:
        yield f"  it can be known {added.lag} after its period"
