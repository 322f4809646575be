"""What happens to a council's book itself."""

from __future__ import annotations

from events.instant import Instant
from events.schema import Event, fact
from events.text import TextRef


@fact("book.opened", version=2)
class BookOpened(Event, frozen=True, kw_only=True):
    """A book was opened by two named people: one proposes its first pack, the other approves it."""

    book: str
    council: str
    proposer: str
    proposer_name: TextRef
    approver: str
    approver_name: TextRef
    simulated: bool = False
    """It was opened under a clock set by hand, to practise or to demonstrate: only such a book is written under one."""


@fact("clock.corrected")
class ClockCorrected(Event, frozen=True, kw_only=True):
    """The machine's clock had run ahead; writing goes on although recorded time stands still until it is caught up."""

    head_was: Instant
    clock_said: Instant
    reason: TextRef


@fact("reaction.refused")
class ReactionRefused(Event, frozen=True, kw_only=True):
    """A consequence that had to follow a fact could not be taken; it stands as a task for a person."""

    workflow: str
    subject: str
    step: str
    caused_by: str
    code: str
    reasons: tuple[str, ...]


@fact("task.done")
class TaskDone(Event, frozen=True, kw_only=True):
    """A person dealt with a task that no workflow step closes by itself."""

    task: str
    reason: TextRef
