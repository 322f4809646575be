"""What is looked at before a backup is put in place: that it is whole, and what would be lost by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shlex import quote
from typing import Any, NamedTuple

import msgspec
from sqlalchemy.engine.interfaces import Dialect

from adapters.sql.carrying import PAGE, Ask, Row
from adapters.sql.keeping import Keeping
from adapters.sql.lost_tables import tables_standing
from adapters.sql.opening import checked_version, kept_views, views_wanting
from adapters.sql.schema import VERSION
from adapters.sql.sqlite.connection import SqliteDatabase
from adapters.sql.sqlite.opening import connect
from adapters.sql.stands import read_head
from adapters.sql.statements import native
from adapters.sql.store import SqlStore
from adapters.sql.view_tables import ViewTable
from engine.audit.verify import verify
from engine.custody import Restored, Watch
from engine.ports import Head
from engine.view import View
from events.errors import Broken, GoldenthreadError, NotFound, Refused
from events.instant import Instant

RESTORED = "restored"
"""The meta row that says from which backup a book was restored, and when."""
_LEAVES = "SELECT position, leaf FROM events WHERE position > ? ORDER BY position LIMIT ?"
_COUNT = "SELECT count(*), max(position) FROM events WHERE position >= ?"


class Standing(NamedTuple):
    """What stands in a place that a backup is to be put in."""

    taken: bool = False
    head: int = 0
    lost: int = 0
    """How many of its facts the backup lacks."""
    lost_from: int = 0
    unreadable: str = ""
    """Why it cannot be compared."""
    moved_to: str = ""
    """Where its book has gone."""


@contextmanager
def open_backup(file: Path) -> Iterator[SqliteDatabase]:
    """The backup, for reading. Raises NotFound GT-DB-063, Refused 068 for one of an older version, and as any book."""
    if not file.is_file():
        raise NotFound.of(
            "GT-DB-063", f"There is no backup {file}.", "Name the file that 'goldenthread db backup' wrote."
        )
    backup = connect(file, create=False, read_only=True, wait_seconds=10)
    try:
        _check_version(backup)
        yield backup
    finally:
        backup.close()


def verify_backup(backup: SqliteDatabase, views: Sequence[View], watch: Watch) -> None:
    """Walk the whole backup. Raises Broken GT-DB-067 where anything is wrong."""
    tables = {view.name: ViewTable(view, backup.dialect) for view in views}
    with backup.reading as cursor:
        standing = tables_standing(cursor, backup.dialect)
        wanting = views_wanting(kept_views(cursor, backup.dialect), tables, standing)
    kept = [view for view in views if view.name not in wanting]  # the others are filled when it is opened
    found = verify(
        SqlStore(backup, tables), lambda done, total: watch("Verifying the backup", done, total), kept
    )
    if found.first_fault is not None:
        named = quote("sqlite:///" + backup.path.replace("%", "%25"))  # for a shell, and within a URL
        faults = "a fault" if found.count == 1 else f"{found.count} faults, the first"
        raise Broken.of(
            "GT-DB-067",
            f"The backup {backup.path} has {faults}, so it was not restored: {found.first_fault.sentence}",
            f"Take another backup; 'goldenthread audit verify --db {named}' tells every fault.",
        )


def compared(place: Ask, dialect: Dialect, backup: Ask) -> Standing:
    """What a place's log has that the backup lacks: from the first event on that is not the same on both sides."""
    after = 0
    while here := place(native(_LEAVES, dialect), (after, PAGE)):
        there = backup(_LEAVES, (after, PAGE))
        if here != there[: len(here)]:
            first = _first_odd(here, there)
            lost, last = place(native(_COUNT, dialect), (first,))[0]
            return Standing(taken=True, head=int(last), lost=int(lost), lost_from=first)
        after = here[-1][0]
    return Standing(taken=True, head=after)


def outlook(
    file: Path, target: str, head: Head, standing: Standing, aside: str, *, verified: bool
) -> Restored:
    """What restoring means here."""
    return Restored(
        file=str(file),
        target=target,
        events=head.position,
        recorded_at=head.recorded_at,
        verified=verified,
        lost=standing.lost,
        lost_from=standing.lost_from,
        lost_until=standing.head if standing.lost else 0,
        unreadable=standing.unreadable,
        aside=aside if standing.taken else "",
    )


def check_allowed(target: str, standing: Standing) -> None:
    """Refuse to put a backup over what it does not hold, or where the book has left. Raises Refused GT-DB-064 or 073."""
    if standing.moved_to:
        raise Refused.of(
            "GT-DB-073",
            f"The book at {target} was moved to {standing.moved_to}; restored here, there would be two of it.",
            "Name its new place in goldenthread.toml and restore there, or add --replace if this one is to go on.",
        )
    if standing.unreadable:
        said = f"What stands at {target} cannot be read, so nobody can say what would be lost: {standing.unreadable}"
    elif standing.lost:
        those = (
            f"event {standing.head}"
            if standing.lost == 1
            else f"{standing.lost} events ({standing.lost_from} to {standing.head})"
        )
        said = f"The book at {target} holds {those} that the backup lacks: nothing was restored."
    else:
        return
    raise Refused.of(
        "GT-DB-064",
        said,
        "To restore all the same, add --replace: what stands there is kept aside, never deleted.",
    )


def check_unchanged(target: str, before: Standing, now: int) -> None:
    """Refuse where facts were recorded since it was looked at. Raises Refused GT-DB-069."""
    if before.head != now:
        raise overtaken(target)


def overtaken(target: str) -> GoldenthreadError:
    """Somebody was faster."""
    return Refused.of(
        "GT-DB-069",
        f"Facts were recorded at {target} while the backup was being prepared: nothing was restored.",
        "Stop whatever records there, and do the same again.",
    )


def in_use(target: str) -> Refused:
    """Another program has the book open."""
    refused = Refused.of(
        "GT-DB-066",
        f"Another program has the book at {target} open: nothing was restored.",
        "Stop the worker and whatever else uses it, and do the same again.",
    )
    assert isinstance(refused, Refused)
    return refused


def note_restored(cursor: Any, dialect: Dialect, file: Path, head: Head, now: Instant) -> None:
    """Write in the book from which backup it comes."""
    said = {"from": file.name, "at": now, "position": head.position}
    Keeping(dialect).set_meta(cursor, RESTORED, msgspec.json.encode(said).decode())


def head_of(backup: SqliteDatabase) -> Head:
    """Where the backup's log ends."""
    with backup.reading as cursor:
        return read_head(cursor)


def _check_version(backup: SqliteDatabase) -> None:
    with backup.reading as cursor:
        found = checked_version(cursor, backup, tables_standing(cursor, backup.dialect))
    if found < VERSION:
        raise Refused.of(
            "GT-DB-068",
            f"The backup {backup.path} was made by an older goldenthread: its tables are of version {found}, "
            f"and this program works with version {VERSION}.",
            "Copy it, bring the copy here with 'goldenthread db migrate --db sqlite:///COPY', and restore that.",
        )


def _first_odd(here: Sequence[Row], there: Sequence[Row]) -> int:
    same = next(
        (n for n, pair in enumerate(zip(here, there, strict=False)) if pair[0] != pair[1]), len(there)
    )
    return int(here[same][0])
