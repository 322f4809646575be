"""A code that is taken although the register has no such indicator yet: a proposal of one is on its way."""

from __future__ import annotations

from engine.context import Context
from engine.deciders.subjects import ADDS_INDICATOR
from engine.queries.matters.numbering import numbers_of
from engine.queries.reader import Reader
from events import stream as streams
from workflows.definition import INDICATOR, Definition


def refuse_proposed(context: Context, code: str) -> None:
    """Collect that a proposal of an indicator of this code is open."""
    packs = context.shelf.all_of(context.work.framework())
    names = {name for pack in packs for name, each in pack.workflows.items() if enters_indicators(each)}
    for workflow in sorted(names):
        ordinal = context.work.matters(workflow, code, "").open
        if ordinal is None:
            continue
        key = workflow, code, "", ordinal
        reader = Reader.at_desk(context.work, context.shelf)
        number = numbers_of(reader, [key]).get(key, f"{workflow}/{code}/{streams.NONE}#{ordinal}")
        context.refuse(
            "GT-REGISTER-530",
            f"The code '{code}' is taken: {number} proposes an indicator of that code, and is still open.",
            f"Let it go its way ('goldenthread matter show {number}' says who is asked), or choose another code.",
        )


def enters_indicators(definition: Definition) -> bool:
    """Whether an indicator enters the register by a step of a workflow."""
    return definition.about == INDICATOR and any(
        step.effect == ADDS_INDICATOR for step in (definition.start, *definition.steps)
    )
