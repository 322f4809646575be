"""Meetings of bodies: dated facts, from which most of a body's deadlines follow."""

from __future__ import annotations

from datetime import date

import click

from adapters.cli.manners import DAY
from adapters.cli.session import Session
from adapters.cli.verbs import listing, write


@write("add")
@click.argument("body", help="A body of the pack, for example CPEG.")
@click.argument("day", type=DAY, metavar="DAY", help="YYYY-MM-DD.")
def add(session: Session, body: str, day: date) -> None:
    """Enter a day on which a body meets."""
    from engine.commands import AddMeeting

    session.write(session.writing(), AddMeeting(body=body, on=day))


@write("cancel")
@click.argument("body", help="A body of the pack.")
@click.argument("day", type=DAY, metavar="DAY", help="YYYY-MM-DD.")
def cancel(session: Session, body: str, day: date) -> None:
    """Take a meeting back."""
    from engine.commands import CancelMeeting

    session.write(session.writing(), CancelMeeting(body=body, on=day))


@listing("list")
@click.option("--body", metavar="BODY", help="Of one body only.")
@click.option("--all", "everything", is_flag=True, help="Past meetings too.")
def list_meetings(session: Session, body: str | None, everything: bool) -> None:
    """Meetings entered, from today on."""
    from adapters.cli.tables import Column, show_list
    from engine.queries.register import meetings

    office = session.reading()
    since = None if everything else session.day(office)
    found = meetings(office.engine, body=body, since=since, at=session.position(office))
    show_list(session, "meetings", found, [Column("body", lambda m: m.body), Column("day", lambda m: m.on)])
