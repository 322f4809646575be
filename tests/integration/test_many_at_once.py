"""What saves time and memory changes nothing: chunks say what single commands say, and a small memory what a large one says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import msgspec

from engine.commands import FigureFields, HistoricFigure, LoadHistory, Step, TakeSteps
from engine.packs.pack import Pack
from engine.states.series import Series
from engine.states.standing import Rated
from engine.testing import InMemoryStore
from engine.testing.council import Council
from engine.views import STATUSES, SUBMISSIONS, VIEWS
from events.fact import Fact
from events.kinds.figures import FigureConfirmed, FigureEntered
from events.kinds.statuses import StatusAssessed, TriggerFired
from events.schema import Event
from rules.ir import Then, Trigger
from rules.kinds.first_status import FirstStatus
from tests.errors.history import LOAD, approved
from tests.integration.conftest import START, hire_everybody, varied

SECOND, ANALYST, MANAGER = "p2", "p3", "p4"
MONTHS = [f"{2016 + (3 + n) // 12}-{1 + (3 + n) % 12:02d}" for n in range(9)]
VALUES = ("96", "91", "80", "70", "95", "88", "85", "84", "97")


def council_of(pack: Pack, store: InMemoryStore | None = None) -> Council:
    council = Council(pack, START, store=store or InMemoryStore(VIEWS))
    hire_everybody(council)
    for number in range(4):
        council.indicator(f"AE{number}", "acute", target="95")
    return council


def step(name: str, number: int, month: str, value: str) -> Step:
    figure = FigureFields(value=Decimal(value)) if name == "enter" else None
    return Step(
        workflow="submission",
        indicator=f"AE{number}",
        service="acute",
        subject=month,
        step=name,
        figure=figure,
    )


def chunk(council: Council, name: str, who: str, rows: list[tuple[int, str, str]]) -> None:
    council.ask(TakeSteps(steps=tuple(step(name, *row) for row in rows)), who)


ROWS = [(number, month, VALUES[(n + number) % 9]) for number in range(4) for n, month in enumerate(MONTHS)]


def said(council: Council, *but: str) -> list[object]:
    """Every fact about a figure, without what differs by the command that it came with."""
    facts = [fact for fact in council.store.page(0, 10_000) if fact.stream.startswith("series/")]
    told = sorted((fact.stream, fact.type, str(msgspec.to_builtins(fact.event))) for fact in facts)
    return [each for each in told if each[1] not in but]


def test_a_chunk_enters_what_single_commands_enter(example: Pack) -> None:
    together, alone = council_of(example), council_of(example)
    chunk(together, "enter", ANALYST, ROWS)
    for row in ROWS:
        chunk(alone, "enter", ANALYST, [row])
    assert said(together) == said(alone)
    assert together.store.rows(SUBMISSIONS) != []


def test_each_figure_of_a_chunk_is_judged_once(example: Pack) -> None:
    council = council_of(example)
    chunk(council, "enter", ANALYST, ROWS)
    chunk(council, "confirm", MANAGER, ROWS)
    facts = council.store.page(0, 10_000)
    confirmed = [fact for fact in facts if isinstance(fact.event, FigureConfirmed)]
    judged = [fact.event for fact in facts if isinstance(fact.event, StatusAssessed)]
    assert len(judged) == len(confirmed) == len(ROWS)
    assert {each.figure for each in judged} == {fact.ref for fact in confirmed}


def test_a_small_memory_decides_what_a_large_one_decides(example: Pack) -> None:
    large, small = council_of(example), council_of(example)
    small.engine.memory.most_periods, small.engine.memory.kept_periods = 3, (2, 1)
    for council in (large, small):
        for month in MONTHS:
            rows = [row for row in ROWS if row[1] == month]
            chunk(council, "enter", ANALYST, rows)
            chunk(council, "confirm", MANAGER, rows)
        council.figure(ANALYST, "restate", f"AE1/acute/{MONTHS[2]}", "60", words={"reason": "late returns"})
        council.figure(MANAGER, "approve_restatement", f"AE1/acute/{MONTHS[2]}")
    assert said(small) == said(large)
    assert small.store.rows(STATUSES) == large.store.rows(STATUSES)
    assert len(small.engine.memory.at("series/AE3/acute").state.held) < len(MONTHS)  # type: ignore[attr-defined]  # a series
    for council in (small, large):
        for number in range(4):
            series = council.engine.memory.at(f"series/AE{number}/acute").state
            assert isinstance(series, Series)
            stood = series.firings
            assert stood == {ref for each in series.periods.values() for _, ref in each.fired.values()}


def test_whether_a_series_was_ever_rated_is_known_without_reading_what_left_the_memory(example: Pack) -> None:
    """The first red of a series asks about every period before it, however long ago."""
    first = Trigger(id="first", label="First", when=FirstStatus(statuses=("red",)), then=Then())
    council = council_of(varied(example, rules=msgspec.structs.replace(example.rules, triggers=(first,))))
    council.engine.memory.most_periods, council.engine.memory.kept_periods = 3, (2, 1)
    for month in MONTHS:
        rows = [(0, month, "50" if month == MONTHS[-1] else "96")]
        chunk(council, "enter", ANALYST, rows)
        chunk(council, "confirm", MANAGER, rows)
    assert not [fact for fact in council.store.page(0, 10_000) if isinstance(fact.event, TriggerFired)]
    left_out = council.engine.memory.at("series/AE0/acute").state.older  # type: ignore[attr-defined]  # a series
    assert left_out is not None, "it was read again"
    assert Rated("green", by_bands=True) in left_out.ratings


def test_what_was_read_again_leaves_the_memory_again(example: Pack) -> None:
    council = council_of(example)
    memory = council.engine.memory
    memory.most_periods, memory.kept_periods = 8, (2, 1)
    chunk(council, "enter", ANALYST, ROWS)
    series = [memory.at(f"series/AE{number}/acute").state for number in range(4)]
    for each in series:
        assert isinstance(each, Series)
        assert len(each.periods) == len(MONTHS), "every one is asked for"
    memory.trim()
    assert sum(len(each.held) for each in series if isinstance(each, Series)) <= 8


class ReadsCounted(InMemoryStore):
    """Notes which series are read from the log."""

    def __init__(self) -> None:
        super().__init__(VIEWS)
        self.series_read: list[str] = []

    def streams(self, after: Mapping[str, int]) -> dict[str, list[Fact[Event]]]:
        """The facts of several streams above the given versions."""
        self.series_read += [stream for stream in after if stream.startswith("series/")]
        return super().streams(after)


def test_history_that_comes_month_by_month_reads_no_series_again(example: Pack) -> None:
    """Older periods leave the memory meanwhile, and what was never live is known to be so without them."""
    store = ReadsCounted()
    council = council_of(example, store)
    council.engine.memory.most_periods, council.engine.memory.kept_periods = 20, (5, 4)
    approved(council, ANALYST, SECOND)
    for month in MONTHS:
        figures = [
            HistoricFigure(
                indicator=f"AE{number}",
                service="acute",
                period=month,
                figure=FigureFields(value=Decimal(value)),
            )
            for number, of_month, value in ROWS
            if of_month == month
        ]
        council.ask(LoadHistory(import_id=LOAD, figures=tuple(figures)), SECOND)
        council.engine.memory.trim(60)
    assert council.engine.memory.at("series/AE3/acute").state.older is not None  # type: ignore[attr-defined]  # a series
    assert max(Counter(store.series_read).values()) == 1
    assert len([each for each in store.page(0, 1_000) if isinstance(each.event, StatusAssessed)]) == len(ROWS)


def test_an_answer_that_was_given_before_the_window_closed_is_not_given_after_it(example: Pack) -> None:
    """One person enters figures of the same period on the same day: one before the office closes, one after."""
    organisation = example.organisation
    calendar = msgspec.structs.replace(organisation.calendar, day_ends="17:00")
    closing = msgspec.structs.replace(organisation, calendar=calendar)
    council = council_of(varied(example, organisation=closing))
    for number, hour in ((0, 15), (1, 16), (2, 18), (3, 19)):
        council.at(date(2017, 7, 14), hour)
        chunk(council, "enter", ANALYST, [(number, "2017-06", "96")])
    moves = [
        fact.event.move.late_days
        for fact in council.store.page(0, 10_000)
        if isinstance(fact.event, FigureEntered)
    ]
    assert moves == [None, None, 0, 0]
