"""The triggers that are muted, by whom, until when and why."""

from __future__ import annotations

from datetime import date

import msgspec

from engine.handle import Engine
from engine.queries.names import Names
from engine.queries.reader import Reader


class MuteLine(msgspec.Struct, frozen=True, kw_only=True):
    """One trigger of one series that is muted."""

    trigger: str
    series: str
    until: date
    by: str
    """The person's id."""
    name: str
    reason: str


def mutes(
    engine: Engine, on: date, *, names: Names, at: int | None = None, over: bool = False
) -> list[MuteLine]:
    """What is muted on a day, the first to end first; with `over` also what has ended and was not taken back."""
    standing = Reader(engine, at).framework.mutes
    names.fetch(mute.reason for mute in standing.values())
    lines = [
        MuteLine(
            trigger=trigger,
            series=f"{indicator}/{service}",
            until=mute.until,
            by=mute.by,
            name=names.person(mute.by),
            reason=names.text(mute.reason),
        )
        for (trigger, indicator, service), mute in standing.items()
        if over or mute.until >= on
    ]
    return sorted(lines, key=lambda line: (line.until, line.series, line.trigger))
