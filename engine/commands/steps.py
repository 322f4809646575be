"""Steps of a workflow: a figure, a whole return, a matter's next move."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from engine.commands.request import Request
from events.kinds.workflow import FieldValue


class FigureFields(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A figure as entered: a value, or numerator and denominator, or what an officer declares."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    declared_status: str | None = None
    reported_as: str | None = None
    provisional: bool = False
    """It is expected to change, and counts until it is made final."""


class Step(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One step to take: of which workflow, on which series, on which instance (`subject`)."""

    workflow: str
    indicator: str
    service: str
    subject: str
    """A period for submissions, the ordinal for interventions; empty for a new instance."""
    step: str
    fields: dict[str, FieldValue] = msgspec.field(default_factory=dict)
    figure: FigureFields | None = None
    on_behalf_of: str | None = None
    acting_for: str | None = None


class TakeSteps(Request, frozen=True, kw_only=True):
    """Take one step or many, all or none: a figure, a whole return, an import's chunk."""

    steps: tuple[Step, ...]
    import_id: str | None = None
