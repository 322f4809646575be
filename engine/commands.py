"""What can be asked of a book: one command with an id, from one person, received at one instant.

Surfaces turn outside text into these; rubbish is refused there. Everything a workflow definition describes
is `TakeSteps`, so a new workflow needs no Python; the register, people, meetings and packs have requests of
their own, because their rules do not differ between councils.
"""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal

import msgspec

from events.instant import Instant
from events.kinds.workflow import FieldValue
from events.text import PREFIX, Text, TextRef


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


class Request(msgspec.Struct, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """The base of everything that can be asked."""


class TakeSteps(Request, frozen=True, kw_only=True):
    """Take one step or many, all or none: a figure, a whole return, an import's chunk."""

    steps: tuple[Step, ...]
    import_id: str | None = None


class AcceptImport(Request, frozen=True, kw_only=True):
    """Accept a file of figures that was checked as a whole; its rows follow in chunks of `TakeSteps`."""

    import_id: str
    digest: str
    """SHA-256 of the file, in hex."""
    rows: int
    changes: int
    name: TextRef
    kept: bool = False
    """The file's bytes come with the command."""
    mapping: str | None = None
    """SHA-256 of the mapping file, whose bytes come with the command."""
    left_out: int = 0
    warnings: int = 0
    accepted_because: TextRef | None = None
    """Why the warnings do not matter."""


class FinishImport(Request, frozen=True, kw_only=True):
    """Note that every row of an accepted file has been applied."""

    import_id: str


class HistoricFigure(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A figure from before the book."""

    indicator: str
    service: str
    period: str
    figure: FigureFields


class ProposeHistory(Request, frozen=True, kw_only=True):
    """Put a file of figures from before the book forward; nothing of it is loaded until another person approves it."""

    import_id: str
    digest: str
    """SHA-256 of the file, in hex."""
    rows: int
    changes: int
    name: TextRef
    reason: TextRef
    first: str
    last: str
    kept: bool = False
    mapping: str | None = None
    warnings: int = 0
    accepted_because: TextRef | None = None


class ApproveHistory(Request, frozen=True, kw_only=True):
    """Approve a historic load: exactly the file that was put forward."""

    import_id: str
    digest: str


class DeclineHistory(Request, frozen=True, kw_only=True):
    """Turn a historic load down."""

    import_id: str
    reason: TextRef


class LoadHistory(Request, frozen=True, kw_only=True):
    """Load a part of an approved file: confirmed at once, judged as history, and nothing follows."""

    import_id: str
    figures: tuple[HistoricFigure, ...]


class OpenBook(Request, frozen=True, kw_only=True):
    """Open a book with two named people and propose its first pack on the first one's behalf."""

    book: str
    council: str
    proposer_name: TextRef
    approver_name: TextRef
    pack: str
    """Digest of the pack, whose canonical form comes with the command's blobs."""
    effective_from: date | None = None
    simulated: bool = False
    """The clock is set by hand."""


class ProposePack(Request, frozen=True, kw_only=True):
    """Propose a pack; `effective_from` is the pack's own date where none is given."""

    pack: str
    effective_from: date | None = None
    reason: TextRef | None = None
    rejudge: bool = False
    """Periods that were judged before are to be judged again by it."""


class ApprovePack(Request, frozen=True, kw_only=True):
    """Approve exactly the proposed digest."""

    pack: str
    rejudge: bool = False
    """Periods that were judged before are judged again by it, also where the proposal did not say so."""


class RejudgeSeries(Request, frozen=True, kw_only=True):
    """Judge one series again because a pack was adopted that governs periods judged before."""

    adoption: str
    """The adoption, as ``stream@version``."""
    indicator: str
    service: str


class FinishRejudging(Request, frozen=True, kw_only=True):
    """Note that every series has been judged again after an adoption."""

    adoption: str
    series: int


class DeclinePack(Request, frozen=True, kw_only=True):
    """Turn the proposed pack down."""

    pack: str
    reason: TextRef


class AddPerson(Request, frozen=True, kw_only=True):
    """Make a natural person known; the id is given by the book."""

    name: TextRef
    another: bool = False
    """Somebody else of that name is known, and this is another person."""


class AssignRole(Request, frozen=True, kw_only=True):
    """Give a person a role from a day on."""

    person: str
    role: str
    start: date
    until: date | None = None
    scope: str | None = None


class EndRole(Request, frozen=True, kw_only=True):
    """End a role after a last day."""

    person: str
    role: str
    last_day: date
    scope: str | None = None


class AddDelegation(Request, frozen=True, kw_only=True):
    """Let a person take steps for another from a day on."""

    delegator: str
    delegate: str
    start: date
    until: date | None = None
    role: str | None = None
    """None for every role of the pack that the delegator holds."""
    scope: str | None = None
    reason: TextRef | None = None


class EndDelegation(Request, frozen=True, kw_only=True):
    """End a delegation after a last day."""

    delegation: str
    last_day: date


class AddAbsence(Request, frozen=True, kw_only=True):
    """Note that a person is away."""

    person: str
    start: date
    until: date | None = None
    reason: TextRef | None = None


class EndAbsence(Request, frozen=True, kw_only=True):
    """Note the last day on which a person was away."""

    absence: str
    last_day: date


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
    """``percent`` of the target or ``units`` of the indicator; empty: the unit of the pack's `compare_by`."""
    bases: dict[str, Decimal] = msgspec.field(default_factory=dict)
    """In place of `value`: the hardest of these is the target."""


class SetTargets(Request, frozen=True, kw_only=True):
    """Set several targets of one indicator, all or none: a profile, or a trajectory with a target for each period."""

    indicator: str
    targets: tuple[SetTarget, ...]


class AddMeeting(Request, frozen=True, kw_only=True):
    """Enter a day on which a body meets."""

    body: str
    on: date


class CancelMeeting(Request, frozen=True, kw_only=True):
    """Take a meeting back."""

    body: str
    on: date


class MuteTrigger(Request, frozen=True, kw_only=True):
    """Let nothing follow from a trigger of a series up to and including a day."""

    trigger: str
    indicator: str
    service: str
    until: date
    reason: TextRef


class UnmuteTrigger(Request, frozen=True, kw_only=True):
    """Take a mute back."""

    trigger: str
    indicator: str
    service: str
    reason: TextRef


class OverrideStatus(Request, frozen=True, kw_only=True):
    """Set a status in place of the computed one, where the pack allows it."""

    indicator: str
    service: str
    period: str
    status: str
    reason: TextRef


class EndOverride(Request, frozen=True, kw_only=True):
    """Take a status that was set in place of the computed one back."""

    indicator: str
    service: str
    period: str
    reason: TextRef


class RecordMinute(Request, frozen=True, kw_only=True):
    """Note the minute of a body's decision about a matter."""

    workflow: str
    indicator: str
    service: str
    subject: str
    minute: TextRef
    decision: str | None = None
    """The decision, as ``stream@version``; the last one without a minute where none is named."""
    acting_for: str | None = None


class FinishTask(Request, frozen=True, kw_only=True):
    """Say that a refused consequence was dealt with; `task` cites it as ``stream@version``."""

    task: str
    reason: TextRef


class CorrectClock(Request, frozen=True, kw_only=True):
    """Accept that the head of the log lies in the future of a clock that was put right."""

    reason: TextRef


class PassDeadline(Request, frozen=True, kw_only=True):
    """A deadline, or a reminder of it (`reminder` > 0), fell due; sent by the tick only."""

    stream: str
    subject: str
    name: str
    n: int
    due_at: Instant
    reminder: int = 0

    @property
    def command_id(self) -> str:
        """The id that makes it fire once: which deadline, which setting of it, and for when."""
        mark = f"~{self.reminder}" if self.reminder else ""
        return f"{self.stream}/{self.subject}/{self.name}/{self.n}{mark}@{self.due_at}"


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """A request with who, when, from where, and the texts and blobs that it brings."""

    command_id: str
    request: Request
    actor: str
    account: str
    received_at: Instant
    effective_on: date | None = None
    """The day it takes effect; the local day it was received where none is given."""
    texts: tuple[Text, ...] = ()
    blobs: dict[str, bytes] = msgspec.field(default_factory=dict)

    @property
    def digest(self) -> str:
        """SHA-256 of the request, its actor and effective day, with every text reference blanked.

        A retry salts its texts anew, so texts are compared as texts, through the directory.
        """
        on = self.effective_on.isoformat() if self.effective_on else None
        said = _sorted.encode([self.actor, on, self.request])
        if _PREFIX in said:
            plain = _blank(msgspec.to_builtins(self.request, order="sorted"))
            said = _sorted.encode([self.actor, on, plain])
        return hashlib.sha256(said).hexdigest()


_sorted = msgspec.json.Encoder(order="sorted")
_PREFIX = PREFIX.encode()


def _blank(value: object) -> object:
    if isinstance(value, str):
        return PREFIX if value.startswith(PREFIX) else value
    if isinstance(value, dict):
        return {key: _blank(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_blank(inner) for inner in value]
    return value
