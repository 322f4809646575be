"""Services, indicators and their targets."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from engine.commands.request import Request
from events.text import TextRef


class AddService(Request, frozen=True, kw_only=True):
    """Add a node to the council's tree."""

    service: str
    label: str
    parent: str | None = None


class AddIndicator(Request, frozen=True, kw_only=True):
    """Add an indicator to the register."""

    indicator: str
    title: str
    polarity: str
    frequency: str
    measured_in: str = "number"
    decimals: int = 1
    kind: str = "kpi"
    accumulation: str = "period"
    aggregation: str = ""
    """Empty: ``ratio`` for percentages, ``none`` for anything else."""
    services: tuple[str, ...] = ()
    first_period: str | None = None
    fields: dict[str, str] = msgspec.field(default_factory=dict)
    lowest: Decimal | None = None
    highest: Decimal | None = None
    lag: str = ""


class AmendIndicator(Request, frozen=True, kw_only=True):
    """Change what the register says of an indicator's figures; what is left out stays as it is."""

    indicator: str
    reason: TextRef
    lowest: Decimal | None = None
    highest: Decimal | None = None
    lag: str | None = None
    accumulation: str | None = None
    aggregation: str | None = None


class SetTarget(Request, frozen=True, kw_only=True):
    """Set a target from a period on, for one service or, with none, for all."""

    indicator: str
    from_period: str
    service: str = ""
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    floor: Decimal | None = None
    tolerance: Decimal | None = None
    reason: TextRef | None = None
    tolerance_in: str = ""
    """``percent`` of the target or ``units`` of the indicator; empty: the unit of the pack's `compare_by`.

    Without a tolerance, the one that applied before stays; ``none`` drops it.
    """
    bases: dict[str, Decimal] = msgspec.field(default_factory=dict)
    """In place of `value`: the hardest of these is the target."""


class SetTargets(Request, frozen=True, kw_only=True):
    """Set several targets of one indicator, all or none: a profile, or a trajectory with a target for each period."""

    indicator: str
    targets: tuple[SetTarget, ...]
