"""What the passing of time and what happened elsewhere have brought about a matter: what waits for whom, and how often it was late.

Missed dates, withdrawn causes and refused consequences wait for a body or a role, until that body decides something about the
matter or somebody says that it is done. What a missed date proposes, and how many proposed something, is kept here too: a day on
which hundreds of deadlines go by then adds rows and changes none.
"""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace

from engine.view import Key, Line, columns_of
from events.fact import Fact
from events.kinds.book import ReactionRefused, TaskDone
from events.kinds.workflow import (
    CauseWithdrawn,
    DeadlinePassed,
    ItemDone,
    ItemOwed,
    MatterTold,
    StepTaken,
)
from events.schema import Event
from events.stream import workflow_of
from workflows.item_clocks import is_item_clock

ITEM = "item overdue"
"""The kind of what stands there because something owed within a matter is late; it goes when that is done or moved."""


class Item(Line, gc=False):
    """A matter, or a refused consequence, of which there is something to say; `who` is None where nothing waits for anybody."""

    stream: str
    subject: str
    workflow: str | None
    who: str | None = None
    kind: str | None = None
    words: str | None = None
    since: str | None = None
    ref: str | None = None
    proposed_rung: str | None = None
    """What a missed deadline proposed and nobody has decided yet."""
    breaches: int = 0
    """How many missed deadlines proposed a rung."""


class Agenda:
    """One row a matter; what waits is the newest of it."""

    name = "agenda"
    line = Item
    columns = columns_of(Item)
    key = ("stream", "subject")
    ranged = True
    indexes: tuple[tuple[str, ...], ...] = (("who",),)
    heeds: tuple[type[Event], ...] = (
        StepTaken,
        DeadlinePassed,
        CauseWithdrawn,
        MatterTold,
        ReactionRefused,
        TaskDone,
    )

    def touches(self, fact: Fact[Event]) -> Collection[Key]:
        """The workflow instance concerned, or the refused consequence itself."""
        match fact.event:
            case DeadlinePassed() as passed:
                return [(fact.stream, passed.subject)] if passed.to or passed.proposes else ()
            case StepTaken(move=move):
                return [(fact.stream, move.subject)]
            case CauseWithdrawn(subject=subject) | MatterTold(subject=subject):
                return [(fact.stream, subject)]
            case ReactionRefused():
                return [(fact.stream, fact.ref)]
            case TaskDone(task=task):
                return [(task.rpartition("@")[0], task)]
            case _:
                return ()

    def fold(self, row: Item | None, key: Key, fact: Fact[Event]) -> Item | None:
        """What waits, and what was proposed."""
        match fact.event:
            case DeadlinePassed() as passed:
                return _passed(row, key, fact, passed)
            case StepTaken() as step:
                return None if row is None else _after(row, step)
            case CauseWithdrawn() as withdrawn:
                words = f"The trigger {withdrawn.trigger} of {withdrawn.period} no longer holds; decide whether to go on"
                return _waits(row, key, fact, withdrawn.to, "cause withdrawn", words)
            case MatterTold() as told if row is None or row.who is None:
                return _waits(row, key, fact, told.to, "told", told.words)
            case ReactionRefused() as refused:
                return _waits(row, key, fact, "governance_lead", "refused", " ".join(refused.reasons))
            case TaskDone():
                return None
            case _:
                return row


def _passed(row: Item | None, key: Key, fact: Fact[Event], passed: DeadlinePassed) -> Item | None:
    item = is_item_clock(passed.name)
    if passed.to is not None and not (item and row is not None and row.who is not None):
        row = _waits(row, key, fact, passed.to, ITEM if item else "deadline", passed.words)
    elif row is not None:
        row = replace(row)
    if not passed.proposes:
        return row
    row = row or _blank(key)
    row.proposed_rung = passed.proposes
    row.breaches += 1
    return row


def _after(row: Item, step: StepTaken) -> Item | None:
    """What is left when a step was taken; None where nothing is."""
    move, fields = step.move, step.fields
    after = replace(row)
    moved = move.source != move.target or move.on_behalf_of is not None
    if moved or move.ends or (isinstance(step, ItemDone | ItemOwed) and row.kind == ITEM):
        after.who = after.kind = after.words = after.since = after.ref = None
    if moved or fields.get("rung") or fields.get("refer_to"):
        after.proposed_rung = None
    return after if after.who is not None or after.proposed_rung or after.breaches else None


def _waits(row: Item | None, key: Key, fact: Fact[Event], who: str, kind: str, words: str) -> Item:
    after = _blank(key) if row is None else replace(row)
    after.who, after.kind, after.words = who, kind, words
    after.since, after.ref = fact.effective_on.isoformat(), fact.ref
    return after


def _blank(key: Key) -> Item:
    stream, subject = str(key[0]), str(key[1])
    return Item(stream, subject, workflow_of(stream))
