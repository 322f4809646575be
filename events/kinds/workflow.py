"""Moves of workflows and the deadlines they set: one move is one fact, and folding it needs no definition."""

from __future__ import annotations

from datetime import date

import msgspec

from events.instant import Instant
from events.schema import Event, fact
from events.text import TextRef

FieldValue = str | tuple[str, ...]
"""A field of a step as recorded: text references, dates as YYYY-MM-DD, numbers as digits, lists as tuples."""


class ReminderSet(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A reminder frozen with its deadline: when, to which roles or bodies, and in words."""

    n: int
    at: Instant
    to: tuple[str, ...]
    words: str
    """For example ``28 days before``."""


class DeadlineSet(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A deadline frozen when it was set, so that replay never depends on the calendar of the day."""

    name: str
    n: int
    """Which setting of this deadline in this instance, counted from 1."""
    due_at: Instant
    """The first instant after the last permitted day."""
    last_day: date
    """The last permitted day, in local time."""
    counted_from: date
    rule: str
    """In words, for example ``3 months from 30 November 2026``."""
    calendar: str
    """Time zone and bank-holiday set it was computed with."""
    original: date | None = None
    """The last permitted day before any extension."""
    remind: tuple[ReminderSet, ...] = ()


class Move(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    gc=False,
    rename={"source": "from", "target": "to"},
):
    """One step of one workflow instance: from a state to a state, and what it does to the clocks."""

    workflow: str
    subject: str
    """Which instance in the stream: a period for submissions, an ordinal for any other matter."""
    step: str
    source: str
    target: str
    sets: tuple[DeadlineSet, ...] = ()
    clears: tuple[str, ...] = ()
    """Names of the deadlines that no longer run."""
    on_behalf_of: str | None = None
    """The body that decided through this person."""
    acting_for: str | None = None
    definition: str | None = None
    """Digest of the workflow definition; on the first move of an instance only."""
    ends: bool = False
    """The new state is final: the instance is over."""
    late_days: int | None = None
    """Working days late, where the step came after its window: a mark, never a state."""


@fact("step.taken")
class StepTaken(Event, frozen=True, kw_only=True):
    """A step without a name of its own in the record."""

    move: Move
    fields: dict[str, FieldValue] = msgspec.field(default_factory=dict)


@fact("matter.begun")
class MatterBegun(StepTaken, frozen=True, kw_only=True):
    """Something of a workflow without a name of its own in the record began: a decision is needed, for example."""


@fact("intervention.proposed")
class InterventionProposed(StepTaken, frozen=True, kw_only=True):
    """A trigger or a person asked a body to decide what is to be done."""


MATTER_BEGUN = ("intervention.proposed", "matter.begun")
"""The types of fact by which a matter begins, in their order."""


@fact("intervention.agreed")
class InterventionAgreed(StepTaken, frozen=True, kw_only=True):
    """A body answered with a report-back category, alone or with items of the menu."""


@fact("report.received")
class ReportReceived(StepTaken, frozen=True, kw_only=True):
    """The service reported back."""


@fact("rung.moved")
class RungMoved(StepTaken, frozen=True, kw_only=True):
    """The matter moved to another rung of the ladder."""


@fact("deadline.extended")
class DeadlineExtended(StepTaken, frozen=True, kw_only=True):
    """Another person agreed to a later date; the original stays visible."""


@fact("intervention.waived")
class InterventionWaived(StepTaken, frozen=True, kw_only=True):
    """The body accepted that the indicator has not recovered, with a reason."""


@fact("item.owed")
class ItemOwed(StepTaken, frozen=True, kw_only=True):
    """Something within a matter is owed by somebody until a day: an action of a plan; or it is owed by another day."""


@fact("item.done")
class ItemDone(StepTaken, frozen=True, kw_only=True):
    """Something that was owed within a matter is done: an action of a plan, or an item of the menu."""


@fact("kpi.approved")
class KpiApproved(StepTaken, frozen=True, kw_only=True):
    """Whoever decides on it approved a proposed KPI: it enters the register."""


@fact("kpi.amendment_approved")
class KpiAmendmentApproved(StepTaken, frozen=True, kw_only=True):
    """Whoever decides on it approved a new version of a KPI."""


@fact("kpi.removal_approved")
class KpiRemovalApproved(StepTaken, frozen=True, kw_only=True):
    """Whoever decides on it approved the removal of a KPI: it is retired, and its history stays."""


@fact("approval.given")
class ApprovalGiven(Event, frozen=True, kw_only=True):
    """One of several people took a step that needs them all; it moves nothing until the last has."""

    workflow: str
    subject: str
    step: str
    state: str
    """Where the matter stood, and stands still."""
    digest: str
    """SHA-256 of what was approved, in hex: the matter's fields, or the figure, as they stood."""
    number: int
    """Which approval of those that hold this is, counted from 1."""
    quorum: int
    """How many are needed."""
    decided: dict[str, FieldValue] = msgspec.field(default_factory=dict)
    """What all must say alike."""
    fields: dict[str, FieldValue] = msgspec.field(default_factory=dict)
    """Everything given with it, the person's own words included."""
    on_behalf_of: str | None = None
    acting_for: str | None = None
    definition: str | None = None
    """Digest of the workflow definition; where the approval is the first thing that happens to the matter."""


@fact("approval.lapsed")
class ApprovalLapsed(Event, frozen=True, kw_only=True):
    """What had been approved changed, so the approvals count no longer and must be given again."""

    workflow: str
    subject: str
    step: str
    persons: tuple[str, ...]
    """Whose approvals they were."""


@fact("minute.recorded")
class MinuteRecorded(Event, frozen=True, kw_only=True):
    """The minute of a body's decision became known, weeks after the meeting as a rule."""

    workflow: str
    subject: str
    decision: str
    """The decision, as ``stream@version``."""
    body: str
    minute: TextRef
    """Its reference, as the body's minutes number it."""
    acting_for: str | None = None


@fact("target.approved")
class TargetApproved(StepTaken, frozen=True, kw_only=True):
    """Whoever decides on it approved a target that was proposed: it is set in the register."""


@fact("deadline.passed")
class DeadlinePassed(Event, frozen=True, kw_only=True):
    """A deadline went by: fired once, with how late the firing was, and what followed."""

    workflow: str
    subject: str
    name: str
    n: int
    due_at: Instant
    last_day: date
    working_days_late: int = 0
    """How many working days after the due day it was fired."""
    proposes: str | None = None
    """The rung proposed to the body that waits."""
    to: str | None = None
    """The body or role whose task this is."""
    words: str = ""
    sets: tuple[DeadlineSet, ...] = ()
    clears: tuple[str, ...] = ()


@fact("reminder.sent")
class ReminderSent(Event, frozen=True, kw_only=True):
    """A reminder fell due and was put in the outbox."""

    workflow: str
    subject: str
    name: str
    n: int
    reminder: int
    to: tuple[str, ...]
    words: str


@fact("evidence.added")
class EvidenceAdded(Event, frozen=True, kw_only=True):
    """A further trigger, or a trigger again, while the matter that it would begin was open."""

    subject: str
    trigger: str
    period: str
    caused_by: str


@fact("matter.linked")
class MatterLinked(Event, frozen=True, kw_only=True):
    """An item of a menu that was chosen asks for another matter: recorded in both, in the stream of each."""

    subject: str
    item: str
    """The item's number."""
    other: str
    """The other matter, as ``stream#ordinal``."""
    asked: bool
    """This is the matter that was asked for; false in the one that asks."""


@fact("matter.told")
class MatterTold(Event, frozen=True, kw_only=True):
    """A matter that this one asked for, or was asked for by, is over; what that means here, a person decides."""

    subject: str
    item: str
    other: str
    """The other matter, as ``stream#ordinal``."""
    state: str
    """The state in which the other ended."""
    words: str
    to: str
    """The body whose task it is."""


@fact("cause.withdrawn")
class CauseWithdrawn(Event, frozen=True, kw_only=True):
    """The trigger behind a matter that was answered no longer holds; its clock runs on and a person decides."""

    subject: str
    trigger: str
    period: str
    to: str
    """The body whose task it is."""
