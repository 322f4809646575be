"""Absences: who is away from when until when, and who stands in meanwhile."""

from __future__ import annotations

from datetime import date, timedelta
from shlex import quote

import click

from adapters.cli.manners import DAY
from adapters.cli.session import Session
from adapters.cli.verbs import listing, write


@write("add")
@click.argument("person", help="An id or a full name.")
@click.option("--from", "start", type=DAY, metavar="DATE", help="The first day; today by default.")
@click.option("--until", type=DAY, metavar="DATE", help="The last day, where one is known.")
@click.option(
    "--reason", metavar="WORDS", help="Why, where it is anybody's business; it can be erased later."
)
def add(session: Session, person: str, start: date | None, until: date | None, reason: str | None) -> None:
    """Note that somebody is away. Who stands in for them is said with 'delegate add'."""
    from engine.commands import AddAbsence
    from engine.queries.standing_in import is_stood_in_for

    office = session.writing()
    words = office.text(reason) if reason else None
    who, first = office.person(person), start or session.manners.on or office.today()
    request = AddAbsence(person=who, start=first, until=until, reason=words.ref if words else None)
    covered = is_stood_in_for(office.engine, who, first, until)
    hint = "" if covered else f"goldenthread delegate add {quote(person)} PERSON"
    session.write(office, request, texts=[words] if words else [], hint=hint)


@write("end")
@click.argument("absence", help="Its number, as 'absence list' shows it.")
@click.option("--last-day", type=DAY, metavar="DATE", help="The last day away; yesterday by default.")
def end(session: Session, absence: str, last_day: date | None) -> None:
    """Note the last day on which somebody was away."""
    from engine.commands import EndAbsence

    office = session.writing()
    last = last_day or office.today() - timedelta(days=1)
    session.write(office, EndAbsence(absence=absence, last_day=last))


@listing("list")
@click.option("--all", "everything", is_flag=True, help="Also those that are over or have not begun.")
def list_absences(session: Session, everything: bool) -> None:
    """Who is away today, until when, and who stands in for them."""
    from adapters.cli.tables import Column, show_list
    from engine.queries.names import Names
    from engine.queries.standing_in import absences

    office = session.reading()
    day, at, names = session.day(office), session.position(office), Names.of(office)
    found = absences(office.engine, day, everything=everything, names=names, at=at)
    columns = [
        Column("number", lambda a: a.number),
        Column("who", lambda a: a.name),
        Column("from", lambda a: a.start),
        Column("until", lambda a: a.until),
        Column("stands in", lambda a: a.stand_ins or "nobody"),
        Column("reason", lambda a: a.reason, wraps=True),
    ]
    show_list(session, "absences", found, columns, empty="Nobody is away.")
