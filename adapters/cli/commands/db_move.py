"""Moving the book from its file to a PostgreSQL database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from adapters.cli.session import Session
from adapters.cli.verbs import upkeep

if TYPE_CHECKING:
    from engine.custody import Moved

_NOUNS = {
    "commands": ("command", "commands"),
    "texts": ("text", "texts"),
    "blobs": ("pack or other document", "packs and other documents"),
    "outbox": ("notice", "notices"),
    "incidents": ("incident", "incidents"),
}
"""Table → what its rows are, for people; others are operational values."""


@upkeep("to-postgres")
@click.argument("url", help="postgresql+psycopg://USER@HOST/DATABASE")
@click.option("--schema", metavar="NAME", help="The schema there; called after the book by default.")
def to_postgres(session: Session, url: str, schema: str | None) -> None:
    """Move the book from its file to an empty schema of a PostgreSQL database, every byte as it is.

    Others may go on working until the last moment. Interrupted, the same command goes on where it was. Afterwards
    the file can be read and takes no more facts.
    """
    from msgspec import to_builtins

    from adapters.cli.tables import as_json
    from adapters.cli.watching import stages

    dry_run = session.manners.dry_run
    try:
        with stages(session) as watch:
            moved = session.doors.custody.move(
                url, schema or session.doors.book, dry_run=dry_run, watch=watch
            )
    except KeyboardInterrupt:
        session.aside("The move is not finished. Run the same command again: it goes on where it was.")
        raise
    if not dry_run:
        session.note("moved", events=moved.events, found=moved.found)
    if session.json:
        session.say(as_json("moved", dry_run=dry_run, **to_builtins(moved)))
        return
    for line in _told(moved, dry_run):
        session.say(line)
    if not dry_run:
        session.aside("Next: write these lines in goldenthread.toml, in place of others of the same name:")
        session.aside(f'db = "{moved.db}"\nbook = "{moved.book}"')


def _told(moved: Moved, dry_run: bool) -> list[str]:
    what = f"{moved.events} events, {_besides(moved)}"
    there = f"from {moved.source} to {moved.target}"
    if moved.already:
        return [f"The book was moved {there} before: {what}. Nothing was left to do."]
    if dry_run:
        rest = (
            f" {moved.found} events are there already, from a move that was interrupted."
            if moved.found
            else ""
        )
        return [f"Nothing is moved; this would be: {what}, {there}.{rest}"]
    found = (
        f" {moved.found} events were there already, from a move that was interrupted." if moved.found else ""
    )
    return [
        f"Moved {what}, {there}.{found}",
        "Every row was compared with the one it comes from: all are the same, byte for byte.",
        f"The hashes of all events have the digest {moved.fingerprint}, there as here.",
        "The views were filled from the log there, and the record there was verified: no fault.",
        f"{moved.source} can still be read; nothing is written there any more.",
    ]


def _besides(moved: Moved) -> str:
    counted = [
        f"{rows} {nouns[rows != 1]}" for table, nouns in _NOUNS.items() if (rows := moved.rows.get(table, 0))
    ]
    other = sum(rows for table, rows in moved.rows.items() if table not in _NOUNS)
    return ", ".join(counted) + f" and {other} other {'row' if other == 1 else 'rows'}"
