"""The book's first pack, the next one, and judging again by it."""

from __future__ import annotations

from datetime import date

from engine.commands.request import Request
from events.text import TextRef


class OpenBook(Request, frozen=True, kw_only=True):
    """Open a book with two named people and propose its first pack on the first one's behalf."""

    book: str
    council: str
    proposer_name: TextRef
    approver_name: TextRef
    pack: str
    """Digest of the pack, whose canonical form comes with the command's blobs."""
    effective_from: date | None = None
    simulated: bool = False
    """The clock is set by hand."""


class ProposePack(Request, frozen=True, kw_only=True):
    """Propose a pack; `effective_from` is the pack's own date where none is given."""

    pack: str
    effective_from: date | None = None
    reason: TextRef | None = None
    rejudge: bool = False
    """Periods that were judged before are to be judged again by it."""


class ApprovePack(Request, frozen=True, kw_only=True):
    """Approve exactly the proposed digest."""

    pack: str
    rejudge: bool = False
    """Periods that were judged before are judged again by it, also where the proposal did not say so."""
    on_behalf_of: str | None = None
    """The body that approves it, where a body does."""
    acting_for: str | None = None
    """For whom somebody stands in."""
    minute: TextRef | None = None
    """Where the body's decision is minuted, where that is known."""


class TakeAdoptionStep(Request, frozen=True, kw_only=True):
    """A step before the approval: the body noted the pack, or endorsed it."""

    pack: str
    """Digest of exactly what it was taken about."""
    step: str
    on_behalf_of: str | None = None
    acting_for: str | None = None
    comment: TextRef | None = None
    minute: TextRef | None = None


class InitialAssumptions(Request, frozen=True, kw_only=True):
    """A person initials assumptions of the proposed pack."""

    pack: str
    assumptions: tuple[str, ...]


class RecordPackMinute(Request, frozen=True, kw_only=True):
    """The minute of a body's step, or of its approval, is known."""

    step: str
    """The step by name, the last one without its minute; or the fact, as ``stream@version``."""
    minute: TextRef


class RejudgeSeries(Request, frozen=True, kw_only=True):
    """Judge one series again because a pack was adopted that governs periods judged before."""

    adoption: str
    """The adoption, as ``stream@version``."""
    indicator: str
    service: str


class FinishRejudging(Request, frozen=True, kw_only=True):
    """Note that every series has been judged again after an adoption."""

    adoption: str
    series: int


class DeclinePack(Request, frozen=True, kw_only=True):
    """Turn the proposed pack down."""

    pack: str
    reason: TextRef
