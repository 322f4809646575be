"""Two schedulers tick the same book from processes of their own, in step, the clock of one a little behind."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from engine.ports import Store
from engine.testing import InMemoryStore
from engine.testing.council import Council
from engine.views import VIEWS
from events.kinds.workflow import DeadlinePassed
from tests.campaigns.children import Child, start, was_killed
from tests.campaigns.homes import Home
from tests.campaigns.matters import answer, at, council_in, is_whole, passed
from tests.campaigns.packs import automatic, example

FROM, UNTIL, EVERY = date(2026, 1, 5), date(2026, 5, 1), timedelta(hours=12)
SKEW = timedelta(minutes=3)
MATTERS = 6
Spoil = Callable[[Store], Store]


def assert_two_schedulers_pass_what_one_would(home: Home, spoil: Spoil = lambda store: store) -> None:
    """Four months of deadlines under a ladder that climbs by itself: what one alone would have passed, once."""
    council = _filled(home.make())
    council.store.close()
    noon = datetime.combine(FROM, time(12), tzinfo=UTC)
    instants = [noon + n * EVERY for n in range((UNTIL - FROM).days * 2)]
    alone = _filled(InMemoryStore(VIEWS))
    for each in instants:
        at(alone, each).tick()
    _in_step(
        [_Scheduler(home, council, instants, skew, spoil) for skew in (timedelta(), SKEW)], len(instants)
    )
    council = Council.joining(at(council, instants[-1]), home.open())
    try:
        assert sorted(_firings(council)) == sorted(_firings(alone)), "not what one alone would have passed"
        is_whole(council)
    finally:
        council.store.close()


def _filled(store: Store) -> Council:
    council = council_in(store, FROM, automatic(example()), MATTERS)
    for n in range(MATTERS):
        answer(council, 4, "acute" if n == 0 else f"s{n}")
    return council


def _firings(council: Council) -> list[tuple[str, str, int]]:
    return [
        (fact.stream, fact.event.name, fact.event.n)
        for fact in passed(council)
        if isinstance(fact.event, DeadlinePassed)
    ]


@dataclass(frozen=True, slots=True)
class _Scheduler:
    home: Home
    council: Council
    instants: Sequence[datetime]
    skew: timedelta
    spoil: Spoil

    def live(self, hears: int, says: int) -> None:
        """Tick at each instant, when told; say when it is done."""
        own = Council.joining(self.council, self.spoil(self.home.open()))
        for each in self.instants:
            os.read(hears, 1)
            at(own, each - self.skew).tick()
            os.write(says, b".")


def _in_step(schedulers: Sequence[_Scheduler], steps: int) -> None:
    """All are let go at once, step by step."""
    started = [_start(scheduler) for scheduler in schedulers]
    for _ in range(steps):
        for _, go, _ in started:
            with suppress(BrokenPipeError):  # it failed, which is told below
                os.write(go, b".")
        for _, _, hears in started:
            os.read(hears, 1)
    for child, go, hears in started:
        os.close(go)
        os.close(hears)
        assert not was_killed(child)


def _start(scheduler: _Scheduler) -> tuple[Child, int, int]:
    told, go = os.pipe()
    hears, says = os.pipe()
    child = start(lambda: scheduler.live(told, says))
    os.close(told)
    os.close(says)
    return child, go, hears
