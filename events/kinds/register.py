"""The register: services, indicators, targets and meetings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from events.schema import Event, fact
from events.text import TextRef


@fact("service.added")
class ServiceAdded(Event, frozen=True, kw_only=True):
    """A node of the council's tree."""

    service: str
    label: str
    parent: str | None = None


@fact("indicator.added", version=2)
class IndicatorAdded(Event, frozen=True, kw_only=True):
    """An indicator (KPI) entered the register."""

    indicator: str
    title: str
    polarity: str
    """``higher``, ``lower``, ``in_band`` or ``none``: which way is better."""
    frequency: str
    """``month``, ``quarter``, ``half`` or ``year``."""
    measured_in: str = "number"
    """``percent`` (0–100), ``number``, ``days``, ``pounds`` …, as people read it."""
    decimals: int = 1
    kind: str = "kpi"
    """``kpi``, ``spi``, ``statutory``, ``partner`` or ``contextual``."""
    accumulation: str = "period"
    """``period``: a figure is of its period alone; ``year_to_date``: of the year up to its end; ``rolling``: of the twelve
    months up to its end; ``snapshot``: of its last day."""
    aggregation: str = "last"
    """How longer periods follow: ``sum``, ``ratio`` (numerators over denominators, each added up), ``last`` or ``none``."""
    services: tuple[str, ...] = ()
    """The services that return this indicator."""
    first_period: str | None = None
    """The first period a figure is due for."""
    fields: dict[str, str] = msgspec.field(default_factory=dict)
    """What the pack asks of an indicator beyond this, for example ``important_locally: yes``."""
    lowest: Decimal | None = None
    """No figure is below this; None: zero for percentages, days and pounds, and no limit for anything else."""
    highest: Decimal | None = None
    """No figure is above this; None: 100 for percentages, and no limit for anything else."""
    lag: str = ""
    """How long after a period its figure can first be known, for example ``2 months``; empty where that is at once."""


@fact("indicator.amended", version=2)
class IndicatorAmended(Event, frozen=True, kw_only=True):
    """What the register says of an indicator was changed; what is left out stays as it was."""

    indicator: str
    reason: TextRef
    lowest: Decimal | None = None
    """No figure is below this."""
    highest: Decimal | None = None
    """No figure is above this."""
    lag: str | None = None
    """How long after a period its figure can first be known; empty for at once."""
    accumulation: str | None = None
    aggregation: str | None = None
    title: str | None = None
    fields: dict[str, str] = msgspec.field(default_factory=dict)
    """Answers to what the pack asks of an indicator, where they are others from now on."""
    from_period: str | None = None
    """The first period of a new version; None where what its figures are did not change."""
    comparable: bool = True
    """False where figures from that period on cannot be compared with those before it."""


@fact("indicator.retired", version=2)
class IndicatorRetired(Event, frozen=True, kw_only=True):
    """An indicator was taken out of use: its history stays, it takes no more figures and none is awaited."""

    indicator: str
    reason: TextRef
    replaced_by: str = ""
    """The code of the indicator that takes its place; empty where none does."""


@fact("target.set", version=3)
class TargetSet(Event, frozen=True, kw_only=True):
    """A target applies from a period on, until another is set; empty `service` means every service."""

    indicator: str
    from_period: str
    service: str = ""
    value: Decimal | None = None
    low: Decimal | None = None
    """Lower edge of the wanted band, for polarity ``in_band``."""
    high: Decimal | None = None
    floor: Decimal | None = None
    """Absolute floor (a ceiling where lower is better), in the indicator's own unit."""
    tolerance: Decimal | None = None
    """Per-indicator tolerance, in what `tolerance_in` says."""
    reason: TextRef | None = None
    tolerance_in: str = ""
    """``percent`` of the target, ``units`` of the indicator; empty: the unit of the pack's `compare_by`."""
    bases: dict[str, Decimal] = msgspec.field(default_factory=dict)
    """What the value was chosen from, the hardest of them: ``{benchmark: 72, statutory: 70}``."""
    basis: str = ""
    """The one of `bases` that is the target."""
    outcome_known: dict[str, str] = msgspec.field(default_factory=dict)
    """Service → the last period that this target applies to and whose outcome was known when it was set."""


@fact("meeting.added")
class MeetingAdded(Event, frozen=True, kw_only=True):
    """A body meets on a day."""

    body: str
    on: date


@fact("meeting.cancelled")
class MeetingCancelled(Event, frozen=True, kw_only=True):
    """A body does not meet on a day it was to meet."""

    body: str
    on: date
