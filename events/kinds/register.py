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


@fact("indicator.added")
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
    aggregation: str = "last"
    services: tuple[str, ...] = ()
    """The services that return this indicator."""
    first_period: str | None = None
    """The first period a figure is due for."""
    fields: dict[str, str] = msgspec.field(default_factory=dict)
    """What the pack asks of an indicator beyond this, for example ``important_locally: yes``."""


@fact("target.set")
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
    """Per-indicator tolerance, in the unit of the pack's `compare_by`."""
    reason: TextRef | None = None


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
