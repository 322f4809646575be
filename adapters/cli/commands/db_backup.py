"""Writing a copy of the book to a file."""

from __future__ import annotations

import os
from pathlib import Path
from shlex import quote

import click

from adapters.cli.session import Session
from adapters.cli.verbs import plain


@plain("backup")
@click.argument("file", type=click.Path(path_type=Path), help="Where to write it; its folder must be there.")
@click.option("--force", is_flag=True, help="Replace a backup that stands there.")
def backup(session: Session, file: Path, force: bool) -> None:
    """Write a copy of the book as it is now to a file, while others go on working.

    A backup is a book in a file, from whatever database: it can be opened, read and verified with --db. Only its
    owner can read it.
    """
    from msgspec import to_builtins

    from adapters.cli.tables import as_json
    from adapters.cli.watching import stages

    with stages(session) as watch:
        made = session.doors.custody.back_up(file, force=force, watch=watch)
    session.note("backed up", events=made.events, position=made.position, size=made.size)
    if session.json:
        session.say(as_json("backup", **to_builtins(made)))
        return
    session.say(f"Backed up {made.source} to {made.file}: {made.size} bytes.")
    if made.events:
        session.say(f"It holds {made.events} events; the last was recorded at {made.recorded_at}.")
    else:
        session.say("It holds no event yet.")
    session.say(f"SHA-256 of the file: {made.sha256}")
    project = session.manners.project
    there = "" if project == Path() else f" -C {quote(str(project))}"
    seen_from_project = quote("sqlite:///" + os.path.relpath(file, project).replace("%", "%25"))
    session.aside(f"Next: goldenthread audit verify --db {seen_from_project}{there}")
