"""The data-quality report: figures that should be looked at again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from adapters.cli.session import Session
from adapters.cli.verbs import listing

if TYPE_CHECKING:
    from adapters.cli.tables import Column
    from engine.queries.quality.report import QualityLine


@listing("data-quality")
@click.option("--indicator", metavar="CODE", help="Only figures of this indicator.")
@click.option("--service", metavar="SERVICE", help="Only figures of this service.")
@click.option("--period", metavar="PERIOD", help="Only figures of this period.")
def data_quality(session: Session, indicator: str | None, service: str | None, period: str | None) -> None:
    """Figures that should be looked at again, those that wait for confirmation included, and what to do."""
    from adapters.cli.progress import reaching
    from adapters.cli.tables import show_list
    from engine.queries.quality.report import data_quality as lines_of

    office = session.reading()
    with reaching(session, "Looking over the figures") as progress:
        lines = lines_of(
            office.engine,
            indicator=indicator,
            service=service,
            period=period,
            at=session.position(office),
            progress=progress,
        )
    columns = _columns(for_people=session.manners.output == "table")
    show_list(session, "data quality", lines, columns, empty="No figure looks odd.")


def _columns(*, for_people: bool) -> list[Column]:
    from adapters.cli.tables import Column

    begin = [Column("code", lambda line: line.code), Column("severity", lambda line: line.severity)]
    if for_people:
        return [*begin, Column("what is odd", _said, wraps=True)]
    return [
        *begin,
        Column("check", lambda line: line.check),
        Column("indicator", lambda line: line.indicator),
        Column("service", lambda line: line.service),
        Column("period", lambda line: line.period),
        Column("what is odd", lambda line: line.sentence),
        Column("what to do", lambda line: line.fix),
        Column("waits", lambda line: line.waiting),
    ]


def _said(line: QualityLine) -> str:
    waits = " It waits for confirmation." if line.waiting else ""
    return f"{line.sentence}{waits} {line.fix}"
