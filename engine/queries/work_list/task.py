"""A task: something that waits, what can be done about it, by whom and until when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import msgspec

from engine.queries.matters.moves import Barred, Move, able_shown
from engine.queries.names import Names
from engine.queries.shown import joined

CONFIRM, RESTATEMENT, AWAITED, COMMENT = "confirm", "restatement", "enter", "comment"
INTERVENTION, MATTER, ITEM, REFUSED, PACK, CLOSE = (
    "intervention",
    "matter",
    "item",
    "refused",
    "pack",
    "close",
)
KINDS = (CONFIRM, RESTATEMENT, AWAITED, COMMENT, INTERVENTION, MATTER, ITEM, REFUSED, PACK, CLOSE)


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that waits."""

    kind: str
    """One of `KINDS`."""
    ref: str
    """What `explain` takes: a figure, a matter, an event."""
    workflow: str = ""
    """For a matter: the workflow it is one of."""
    indicator: str = ""
    service: str = ""
    subject: str = ""
    """A period, or the ordinal of a matter."""
    item: str = ""
    """For something owed within a matter: its number in the menu, or its name."""
    sentence: str
    moves: tuple[Move, ...] = ()
    due: date | None = None
    """The last permitted day."""
    original: date | None = None
    """The last permitted day before it was extended or started anew."""
    deadline: str = ""
    """What falls due, in words."""
    late_days: int = 0
    """Working days past the last permitted day; 0 in time, and 0 where no working day lies between."""
    late: bool = False
    body: str = ""
    """The body or role that it is with."""
    proposes: str | None = None
    """The rung that a missed deadline proposes."""
    told: tuple[str, ...] = ()
    """Those who have it on their agenda because a date went by, whether or not they may do something about it."""
    given_to: str = ""
    """The role or body on whose agenda it stands, as people call it; empty where it stands on none."""
    since: date | None = None
    may: bool | None = None
    """For one person: whether they may do something about it; None where nobody was named."""
    why_not: str = ""
    """For one person: why they may not, and who may."""

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who may do something about it, each once."""
        return tuple(dict.fromkeys(person for move in self.moves for person in move.people))

    def falls_to(self, labels: Collection[str]) -> bool:
        """Whether it is given to a role or body that is called one of these, or such a one may do something about it."""
        return self.given_to in labels or any(name in labels for move in self.moves for name in move.by)

    def who(self, names: Names) -> str:
        """Everybody to ask, by name; before them who has it on their agenda, where those are others."""
        able, given = self.shown(names), self.given_to
        if not given or any(given in move.by for move in self.moves):
            return able
        told = f" ({', '.join(names.people(self.told))})" if self.told else ""
        return f"{given}{told}; may act: {able}" if able else given + told

    def shown(self, names: Names) -> str:
        """Everybody to ask, by name and each once; empty where there is nobody."""
        found = dict.fromkeys(able_shown(each, names) for move in self.moves for each in move.asked)
        return ", ".join(found)


def for_person(task: Task, person: str, names: Names) -> Task | None:
    """The task as one person sees it; None where it is no concern of theirs."""
    mine = tuple(move for move in task.moves if move.open_to(person))
    bars = [
        (move, bar) for move in task.moves if move not in mine for bar in move.barred if bar.person == person
    ]
    if not mine and not bars:
        return _told(task, names) if person in task.told else None
    why_not = " ".join(_why_not(move, bar, names) for move, bar in bars)
    return msgspec.structs.replace(task, moves=mine or task.moves, may=bool(mine), why_not=why_not)


def _told(task: Task, names: Names) -> Task:
    """The task of somebody who only has to see to it."""
    who = joined(names.people(task.people)) if task.people else "nobody yet: assign the role"
    why_not = (
        task.why_not or f"You are told because a date has gone by. What is to be done can be done by {who}."
    )
    return msgspec.structs.replace(task, may=False, why_not=why_not)


def _why_not(move: Move, bar: Barred, names: Names) -> str:
    if bar.took == move.step and (move.quorum is not None or move.approved):
        return f"You have taken '{move.label}'.{move.so_far(names)} It can be taken by {_who(move, names)}."
    return (
        f"You may not take '{move.label}': you took '{bar.label}', and it needs another person. "
        f"It can be taken by {_who(move, names)}."
    )


def _who(move: Move, names: Names) -> str:
    return move.shown(names) if move.people else f"nobody yet: assign {joined(move.by)}"


def urgency(task: Task) -> tuple[bool, date, int, str]:
    """What is due first stands first; what has no date comes last."""
    return (task.due is None, task.due or date.max, KINDS.index(task.kind), task.ref)
