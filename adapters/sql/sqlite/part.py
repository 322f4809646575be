"""A file that is made beside its place, as ``FILE.part``, and put there in one step when it is whole and on the disk.

Whatever goes wrong, the part is taken away again; what a killed program left is overwritten by the next one.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from adapters.sql.sqlite.failures import read_only
from adapters.sql.sqlite.file_lock import alone
from adapters.sql.sqlite.sole import keep_others_out
from events.errors import GoldenthreadError, NotFound, Refused, Unavailable

BESIDE = ("-wal", "-shm", "-journal", ".lock")
"""What SQLite and we keep beside a book while it is open."""
_OWNER_ONLY = 0o600
_HEADER = b"SQLite format 3\0"
"""Source: SQLite, "Database File Format", 1.3."""


@contextmanager
def part_of(file: Path) -> Iterator[Path]:
    """The path of an empty part that only its owner can read; gone at the end, put in place or not.

    Raises NotFound GT-DB-016 without a folder, Unavailable GT-DB-061 where another program makes the same file, 003
    and 005 where it cannot be written.
    """
    if not file.parent.is_dir():
        raise NotFound.of(
            "GT-DB-016",
            f"There is no folder {file.parent} for the book {file.name}.",
            "Make the folder first, or name another.",
        )
    part = file.with_name(f"{file.name}.part")
    making = file.with_name(f"{file.name}.making")
    try:
        with alone(str(making)) as first:
            if not first:
                raise Unavailable.of(
                    "GT-DB-061", f"Another program is writing {file} already.", "Wait until it is done."
                )
            try:
                _empty(part)
                yield part
            finally:
                for suffix in ("", *BESIDE):
                    Path(f"{part}{suffix}").unlink(missing_ok=True)
                making.unlink(missing_ok=True)
    except OSError as error:
        raise _trouble(error, file) from error


def check_free(file: Path, force: bool) -> None:
    """Refuse a place where something stands. Raises Refused GT-DB-060."""
    if file.is_dir():
        raise taken(file, "a folder")
    if file.exists() and not force:
        raise taken(file, "a file")
    if file.exists() and not _of_sqlite(file):  # the project's settings, say
        raise taken(file, "something that is no backup")
    with _given_up(file) as free:
        if not free:
            raise taken(file, "a book in use")
    left = next(
        (path for path in map(file.with_name, (f"{file.name}-wal", f"{file.name}-journal")) if path.exists()),
        None,
    )
    if left is not None and left.stat().st_size:
        raise Refused.of(
            "GT-DB-060",
            f"{left} is left of another book, and {file} would be taken for that book.",
            "Move it away, or name another file.",
        )


def taken(file: Path, what: str) -> GoldenthreadError:
    """Something stands there, and is not overwritten."""
    way_out = (
        "Name another file, or replace this one with --force." if what == "a file" else "Name another file."
    )
    return Refused.of("GT-DB-060", f"At {file} stands {what} already: it was not overwritten.", way_out)


def put(part: Path, file: Path, *, force: bool) -> None:
    """Put a part in its place: the whole file or nothing, and on the disk when this returns."""
    _to_disk(part)
    if force:
        with _given_up(
            file
        ) as free:  # whoever opened it meanwhile would leave its write-ahead log to the new one
            if not free:
                raise taken(file, "a book in use")
            part.replace(file)
    else:
        try:
            os.link(part, file)  # never over another file, unlike a rename
        except FileExistsError as error:
            raise taken(file, "a file") from error
        except OSError:  # a file system without links
            check_free(file, force)
            part.rename(file)
    folder_to_disk(file.parent)


def digest_of(file: Path) -> str:
    """SHA-256 of a file, in hex."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def folder_to_disk(folder: Path) -> None:
    """Make sure that names in a folder survive a power cut; some systems cannot, and do not need to."""
    with suppress(OSError):
        _to_disk(folder)


@contextmanager
def _given_up(file: Path) -> Iterator[bool]:
    """Whether nobody has a file open as a book, and nobody opens it in this block; its log is in the file then."""
    if not file.exists():
        yield True
        return
    with closing(sqlite3.connect(file, isolation_level=None, timeout=0)) as old:
        try:
            free = keep_others_out(old)
        except sqlite3.DatabaseError:
            free = True  # it is no book, or no longer
        yield free


def _of_sqlite(file: Path) -> bool:
    """Whether it is a file of SQLite's, or empty."""
    with file.open("rb") as content:
        return content.read(len(_HEADER)) in (_HEADER, b"")


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _empty(part: Path) -> None:
    handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY)
    try:
        if hasattr(os, "fchmod"):
            os.fchmod(handle, _OWNER_ONLY)
    finally:
        os.close(handle)
    for suffix in BESIDE:
        Path(f"{part}{suffix}").unlink(missing_ok=True)


def _trouble(error: OSError, file: Path) -> GoldenthreadError:
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return read_only(str(file))
    return Unavailable.of(
        "GT-DB-005",
        f"The disk did not take what was to be written to {file} ({error.strerror or error}): nothing of it was recorded.",
        "Make room on the disk or look to its health, then do the same again.",
    )
