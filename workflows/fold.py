"""From facts to an instance: each move and each deadline that went by, one after another. Needs no definition."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeVar, get_args

from msgspec.structs import replace

from events.errors import Broken, Problem
from events.fact import Fact
from events.kinds.figures import (
    CommentAdded,
    FigureAbsent,
    FigureConfirmed,
    FigureEntered,
    FigureQueried,
    RestatementProposed,
    RestatementWithdrawn,
)
from events.kinds.workflow import (
    ApprovalGiven,
    ApprovalLapsed,
    DeadlinePassed,
    DeadlineSet,
    FieldValue,
    InterventionWaived,
    Move,
    StepTaken,
)
from events.schema import Event
from workflows.instance import Approval, Instance, Taker
from workflows.items import items_after

Moved = (
    StepTaken
    | FigureEntered
    | FigureConfirmed
    | FigureQueried
    | FigureAbsent
    | CommentAdded
    | RestatementProposed
    | RestatementWithdrawn
)
"""The facts that carry a move."""
MOVED = get_args(Moved)

T = TypeVar("T")


def address(event: Event) -> tuple[str, str] | None:
    """The workflow and subject that a fact moves or whose deadline it passes; None for any other fact."""
    if isinstance(event, MOVED):
        return event.move.workflow, event.move.subject
    if isinstance(event, DeadlinePassed | ApprovalGiven | ApprovalLapsed):
        return event.workflow, event.subject
    return None


def fold(instance: Instance | None, fact: Fact[Event]) -> Instance:
    """The instance after a fact of its own; the first move begins one.

    Facts that change nothing answer the instance as it was. Raises Broken for a fact about nothing.
    """
    event = fact.event
    if isinstance(event, DeadlinePassed) and instance is not None:
        return _passed(instance, event)
    if isinstance(event, MOVED):
        return _moved(instance, event, fact)
    if isinstance(event, ApprovalGiven):
        return _approved(instance or _begun_by_approval(event, fact), event, fact)
    if instance is None:
        raise Broken(
            Problem(
                code="GT-LOG-010",
                sentence=f"The fact {fact.ref} ({fact.type}) is about an instance that never began.",
                fix="Run 'goldenthread audit verify'.",
            )
        )
    if isinstance(event, ApprovalLapsed):
        return replace(
            instance,
            approvals=tuple(
                each
                for each in instance.approvals
                if each.step != event.step or each.person not in event.persons
            ),
        )
    return instance


NOT_BEGUN = Instance(
    workflow="", subject="", state="", definition="", started_on=date.min, started_by="", moved_on=date.min
)
"""What an instance is before its first move, as far as all of them are alike."""


def _begun(move: Move, fact: Fact[Event], state: str, history: tuple[Taker, ...] = ()) -> Instance:
    return replace(
        NOT_BEGUN,
        workflow=move.workflow,
        subject=move.subject,
        state=state,
        definition=move.definition or "",
        started_on=fact.effective_on,
        started_by=fact.actor,
        moved_on=fact.effective_on,
        history=history,
    )


def _begun_by_approval(event: ApprovalGiven, fact: Fact[Event]) -> Instance:
    return Instance(
        workflow=event.workflow,
        subject=event.subject,
        state=event.state,
        definition=event.definition or "",
        started_on=fact.effective_on,
        started_by=fact.actor,
        moved_on=fact.effective_on,
    )


def _approved(instance: Instance, event: ApprovalGiven, fact: Fact[Event]) -> Instance:
    given = Approval(
        step=event.step,
        person=fact.actor,
        acting_for=event.acting_for,
        on_behalf_of=event.on_behalf_of,
        on=fact.effective_on,
        digest=event.digest,
        fields=event.decided,
    )
    return replace(instance, approvals=(*instance.approvals, given))


def _takers(instance: Instance, move: Move, actor: str) -> tuple[Taker, ...]:
    """Everybody who took a step: those who approved before, and whoever was the last."""
    last = Taker(move.step, actor, move.acting_for)
    if not instance.approvals:
        return (last,)
    before = (each for each in instance.approvals if each.step == move.step)
    return (*(Taker(each.step, each.person, each.acting_for) for each in before), last)


def _moved(before: Instance | None, event: Moved, fact: Fact[Event]) -> Instance:
    move, plain = event.move, not isinstance(event, StepTaken)
    if plain and not (move.sets or move.clears or (before is not None and before.approvals)):
        return _moved_on(before, move, fact)
    instance = before or _begun(move, fact, move.source)
    given = event.fields if isinstance(event, StepTaken) else {}
    moved_to = _text(given, "rung") or _text(given, "refer_to")
    stays = move.target == instance.state
    passed = _without(instance.passed, (*move.clears, *(deadline.name for deadline in move.sets)))
    return replace(
        instance,
        state=move.target,
        fields={**instance.fields, **given} if given else instance.fields,
        body=moved_to or instance.body,
        moved_on=fact.effective_on,
        history=(*instance.history, *_takers(instance, move, fact.actor)),
        approvals=tuple(each for each in instance.approvals if each.step != move.step)
        if instance.approvals
        else (),
        open=_opened(instance.open, move.clears, move.sets),
        passed=passed,
        counts=_counted(instance.counts, move.sets),
        originals=_kept(instance.originals, move.sets),
        proposed_rung=instance.proposed_rung if passed and not moved_to else None,
        items=items_after(instance.items, event, fact.effective_on),
        waived=isinstance(event, InterventionWaived) or (instance.waived and stays),
    )


def _moved_on(instance: Instance | None, move: Move, fact: Fact[Event]) -> Instance:
    """The same for a figure's plain way, which has neither fields nor clocks: written out, because there are so many."""
    taker = Taker(move.step, fact.actor, move.acting_for)
    if instance is None:
        return _begun(move, fact, move.target, (taker,))
    return replace(
        instance,
        state=move.target,
        moved_on=fact.effective_on,
        history=(*instance.history, taker),
        proposed_rung=instance.proposed_rung if instance.passed else None,
        waived=instance.waived and move.target == instance.state,
    )


def _passed(instance: Instance, event: DeadlinePassed) -> Instance:
    running = instance.open.get(event.name)
    if running is None or running.n != event.n:
        return instance
    passed = {**instance.passed, event.name: event.last_day}
    proposed = event.proposes or instance.proposed_rung
    if not event.sets:
        still = _without(instance.open, (event.name, *event.clears))
        return replace(instance, open=still, passed=passed, proposed_rung=proposed)
    return replace(
        instance,
        open=_opened(instance.open, (event.name, *event.clears), event.sets),
        passed=passed,
        counts=_counted(instance.counts, event.sets),
        originals=_kept(instance.originals, event.sets),
        proposed_rung=proposed,
    )


def _opened(
    running: dict[str, DeadlineSet], clears: tuple[str, ...], sets: tuple[DeadlineSet, ...]
) -> dict[str, DeadlineSet]:
    still = _without(running, clears)
    return {**still, **{deadline.name: deadline for deadline in sets}} if sets else still


def _counted(counts: dict[str, int], sets: tuple[DeadlineSet, ...]) -> dict[str, int]:
    return {**counts, **{deadline.name: deadline.n for deadline in sets}} if sets else counts


def _kept(originals: dict[str, date], sets: tuple[DeadlineSet, ...]) -> dict[str, date]:
    return (
        {**originals, **{each.name: each.original or each.last_day for each in sets}} if sets else originals
    )


def _without(named: dict[str, T], names: tuple[str, ...]) -> dict[str, T]:
    return {name: value for name, value in named.items() if name not in names} if named and names else named


def _text(given: Mapping[str, FieldValue], name: str) -> str | None:
    value = given.get(name)
    return value if isinstance(value, str) else None
