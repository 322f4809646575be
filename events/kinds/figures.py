"""A figure's life: entered, queried, confirmed, commented on, restated, or declared absent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from events.kinds.workflow import Move
from events.schema import Event, fact
from events.text import TextRef


@fact("figure.entered", version=2)
class FigureEntered(Event, frozen=True, kw_only=True):
    """A person entered a figure; it counts for nothing until another confirms it."""

    move: Move
    period: str
    revision: int
    """Counted from 1; a figure entered again, or restated, has the next."""
    value: Decimal | None = None
    """The value; None where it is given as numerator and denominator, or declared alone."""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    declared_status: str | None = None
    """The status that an officer declares, where the pack has no bands."""
    reported_as: str | None = None
    """What it was reported as, for example ``risk``."""
    import_id: str | None = None
    """The file it came with, where it came with one."""
    provisional: bool = False
    """It is expected to change, and counts until it is made final."""


@fact("figure.confirmed", version=2)
class FigureConfirmed(Event, frozen=True, kw_only=True):
    """Another person confirmed the figure; it repeats the figure and cites its entry, and now it is judged."""

    move: Move
    period: str
    revision: int
    """The revision that is now in force."""
    entry: str
    """The entry confirmed, as ``stream@version``."""
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    declared_status: str | None = None
    """The status that an officer declares, where the pack has no bands."""
    reported_as: str | None = None
    """What it was reported as, for example ``risk``."""
    provisional: bool = False
    """It is expected to change, and counts until it is made final."""


@fact("figure.queried")
class FigureQueried(Event, frozen=True, kw_only=True):
    """The checker sent the figure back with a question."""

    move: Move
    period: str
    reason: TextRef
    """The question."""


@fact("figure.absent")
class FigureAbsent(Event, frozen=True, kw_only=True):
    """There is no figure for this period, for a stated reason. Not zero, not a nil return."""

    move: Move
    period: str
    reason: TextRef
    """Why there is none."""


@fact("figure.overdue")
class FigureOverdue(Event, frozen=True, kw_only=True):
    """The window of a period closed, and no figure was in force for it, nor the word that there is none."""

    period: str
    last_day: date
    """The last day on which it would have been in time."""
    rule: str
    """How that day follows, in words."""


@fact("figure.commented", version=2)
class CommentAdded(Event, frozen=True, kw_only=True):
    """Either person said something about the figure."""

    move: Move
    period: str
    comment: TextRef
    action: TextRef | None = None
    """What is being done, where the figure is off target."""
    answers: bool = False
    """It answers the question with which the figure was sent back."""


@fact("restatement.proposed", version=2)
class RestatementProposed(Event, frozen=True, kw_only=True):
    """A corrected figure waits for another person; the old one stays in force until then."""

    move: Move
    period: str
    revision: int
    """Counted from 1; a figure entered again, or restated, has the next."""
    reason: TextRef
    """Why it is corrected."""
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    declared_status: str | None = None
    """The status that an officer declares, where the pack has no bands."""
    reported_as: str | None = None
    """What it was reported as, for example ``risk``."""
    provisional: bool = False
    """It is expected to change, and counts until it is made final."""


@fact("restatement.withdrawn")
class RestatementWithdrawn(Event, frozen=True, kw_only=True):
    """A corrected figure waits no longer: whoever put it forward took it back, or another person declined it."""

    move: Move
    period: str
    revision: int
    """The revision that waited; it never counted."""
    proposal: str
    """The restatement that waited, as ``stream@version``."""
    reason: TextRef
    """Why it is taken back, or declined."""
    declined: bool = False
    """Another person declined it."""


@fact("data.requested")
class DataRequested(Event, frozen=True, kw_only=True):
    """The day came on which a period's figures are asked for; whoever enters them was told, once."""

    period: str
    lag: str
    """The reporting lag of the indicators that are asked for; empty where their figures are known at once."""
    opens_on: date
    last_day: date
    """The last day on which a figure is in time."""
    figures: int
    """How many are asked for."""
    to: tuple[str, ...]
    """The roles that were told."""
