"""Files that people name: read whole, written where nothing stands, or refused with a sentence."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from events.errors import Invalid, NotFound, Problem, Refused

MOST_BYTES = 50_000_000


def read_file(path: Path) -> bytes:
    """The bytes of a file. Raises NotFound where there is none, Invalid where it cannot be read or is too large."""
    try:
        if not path.exists():
            raise NotFound.of("GT-USE-026", f"There is no file {path}.", "Look at its name and folder.")
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)  # a device has no size, and may never end
        if len(content) > MOST_BYTES:
            raise Invalid.of(
                "GT-USE-027",
                f"The file {path} has more than {MOST_BYTES:,} bytes.",
                "Split it into several files.",
            )
        return content
    except OSError as trouble:
        reason = trouble.strerror or type(trouble).__name__
        raise Invalid.of(
            "GT-USE-028",
            f"The file {path} cannot be read: {reason}.",
            "Name a file that this account may read.",
        ) from None


def write_file(path: Path, content: bytes, *, force: bool) -> None:
    """Write a file whole. Raises Refused where one stands there, unless it may be replaced with `force`.

    What is no ordinary file, a pipe or a terminal, holds nothing that could be lost.
    """
    if path.is_file() and not force:
        raise Refused.of(
            "GT-USE-220",
            f"There is a file {path} already.",
            "Name another file, or replace this one with --force.",
        )
    with naming(path), path.open("wb" if path.exists() else "xb") as file:
        file.write(content)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Whatever the file system refuses in here is about this file, also once it is open."""
    try:
        yield
    except OSError as trouble:
        if trouble.filename is None:
            trouble.filename = str(path)
        raise


OF_FILES = frozenset(
    {
        errno.ENOENT,
        errno.EEXIST,
        errno.EINVAL,
        errno.EILSEQ,
        errno.ENXIO,
        errno.ENODEV,
        errno.EBUSY,
        errno.ETXTBSY,
        errno.EFBIG,
        errno.EMFILE,
        errno.ENFILE,
        errno.EOPNOTSUPP,
        errno.ESTALE,
        errno.ETIMEDOUT,
        errno.EACCES,
        errno.EPERM,
        errno.EROFS,
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EIO,
        errno.ENAMETOOLONG,
        errno.ELOOP,
        errno.EISDIR,
        errno.ENOTDIR,
    }
)
"""What a file system may answer to a program that has done nothing wrong."""


def file_problem(error: OSError) -> Problem | None:
    """What the file system refused, wherever it was asked; None for what is a mistake in the program."""
    if error.errno not in OF_FILES:
        return None
    name = "" if error.filename is None else f" {os.fsdecode(error.filename)}"
    what = f"The file or folder{name}" if name else "A file"
    return Problem(
        code="GT-USE-035",
        sentence=f"{what} cannot be read or written: {error.strerror}.",
        fix=_WAYS_OUT.get(error.errno, "Give this account the right to it, or name another file or folder."),
    )


_WAYS_OUT = {
    errno.ENOENT: "Make its folder, or name another file or folder.",
    errno.ENOTDIR: "Name another file or folder.",
    errno.EISDIR: "Name a file in it, or another one.",
    errno.EEXIST: "Name another file or folder.",
    errno.ENAMETOOLONG: "Give it a shorter name.",
    errno.ENOSPC: "Make room on its disk, or name a file or folder on another.",
    errno.EDQUOT: "Make room on its disk, or name a file or folder on another.",
}
"""What to do about the more frequent ones."""
