"""People: made known under an opaque id, listed with the roles they hold."""

from __future__ import annotations

from shlex import quote

import click

from adapters.cli.session import Session
from adapters.cli.verbs import listing, write


@write("add")
@click.argument("name", help="Their full name.")
@click.option("--another", is_flag=True, help="Another person of a name that is in the book already.")
def add(session: Session, name: str, another: bool) -> None:
    """Make a person known. The book gives them an id; their name can be erased later."""
    from engine.commands import AddPerson

    office = session.writing()
    words = office.text(name)
    session.write(
        office,
        AddPerson(name=words.ref, another=another),
        texts=[words],
        hint="goldenthread person list" if another else f"goldenthread role assign {quote(name)} ROLE",
    )


@listing("list")
def list_people(session: Session) -> None:
    """Everybody, with the roles they hold on that day."""
    from adapters.cli.tables import Column, show_list
    from engine.queries.names import Names
    from engine.queries.people import people

    office = session.reading()
    found = people(office.engine, session.day(office), names=Names.of(office), at=session.position(office))
    show_list(
        session,
        "people",
        found,
        [
            Column("id", lambda p: p.person),
            Column("name", lambda p: p.name),
            Column("roles", lambda p: [r.role + (f" for {r.scope}" if r.scope else "") for r in p.roles]),
        ],
    )
