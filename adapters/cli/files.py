"""Files that people name: read whole, or refused with a sentence."""

from __future__ import annotations

from pathlib import Path

from events.errors import Invalid, NotFound

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
