"""Who may use a book in PostgreSQL: rights on the schema, given by its owner."""

from __future__ import annotations

import click

from adapters.cli.session import Session
from adapters.cli.verbs import plain


@plain("grant")
@click.argument("role", help="A role of the PostgreSQL server, by name.")
@click.option("--reader", is_flag=True, help="Only to read: for auditors and reports.")
def grant(session: Session, role: str, reader: bool) -> None:
    """Let a role of the PostgreSQL server use the book; run it as the owner of the schema.

    The role may add to the log and read it, and neither change nor delete what is recorded. With --reader it may
    only read. Whatever else it could do with this book is taken from it.
    """
    from adapters.cli.tables import as_json

    session.doors.place.grant(role, reader=reader)
    may = "read" if reader else "add to and read"
    if session.json:
        session.say(as_json("granted", role=role, reader=reader, book=session.doors.place.shown))
    else:
        session.say(f"{role} may {may} the book at {session.doors.place.shown}.")
