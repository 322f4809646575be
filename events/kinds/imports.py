"""Files of figures that were accepted, historic loads that were approved, and whether all of their rows have been applied."""

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


@fact("history.proposed")
class HistoryProposed(Event, frozen=True, kw_only=True):
    """A person put a file of figures from before the book forward; it counts for nothing until another approves it."""

    import_id: str
    digest: str
    """SHA-256 of the file, in hex."""
    rows: int
    """Rows in the file."""
    changes: int
    """Figures that the book does not hold yet."""
    name: TextRef
    """What the file was called."""
    reason: TextRef
    """Where the figures come from."""
    first: str
    """The earliest period in it."""
    last: str
    """The latest period in it."""
    kept: bool = False
    """Its bytes are kept under its digest."""
    mapping: str | None = None
    """SHA-256 of the mapping file by which it was read, whose bytes are kept."""
    warnings: int = 0
    """How many warnings there were."""
    accepted_because: TextRef | None = None
    """Why they do not matter, in the words of whoever put it forward."""


@fact("history.approved")
class HistoryApproved(Event, frozen=True, kw_only=True):
    """Another person approved a historic load: its figures are confirmed and judged, and nothing follows from them."""

    import_id: str
    digest: str
    """SHA-256 of the file approved, in hex."""
    proposed_by: str


@fact("history.declined")
class HistoryDeclined(Event, frozen=True, kw_only=True):
    """Another person turned a historic load down."""

    import_id: str
    reason: TextRef
    """Why."""


@fact("import.given_up")
class ImportGivenUp(Event, frozen=True, kw_only=True):
    """What is left of an accepted file, or of an approved historic load, is not taken in; what was taken in stays."""

    import_id: str
    reason: TextRef
    """Why."""


@fact("import.finished")
class ImportFinished(Event, frozen=True, kw_only=True):
    """Every row of an accepted file has been applied."""

    import_id: str
