"""The report on an audit of the suite of KPIs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from adapters.cli.session import Session
from adapters.cli.verbs import listing

if TYPE_CHECKING:
    from engine.queries.kpi_audit import AuditLine


@listing("kpi-audit")
@click.option("--period", metavar="PERIOD", help="The period that was audited; the latest by default.")
@click.option("--service", metavar="SERVICE", help="Only the KPIs that this service returns.")
@click.option("--outstanding", is_flag=True, help="Only those that still owe an answer.")
def kpi_audit(session: Session, period: str | None, service: str | None, outstanding: bool) -> None:
    """What the audit came to for each KPI: kept, amended or proposed for removal, and what is outstanding."""
    from adapters.cli.tables import Column, show_list
    from engine.queries.kpi_audit import OUTSTANDING
    from engine.queries.kpi_audit import kpi_audit as lines_of
    from engine.queries.names import Names

    office = session.reading()
    lines = lines_of(
        office.engine,
        session.day(office),
        names=Names.of(office),
        period=period,
        service=service,
        at=session.position(office),
    )
    shown = [line for line in lines if not outstanding or line.outcome == OUTSTANDING]
    columns = [
        Column("indicator", lambda line: line.indicator),
        Column("title", lambda line: line.title, wraps=True),
        Column("outcome", _outcome, wraps=True),
        Column("due", lambda line: line.due),
        Column("on", lambda line: line.on),
        Column("by", lambda line: line.by),
        Column("tests", _tests),
        Column("reason", lambda line: line.reason, wraps=True),
    ]
    show_list(session, "kpi audit", shown, columns, empty="No KPI owes an answer.")
    if session.manners.output == "table":
        session.say(_totals(lines))


def _outcome(line: AuditLine) -> str:
    return f"{line.outcome}, overdue" if line.overdue else line.outcome


def _tests(line: AuditLine) -> str | None:
    if not line.tests:
        return None
    return f"{line.tests}, {line.unsound} of them not sound" if line.unsound else f"{line.tests}, sound"


def _totals(lines: list[AuditLine]) -> str:
    """How many came to what, in the order in which they come up."""
    counts: dict[str, int] = {}
    for line in lines:
        counts[line.outcome] = counts.get(line.outcome, 0) + 1
    said = ", ".join(f"{count} {outcome}" for outcome, count in counts.items())
    return f"{len(lines)} KPI{'' if len(lines) == 1 else 's'}: {said}."
