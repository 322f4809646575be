"""Roles: given and ended by governance leads, never by oneself."""

from __future__ import annotations

from datetime import date, timedelta

import click

from adapters.cli.manners import DAY
from adapters.cli.session import Session
from adapters.cli.verbs import listing, write


@write("assign")
@click.argument("person", help="An id or a full name.")
@click.argument("role", help="A role of the pack, or governance_lead.")
@click.option(
    "--for", "scope", metavar="SCOPE", help="A body, or a service with those below it; all by default."
)
@click.option("--from", "start", type=DAY, metavar="DATE", help="The first day; today by default.")
@click.option("--until", type=DAY, metavar="DATE", help="The last day, where one is known.")
def assign(
    session: Session, person: str, role: str, scope: str | None, start: date | None, until: date | None
) -> None:
    """Give a person a role."""
    from engine.commands import AssignRole

    office = session.writing()
    request = AssignRole(
        person=office.person(person),
        role=role,
        start=start or session.manners.on or office.today(),
        until=until,
        scope=scope,
    )
    session.write(office, request)


@write("end")
@click.argument("person", help="An id or a full name.")
@click.argument("role", help="The role.")
@click.option("--for", "scope", metavar="SCOPE", help="The body or service it was given for.")
@click.option("--last-day", type=DAY, metavar="DATE", help="The last day it is held; yesterday by default.")
def end(session: Session, person: str, role: str, scope: str | None, last_day: date | None) -> None:
    """End a role after a last day."""
    from engine.commands import EndRole

    office = session.writing()
    request = EndRole(
        person=office.person(person),
        role=role,
        last_day=last_day or office.today() - timedelta(days=1),
        scope=scope,
    )
    session.write(office, request)


@listing("list")
def list_roles(session: Session) -> None:
    """Every role that is held, by whom, from when until when."""
    import msgspec

    from adapters.cli.tables import Column, show_list
    from engine.queries.names import Names
    from engine.queries.people import people

    office = session.reading()
    found = people(office.engine, session.day(office), names=Names.of(office), at=session.position(office))
    rows = [
        {"person": each.person, "name": each.name, **msgspec.structs.asdict(held)}
        for each in found
        for held in each.roles
    ]
    rows.sort(key=lambda row: (str(row["role"]), str(row["scope"] or ""), str(row["person"])))
    columns = [
        Column("role", lambda row: row["role"]),
        Column("for", lambda row: row["scope"] or "the whole council"),
        Column("id", lambda row: row["person"]),
        Column("name", lambda row: row["name"]),
        Column("from", lambda row: row["start"]),
        Column("until", lambda row: row["until"]),
    ]
    show_list(session, "roles", rows, columns)
