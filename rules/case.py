"""One case to judge: a figure (or its absence), its target, and what was judged before it."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from events.kinds.statuses import RecentStatus, TriggerMemory


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
    history: tuple[RecentStatus, ...] = ()
    """Earlier judged periods, oldest first, as many as `RuleSet.lookback`; a period left out is a gap."""
    triggers: dict[str, TriggerMemory] = msgspec.field(default_factory=dict)
    """Trigger memory as the previous judgement left it."""
    consequences: bool = True
    """False where an earlier period is judged again: firings are recorded and nothing follows."""
    cause: str = "confirmed"
    historic: bool = False
