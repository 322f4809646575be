"""What a tick would do now: the very tick, rehearsed. Nothing is written."""

from __future__ import annotations

from collections.abc import Callable

from engine.deadlines.tick import MOST_FIRINGS, Ticked, tick
from engine.handle import Engine
from engine.rehearsal import Rehearsal
from events.instant import Instant


def foretell(
    engine: Engine,
    now: Instant,
    progress: Callable[[int], None] | None = None,
    *,
    at_once: int = MOST_FIRINGS,
) -> tuple[Ticked, Engine]:
    """What a tick would answer, whatever follows within it included, and the book as it would then stand.

    Positions and recorded times of the facts are not known yet. Raises Broken GT-CLOCK-001 where a tick would.
    """
    rehearsal = Rehearsal(engine)
    return tick(rehearsal, now, progress, at_once=at_once), rehearsal
