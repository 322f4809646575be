"""What the rules made of a figure: its status, and what became of each trigger."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from events.schema import Event, fact
from events.text import TextRef


class TriggerMemory(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What the next judgement must know of a trigger."""

    active: bool = False
    """It has fired and not cleared since."""
    since: str | None = None
    """The period it fired in."""
    ceased: str | None = None
    """The period in which its condition had gone, while the pack's `hold` keeps it active."""


class RecentStatus(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One earlier period and its status, as far back as the pack's rules look."""

    period: str
    status: str
    compared: Decimal | None = None


@fact("status.assessed", version=2)
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
    computed: str | None = None
    """The status the bands give, where an officer's overrides it."""
    overridden_by: str | None = None
    """The person whose status overrides the computed one."""
    override_reason: TextRef | None = None
    previous: str | None = None
    """The status of the period before, as the judgement used it."""
    not_assessed: tuple[str, ...] = ()
    """Triggers that could not be decided for want of input."""
    recent: tuple[RecentStatus, ...] = ()
    """Oldest first, this period last."""
    triggers: dict[str, TriggerMemory] = msgspec.field(default_factory=dict)
    """Trigger → what the next judgement must know of it."""
    cause: str = "confirmed"
    """``confirmed``, ``restated``, ``late figure``, ``target``, ``adoption``, ``no data`` or ``override``."""
    historic: bool = False
    """Judged as part of the past: nothing follows."""


@fact("status.overridden")
class StatusOverridden(Event, frozen=True, kw_only=True):
    """An officer set a status in place of the computed one; it lapses as soon as the figure is another."""

    period: str
    status: str
    figure: str
    """The figure it was set for, as ``stream@version``."""
    reason: TextRef


@fact("status.override_ended")
class OverrideEnded(Event, frozen=True, kw_only=True):
    """The officer's status was taken back: what the rules give counts again."""

    period: str
    reason: TextRef


@fact("trigger.fired", version=2)
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
    group: str | None = None
    """What it shares with others of one command, of which people are told once; None where each is told."""
    consequences: bool = True
    """False where only a record is made: a period before the latest figure judged again, or a historic load."""


@fact("trigger.screened", version=2)
class TriggerScreened(Event, frozen=True, kw_only=True):
    """The condition held, but `only_if` did not, or it is suppressed or muted: recorded, and nothing follows."""

    trigger: str
    period: str
    reason: str
    record: str
    """Why nothing follows: the pack's sentence, or that it is suppressed or muted."""
    pack: str
    cause: str = "only_if"
    """``only_if``, ``suppressed`` or ``muted``."""
    suppressed_by: str | None = None
    """The trigger that suppresses it."""
    muted_by: str | None = None
    """The person who muted it."""
    until: date | None = None
    """The last day it is muted."""


@fact("trigger.cleared")
class TriggerCleared(Event, frozen=True, kw_only=True):
    """A trigger that had fired no longer holds, because time brought another figure."""

    trigger: str
    period: str
    reason: str


@fact("trigger.withdrawn", version=2)
class TriggerWithdrawn(Event, frozen=True, kw_only=True):
    """A trigger that had fired for this period, or was screened out, does not hold now that it was judged again."""

    trigger: str
    period: str
    reason: str
    fired_at: str
    """The firing, or that it was screened out, as ``stream@version``."""
    screened: bool = False
    """It had been screened out, so nothing had followed that could be undone."""


@fact("trigger.closed")
class TriggerClosed(Event, frozen=True, kw_only=True):
    """A newly adopted pack has no such trigger any more."""

    trigger: str
    period: str
