"""Which packs were proposed, adopted and declined, by whom, and from when each judges."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from engine.handle import Engine
from engine.judging.rejudging import unfinished
from engine.queries.names import Names
from engine.queries.reader import Reader
from events import stream as streams
from events.instant import Instant
from events.kinds.framework import PackAdopted, PackDeclined, PackProposed, PackRejudged


class PackLine(msgspec.Struct, frozen=True, kw_only=True):
    """One proposal of a pack and what became of it."""

    pack: str
    version: str
    title: str
    digest: str
    effective_from: date
    state: str
    """``waiting``, ``adopted`` or ``declined``."""
    proposed_by: str
    proposed_at: Instant
    decided_by: str = ""
    decided_at: Instant | None = None
    reason: str = ""
    assumptions: tuple[str, ...] = ()
    """Initialled with its adoption."""
    rejudge: bool = False
    """Periods judged before are judged again by it."""
    rejudged: str = ""
    """How far that is: ``12 of 40 series``; empty where nothing is to be judged again."""
    position: int
    """The event that decided it, or that proposed it while it waits."""


def pack_history(engine: Engine, *, names: Names, at: int | None = None) -> list[PackLine]:
    """Every proposal, oldest first."""
    reader = Reader(engine, at)
    lines: list[PackLine] = []
    far = {each.position: f"{each.done} of {len(each.series)} series" for each in unfinished(reader)}
    adopted_as: dict[str, int] = {}
    for fact in reader.facts_of(streams.FRAMEWORK):
        match fact.event:
            case PackProposed() as event:
                lines.append(
                    PackLine(
                        pack=event.pack,
                        version=event.version,
                        title=reader.shelf.pack(event.digest).title,
                        digest=event.digest,
                        effective_from=event.effective_from,
                        state="waiting",
                        proposed_by=names.person(fact.actor),
                        proposed_at=fact.recorded_at,
                        reason=names.text(event.reason) if event.reason else "",
                        rejudge=event.rejudge,
                        position=fact.position,
                    )
                )
            case PackAdopted(assumptions=assumptions, rejudge=rejudge):
                decided: Mapping[str, object] = {
                    "state": "adopted",
                    "assumptions": assumptions,
                    "rejudge": rejudge,
                    "rejudged": far.get(fact.position, ""),
                }
                adopted_as[fact.ref] = len(lines) - 1
                lines[-1] = _decided(
                    lines[-1], names.person(fact.actor), fact.recorded_at, fact.position, decided
                )
            case PackRejudged(adoption=adoption, series=series):
                n = adopted_as[adoption]
                lines[n] = msgspec.structs.replace(lines[n], rejudged=f"{series} of {series} series")
            case PackDeclined(reason=reason):
                decided = {"state": "declined", "reason": names.text(reason)}
                lines[-1] = _decided(
                    lines[-1], names.person(fact.actor), fact.recorded_at, fact.position, decided
                )
            case _:
                pass
    return lines


def _decided(line: PackLine, by: str, at: Instant, position: int, decided: Mapping[str, object]) -> PackLine:
    return msgspec.structs.replace(line, decided_by=by, decided_at=at, position=position, **decided)
