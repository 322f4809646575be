"""Where a book is kept, and how it comes elsewhere: moved, backed up, restored. No fact is changed by any of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

import msgspec

from events.instant import Instant

Watch = Callable[[str, int, int], None]
"""Called now and then with what is being done, in words for a person, how many are done, of how many."""


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a book that was moved to PostgreSQL, or would become of it."""

    source: str
    target: str
    events: int
    rows: Mapping[str, int]
    """Table → how many rows stand beside the log."""
    found: int = 0
    """So many events were there already, from a move that was interrupted."""
    fingerprint: str = ""
    """SHA-256 over the hashes of all events in order, the same on both sides; empty where nothing was compared."""
    already: bool = False
    """Whether it had been moved there before, and nothing was left to do."""
    db: str = ""
    """What to write in the settings from now on; never with a password."""
    book: str = ""
    """The same for the name of the book."""


class BackedUp(msgspec.Struct, frozen=True, kw_only=True):
    """A backup that was made: a book in a file, which anybody can open and verify."""

    source: str
    file: str
    size: int
    """In bytes."""
    sha256: str
    events: int
    position: int
    """The last one."""
    recorded_at: Instant
    """When the last event was recorded."""


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    """A backup that was put in place, or would be."""

    file: str
    target: str
    events: int
    recorded_at: Instant
    """When the last event of the backup was recorded."""
    verified: bool
    lost: int = 0
    """How many facts stood in the book that the backup lacks."""
    lost_from: int = 0
    """The first of their positions; 0 for none."""
    lost_until: int = 0
    """The last of them."""
    unreadable: str = ""
    """Why what stood there could not be compared; empty where it could."""
    aside: str = ""
    """Where that is kept now, or would be; empty where nothing stood there."""


class Custody(Protocol):
    """What can be done with the place of a project's book; `goldenthread/custody.py` implements it."""

    def move(self, url: str, schema: str, *, dry_run: bool, watch: Watch) -> Moved:
        """Move the book from its file to an empty schema in PostgreSQL, or go on with a move that was interrupted."""
        ...

    def back_up(self, file: Path, *, force: bool, watch: Watch) -> BackedUp:
        """Write a consistent copy while others go on working; `force` replaces a file that stands there."""
        ...

    def restore(self, file: Path, *, verify: bool, replace: bool, dry_run: bool, watch: Watch) -> Restored:
        """Put a backup in the place of the project's book; `replace` where that holds facts which the backup lacks."""
        ...
