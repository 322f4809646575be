"""One figure through the whole line against the `eventsourcing` library loading and saving one aggregate.

`python -m benchmarks.line [rounds]`. How it is measured. Both write to a new SQLite file on the same disk in the same
process, with WAL and `synchronous=FULL`, timed by `time.process_time` (CPU in Python, SQLite and the kernel; waiting
for the disk is not counted). Each round does both in turn; the figures are medians over all commands.

Ours: the command is received, who may is looked up, the step is decided by the workflow definition, a confirmed
figure is judged by the pack with its reason, the facts are hashed and committed with the inline views, the due
index and the command row; the engine keeps folded states in memory, as a worker does.
Theirs, series: `repository.get` of a series aggregate of the same age from its stored events, one call, `save`.
Theirs, figure: the same with an aggregate of its own per figure, one or two events old: the least they can do, and too
little to see "was amber, is red" consistently.
Twelve series of 24 months are filled first; the next 12 months are measured.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from adapters.holidays import UkHolidays
from adapters.sql import open_sqlite
from adapters.yaml import YamlDocuments
from engine.packs.load import load_pack
from engine.testing.council import Council
from engine.views import VIEWS
from goldenthread.resources import examples_folder, packs_folder

SERIES = 12
FILLED = [f"{year}-{month:02d}" for year in (2017, 2018) for month in range(1, 13)]
MEASURED = [f"2019-{month:02d}" for month in range(1, 13)]


class Figure(Aggregate):
    """The peer's figure: one period alone."""

    def __init__(self, indicator: str, service: str, period: str) -> None:
        self.indicator = indicator
        self.service = service
        self.period = period
        self.value: Decimal | None = None
        self.confirmed = False

    @event("Entered")
    def enter(self, value: Decimal, actor: str, account: str, command_id: str) -> None:
        self.value = value

    @event("Confirmed")
    def confirm(self, value: Decimal | None, actor: str, account: str, command_id: str) -> None:
        self.confirmed = True


class Figures(Aggregate):
    """The peer's series: entered and confirmed figures by period."""

    def __init__(self, indicator: str, service: str) -> None:
        self.indicator = indicator
        self.service = service
        self.entered: dict[str, Decimal] = {}
        self.confirmed: dict[str, Decimal] = {}

    @event("Entered")
    def enter(self, period: str, value: Decimal, actor: str, account: str, command_id: str) -> None:
        self.entered[period] = value

    @event("Confirmed")
    def confirm(self, period: str, value: Decimal, actor: str, account: str, command_id: str) -> None:
        self.confirmed[period] = value


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    ours: dict[str, list[float]] = {"enter": [], "confirm": []}
    theirs: dict[str, list[float]] = {"enter": [], "confirm": []}
    single: dict[str, list[float]] = {"enter": [], "confirm": []}
    for _ in range(rounds):
        folder = Path(tempfile.mkdtemp())
        try:
            _ours(folder, ours)
            _theirs(folder, theirs)
            _theirs_single(folder, single)
        finally:
            shutil.rmtree(folder)
    print(f"one figure, median CPU of {rounds * SERIES * len(MEASURED)} commands each")
    for step in ("enter", "confirm"):
        mine = statistics.median(ours[step])
        for name, peers in (("series", theirs), ("figure", single)):
            peer = statistics.median(peers[step])
            print(
                f"  {step:8} ours {mine * 1e6:6.0f} µs   theirs, {name} {peer * 1e6:6.0f} µs   "
                f"ours / theirs {mine / peer:.2f}"
            )


def _ours(folder: Path, spent: dict[str, list[float]]) -> None:
    pack = load_pack(
        examples_folder() / "hospital-waiting" / "example-council",
        packs_folder() / "library",
        YamlDocuments(),
    )
    store = open_sqlite(folder / "ours.goldenthread", VIEWS, create=True)
    council = Council(pack, date(2020, 1, 10), store=store, holidays=UkHolidays())
    council.service("acute")
    council.hire("Analyst", "data_enterer")
    council.hire("Manager", "data_manager")
    for number in range(SERIES):
        council.indicator(f"AE{number}", "acute", target="95")

    def enter(number: int, period: str) -> None:
        council.figure("p3", "enter", f"AE{number}/acute/{period}", _value(number, period))

    def confirm(number: int, period: str) -> None:
        council.figure("p4", "confirm", f"AE{number}/acute/{period}")

    _run(enter, confirm, spent)
    store.close()


def _theirs(folder: Path, spent: dict[str, list[float]]) -> None:
    app: Application[UUID] = Application(
        {
            "PERSISTENCE_MODULE": "eventsourcing.sqlite",
            "SQLITE_DBNAME": str(folder / "theirs.db"),
        }
    )
    ids = []
    for number in range(SERIES):
        figures = Figures(f"AE{number}", "acute")
        app.save(figures)
        ids.append(figures.id)

    def enter(number: int, period: str) -> None:
        figures: Figures = app.repository.get(ids[number])
        figures.enter(period, Decimal(_value(number, period)), "p3", "tester@here", f"C{number}{period}e")
        app.save(figures)

    def confirm(number: int, period: str) -> None:
        figures: Figures = app.repository.get(ids[number])
        figures.confirm(period, figures.entered[period], "p4", "tester@here", f"C{number}{period}c")
        app.save(figures)

    _run(enter, confirm, spent)


def _theirs_single(folder: Path, spent: dict[str, list[float]]) -> None:
    app: Application[UUID] = Application(
        {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(folder / "single.db")}
    )
    ids: dict[tuple[int, str], UUID] = {}
    for number in range(SERIES):
        for period in (*FILLED, *MEASURED):
            figure = Figure(f"AE{number}", "acute", period)
            app.save(figure)
            ids[number, period] = figure.id

    def enter(number: int, period: str) -> None:
        figure: Figure = app.repository.get(ids[number, period])
        figure.enter(Decimal(_value(number, period)), "p3", "tester@here", f"C{number}{period}e")
        app.save(figure)

    def confirm(number: int, period: str) -> None:
        figure: Figure = app.repository.get(ids[number, period])
        figure.confirm(figure.value, "p4", "tester@here", f"C{number}{period}c")
        app.save(figure)

    _run(enter, confirm, spent)


def _run(
    enter: Callable[[int, str], None], confirm: Callable[[int, str], None], spent: dict[str, list[float]]
) -> None:
    for period in FILLED:
        for number in range(SERIES):
            enter(number, period)
            confirm(number, period)
    for period in MEASURED:
        for number in range(SERIES):
            for name, step in (("enter", enter), ("confirm", confirm)):
                start = time.process_time()
                step(number, period)
                spent[name].append(time.process_time() - start)


def _value(number: int, period: str) -> str:
    return str(80 + (int(period[-2:]) * 7 + number * 3) % 18)


if __name__ == "__main__":
    main()
