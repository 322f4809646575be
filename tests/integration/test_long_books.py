"""What is asked of the end of a book, or of one period, costs what it answers, and says what the whole book would."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.handle import Engine
from engine.packs.pack import Pack
from engine.ports import Store
from engine.queries.blind_spots import blind_spots
from engine.queries.dashboard import dashboard
from engine.queries.quality.known import KnownFigures
from engine.queries.quality.reading import LastFigures, Unseen, ends_of, series_of
from engine.queries.quality.report import data_quality, remarks
from engine.queries.reader import Reader
from engine.testing import InMemoryStore
from engine.testing.council import Council, NoHolidays
from engine.view import Row, View
from engine.views import STATUSES, VIEWS
from events.kinds.statuses import TriggerFired, TriggerWithdrawn
from events.period import Period, parse_period

from .conftest import ROOT

ANALYST, MANAGER = "p3", "p4"
FIRST = Period("month", 2016, 4)
SERVICES = ("acute", "urgent", "minor")


class Looking:
    """A store that counts the rows of views that it answers, and may answer whole series for their ends."""

    def __init__(self, store: Store, *, whole: bool = False) -> None:
        self._store = store
        self._whole = whole
        self.answered = 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def rows(self, view: View, *args: Any, **more: Any) -> list[Row]:
        """Rows, counted."""
        found = self._store.rows(view, *args, **more)
        self.answered += len(found)
        return found

    def latest(self, view: View, count: int, *args: Any, **more: Any) -> list[Row]:
        """The ends of series, counted, or all of them."""
        found = self._store.latest(view, 10_000 if self._whole else count, *args, **more)
        self.answered += len(found)
        return found


@pytest.fixture
def example(pack_of: Callable[[Path], Pack]) -> Pack:
    return pack_of(ROOT / "examples" / "hospital-waiting" / "example-council")


def book(example: Pack, months: int, value: Callable[[str, int], str | None]) -> Council:
    """So many months of three services, in memory; None: nobody returned a figure."""
    council = Council(example, date(2016, 4, 2), store=InMemoryStore(VIEWS))
    for service in SERVICES:
        council.service(service)
    council.indicator("AE4", *SERVICES, target="95", first="2016-04")
    council.hire("Ann Analyst", "data_enterer")
    council.hire("Max Manager", "data_manager")
    for number in range(months):
        period = FIRST.shift(number)
        council.at(period.last_day() + timedelta(days=5))
        for service in SERVICES:
            if (given := value(service, number)) is not None:
                council.figure(ANALYST, "enter", f"AE4/{service}/{period}", given)
                if number < months - 1 or service != "minor":
                    council.figure(MANAGER, "confirm", f"AE4/{service}/{period}")
    return council


def wild(seed: int) -> Callable[[str, int], str | None]:
    """Figures with gaps, zeros, long repetitions and leaps."""
    chance = random.Random(seed)
    was: dict[str, str] = {}

    def value(service: str, _: int) -> str | None:
        kind = chance.random()
        if kind < 0.12:
            return None
        if kind < 0.5 and service in was:
            return was[service]
        was[service] = "0" if kind < 0.55 else f"{chance.choice((95, 90, 80)) + chance.randint(0, 40) / 10}"
        return was[service]

    return value


def long_run(service: str, number: int) -> str | None:
    """One service has the same figure for years, one is red from the first day, one turns red early on."""
    if service == "acute":
        return "96.25"
    return "80" if service == "urgent" or number > 4 else "97"


BOOKS: dict[str, tuple[int, Callable[[str, int], str | None]]] = {
    "wild": (40, wild(1)),
    "wilder": (34, wild(7)),
    "a long run": (45, long_run),
}


@pytest.fixture(params=BOOKS)
def council(request: pytest.FixtureRequest, example: Pack) -> Council:
    return book(example, *BOOKS[request.param])


def test_the_dashboard_says_what_it_would_after_reading_everything(council: Council) -> None:
    whole = Engine(Looking(council.store, whole=True), NoHolidays())  # type: ignore[arg-type]  # the rest is handed on
    head = council.store.head().position
    for at in (None, head // 3, head // 2, head):
        for period in (None, "2016-04", "2017-09", str(FIRST.shift(33)), "2030-01"):
            for today in (None, date(2017, 11, 1), date(2016, 4, 20)):
                asked: Any = {"at": at, "period": period, "today": today}
                assert dashboard(council.engine, **asked) == dashboard(whole, **asked), asked


def test_the_quality_of_a_period_is_what_a_reading_of_all_periods_says_of_it(council: Council) -> None:
    head = council.store.head().position
    said = 0
    for at in (None, head // 2):
        reader = Reader(council.engine, at)
        for number in range(46):
            period = FIRST.shift(number)
            expected = [
                (series.service, remark.check.name, remark.sentence)
                for series in series_of(KnownFigures(reader), "AE4", None)
                for remark in remarks(series, str(period))
            ]
            found = data_quality(council.engine, period=str(period), at=at)
            assert [(line.service, line.check, line.sentence) for line in found] == expected, period
            said += len(found)
    assert said


def test_a_blind_spot_is_what_a_reading_of_all_periods_finds(council: Council) -> None:
    for at in (None, council.store.head().position // 2):
        for since, until in ((None, None), ("2016-07", "2018-05"), (None, "2017-06"), ("2018-04", None)):
            found = blind_spots(council.engine, at=at, least=1, since=since, until=until)
            assert {(spot.service, spot.kind, spot.periods, spot.judged) for spot in found} == unseen(
                council, at, since, until
            )


def unseen(council: Council, at: int | None, since: str | None, until: str | None) -> set[tuple[Any, ...]]:
    """Series red at the end of a span without a firing, from every row and every fact."""
    firings: dict[str, tuple[str, str]] = {}
    for fact in Reader(council.engine, at).all_of("trigger.fired", "trigger.withdrawn"):
        if isinstance(fact.event, TriggerFired):
            firings[fact.ref] = (fact.stream.rpartition("/")[2], fact.event.period)
        elif isinstance(fact.event, TriggerWithdrawn):
            firings.pop(fact.event.fired_at)
    fired = set(firings.values())
    found = set()
    for service in SERVICES:
        rows = [
            row
            for row in council.store.rows(STATUSES, {"service": service}, at=at)
            if (since or "") <= str(row["period"]) <= (until or "9999")
            and row["status"] in ("red", "amber", "green")
        ]
        run: list[Row] = []
        while len(run) < len(rows) and rows[-1 - len(run)]["status"] == "red":
            run.append(rows[-1 - len(run)])
        always = len(run) == len(rows)
        seen = {period for name, period in fired if name == service}
        if run and not (seen if always else seen & {row["period"] for row in run}):
            found.add((service, "always" if always else "run", len(run), len(rows)))
    return found


def test_a_book_of_twice_the_years_is_read_no_further(example: Pack) -> None:
    def steady(service: str, number: int) -> str:
        return f"{96 + (number * 7 + len(service)) % 10 / 5}"

    answered = []
    for months in (35, 70):
        council = book(example, months, steady)
        store = Looking(council.store)
        engine = Engine(store, NoHolidays())  # type: ignore[arg-type]  # the rest is handed on
        last = FIRST.shift(months - 1)
        counts = []
        for asked in (
            lambda engine=engine: dashboard(engine),
            lambda engine=engine, last=last: dashboard(engine, period=str(last.shift(-3))),
            lambda engine=engine, last=last: data_quality(engine, period=str(last)),
            lambda engine=engine: blind_spots(engine),
            lambda engine=engine, last=last: Reader(engine).of_period(STATUSES, last.previous()),
        ):
            store.answered = 0
            asked()
            counts.append(store.answered)
        answered.append(counts)
    assert answered[0] == answered[1]
    assert all(answered[0])


def test_the_last_figures_of_a_series_do_not_say_how_many_there_are_before(council: Council) -> None:
    reader, period = Reader(council.engine), FIRST.shift(33)
    ends = list(ends_of(KnownFigures(reader), "AE4", None, period))
    assert ends
    for end in ends:
        (whole,) = series_of(KnownFigures(reader), "AE4", end.service)
        upto = [figure for figure in whole.figures if figure.period <= period]
        if isinstance(end.figures, LastFigures):
            assert end.figures[-1] == upto[-1]
            assert end.figures[-8:] == upto[-8:]
            assert list(end.figures[-3:-1]) == upto[-3:-1]
            for looked in (0, len(end.figures) - 30, -31, slice(0, 5), slice(None), slice(-40, None)):
                with pytest.raises(Unseen):
                    end.figures[looked]
        else:
            assert list(end.figures) == upto


def test_a_period_is_found_among_all_others(council: Council) -> None:
    reader = Reader(council.engine)
    for number in range(-1, 46):
        period = FIRST.shift(number)
        assert reader.of_period(STATUSES, period) == reader.rows(STATUSES, {"period": str(period)})
    assert reader.of_period(STATUSES, parse_period("2018")) == []
