"""Many writers on the same few streams at once, while one ticks and another erases texts and marks notices as sent.

Commands are taken from one counter; every tenth is taken twice, so that two writers send the same command at the same
time. What each was answered is compared with the log in the end, fact by fact.
"""

from __future__ import annotations

import multiprocessing
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import msgspec
import psycopg

from adapters.sql import SqlStore
from engine.audit.verify import verify
from engine.views import VIEWS
from events.fact import Fact
from events.kinds.register import MeetingAdded
from events.kinds.workflow import DeadlinePassed
from events.schema import Event
from tests.campaigns.children import first_to_end, start, stop, was_killed
from tests.campaigns.deadlines import FELL_DUE, fill
from tests.campaigns.homes import Home, PostgresHome
from tests.campaigns.packs import example
from tests.campaigns.racers import (
    BROKEN,
    BROKEN_TURNS,
    TAKEN_TWICE,
    Findings,
    Keeper,
    Outcome,
    Race,
    Ticker,
    Writer,
)

__all__ = ["BROKEN", "BROKEN_TURNS", "WRITERS", "Report", "run"]

WRITERS = {"PostgreSQL": 8, "SQLite": 4}
DEADLINES = 60
"""Fall due before the race begins; the tick passes them one by one meanwhile."""
MOST_SHOWN = 5


@dataclass
class Report:
    """What came of it. Everything from `lost` on must be 0 or empty."""

    seed: int
    home: str
    writers: int
    commands: int = 0
    """Different ones that were written; some were sent twice."""
    refused_twins: int = 0
    stale: int = 0
    """Attempts that lost to a faster one."""
    most_tries: int = 0
    """For one command."""
    shares: list[int] = field(default_factory=list)
    """How many commands each writer got an answer to."""
    ticks: int = 0
    fired: int = 0
    marked: int = 0
    erased: int = 0
    events: int = 0
    lost: int = 0
    doubled: int = 0
    deadlocks: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether everything acknowledged is in the log once, as it was answered, and nothing else went wrong."""
        return not (self.lost or self.doubled or self.deadlocks or self.wrong)


def run(home: Home, folder: Path, commands: int, seed: int, broken: str | None = None) -> Report:
    """The campaign: a book with deadlines that are due, the race, and what the log says of it."""
    report = Report(seed=seed, home=home.name, writers=WRITERS[home.name])
    store = home.make()
    council = fill(example(), store, DEADLINES)
    council.at(FELL_DUE)
    started_at = store.head().position
    store.close()
    taken, closed = multiprocessing.Value("q", 0), multiprocessing.Value("q", 0)
    race = Race(home, folder, council, commands, taken, closed, broken)
    before = _deadlocks(home)
    _hold(race, seed)
    report.deadlocks = _deadlocks(home) - before
    _examine(race, started_at, report)
    return report


def _hold(race: Race, seed: int) -> None:
    chance = random.Random(seed)
    lives: dict[str, Callable[[Findings], object]] = {
        f"writer {number}": Writer(race, chance.randrange(2**32)).live
        for number in range(WRITERS[race.home.name])
    }
    lives["ticker"] = Ticker(race, DEADLINES).live
    children = [start(partial(race.attend, who, life)) for who, life in lives.items()]
    keeper = start(partial(race.attend, "keeper", Keeper(race).live))
    try:
        while children:
            ended = first_to_end(children)
            children.remove(ended)
            assert not was_killed(ended), "nobody is killed in a race"
        race.closed.value = 1
        assert not was_killed(keeper)
    except BaseException:
        stop([*children, keeper])
        raise


def _deadlocks(home: Home) -> int:
    """How many deadlocks the server has had to break in the database so far."""
    if not isinstance(home, PostgresHome):
        return 0
    with psycopg.connect(home.url, autocommit=True) as connection:
        row = connection.execute(
            "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
        ).fetchone()
    return int(row[0]) if row else 0


def _examine(race: Race, started_at: int, report: Report) -> None:
    store = race.home.open()
    found = {
        path.stem: msgspec.json.decode(path.read_bytes(), type=Findings)
        for path in race.folder.glob("*.json")
    }
    outcomes = [outcome for findings in found.values() for outcome in findings.outcomes]
    report.shares = sorted(len(each.outcomes) for who, each in found.items() if who.startswith("writer"))
    report.stale = sum(findings.stale for findings in found.values())
    report.most_tries = max((outcome.tries for outcome in outcomes), default=0)
    report.ticks, report.marked = found["ticker"].ticks, found["keeper"].sent
    report.erased = found["keeper"].erased
    report.wrong = [sentence for findings in found.values() for sentence in findings.wrong][:MOST_SHOWN]
    _compare(list(_log(store, started_at)), outcomes, race, report)
    waiting = store.outbox()
    if waiting:
        report.wrong.append(f"{len(waiting)} notices were left unsent.")
    report.wrong += [fault.sentence for fault in verify(store, views=VIEWS).faults][:MOST_SHOWN]
    store.close()


def _log(store: SqlStore, after: int) -> Iterator[Fact[Event]]:
    while page := store.page(after, 1_000):
        yield from page
        after = page[-1].position


def _compare(facts: list[Fact[Event]], outcomes: list[Outcome], race: Race, report: Report) -> None:
    """What stands in the log with what was answered."""
    written = {fact.position: fact for fact in facts}
    effects = Counter(fact.event.body for fact in facts if isinstance(fact.event, MeetingAdded))
    wrote = [outcome for outcome in outcomes if outcome.wrote]
    answered = Counter(outcome.name for outcome in outcomes)
    winners = Counter(outcome.name for outcome in wrote)
    won = Counter((outcome.stream, outcome.version + 1) for outcome in wrote)
    passed = Counter(
        (fact.stream, fact.event.subject) for fact in facts if isinstance(fact.event, DeadlinePassed)
    )
    report.commands, report.events, report.fired = len(effects), len(facts), passed.total()
    report.refused_twins = len(outcomes) - len(wrote)
    report.lost = sum(1 for name in answered if not effects[name])
    report.doubled = sum(1 for times in effects.values() if times > 1)
    report.wrong += [
        *(f"{times} writers won {stream}@{n}." for (stream, n), times in won.items() if times > 1),
        *(f"{name} was written {winners[name]} times." for name in answered if winners[name] != 1),
        *(f"{name} was answered {times} times." for name, times in _odd(answered, race)),
        *_contradictions(written, outcomes),
        *(f"The deadline of {about} passed {times} times." for about, times in passed.items() if times > 1),
        *([f"{len(passed)} of {DEADLINES} deadlines passed."] if len(passed) != DEADLINES else []),
    ][:MOST_SHOWN]


def _odd(answered: Counter[str], race: Race) -> Iterator[tuple[str, int]]:
    """Commands that were not answered once, or twice where two writers sent them."""
    for number in range(race.commands):
        if number % TAKEN_TWICE != 1:
            twin = number % TAKEN_TWICE == 0 and number + 1 < race.commands
            if answered[f"R{number}"] != 1 + twin:
                yield f"R{number}", answered[f"R{number}"]


def _contradictions(written: dict[int, Fact[Event]], outcomes: list[Outcome]) -> Iterator[str]:
    """Answers that the log does not bear out."""
    written_at = {(fact.stream, fact.version): position for position, fact in written.items()}
    for outcome in outcomes:
        facts = [written.get(position) for position in range(outcome.first, outcome.last + 1)]
        bodies = [getattr(fact.event, "body", "") for fact in facts if fact is not None]
        if len(facts) != 2 or outcome.name not in bodies or facts[0] is None:
            yield f"{outcome.name} was said to stand at {outcome.first} to {outcome.last}, and does not."
        elif outcome.wrote and (facts[0].stream, facts[0].version) != (outcome.stream, outcome.version + 1):
            yield f"{outcome.name} was decided on {outcome.stream}@{outcome.version} and stands at {facts[0].ref}."
        for stream, version in outcome.others.items():
            if (grown := written_at.get((stream, version + 1), outcome.first)) < outcome.first:
                yield f"{outcome.name} was decided on {stream}@{version}, which had grown by event {grown}."
