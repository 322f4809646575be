"""What is coming, and the bank holidays that dates are counted with."""

from __future__ import annotations

from datetime import timedelta

import click

from adapters.cli.session import Session
from adapters.cli.verbs import catalogue, listing


@listing("next")
@click.option(
    "--days",
    default=90,
    type=click.IntRange(1, 3660),
    metavar="N",
    help="How far to look; 90 days by default.",
)
def coming(session: Session, days: int) -> None:
    """Deadlines, reminders, meetings and windows, from today on; deadlines that no tick has passed yet stand first.

    What has gone by and still waits for somebody is counted, and stands in 'goldenthread task list'.
    """
    from adapters.cli.moments import day_words
    from adapters.cli.tables import Column, show_list
    from engine.queries.calendar import next_deadlines, unanswered

    office = session.reading()
    today, at = session.day(office), session.position(office)
    entries = next_deadlines(office.engine, today, today + timedelta(days=days), at=at)
    columns = [
        Column("day", lambda e: day_words(e.on) + (" OVERDUE" if e.overdue else "")),
        Column("what", lambda e: e.words, wraps=True),
        Column("about", lambda e: e.ref),
        Column("with", lambda e: e.body),
        Column("first due", lambda e: e.original),
        Column("rule", lambda e: e.rule),
    ]
    show_list(session, "calendar", entries, columns, empty=f"Nothing in the next {days} days.")
    waiting = unanswered(office.engine, at=at) if session.manners.output == "table" else 0
    if waiting:
        session.aside(_unanswered_words(waiting))


def _unanswered_words(waiting: int) -> str:
    said, those = ("1 deadline has", "it") if waiting == 1 else (f"{waiting:,} deadlines have", "them")
    return f"{said} gone by without an answer: 'goldenthread task list' shows {those}, marked LATE."


@catalogue("holidays")
@click.argument("year", required=False, type=click.IntRange(1974, 2199), help="This year by default.")
def holidays(session: Session, year: int | None) -> None:
    """The bank holidays of a year, in the nation of the book's pack."""
    from adapters.cli.moments import day_words
    from adapters.cli.tables import Column, show_list
    from engine.queries.calendar import bank_holidays

    office = session.reading()
    found = bank_holidays(office.engine, year or office.today().year)
    rows = [{"day": day, "name": name, "nation": found.nation} for day, name in found.days]
    columns = [
        Column("day", lambda row: day_words(row["day"])),
        Column("name", lambda row: row["name"]),
        Column("nation", lambda row: row["nation"]),
    ]
    show_list(session, "bank holidays", rows, columns)
