"""Files that people name: read whole, or refused with a sentence."""

from __future__ import annotations

import errno
from pathlib import Path

from events.errors import Invalid, NotFound, Problem

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


OF_FILES = frozenset(
    {
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
    if error.errno not in OF_FILES or error.filename is None:
        return None
    name = error.filename if isinstance(error.filename, str) else str(error.filename)
    return Problem(
        code="GT-USE-035",
        sentence=f"The file or folder {name} cannot be read or written: {error.strerror}.",
        fix="Give this account the right to it, or name another file or folder.",
    )
