"""One period is restated by one worker while the next is confirmed by another, at the same time, series after series.

Whoever is second decides again on what the first has written; so no trigger may fire, and none may stand, that the
figures do not justify. What stands in the end is compared with judging the final figures afresh.
"""

from __future__ import annotations

import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from multiprocessing.synchronize import Barrier
from pathlib import Path

from msgspec.structs import replace

from adapters.holidays import UkHolidays
from adapters.sql import SqlStore
from engine.audit.verify import verify
from engine.commands import FigureFields, Step, TakeSteps
from engine.ports import StaleRead, Store, Unit
from engine.states.series import Series
from engine.testing import CountingIds
from engine.testing.council import Council
from engine.views import VIEWS
from events import stream as streams
from events.fact import Fact
from events.kinds.statuses import StatusAssessed, TriggerFired, TriggerWithdrawn
from events.schema import Event
from rules.history import judge_history
from tests.campaigns.children import first_to_end, start, stop, was_killed
from tests.campaigns.homes import Home
from tests.campaigns.packs import example

TODAY = date(2017, 7, 10)
EARLIER, LATER = "2017-05", "2017-06"
VALUES = {"green": "97", "amber": "90", "red": "80"}
"""A figure for each status, against a target of 95."""
SERVICES = 50
CHUNK = 250
ANALYST, MANAGER = "p3", "p4"
LONGEST_HEAD_START = 0.004
"""Seconds by which either may begin later than the other."""
PATIENCE_SECONDS = 120
MOST_SHOWN = 5
BROKEN = "does not check the version of the series it decided on"
"""The fault that the campaign must notice: it was found in a prototype that kept a stream for each period."""


@dataclass(frozen=True, slots=True)
class Round:
    """One series and what happens to it: the statuses of its figures."""

    indicator: str
    service: str
    first: str
    restated: str
    second: str

    def step(self, step: str, period: str, status: str | None = None, reason: str | None = None) -> Step:
        """A step of one of its two submissions."""
        return Step(
            workflow="submission",
            indicator=self.indicator,
            service=self.service,
            subject=period,
            step=step,
            fields={"reason": reason} if reason else {},
            figure=FigureFields(value=Decimal(VALUES[status])) if status else None,
        )


@dataclass
class Report:
    """What came of it. Everything from `false` on must be 0 or empty."""

    seed: int
    home: str
    rounds: int = 0
    collided: int = 0
    """Rounds in which the slower one had to decide again."""
    fired: int = 0
    withdrawn: int = 0
    """Firings that were right when they fired, until the earlier period was restated."""
    standing: int = 0
    false: int = 0
    """Firings that nothing in the log justified when they fired."""
    unjustified: int = 0
    """Series whose triggers in the end are not those of their final figures."""
    wrong: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether triggers fired and stand exactly where the figures say so."""
        return not (self.false or self.unjustified or self.wrong)


class Watched:
    """A store that counts who was too slow; spoilt, it forgets which series a decision rests on."""

    def __init__(self, store: SqlStore, broken: bool) -> None:
        self._store, self._broken = store, broken
        self.too_slow = 0

    def commit(self, unit: Unit) -> list[Fact[Event]]:
        """As the real one."""
        if self._broken:
            read = {stream: at for stream, at in unit.read.items() if not stream.startswith("series/")}
            unit = replace(unit, read=read)
        try:
            return self._store.commit(unit)
        except StaleRead:
            self.too_slow += 1
            raise

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


def run(home: Home, folder: Path, rounds: int, seed: int, broken: bool = False) -> Report:
    """The campaign: figures entered and waiting, the two at work, and what their series say then."""
    chance, report = random.Random(seed), Report(seed=seed, home=home.name, rounds=rounds)
    store = home.make()
    council = Council(example(), TODAY, store=store, holidays=UkHolidays())
    course = list(_prepare(council, rounds, chance))
    store.close()
    barrier = multiprocessing.Barrier(2)
    workers = [
        start(partial(_work, home, folder, council, course, step, period, barrier, seed + number, broken))
        for number, (step, period) in enumerate((("approve_restatement", EARLIER), ("confirm", LATER)))
    ]
    try:
        while workers:
            ended = first_to_end(workers)
            workers.remove(ended)
            assert not was_killed(ended)
    except BaseException:
        stop(workers)
        raise
    report.collided = sum(int(path.read_text()) for path in folder.glob("too-slow-*"))
    _examine(home, course, report)
    return report


def _prepare(council: Council, rounds: int, chance: random.Random) -> Iterator[Round]:
    """Series whose earlier figure waits for the approval of its restatement, and the later one for confirmation."""
    services = [f"s{n}" for n in range(SERVICES)]
    for service in services:
        council.service(service)
    council.hire("Priya Analyst", "data_enterer")
    council.hire("Tom Manager", "data_manager")
    course: list[Round] = []
    for start_at in range(0, rounds, SERVICES):
        own = services[: rounds - start_at]
        council.indicator(f"I{start_at}", *own, target="95")
        for service in own:
            first, restated = chance.sample(sorted(VALUES), 2)
            second = chance.choice(("red", "red", "amber", "green"))
            course.append(Round(f"I{start_at}", service, first, restated, second))
    reason = council.text("late returns")
    for some in _chunks(course):
        take = partial(_take, council)
        take(ANALYST, (each.step("enter", EARLIER, each.first) for each in some))
        take(MANAGER, (each.step("confirm", EARLIER) for each in some))
        council.ask(
            TakeSteps(steps=tuple(each.step("restate", EARLIER, each.restated, reason.ref) for each in some)),
            ANALYST,
            texts=(reason,),
        )
        take(ANALYST, (each.step("enter", LATER, each.second) for each in some))
    yield from course


def _chunks(course: list[Round]) -> Iterator[list[Round]]:
    yield from (course[at : at + CHUNK] for at in range(0, len(course), CHUNK))


def _take(council: Council, who: str, steps: Iterable[Step]) -> None:
    council.ask(TakeSteps(steps=tuple(steps)), who)


def _work(
    home: Home,
    folder: Path,
    council: Council,
    course: list[Round],
    step: str,
    period: str,
    barrier: Barrier,
    seed: int,
    broken: bool,
) -> None:
    """One of the two: at each series it waits for the other, and then they go."""
    chance = random.Random(seed)
    watched = Watched(home.open(), broken)
    store: Store = watched  # type: ignore[assignment]  # a store by delegation
    own = Council.joining(council, store)
    own.ids = CountingIds(prefix=step)
    for each in course:
        barrier.wait(PATIENCE_SECONDS)
        time.sleep(chance.choice((0, chance.uniform(0, LONGEST_HEAD_START))))
        _take(own, MANAGER, [each.step(step, period)])
    (folder / f"too-slow-{step}").write_text(str(watched.too_slow))


def _examine(home: Home, course: list[Round], report: Report) -> None:
    store = home.open()
    for some in _chunks(course):
        found = store.streams({streams.series(each.indicator, each.service): 0 for each in some})
        for each in some:
            _judge(each, found[streams.series(each.indicator, each.service)], report)
    faults = [fault.sentence for fault in verify(store, views=VIEWS).faults]
    report.wrong = [*report.wrong[:MOST_SHOWN], *faults[:MOST_SHOWN]]
    store.close()


def _judge(each: Round, facts: list[Fact[Event]], report: Report) -> None:
    """What fired in a series with what its figures say, at the time and in the end."""
    series, statuses = Series(), dict[str, str]()
    for fact in facts:
        series.apply(fact)
        match fact.event:
            case TriggerFired(period=period):
                report.fired += 1
                report.false += (period, statuses.get(EARLIER), each.second) != (LATER, "amber", "red")
            case TriggerWithdrawn():
                report.withdrawn += 1
            case StatusAssessed(period=period, status=status):
                statuses[period] = status
            case _:
                pass
    wanted = {EARLIER: each.restated, LATER: each.second}
    if statuses != wanted:
        report.wrong.append(f"{each} ended with {statuses}.")
    stands = Counter((trigger, period) for period in (EARLIER, LATER) for trigger in series.at(period).fired)
    report.standing += stands.total()
    report.unjustified += stands != Counter(_justified(wanted))
    ended = series.at(LATER).assessed
    if ended is None or ended.previous != each.restated:
        report.wrong.append(f"{each} takes {ended.previous if ended else None} for the status before.")


def _justified(statuses: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The triggers that fire where these statuses are judged afresh, one after the other."""
    for facts in judge_history(example().rules, list(statuses.values()), {}, first_period=EARLIER):
        yield from ((fact.trigger, fact.period) for fact in facts if isinstance(fact, TriggerFired))
