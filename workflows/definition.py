"""A workflow as data: states, steps, deadlines and, for submissions, a window.

What a YAML file under `packs/` says, checked and with its parameters filled in. Its digest names it for
ever: an instance is decided under the definition that it began under.
"""

from __future__ import annotations

import hashlib
from typing import TypeVar

import msgspec

from workflows.duration import Duration

YES = "yes"
SAME = "same"
"""The target of a step that stays where it is."""
NOTHING = "nothing"
"""In `from`: nothing has begun yet; the step begins a matter, in the state that it leads to."""
BODY = "body"
"""In `by` and `to`: the body that the matter is with at the time."""
SYSTEM = "system"
"""In `by`: the product itself, as a consequence of something else."""
GOVERNANCE_LEAD = "governance_lead"
"""In `by`: those who keep the register. Every book has them, whatever its pack; nobody stands in for them."""
ASKED = "asked"
"""In `by`: the role or body that owes the item which the step names."""
PROPOSE = "propose"
"""The built-in step that begins an instance."""
NEXT_MEETING = "next_meeting"
EACH_ITEM = "each_item"
"""In `until`: one clock for each thing that is owed within the matter, until its own day."""
CATEGORY = "category"
EACH_RUNG = "each_rung"
NEXT_RUNG = "next_rung"
TIME_ALLOWED = "time_allowed"
"""The field in which a trigger gives what it says under `within`."""
REVIEW_ON = "review_on"
"""The field by which the review of a pack learns on which day it is due."""
SERIES, INDICATOR, SERVICE, COUNCIL = "series", "indicator", "service", "council"
ABOUT = (SERIES, INDICATOR, SERVICE, COUNCIL)
"""What the matters of a workflow can be about."""


class State(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where an instance can stand."""

    name: str
    label: str
    """What people read; ``{body}`` stands for the body that the matter is with."""
    initial: bool = False
    final: bool = False
    no_deadline: str = ""
    """Why nothing is due here; empty where a deadline runs."""
    rests: bool = False
    """Nobody owes anything here, although something may be due one day: it is on no work list."""


class Condition(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A guard by name, or a field and its answers, and the sentence that is said where it does not hold."""

    guard: str
    """Empty where a field is asked."""
    otherwise: str
    field: str = ""
    """A field of the matter, as it was last given."""
    among: tuple[str, ...] = ()
    """The answers with which it holds."""


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """Which body a matter goes to, by the answer to one of its fields."""

    field: str
    bodies: dict[str, tuple[str, ...]]
    """Answer → the bodies that can be the one; an answer left out goes to none."""


class Collects(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The matters about services that one matter brings together, those of its own period."""

    workflow: str
    none_in: tuple[str, ...] = ()
    """The end states in which such a matter has brought nothing."""


class Step(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something a person, a body or the product does, and where it leads."""

    name: str
    label: str
    source: tuple[str, ...]
    target: str
    """A state, or ``same``."""
    by: tuple[str, ...]
    """Roles, bodies, ``body`` or ``system``; empty for anybody."""
    needs: dict[str, str] = msgspec.field(default_factory=dict)
    """Field → type; each must be given."""
    may: dict[str, str] = msgspec.field(default_factory=dict)
    not_same_person_as: tuple[str, ...] = ()
    same_person_as: tuple[str, ...] = ()
    """Only whoever took one of these earlier steps takes it, or stands in for them."""
    only_when: tuple[Condition, ...] = ()
    effect: str | None = None
    restarts: str | None = None
    """The deadline whose clock this step starts anew."""
    extends: str | None = None
    """The deadline that this step moves to the day in its field `until`."""
    upon: str | None = None
    """What makes the product take this step by itself: see `upon`."""
    ends_round: bool = False
    """Who acted before this step is not barred by it from acting after."""
    in_person: bool = False
    """Nobody may take it for somebody else."""
    quorum: int | None = None
    """How many people take it together, where one is not enough; the move comes with the last."""
    everyone: bool = False
    """All those take it together who hold a role of `by` there, however many they are on the day."""
    words: int | None = None
    """How many words its texts may have together."""
    answers: dict[str, str] = msgspec.field(default_factory=dict)
    """Questions that must each be answered, by name: yes, no or not_applicable, and what that rests on."""
    gives: dict[str, str] = msgspec.field(default_factory=dict)
    """Fields that the step fills in by itself."""
    names_outstanding: str = ""
    """What the workflow collects and does not have is recorded with it, in the field `outstanding`; where this is not
    ``yes``, it is the field in which somebody must say so."""

    @property
    def begins(self) -> bool:
        """Whether a matter can begin with it: the built-in `propose`, or a step from nothing."""
        return not self.source or NOTHING in self.source


class Reminder(msgspec.Struct, frozen=True, kw_only=True):
    """A notice before or after the last permitted day."""

    when: str
    """``before`` or ``after``."""
    by: Duration
    to: tuple[str, ...]


class OnPass(msgspec.Struct, frozen=True, kw_only=True):
    """What follows when a deadline goes by: the next rung is proposed, somebody has a task, or a step is taken."""

    kind: str
    """``propose``, ``task`` or ``take``."""
    to: str
    """``next_rung``; the role or body whose task it is; or the step that the product then takes by itself."""


class Deadline(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A clock that runs in some states: set on entering them, cleared on leaving."""

    name: str
    label: str
    states: tuple[str, ...]
    within: Duration | str | None = None
    """A duration, ``category``, ``each_rung`` or a field that holds a length of time."""
    until: str | None = None
    """``next_meeting``, ``each_item``, or a field that holds a date."""
    after: str | None = None
    """Set by this step only."""
    replaces: tuple[str, ...] = ()
    """The deadlines that this one takes the place of when it is set."""
    met_by: tuple[str, ...] = ()
    """Steps that end it although its state goes on."""
    roll: str = "none"
    remind: tuple[Reminder, ...] = ()
    on_pass: OnPass


class Window(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How long after the request for data a figure may take before it is marked late."""

    opens_on: str
    """``data_requests``."""
    within: Duration
    covers: tuple[str, ...]
    """Steps that are marked late when taken after the window."""
    comment_required: tuple[str, ...] = ()
    """Statuses that ask for a comment."""
    action_required: bool = False
    """Such a comment says what is being done, too."""
    ask: tuple[str, ...] = ()
    """The roles that are told, once, on the day that figures are asked for."""
    remind: tuple[Reminder, ...] = ()


class Definition(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A whole workflow. One with a window begins by itself: every series and period stands in its initial state."""

    name: str
    version: int
    states: tuple[State, ...]
    steps: tuple[Step, ...]
    """In the order of the file."""
    start: Step
    """The built-in step `propose`."""
    deadlines: tuple[Deadline, ...] = ()
    window: Window | None = None
    about: str = SERIES
    """What its matters are about: one of `ABOUT`. One with a window is about a series and a period."""
    several: bool = False
    """Whether more than one may be open about the same thing."""
    route: Route | None = None
    """Which body its matters go to, where that follows from what is asked for."""
    collects: Collects | None = None
    """What it brings together, where it does."""
    digest: str = ""
    """SHA-256, in hex, of its canonical form."""

    @property
    def initial(self) -> str:
        """The state in which instances begin."""
        return next(state.name for state in self.states if state.initial)

    def state(self, name: str) -> State:
        """A state by name. Raises KeyError."""
        return _named(self.states, name)

    @property
    def beginnings(self) -> tuple[Step, ...]:
        """The steps with which a matter can begin: `propose`, and every step from nothing."""
        return (self.start, *(step for step in self.steps if NOTHING in step.source))

    def step(self, name: str) -> Step:
        """A step by name, `propose` included. Raises KeyError."""
        return self.start if name == PROPOSE else _named(self.steps, name)

    def deadline(self, name: str) -> Deadline:
        """A deadline by name, also by that of one item's clock. Raises KeyError."""
        return _named(self.deadlines, name.partition("/")[0])


def canonical(definition: Definition) -> bytes:
    """The form that is hashed and kept for ever: JSON with sorted keys, without the digest itself."""
    return _encoder.encode(msgspec.structs.replace(definition, digest=""))


def sealed(definition: Definition) -> Definition:
    """The same definition with its digest."""
    return msgspec.structs.replace(definition, digest=hashlib.sha256(canonical(definition)).hexdigest())


def restore(content: bytes) -> Definition:
    """Read a canonical form back. Raises msgspec.DecodeError for anything else."""
    return sealed(_decoder.decode(content))


_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(Definition)

Named = TypeVar("Named", State, Step, Deadline)


def _named(things: tuple[Named, ...], name: str) -> Named:
    for thing in things:
        if thing.name == name:
            return thing
    raise KeyError(name)
