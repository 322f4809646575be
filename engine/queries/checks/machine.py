"""What a book stands on: its database library, its file system, and the bank holidays of its nation."""

from __future__ import annotations

from collections.abc import Iterator

from engine.queries.checks.visit import TellsWhoMayChange, Visit
from engine.queries.finding import ERROR, NOTE, WARNING, Finding

SAFE_SQLITE = (3, 51, 3)
AHEAD_YEARS = 2
"""Deadlines may reach so many years ahead; bank holidays must be known for them."""
NETWORK = frozenset({
    "9p", "afs", "ceph", "cifs", "davfs", "fuse.ceph", "fuse.cifs", "fuse.davfs", "fuse.davfs2", "fuse.gcsfuse",
    "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "smb2",
    "smb3", "smbfs",
})  # fmt: skip
"""File systems on which locks of two machines, or a cut connection, can damage a SQLite file."""
IN_MEMORY = frozenset({"ramfs", "tmpfs"})
"""File systems that forget everything when the machine stops."""


def old_sqlite(visit: Visit) -> Iterator[Finding]:
    """Older SQLite libraries can corrupt a WAL file under two writers."""
    version = visit.about.get("sqlite")
    if version is not None and tuple(int(part) for part in version.split(".")) < SAFE_SQLITE:
        yield Finding(
            code="GT-DB-101",
            severity=NOTE,
            sentence=f"The SQLite library is {version}; before 3.51.3 two writers at once could damage a book.",
            fix="Writers take turns on a lock file, so the book is safe; a newer library makes that needless.",
        )


def forgetful_server(visit: Visit) -> Iterator[Finding]:
    """A PostgreSQL server must have on its disk what it says that it has written."""
    if visit.about.get("fsync") == "off":
        yield Finding(
            code="GT-DB-102",
            severity=WARNING,
            sentence="The PostgreSQL server runs with fsync off: what was recorded can be lost, and the book damaged, when "
            "its machine stops.",
            fix="Let whoever runs the server set 'fsync = on' and reload it.",
        )


def open_to_change(visit: Visit) -> Iterator[Finding]:
    """What is recorded is only ever added to, and nobody needs a right to do anything else."""
    store = visit.reader.store
    for found in store.open_to_change() if isinstance(store, TellsWhoMayChange) else ():
        yield Finding(code=found.code, severity=WARNING, sentence=found.sentence, fix=found.fix)


def unsafe_file_system(visit: Visit) -> Iterator[Finding]:
    """A SQLite file belongs on a disk of this machine."""
    kind = visit.about.get("file_system", "")
    if kind in NETWORK:
        yield Finding(
            code="GT-CLOCK-111",
            severity=ERROR,
            sentence=f"The book stands on a network file system ({kind}), where SQLite cannot keep two writers apart.",
            fix="Move it to a disk of this machine, or into PostgreSQL.",
        )
    elif kind in IN_MEMORY:
        yield Finding(
            code="GT-CLOCK-112",
            severity=WARNING,
            sentence=f"The book stands in the machine's memory ({kind}): it is gone when the machine stops.",
            fix="Move it to a disk of this machine.",
        )


def bank_holidays_ahead(visit: Visit) -> Iterator[Finding]:
    """Deadlines counted in working days need the bank holidays of their years."""
    calendar = visit.reader.calendar
    for year in range(visit.today.year, visit.today.year + AHEAD_YEARS + 1):
        if not calendar.holidays(year):
            yield Finding(
                code="GT-DATE-102",
                severity=WARNING,
                sentence=f"No bank holidays of {calendar.nation} are known for {year}.",
                fix="Update goldenthread, or enter them in the file that 'one_off_days' names in goldenthread.toml.",
            )
