"""What the rules made of a figure: its status, and what became of each trigger."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from events.schema import Event, fact


class TriggerMemory(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the next judgement must know of a trigger."""

    active: bool = False
    """It has fired and not cleared since."""
    since: str | None = None
    """The period it fired in."""


class RecentStatus(msgspec.Struct, frozen=True, array_like=True):
    """One earlier period and its status, as far back as the pack's rules look."""

    period: str
    status: str
    compared: Decimal | None = None


@fact("status.assessed")
class StatusAssessed(Event, frozen=True, kw_only=True):
    """The last fact of a judgement: the status, why, from what, and what the next judgement needs."""

    period: str
    status: str
    """A status of the pack, judged or unrated."""
    reason: str
    """One sentence a person can read aloud."""
    rule: str
    """``bands/amber``, ``declared`` or the name of the unrated state's cause."""
    pack: str
    """Digest of the pack that judged."""
    figure: str | None = None
    """The figure, as ``stream@version``."""
    value: Decimal | None = None
    target: str | None = None
    """The target used, as ``stream@version``."""
    target_value: Decimal | None = None
    compared: Decimal | None = None
    """The value as the pack compares it, positive is better, rounded to 6 decimals for reading."""
    declared: str | None = None
    """The status an officer declared, where one did."""
    previous: str | None = None
    """The status of the period before, as the judgement used it."""
    not_assessed: tuple[str, ...] = ()
    """Triggers that could not be decided for want of input."""
    recent: tuple[RecentStatus, ...] = ()
    """Oldest first, this period last."""
    triggers: dict[str, TriggerMemory] = msgspec.field(default_factory=dict)
    """Trigger → what the next judgement must know of it."""
    cause: str = "confirmed"
    """``confirmed``, ``restated``, ``late figure``, ``target``, ``adoption`` or ``no data``."""
    historic: bool = False
    """Judged as part of the past: nothing follows."""


@fact("trigger.fired")
class TriggerFired(Event, frozen=True, kw_only=True):
    """A trigger's condition held and it was its turn to fire."""

    trigger: str
    """Its name in the pack."""
    period: str
    reason: str
    """One sentence a person can read aloud."""
    pack: str
    """Digest of the pack that judged."""
    refer_to: str | None = None
    """The body that is asked."""
    start: str | None = None
    """The workflow it starts."""
    notify: tuple[str, ...] = ()
    """Roles and bodies that are told."""
    require: str | None = None
    """What somebody owes."""
    record: str | None = None
    """The pack's sentence for the record."""
    consequences: bool = True
    """False where only a record is made: an earlier period judged again, or a historic load."""


@fact("trigger.screened")
class TriggerScreened(Event, frozen=True, kw_only=True):
    """The condition held but `only_if` did not: recorded with the pack's sentence, and nothing follows."""

    trigger: str
    period: str
    reason: str
    record: str
    """The pack's sentence: why nothing follows."""
    pack: str


@fact("trigger.cleared")
class TriggerCleared(Event, frozen=True, kw_only=True):
    """A trigger that had fired no longer holds, because time brought another figure."""

    trigger: str
    period: str
    reason: str


@fact("trigger.withdrawn")
class TriggerWithdrawn(Event, frozen=True, kw_only=True):
    """A trigger that had fired for this period does not hold now that the period was judged again."""

    trigger: str
    period: str
    reason: str
    fired_at: str
    """The firing, as ``stream@version``."""


@fact("trigger.closed")
class TriggerClosed(Event, frozen=True, kw_only=True):
    """A newly adopted pack has no such trigger any more."""

    trigger: str
    period: str
