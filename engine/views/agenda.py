"""What waits for a body or a role because of something that happened by itself: missed dates, withdrawn causes, refused consequences."""

from __future__ import annotations

from collections.abc import Collection

from engine.view import Key, Line, columns_of
from events.fact import Fact
from events.kinds.book import ReactionRefused, TaskDone
from events.kinds.workflow import CauseWithdrawn, DeadlinePassed, ItemDone, ItemOwed, MatterTold, StepTaken
from events.schema import Event
from events.stream import workflow_of
from workflows.item_clocks import is_item_clock

ITEM = "item overdue"
"""The kind of what stands there because something owed within a matter is late; it goes when that is done or moved."""


class Item(Line, gc=False):
    """What waits for somebody about one matter."""

    stream: str
    subject: str
    workflow: str | None
    who: str
    kind: str
    words: str
    proposes: str | None
    since: str
    ref: str


class Agenda:
    """One row a matter; it leaves the agenda when the body decides something about it, or somebody says it is done."""

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
            case StepTaken(move=move):
                return [(fact.stream, move.subject)]
            case (
                DeadlinePassed(subject=subject, to=str())
                | CauseWithdrawn(subject=subject)
                | MatterTold(subject=subject)
            ):
                return [(fact.stream, subject)]
            case ReactionRefused():
                return [(fact.stream, fact.ref)]
            case TaskDone(task=task):
                return [(task.rpartition("@")[0], task)]
            case _:
                return ()

    def fold(self, row: Item | None, key: Key, fact: Fact[Event]) -> Item | None:
        """The newest matter of an instance stands for it."""
        match fact.event:
            case ItemDone() | ItemOwed() if row is not None and row.kind == ITEM:
                return None
            case StepTaken(move=move) if move.ends or move.on_behalf_of or move.source != move.target:
                return None
            case DeadlinePassed() as passed if is_item_clock(passed.name):
                return row or _row(key, fact, passed.to or "", ITEM, passed.words, None)
            case DeadlinePassed() as passed:
                return _row(key, fact, passed.to or "", "deadline", passed.words, passed.proposes)
            case CauseWithdrawn() as withdrawn:
                words = f"The trigger {withdrawn.trigger} of {withdrawn.period} no longer holds; decide whether to go on"
                return _row(key, fact, withdrawn.to, "cause withdrawn", words, None)
            case MatterTold() as told if row is None:
                return _row(key, fact, told.to, "told", told.words, None)
            case ReactionRefused() as refused:
                return _row(key, fact, "governance_lead", "refused", " ".join(refused.reasons), None)
            case TaskDone():
                return None
            case _:
                return row


def _row(key: Key, fact: Fact[Event], who: str, kind: str, words: str, proposes: str | None) -> Item:
    stream, subject = key
    return Item(
        stream=str(stream),
        subject=str(subject),
        workflow=workflow_of(str(stream)),
        who=who,
        kind=kind,
        words=words,
        proposes=proposes,
        since=fact.effective_on.isoformat(),
        ref=fact.ref,
    )
