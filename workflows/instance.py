"""One instance of a workflow as it stands: a fold of its facts, cheap to copy, needing no definition."""

from __future__ import annotations

from datetime import date

import msgspec

from events.kinds.workflow import DeadlineSet, FieldValue


class Taker(msgspec.Struct, frozen=True, gc=False):
    """Who took a step, and for whom."""

    step: str
    person: str
    acting_for: str | None = None


class Owed(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Something that is owed within a matter: an item of the menu that was chosen, or an action of a plan."""

    owner: str | None = None
    """The role or body that owes it, where the matter itself says so; the menu says it of its own items."""
    until: date | None = None
    """The last permitted day; None for an item of the menu, which is due with the report."""
    original: date | None = None
    """The day that was given first."""
    done_on: date | None = None


class Approval(msgspec.Struct, frozen=True, kw_only=True):
    """One person of several has taken a step that needs them all."""

    step: str
    person: str
    acting_for: str | None
    on_behalf_of: str | None
    on: date
    digest: str
    """Of what was approved; see `workflows.approvals`."""
    fields: dict[str, FieldValue]
    """What all must say alike."""


class Instance(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Everything that deciding the next step needs to know of the past."""

    workflow: str
    subject: str
    state: str
    definition: str
    """Digest of the definition it began under."""
    started_on: date
    started_by: str
    moved_on: date
    """The day on which the last step took effect; a deadline that passes is none."""
    fields: dict[str, FieldValue] = msgspec.field(default_factory=dict)
    """The latest value of every field recorded so far."""
    body: str | None = None
    """The body that the matter is with; for an escalated one, its rung."""
    history: tuple[Taker, ...] = ()
    """Every step taken, oldest first."""
    open: dict[str, DeadlineSet] = msgspec.field(default_factory=dict)
    """Deadlines that run, by name."""
    passed: dict[str, date] = msgspec.field(default_factory=dict)
    """Deadlines that went by and have not been answered since: name → last permitted day."""
    counts: dict[str, int] = msgspec.field(default_factory=dict)
    """How often each deadline was set."""
    originals: dict[str, date] = msgspec.field(default_factory=dict)
    """The last permitted day of each deadline before it was extended or started anew."""
    proposed_rung: str | None = None
    """The rung that a missed deadline proposed; a person decides."""
    waived: bool = False
    """The body accepted that the indicator has not recovered; lapses when the state changes."""
    approvals: tuple[Approval, ...] = ()
    """Given for steps that need more people still, oldest first."""
    items: dict[str, Owed] = msgspec.field(default_factory=dict)
    """What is or was owed within it, by name or number, in the order in which it was asked for."""
