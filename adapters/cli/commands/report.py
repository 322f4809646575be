"""Reports: what stands between the lines of the dashboard."""

from __future__ import annotations

import click

from adapters.cli.session import Session
from adapters.cli.verbs import listing


@listing("blind-spots")
@click.option(
    "--least",
    type=click.IntRange(1),
    default=3,
    metavar="N",
    help="The shortest run of periods to report; 3 by default.",
)
@click.option("--since", metavar="PERIOD", help="Look at periods from this one on.")
@click.option("--until", metavar="PERIOD", help="Look at periods up to this one.")
def blind_spots(session: Session, least: int, since: str | None, until: str | None) -> None:
    """Series at the worst status that no trigger has noticed, the longest first."""
    from adapters.cli.tables import Column, show_list
    from engine.queries.blind_spots import blind_spots as spots_of

    office = session.reading()
    spots = spots_of(office.engine, at=session.position(office), least=least, since=since, until=until)
    columns = [
        Column("indicator", lambda spot: f"{spot.indicator}/{spot.service}"),
        Column("status", lambda spot: spot.status.label, colour=lambda spot: spot.status.colour),
        Column("periods", lambda spot: f"{spot.periods} of {spot.judged}", right=True),
        Column("from", lambda spot: spot.first_period),
        Column("to", lambda spot: spot.last_period),
        Column("what it means", lambda spot: spot.sentence, wraps=True),
    ]
    show_list(
        session, "blind spots", spots, columns, empty="Every series at the worst status has been noticed."
    )
