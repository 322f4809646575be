"""Putting a backup in the place of the book."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from adapters.cli.session import Session
from adapters.cli.verbs import upkeep

if TYPE_CHECKING:
    from engine.custody import Restored


@upkeep("restore")
@click.argument("file", type=click.Path(path_type=Path), help="A backup that 'goldenthread db backup' wrote.")
@click.option("--verify/--no-verify", default=True, help="Verify the whole backup first (the default).")
@click.option(
    "--replace", is_flag=True, help="Also where the book holds facts that the backup lacks; it is kept aside."
)
def restore(session: Session, file: Path, verify: bool, replace: bool) -> None:
    """Put a backup in the place that the settings name, all of it or nothing.

    What stands there is kept aside under a name that is told. Where it holds facts that the backup lacks, nothing
    happens without --replace. Nobody else may have the book open.
    """
    from msgspec import to_builtins
    from msgspec.structs import replace as changed

    from adapters.cli.tables import as_json
    from adapters.cli.watching import stages

    dry_run = session.manners.dry_run
    # a command that a refusal names reads a path from the project's folder, which need not be this one
    found = file if session.manners.project == Path() else file.absolute()
    try:
        with stages(session) as watch:
            done = session.doors.custody.restore(
                found, verify=verify, replace=replace, dry_run=dry_run, watch=watch
            )
    except KeyboardInterrupt:
        session.aside(
            "The backup is in place whole or not at all: 'goldenthread log tail' shows what the book holds."
        )
        raise
    done = changed(done, file=str(file))
    if not dry_run:
        session.note("restored", events=done.events, lost=done.lost)
    if session.json:
        session.say(as_json("restored", dry_run=dry_run, **to_builtins(done)))
        return
    for line in _told(done, dry_run):
        session.say(line)


def _told(done: Restored, dry_run: bool) -> list[str]:
    lines = ["The backup was verified: no fault." if done.verified else "The backup was not verified."]
    what = f"{done.events} events from {done.file} to {done.target}; the last was recorded at {done.recorded_at}."
    lines.append(f"Nothing is restored; this would be: {what}" if dry_run else f"Restored {what}")
    if done.unreadable:
        lines.append(f"What stood there could not be read: {done.unreadable}")
    elif done.lost:
        those = (
            f"event {done.lost_until}"
            if done.lost == 1
            else f"{done.lost} events, {done.lost_from} to {done.lost_until}"
        )
        lines.append(f"What stood there held more than the backup: {those}.")
    if done.aside:
        lines.append(f"What stood there {'would be' if dry_run else 'is'} kept aside as {done.aside}.")
    return lines
