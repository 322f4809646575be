"""Thousands of deadlines fall due while nobody ticks; then several workers do at once, killed at every failpoint.

Each worker is a process with a store and an engine of its own; it ticks until nothing is due, or until it kills
itself at a named failpoint; then another takes its place. At the end the book is asked what became of each.

One worker ticks a book at a time. That is for economy: with `turns=False` none waits for another, all fire the same
deadlines at once, and what is promised must hold all the same.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from adapters.holidays import UkHolidays
from adapters.sql.store import Failpoint
from engine.audit.verify import verify
from engine.commands import AddIndicator, PassDeadline, Step, TakeSteps
from engine.deadlines.tick import tick
from engine.handle import deadline_of, just_after
from engine.packs.pack import Pack
from engine.ports import Store
from engine.testing.council import Council
from engine.views import DUE, VIEWS
from events.errors import Conflict
from events.kinds.workflow import DeadlinePassed, FieldValue, ReminderSent, RungMoved
from tests.campaigns.children import Child, dies, first_to_end, start, stop, was_killed
from tests.campaigns.homes import Home, PostgresHome
from tests.campaigns.packs import automatic, example
from tests.campaigns.spoilt import BROKEN

WORKERS = 4
TURN_SECONDS = 0.05
"""How often a worker asks whether it is its turn."""
SERVICES = 50
CHUNK = 500
PLACES = ("before append", "after append", "after commit", "between units")
IN_FLIGHT = "in flight"
"""Where a server writes in one turn: whoever is to die there fires one at a time, since a unit of many takes two turns."""
UNIT = 50
"""Firings in one unit of work: a tenth of the usual, so that there are many units to die in."""
UNITS_A_VISIT = 10
"""A worker comes to its place the more often before it dies there, the more units of work there are."""
OPENED, FELL_DUE = date(2026, 1, 5), date(2026, 2, 9)
"""Referred and answered on a Monday, due a month later, on a Friday; the workers come back on the Monday after."""
ANYBODY, CLERK = "p3", "p4"

Firing = tuple[str, str, str, int]
"""Stream, subject, deadline and which setting of it."""


@dataclass
class Report:
    """What came of it. Everything from `lost` on must be 0 or empty."""

    seed: int
    home: str
    due: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    """By the place where a worker died."""
    passed: int = 0
    climbed: int = 0
    reminded: int = 0
    notices: int = 0
    events: int = 0
    lost: int = 0
    doubled: int = 0
    left: int = 0
    notices_wrong: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether everything due fired exactly once, with its consequences, and the book is whole."""
        return not (self.lost or self.doubled or self.left or self.notices_wrong or self.faults)


def fill(pack: Pack, store: Store, deadlines: int) -> Council:
    """A council with so many open interventions: a third unanswered, a third to be reported on, a third to be reviewed."""
    council = Council(pack, OPENED, store=store, holidays=UkHolidays())
    services = [f"s{n}" for n in range(SERVICES)]
    for service in services:
        council.service(service)
    council.hire("Priya Analyst", "data_enterer")
    council.hire("Ada Clerk", "clerk", scope="CPEG")
    series = list(_series(council, services, deadlines))
    _take(council, ANYBODY, [_step(each, "propose", refer_to="CPEG") for each in series])
    answered = [_step(each, "answer", category="category_4") for each in series[1::3]]
    watched = [_step(each, "leave_with_service", review_on="2026-02-05") for each in series[2::3]]
    _take(council, CLERK, answered + watched)
    return council


def _series(council: Council, services: Sequence[str], wanted: int) -> Iterator[tuple[str, str]]:
    for start_at in range(0, wanted, len(services)):
        code = f"I{start_at:05d}"
        own = tuple(services[: wanted - start_at])
        request = AddIndicator(
            indicator=code,
            title=code,
            services=own,
            polarity="higher",
            frequency="month",
            measured_in="percent",
        )
        council.ask(request, "p1")
        yield from ((code, service) for service in own)


def _step(series: tuple[str, str], step: str, **fields: FieldValue) -> Step:
    new = step == "propose"
    return Step(
        workflow="intervention",
        indicator=series[0],
        service=series[1],
        subject="" if new else "1",
        step=step,
        fields=fields,
        on_behalf_of=None if new else "CPEG",
    )


def _take(council: Council, who: str, steps: Sequence[Step]) -> None:
    for start_at in range(0, len(steps), CHUNK):
        council.ask(TakeSteps(steps=tuple(steps[start_at : start_at + CHUNK])), who)


def run(home: Home, deadlines: int, seed: int, turns: bool = True, broken: str | None = None) -> Report:
    """The campaign: fill a book, let everything fall due, then tick and die until nothing is due."""
    report = Report(seed=seed, home=home.name)
    places = (*PLACES, IN_FLIGHT) if isinstance(home, PostgresHome) else PLACES
    deaths = _deaths(random.Random(seed), max(1, deadlines // (UNITS_A_VISIT * UNIT)), places)
    store = home.make()
    council = fill(automatic(example()), store, deadlines)
    council.at(FELL_DUE)
    expected = _due(council)
    store.close()
    report.due = len(expected)
    living: dict[Child, str] = {}
    finished = False
    try:
        while not finished or living:
            while not finished and len(living) < WORKERS:
                place, visit = next(deaths)
                living[start(_Worker(home, council, place, visit, turns, broken).live)] = place
            ended = first_to_end([*living])
            place = living.pop(ended)
            if was_killed(ended):
                report.kills[place] += 1
            else:
                finished = True
    finally:
        stop([*living])
    _examine(home, council, expected, report)
    return report


def _deaths(chance: random.Random, most: int, places: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Where the next worker dies, and at which visit: every place in turn, in an order that chance gives."""
    while True:
        for place in chance.sample(places, len(places)):
            yield place, chance.randint(1, UNIT if place == IN_FLIGHT else most)


@dataclass(frozen=True, slots=True)
class _Worker:
    home: Home
    council: Council
    place: str
    visit: int
    turns: bool
    broken: str | None

    def live(self) -> None:
        """Tick until nothing is due."""
        failpoint = dies(self.visit, self.place)
        council = Council.joining(self.council, self._open(failpoint))
        if self.turns:
            self._tick(council, failpoint)
        else:
            self._fire(council, failpoint)

    def _tick(self, council: Council, failpoint: Failpoint) -> None:
        while _waiting(council, 1):
            done = tick(
                council.engine,
                council.now(),
                progress=lambda _: failpoint("between units"),
                at_once=self.at_once,
            )
            if done.busy:
                time.sleep(TURN_SECONDS)

    def _fire(self, council: Council, failpoint: Failpoint) -> None:
        while waiting := _waiting(council, self.at_once):
            with suppress(Conflict):  # the others were faster too often; what is left is looked up again
                council.engine.fire(waiting, council.now())
            failpoint("between units")

    @property
    def at_once(self) -> int:
        """Firings in a unit of work."""
        return 1 if self.place == IN_FLIGHT else UNIT

    def _open(self, failpoint: Failpoint) -> Store:
        store = self.home.open(failpoint)
        return BROKEN[self.broken](store) if self.broken else store


def _waiting(council: Council, most: int) -> list[PassDeadline]:
    """The next of those that are due."""
    below = {"due_at": just_after(council.now())}
    rows = council.store.rows(DUE, below=below, order_by=("due_at",), limit=most)
    return [deadline_of(row, council.now()) for row in rows]


def _due(council: Council) -> dict[Firing, str]:
    """What is due now: each firing with the instant it fell due at."""
    rows = council.store.rows(DUE, below={"due_at": just_after(council.now())})
    return {
        (str(row["stream"]), str(row["subject"]), str(row["name"]), int(row["n"] or 0)): str(
            row["deadline_at"]
        )
        for row in rows
    }


def _examine(home: Home, council: Council, expected: dict[Firing, str], report: Report) -> None:
    store = home.open()
    passed: Counter[Firing] = Counter()
    reminded: Counter[tuple[str, str, str, int, int]] = Counter()
    climbed: Counter[tuple[str, str]] = Counter()
    told: Counter[tuple[int, str, str]] = Counter()
    after = 0
    while page := store.page(after, 1_000):
        for fact in page:
            match fact.event:
                case DeadlinePassed() as event:
                    passed[fact.stream, event.subject, event.name, event.n] += 1
                    told.update([(fact.position, event.to, "deadline")] if event.to else [])
                case ReminderSent() as event:
                    reminded[fact.stream, event.subject, event.name, event.n, event.reminder] += 1
                    told.update((fact.position, to, "reminder") for to in event.to)
                case RungMoved() as event:
                    climbed[fact.stream, event.move.subject] += 1
        after = page[-1].position
    report.events, report.passed, report.reminded = after, passed.total(), reminded.total()
    report.climbed = climbed.total()
    report.lost = sum(1 for firing in expected if not passed[firing])
    report.doubled = sum(times - 1 for counter in (passed, reminded, climbed) for times in counter.values())
    report.left = len(_due(Council.joining(council, store)))
    outbox = Counter((row.position, row.notice.to, row.notice.kind) for row in store.outbox(limit=10**9))
    report.notices = outbox.total()
    report.notices_wrong = ((outbox - told) + (told - outbox)).total()
    report.faults = [fault.sentence for fault in verify(store, views=VIEWS).faults]
    report.faults += _strange_ids(store, expected)
    report.faults += [incident.sentence for incident in store.incidents()]
    climbs = sum(1 for _, _, name, _ in expected if name != "review")
    if report.climbed != climbs:
        report.faults.append(f"{climbs} matters should have climbed a rung, {report.climbed} did.")
    store.close()


def _strange_ids(store: Store, expected: dict[Firing, str]) -> list[str]:
    """Every firing stands under the one id that makes it fire once."""
    due = {f"{stream}/{subject}/{name}/{n}@{at}" for (stream, subject, name, n), at in expected.items()}
    known: set[str] = set()
    after = ""
    while rows := store.commands(after, 1_000):
        known.update(row.command_id for row in rows if "@" in row.command_id and "~" not in row.command_id)
        after = rows[-1].command_id
    return [
        *(f"No command {name} is in the log." for name in sorted(due - known)[:5]),
        *(
            f"The log holds a firing {name} of something that was not due."
            for name in sorted(known - due)[:5]
        ),
    ]
