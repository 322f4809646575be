"""The way of a proposed pack into force: which steps are done, which are left, and which assumptions are initialled."""

from __future__ import annotations

from datetime import date

import msgspec

from engine.handle import Engine
from engine.packs.pack import Pack
from engine.queries.names import Names
from engine.queries.reader import Reader
from events import stream as streams
from events.kinds.framework import AssumptionsInitialled, PackAdopted, PackProposed


class AssumptionLine(msgspec.Struct, frozen=True, kw_only=True):
    """An assumption of the pack."""

    id: str
    issue: str
    reading: str
    quote: str
    alternative: str
    initialled_by: str
    """Empty while nobody has."""
    initialled_on: date | None


class WayLine(msgspec.Struct, frozen=True, kw_only=True):
    """A step of the adoption."""

    step: str
    label: str
    by: str
    on: date | None
    """The day it took effect; None while it is left."""
    through: str
    minuted: bool


def way(engine: Engine, *, names: Names, at: int | None = None) -> list[WayLine]:
    """The steps of the pack that waits, in their order; none where no pack waits, or where none are said."""
    reader = Reader(engine, at)
    waiting = reader.framework.waiting
    if waiting is None:
        return []
    adopted = reader.framework.adopted
    last = reader.shelf.pack(adopted[-1].digest).adoption if adopted else None
    section = last or reader.shelf.pack(waiting.event.digest).adoption
    taken = {each.name: each for each in waiting.steps}
    lines = []
    for step in section.steps if section else ():
        done = taken.get(step.name)
        lines.append(
            WayLine(
                step=step.name,
                label=step.label,
                by=step.by,
                on=done.on if done else None,
                through=names.person(done.person) if done else "",
                minuted=any(
                    each.minuted for each in reader.framework.decisions if done and each.ref == done.ref
                ),
            )
        )
    return lines


def assumptions(engine: Engine, pack: Pack, *, names: Names, at: int | None = None) -> list[AssumptionLine]:
    """Every assumption of a pack, with who initialled it, and when."""
    done: dict[str, tuple[str, date]] = {}
    for fact in Reader(engine, at).facts_of(streams.FRAMEWORK):
        match fact.event:
            case PackProposed(digest=digest) if digest == pack.digest:
                done = {}
            case AssumptionsInitialled(digest=digest, assumptions=initialled) if digest == pack.digest:
                done |= dict.fromkeys(initialled, (names.person(fact.actor), fact.effective_on))
            case PackAdopted(digest=digest, assumptions=initialled) if digest == pack.digest:
                by = names.acted(fact.actor, fact.event.acting_for)
                done = {**dict.fromkeys(initialled, (by, fact.effective_on)), **done}
            case _:
                pass
    ordered = sorted(pack.assumptions.values(), key=lambda each: (len(each.id), each.id))
    return [
        AssumptionLine(
            id=each.id,
            issue=each.issue,
            reading=each.reading,
            quote=each.quote,
            alternative=each.alternative,
            initialled_by=done[each.id][0] if each.id in done else "",
            initialled_on=done[each.id][1] if each.id in done else None,
        )
        for each in ordered
    ]
