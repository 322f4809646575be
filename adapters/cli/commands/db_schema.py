"""The version of the tables behind a book: brought to this program's, or compared with it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from adapters.cli.failures import DIFFERENT, OK
from adapters.cli.session import Session
from adapters.cli.verbs import plain, upkeep

if TYPE_CHECKING:
    from engine.upkeep import Upgrade


@upkeep("migrate")
def migrate(session: Session) -> None:
    """Bring the book's tables and views to the version of this program: all of it, or nothing.

    Facts stay as they are. In PostgreSQL, run it as the owner of the schema.
    """
    from msgspec import to_builtins

    from adapters.cli.progress import reaching
    from adapters.cli.tables import as_json

    dry_run = session.manners.dry_run
    with (
        closing(session.doors.place.tables(write=not dry_run)) as tables,
        reaching(session, "Filling views") as progress,
    ):
        done = tables.upgrade(dry_run=dry_run, progress=progress)
    if not dry_run and done.needed:
        session.note("migrated", found=done.found, known=done.known, views=len(done.views))
    if session.json:
        session.say(as_json("upgrade", dry_run=dry_run, **to_builtins(done)))
        return
    for line in _told(done):
        session.say(line)
    if not done.needed:
        session.say(f"The book is of version {done.known} already: nothing to do.")
    elif dry_run:
        session.aside("Nothing was written; this would be done.")


def _told(done: Upgrade) -> list[str]:
    steps = [f"Version {step.version}: {step.brings}" for step in done.steps]
    filled = [f"Views filled again from the log: {', '.join(done.views)}."] if done.views else []
    return steps + filled + [f"The view {name} is dropped." for name in done.dropped]


_TOLD = ("severity", "code", "sentence", "fix")


@plain("check")
def check(session: Session) -> int:
    """Compare the book's tables, indexes and triggers with what this program needs. Leaves with 10 where they differ.

    In PostgreSQL, roles besides the owner that have rights to change what is recorded are named too.
    """
    from msgspec import to_builtins

    from adapters.cli.tables import as_json

    with closing(session.doors.place.tables(write=False)) as tables:
        found = tables.check()
    if session.json:
        problems = [{name: getattr(each, name) for name in _TOLD} for each in found.problems]
        session.say(as_json("condition", **to_builtins(found) | {"problems": problems}))
    else:
        whole = f"As they must be: {found.tables} tables of version {found.known}, with their indexes and triggers."
        for sentence in found.differences or [whole]:
            session.say(sentence)
        for problem in found.problems:
            session.say(f"{problem} [{problem.code}]")
    return OK if found.whole else DIFFERENT
