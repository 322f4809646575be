"""What somebody wants to do, and the two answers to it: a decision, or a refusal with every reason."""

from __future__ import annotations

from datetime import date

import msgspec

from events.errors import Problem
from events.kinds.workflow import ApprovalGiven, FieldValue, Move
from workflows.duration import Duration


class Taking(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody wants to take a step."""

    workflow: str
    subject: str
    step: str
    fields: dict[str, FieldValue] = msgspec.field(default_factory=dict)
    """A field of type `figure` is given by any value: its parts are checked where figures are known."""
    actor: str
    on_behalf_of: str | None = None
    acting_for: str | None = None
    effective_on: date
    counted_from: date | None = None
    """The day that deadlines count from, where it is not the effective day: see `passing`."""
    about: str = ""
    """What is decided on besides the matter's own fields: the figure that waits, for one."""
    written: int = 0
    """How many words its texts have together; counted for a step that limits them."""
    lag: Duration | None = None
    """How long after a period its figure can first be known: its window opens so much later."""


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """The step may be taken: the move to record, the effect it has, and its fields as recorded."""

    move: Move
    effect: str | None
    fields: dict[str, FieldValue]


class Approved(msgspec.Struct, frozen=True, kw_only=True):
    """The step needs more people still: the approval to record; nothing moves yet."""

    event: ApprovalGiven


class Possible(msgspec.Struct, frozen=True, kw_only=True):
    """A step that can be taken now, and who may take it."""

    step: str
    label: str
    by: tuple[str, ...]
    """Roles and bodies, as people call them; empty for anybody."""
    people: tuple[str, ...] = ()
    """Those who hold them or stand in for them, without those barred by what they did before."""
    quorum: int | None = None
    """How many people must take it, where one is not enough."""
    approved: tuple[str, ...] = ()
    """Those of them who have."""
    completes: bool = False
    """Everybody who holds the role now has, and one of them takes it once more to complete it."""


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """The step may not be taken: every reason, and what is possible now, by whom."""

    reasons: tuple[Problem, ...]
    possible: tuple[Possible, ...]
