"""Closing periods: what is missing and who owes it, freezing the report, and what has changed since."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from adapters.cli.session import Session
from adapters.cli.verbs import listing, read, write

if TYPE_CHECKING:
    from engine.queries.closing import Lacking, PeriodStanding
    from engine.queries.names import Names
    from engine.queries.period_report import FrozenLine, PeriodReport


@listing("list")
def list_periods(session: Session) -> None:
    """The periods that are closed, in the order in which they were."""
    from adapters.cli.moments import day_words
    from adapters.cli.tables import Column, show_list
    from engine.queries.names import Names
    from engine.queries.period_report import closings

    office = session.reading()
    found = closings(office.engine, names=Names.of(office), at=session.position(office))
    columns = [
        Column("period", lambda line: line.period),
        Column("closed", lambda line: day_words(line.closed_on)),
        Column("by", lambda line: line.closed_by),
        Column("series", lambda line: line.series, right=True),
        Column("missing", lambda line: line.missing, right=True),
        Column("report", lambda line: line.digest[:12]),
        Column("event", lambda line: line.position, right=True),
    ]
    show_list(session, "closed periods", found, columns, empty="No period is closed.")


@listing("show")
@click.argument("period", help="For example 2026-Q2.")
def show(session: Session, period: str) -> None:
    """What is in for a period, what is missing, who owes it, and by when."""
    from adapters.cli.tables import Column, show_list, show_object
    from engine.queries.closing import period_standing
    from engine.queries.names import Names

    office = session.reading()
    names = Names.of(office)
    found = period_standing(
        office.engine, period, session.day(office), names=names, at=session.position(office)
    )
    columns = [
        Column("missing", lambda each: each.what.requirement),
        Column("about", _about),
        Column("what", lambda each: each.what.sentence, wraps=True),
        Column("owed by", lambda each: each.shown(names) or "nobody yet"),
        Column("by", _due),
        Column("step", lambda each: list(dict.fromkeys(move.step for move in each.moves))),
    ]
    if session.manners.output == "table":
        for line in _heading(found, names):
            session.say(line)
    if session.json:
        show_object(session, "period", found, ())
        return
    runs = found.closed_on is None and session.day(office) <= found.ends
    empty = (
        "Nothing is missing yet: no figure is due before the period is over."
        if runs
        else "Nothing is missing."
    )
    show_list(session, "missing", found.lacking, columns, empty=empty)


def _about(each: Lacking) -> str:
    what = each.what
    return f"{what.about}#{what.subject}" if what.subject.isdigit() and what.why == "owed" else what.about


def _due(each: Lacking) -> str | None:
    from adapters.cli.moments import day_words

    return day_words(each.due) + (" LATE" if each.late else "") if each.due else None


def _heading(found: PeriodStanding, names: Names) -> Iterator[str]:
    from adapters.cli.moments import day_words

    yield f"{found.period}, until {day_words(found.ends)}, closed as {found.pack} says."
    yield f"{found.figures_in} of {found.owing} figures are in."
    if found.closed_on is not None:
        yield f"Closed on {day_words(found.closed_on)} by {found.closed_by}."
        return
    who = " or ".join(found.closes)
    people = ", ".join(names.people(found.closers)) or "nobody yet: assign the role"
    by = f" by {day_words(found.due)}" if found.due else ""
    yield f"It is closed by {who} ({people}){by}."


@write("close")
@click.argument("period", help="For example 2026-Q2.")
@click.option("--with-missing", is_flag=True, help="Close it with what is missing named in the report.")
@click.option("--because", metavar="WORDS", help="Why it is closed although something is missing.")
@click.option("--on-behalf-of", metavar="BODY", help="The body that closes it; you are its clerk or chair.")
@click.option("--acting-for", metavar="PERSON", help="For whom you stand in.")
def close(
    session: Session,
    period: str,
    with_missing: bool,
    because: str | None,
    on_behalf_of: str | None,
    acting_for: str | None,
) -> None:
    """Freeze a period's report. What is restated later shows beside it as a difference."""
    from engine.commands import ClosePeriod

    office = session.writing()
    words = [office.text(because)] if because else []
    request = ClosePeriod(
        period=period,
        with_missing=with_missing,
        because=words[0].ref if words else None,
        on_behalf_of=on_behalf_of,
        acting_for=office.person(acting_for) if acting_for else None,
    )
    session.write(office, request, texts=words, hint=f"goldenthread period report {period}")


@read("report")
@click.argument("period", help="A period that is closed.")
@click.option("--as-frozen", is_flag=True, help="Only what was frozen, without what has changed since.")
def report(session: Session, period: str, as_frozen: bool) -> None:
    """The report of a closed period as it was frozen, and what has changed since."""
    from adapters.cli.tables import show_object
    from engine.queries.names import Names
    from engine.queries.period_report import period_report

    office = session.reading()
    found = period_report(office.engine, period, names=Names.of(office), at=session.position(office))
    show_object(session, "period report", found, _report(found, as_frozen))


def _report(found: PeriodReport, as_frozen: bool) -> Iterator[str]:
    from adapters.cli.moments import day_words
    from adapters.cli.tables import Column, table

    yield (
        f"{found.period}, frozen on {day_words(found.closed_on)} by {found.closed_by} "
        f"(event {found.position}, {found.digest[:12]}…)"
    )
    columns = [
        Column("series", lambda line: line.series),
        Column("status", lambda line: line.status),
        Column("figure", lambda line: line.figure, right=True),
        Column("target", lambda line: line.target, right=True),
    ]
    if not as_frozen:
        columns.append(Column("since", _now))
    yield from table(found.lines, columns)
    if found.missing:
        yield f"Missing when it was closed: {'; '.join(found.missing)}."
        yield f"Closed all the same: “{found.because}”."
    if as_frozen:
        return
    for line in found.lines:
        for since in line.since:
            yield f"{line.series}, after {found.period} was closed: {since.sentence} (event {since.position})"
    if not found.changed:
        yield "Nothing has changed since."


def _now(line: FrozenLine) -> str:
    if not line.changed:
        return ""
    parts = (
        (line.status, line.now_status),
        (line.figure, line.now_figure),
        (line.target, line.now_target),
    )
    return "CHANGED: now " + ", ".join(now for was, now in parts if was != now)
