"""A pack that is adopted is reviewed on a day: the matter by which that is done begins by itself, or gets a new day."""

from __future__ import annotations

from msgspec.structs import replace

from engine.commands import Step
from engine.context import Context
from engine.matters.open import required
from events.fact import Fact
from events.kinds.framework import PackAdopted
from events.schema import Event
from workflows.definition import PROPOSE, REVIEW_ON, SYSTEM
from workflows.machine import legal_moves


def begin_review(context: Context, fact: Fact[PackAdopted]) -> list[Fact[Event]]:
    """Begin the review of the pack, or set the day of the one that is open anew."""
    adopted = fact.event
    pack = context.shelf.pack(adopted.digest)
    review = pack.adoption.review if pack.adoption is not None else None
    if review is None or adopted.review_on is None:
        return []
    held = context.work.matters(review.begins, "", "")
    step = Step(
        workflow=review.begins,
        indicator="",
        service="",
        subject=held.open or "",
        step=_renewal(context, review.begins) if held.open is not None else PROPOSE,
        fields={REVIEW_ON: adopted.review_on.isoformat()},
    )
    begun = required(replace(context, adopting=pack), step, fact)
    return [begun] if begun is not None else []


def _renewal(context: Context, workflow: str) -> str:
    """The system's step by which an open review gets another day."""
    held = context.work.matters(workflow, "", "")
    instance = held.instances[str(held.open)]
    _, definition = context.shelf.for_instance(context.work.framework(), instance)
    found = (
        step.name
        for step in legal_moves(definition, instance.state)
        if step.by == (SYSTEM,) and REVIEW_ON in {**step.needs, **step.may}
    )
    return next(found, PROPOSE)
