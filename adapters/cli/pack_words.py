"""How a pack is adopted, and how a period is closed under it, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.packs.closing import Settled
    from engine.packs.pack import Pack
    from workflows.definition import Step


def adoption_lines(pack: Pack) -> Iterator[str]:
    """Step by step until it is in force, and when it is looked at again."""
    yield ""
    way = pack.adoption
    if way is None or not way.steps:
        yield "Adoption: one governance lead proposes it, another approves it"
    else:
        yield "Adoption"
        for number, step in enumerate(way.steps, 1):
            last = ", and with that adopted" if step is way.approval else ""
            yield f"  {number}  {step.label} by {pack.organisation.label(step.by)}{last}"
    if way is not None and way.initialled:
        yield "  Before it is adopted, each assumption is initialled by a named person"
    if way is not None and way.review is not None:
        yield f"  Reviewed {way.review.after} after its adoption, by {way.review.begins}"


def closing_lines(pack: Pack) -> Iterator[str]:
    """Who closes a period, what must be there before, and what holds where something is missing."""
    from engine.packs.closing import PLAIN

    yield ""
    section = pack.period_close
    if section is None:
        yield "No period is closed"
        return
    who = " or ".join(pack.organisation.label(name) for name in section.closes)
    within = f", within {section.within} of its end" if section.within else ""
    yield f"A period is closed by {who}{within}, when"
    yield from (f"  {PLAIN[name]}" for name in section.requires)
    for each in section.settled:
        yield f"  {_settled(pack, each)}"
    if section.with_missing:
        yield "  or with what is missing named, and a reason"
    else:
        yield "  and not while anything of it is missing"


def _settled(pack: Pack, rule: Settled) -> str:
    """``every series that is Red has a matter of 'decision', and none is owed``."""
    said = f"no matter of '{rule.workflow}' is owed"
    if rule.for_status:
        statuses = " or ".join(pack.rules.word(name) for name in rule.for_status)
        said = f"each series that is {statuses} has a matter of '{rule.workflow}', and none is owed"
    elif rule.of_every:
        said = f"every {rule.of_every} has a matter of '{rule.workflow}' for it, and none is owed"
    at = "at the end of the year, " if rule.at else ""
    waits = f" (owed: {', '.join(rule.waiting_in)})" if rule.waiting_in else ""
    ended = (
        f"; one that a person ended at {' or '.join(rule.not_settled_by)} is missing"
        if rule.not_settled_by
        else ""
    )
    return f"{at}{said}{waits}{ended}"


def by_words(step: Step) -> str:
    """Who takes a step, and whose it is where it is only for whoever took an earlier one."""
    by = " or ".join(step.by) or "anybody"
    same = f", only whoever took {' or '.join(step.same_person_as)}" if step.same_person_as else ""
    barred = f", not who took {' or '.join(step.not_same_person_as)}" if step.not_same_person_as else ""
    return f"{by}{same}{barred}"
