"""Files of figures: those of the present, in chunks of steps, and those from before the book."""

from __future__ import annotations

import msgspec

from engine.commands.request import Request
from engine.commands.steps import FigureFields
from events.text import TextRef


class AcceptImport(Request, frozen=True, kw_only=True):
    """Accept a file of figures that was checked as a whole; its rows follow in chunks of `TakeSteps`."""

    import_id: str
    digest: str
    """SHA-256 of the file, in hex."""
    rows: int
    changes: int
    name: TextRef
    kept: bool = False
    """The file's bytes come with the command."""
    mapping: str | None = None
    """SHA-256 of the mapping file, whose bytes come with the command."""
    left_out: int = 0
    warnings: int = 0
    accepted_because: TextRef | None = None
    """Why the warnings do not matter."""


class FinishImport(Request, frozen=True, kw_only=True):
    """Note that every row of an accepted file has been applied."""

    import_id: str


class HistoricFigure(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A figure from before the book."""

    indicator: str
    service: str
    period: str
    figure: FigureFields


class ProposeHistory(Request, frozen=True, kw_only=True):
    """Put a file of figures from before the book forward; nothing of it is loaded until another person approves it."""

    import_id: str
    digest: str
    """SHA-256 of the file, in hex."""
    rows: int
    changes: int
    name: TextRef
    reason: TextRef
    first: str
    last: str
    kept: bool = False
    mapping: str | None = None
    warnings: int = 0
    accepted_because: TextRef | None = None


class ApproveHistory(Request, frozen=True, kw_only=True):
    """Approve a historic load: exactly the file that was put forward."""

    import_id: str
    digest: str


class DeclineHistory(Request, frozen=True, kw_only=True):
    """Turn a historic load down."""

    import_id: str
    reason: TextRef


class GiveUpImport(Request, frozen=True, kw_only=True):
    """Give up what is left of an accepted file, or of an approved historic load; what was taken in stays."""

    import_id: str
    reason: TextRef


class LoadHistory(Request, frozen=True, kw_only=True):
    """Load a part of an approved file: confirmed at once, judged as history, and nothing follows."""

    import_id: str
    figures: tuple[HistoricFigure, ...]
