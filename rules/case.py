"""One case to judge: a figure (or its absence), its target, and what was judged before it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from events.kinds.statuses import TriggerMemory
from events.text import TextRef


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """The target in force for the period judged."""

    value: Decimal | None = None
    low: Decimal | None = None
    """Lower edge of the wanted band, for polarity ``in_band``."""
    high: Decimal | None = None
    floor: Decimal | None = None
    """Absolute floor (a ceiling where lower is better), in the indicator's own unit."""
    tolerance: Decimal | None = None
    """This indicator's own tolerance, in the unit of the pack's `compare_by`; zero or more."""
    cite: str | None = None
    """The target as ``stream@version``."""


class Past(msgspec.Struct, frozen=True, gc=False):
    """One earlier period: its status, and its confirmed figure as it was entered, so that it compares exactly."""

    period: str
    status: str
    compared: Decimal | None = None
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


class Override(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A status that an officer sets in place of the computed one, where the pack allows it."""

    status: str
    by: str
    """The person, by id."""
    reason: TextRef | None = None


class Mute(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Who silenced a trigger for this series, and the last day of it."""

    by: str
    until: date


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a judgement may look at. Numbers are within the bounds of `events.number`."""

    pack: str
    """Digest of the pack that judges."""
    period: str
    figure: str | None = None
    """The figure as ``stream@version``."""
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    """With both numerator and denominator the value is their exact fraction (of 100 where measured in percent)."""
    declared_status: str | None = None
    reported_as: str | None = None
    polarity: str = "none"
    """``higher``, ``lower``, ``in_band`` or ``none``."""
    measured_in: str = "number"
    decimals: int = 1
    """How many decimals a value is shown with where it is a fraction; comparisons never round by it."""
    fields: dict[str, str] = msgspec.field(default_factory=dict)
    """What the pack asks of an indicator, for example ``important_locally: yes``."""
    target: Target | None = None
    history: tuple[Past, ...] = ()
    """Earlier judged periods, oldest first, as many as `RuleSet.reach`; a period left out is a gap."""
    last_year: Past | None = None
    """The same period a year before, where the rules ask about it (`RuleSet.asks_last_year`)."""
    rated_before: bool | None = None
    """Whether any earlier period ever had a rating, where the rules ask (`RuleSet.asks_first`); None: nobody looked."""
    late: bool | None = None
    """Whether the figure came after its window had closed, or is missing though it has; None: it cannot be said."""
    cleared: frozenset[str] = frozenset()
    """Triggers that this period was said to have cleared when it was judged before: what ended then begins anew."""
    override: Override | None = None
    mutes: dict[str, Mute] = msgspec.field(default_factory=dict)
    """Trigger → the mute that stands for this series on the day of the judgement."""
    indicator: str = ""
    service: str = ""
    """Which series it is, where the rules tell people by group (`RuleSet.groups`)."""
    triggers: dict[str, TriggerMemory] = msgspec.field(default_factory=dict)
    """Trigger memory as the previous judgement left it."""
    consequences: bool = True
    """False where an earlier period is judged again: firings are recorded and nothing follows."""
    cause: str = "confirmed"
    historic: bool = False
