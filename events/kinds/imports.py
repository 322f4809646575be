"""Files of figures that were accepted, and whether all of their rows have been applied."""

from __future__ import annotations

from events.schema import Event, fact
from events.text import TextRef


@fact("import.accepted", version=2)
class ImportAccepted(Event, frozen=True, kw_only=True):
    """A file was checked as a whole and accepted; its rows are applied in chunks, each under its own command."""

    import_id: str
    digest: str
    """SHA-256 of the file, in hex."""
    rows: int
    """Rows in the file."""
    changes: int
    """Rows that say something new; the others were in the book already."""
    name: TextRef
    """What the file was called."""
    kept: bool = False
    """Its bytes are kept under its digest."""
    mapping: str | None = None
    """SHA-256 of the mapping file by which it was read, whose bytes are kept."""
    left_out: int = 0
    """Rows with an error that were left out."""
    warnings: int = 0
    """How many warnings there were."""
    accepted_because: TextRef | None = None
    """Why they do not matter, in the words of whoever imported it."""


@fact("import.finished")
class ImportFinished(Event, frozen=True, kw_only=True):
    """Every row of an accepted file has been applied."""

    import_id: str
