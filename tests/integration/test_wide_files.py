"""A file that names many series, and a list of many figures: their past is read a little at a time, each once, and leaves memory again meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from adapters.spreadsheets.csv import read_csv
from engine.commands import FigureFields, Step, TakeSteps
from engine.importing.walk import MOST_SERIES
from engine.imports import Plan, plan_import
from engine.packs.pack import Pack
from engine.queries.matters.submission_matters import READ_TOGETHER, Matters
from engine.queries.reader import Reader
from engine.states.series import Series
from engine.testing import InMemoryStore
from engine.testing.council import Council
from engine.views import VIEWS
from engine.work import READ_AT_ONCE
from events import stream as streams
from events.fact import Fact
from events.schema import Event
from tests.integration.conftest import START, hire_everybody

ANALYST = "p3"
PAST = ("2016-04", "2016-05", "2016-06")
SERVICES = [f"S{number}" for number in range(40)]
SERIES = [(f"KP{number}", service) for number in range(5) for service in SERVICES]


class QuestionsCounted(InMemoryStore):
    """Notes which series each question to the log asks for."""

    def __init__(self) -> None:
        super().__init__(VIEWS)
        self.asked: list[list[str]] = []

    def streams(self, after: Mapping[str, int]) -> dict[str, list[Fact[Event]]]:
        """The facts of several streams above the given versions."""
        series = [stream for stream in after if stream.startswith("series/")]
        if series:
            self.asked.append(series)
        return super().streams(after)


def council_of_many(pack: Pack) -> tuple[Council, QuestionsCounted]:
    """Two hundred series with three months each, and nothing in memory."""
    store = QuestionsCounted()
    council = Council(pack, START, store=store)
    hire_everybody(council)
    for service in SERVICES:
        council.service(service)
    for indicator in dict.fromkeys(code for code, _ in SERIES):
        council.indicator(indicator, *SERVICES, target="95")
    for month in PAST:
        council.ask(TakeSteps(steps=tuple(entered(*series, month) for series in SERIES)), ANALYST)
    council.engine.memory.forget()
    store.asked.clear()
    return council, store


def entered(indicator: str, service: str, month: str) -> Step:
    figure = FigureFields(value=Decimal(96))
    return Step(
        workflow="submission",
        indicator=indicator,
        service=service,
        subject=month,
        step="enter",
        figure=figure,
    )


def planned(council: Council) -> Plan:
    rows = "".join(f"{indicator},{service},2016-07,96\n" for indicator, service in SERIES)
    table = read_csv(f"indicator,service,period,value\n{rows}".encode(), "july.csv")
    return plan_import(council.engine, table, date(2016, 8, 10))


def test_the_series_of_a_file_are_read_a_few_at_a_time_and_each_once(example: Pack) -> None:
    council, store = council_of_many(example)
    assert planned(council).counts.new == len(SERIES)
    assert max(map(len, store.asked)) <= READ_AT_ONCE
    assert sorted(name for asked in store.asked for name in asked) == sorted(
        streams.series(*each) for each in SERIES
    )


def test_what_was_read_for_the_first_series_of_a_part_leaves_memory_before_the_next(example: Pack) -> None:
    council, _ = council_of_many(example)
    memory = council.engine.memory
    memory.most_periods, memory.kept_periods = 250, (1, 1)
    planned(council)
    states = [memory.at(streams.series(*each)).state for each in SERIES]
    held = [len(state.held) for state in states if isinstance(state, Series)]
    assert len(SERIES) > MOST_SERIES
    assert held == [1] * MOST_SERIES + [len(PAST)] * (len(SERIES) - MOST_SERIES)


def test_of_many_figures_that_are_looked_at_in_turn_few_series_are_held_whole(example: Pack) -> None:
    council, store = council_of_many(example)
    memory = council.engine.memory
    memory.most_periods, memory.kept_periods = 250, (1, 1)
    keys = [(*series, PAST[-1]) for series in SERIES]
    found = list(Matters(Reader(council.engine), date(2016, 8, 10)).each(keys))
    assert [key for key, _ in found] == keys
    assert all(matter is not None and matter.standing.entry is not None for _, matter in found)
    assert sum(map(len, store.asked)) == len(SERIES)
    states = [memory.at(streams.series(*each)).state for each in SERIES]
    held = [len(state.held) for state in states if isinstance(state, Series)]
    assert len(held) == len(SERIES)
    assert sum(held) <= memory.most_periods
    assert sum(periods > 1 for periods in held) < READ_TOGETHER
