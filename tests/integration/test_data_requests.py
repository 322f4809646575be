"""Figures are asked for once for each period whose window is open, also where nobody ticked the book for months."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

from adapters.holidays import UkHolidays
from engine.commands import Command, RequestData
from engine.deadlines.data_requests import data_requests
from engine.deadlines.foretold import foretell
from engine.packs.pack import Pack
from engine.queries.reader import Reader
from engine.states.people import SYSTEM
from engine.testing.council import Council
from events.kinds.figures import DataRequested
from tests.campaigns.homes import Home
from tests.campaigns.interrupted import slow
from workflows.definition import Definition, sealed
from workflows.duration import parse_duration

from .conftest import ROOT, varied

NEW_YEAR = date(2013, 1, 1)
APRIL, MAY = date(2013, 4, 15), date(2013, 5, 1)
JANUARY_TO_MARCH = ["2013-01", "2013-02", "2013-03"]


@pytest.fixture
def pack(pack_of: Callable[[Path], Pack], stores: None) -> Pack:
    """Maidstone's, with months asked for the day after they end, in windows of 80 days."""
    found = pack_of(ROOT / "packs" / "maidstone-2012")
    calendar = found.organisation.calendar
    organisation = msgspec.structs.replace(
        found.organisation, calendar=msgspec.structs.replace(calendar, data_requests={})
    )
    workflows = {**found.workflows, "submission": _open_for(found.workflows["submission"], "80 days")}
    return varied(found, organisation=organisation, workflows=workflows)


def _open_for(definition: Definition, within: str) -> Definition:
    assert definition.window is not None
    window = msgspec.structs.replace(definition.window, within=parse_duration(within))
    return sealed(msgspec.structs.replace(definition, window=window))


def monthly(council: Council, code: str = "BEN1", first: str | None = "2012-10") -> Council:
    council.service(f"{code}-service")
    council.indicator(code, f"{code}-service", target="95", first="2012-10", first_period=first)
    return council


@pytest.fixture
def council(pack: Pack) -> Council:
    """New Year's Day."""
    return monthly(Council(pack, NEW_YEAR, holidays=UkHolidays()))


def asked(council: Council) -> list[tuple[str, int]]:
    """The periods asked for, with how many figures, in the order of the record."""
    events = [fact.event for fact in council.store.page(0, 10_000)]
    return [(each.period, each.figures) for each in events if isinstance(each, DataRequested)]


def periods(council: Council) -> list[str]:
    return [period for period, _ in asked(council)]


def test_a_book_left_alone_for_months_asks_for_every_period_whose_window_is_open(council: Council) -> None:
    council.at(APRIL)
    council.tick()
    assert periods(council) == JANUARY_TO_MARCH
    told = [
        (row.notice.to, row.notice.subject)
        for row in council.store.outbox()
        if row.notice.kind == "data request"
    ]
    assert told == [(who, period) for period in JANUARY_TO_MARCH for who in ("data_enterer", "data_manager")]
    council.tick()
    assert periods(council) == JANUARY_TO_MARCH


def test_a_period_whose_window_has_closed_meanwhile_is_not_asked_for(council: Council) -> None:
    council.at(MAY)  # January's figures were in time until 22 April
    council.tick()
    assert periods(council) == ["2013-02", "2013-03", "2013-04"]


def test_a_day_by_day_tick_asks_for_the_same_once(council: Council) -> None:
    for day in (date(2013, 2, 1), date(2013, 2, 2), date(2013, 3, 4), date(2013, 4, 1), APRIL):
        council.at(day)
        council.tick()
    assert [each for each in periods(council) if each >= "2013"] == JANUARY_TO_MARCH


def test_three_days_without_a_tick_lose_no_period_of_a_short_window(
    pack_of: Callable[[Path], Pack], stores: None
) -> None:
    council = monthly(Council(pack_of(ROOT / "packs" / "maidstone-2012"), NEW_YEAR, holidays=UkHolidays()))
    council.at(date(2013, 4, 4))  # three months are asked for on 1 April, and are in time until the 11th
    council.tick()
    assert periods(council) == JANUARY_TO_MARCH


def test_what_ended_before_the_book_was_opened_is_history_and_not_asked_for(council: Council) -> None:
    council.at(date(2013, 2, 1))
    council.tick()
    assert periods(council) == ["2013-01"]  # the windows of November and December are open too


def test_only_what_is_owed_is_asked_for(council: Council) -> None:
    monthly(council, "PAR1", first="2013-03")
    monthly(council, "WST1", first=None)  # owes the last period, and whatever follows the first one returned
    council.at(APRIL)
    council.tick()
    assert asked(council) == [("2013-01", 1), ("2013-02", 1), ("2013-03", 3)]


def test_an_indicator_that_returned_earlier_owes_what_follows(council: Council) -> None:
    monthly(council, "WST1", first=None)
    council.hire("Eve Enterer", "data_enterer")
    council.at(APRIL)
    council.figure("p3", "enter", "WST1/WST1-service/2013-02", "96")
    council.tick()
    assert asked(council) == [("2013-01", 1), ("2013-02", 2), ("2013-03", 2)]


@pytest.fixture
def two(pack: Pack, home: Home) -> Iterator[tuple[Council, Council]]:
    """The same book, opened twice."""
    one = monthly(Council(pack, NEW_YEAR, store=home.make(), holidays=UkHolidays()))
    one.at(APRIL)
    other = Council.joining(one, home.open())
    yield one, other
    other.store.close()
    one.store.close()


def test_of_two_workers_one_asks(two: tuple[Council, Council]) -> None:
    one, other = two
    slow(one, other.tick)
    one.tick()
    other.tick()
    assert periods(one) == JANUARY_TO_MARCH


def test_a_worker_that_decided_before_the_other_wrote_asks_for_nothing_twice(
    two: tuple[Council, Council],
) -> None:
    one, other = two

    def ask(council: Council, request: RequestData) -> None:
        command = Command(
            command_id=f"data-request {request.period} {request.lag}".strip(),
            request=request,
            actor=SYSTEM,
            account=SYSTEM,
            received_at=council.now(),
        )
        council.engine.handle(command)

    both = [list(data_requests(Reader(each.engine), APRIL)) for each in two]
    assert both[0] == both[1]
    assert len(both[0]) == 3
    for each in both[0]:
        slow(one, lambda request=each: ask(other, request))  # type: ignore[misc]  # bound now, not when it is called
        ask(one, each)
    assert periods(one) == JANUARY_TO_MARCH
    notices = [row.notice for row in one.store.outbox() if row.notice.kind == "data request"]
    assert len(notices) == 6


def test_what_a_tick_would_ask_for_is_foretold(council: Council) -> None:
    council.at(APRIL)
    foretold, _ = foretell(council.engine, council.now())
    asked = [fact.event for fact in foretold.facts if isinstance(fact.event, DataRequested)]
    assert [each.period for each in asked] == JANUARY_TO_MARCH
    assert periods(council) == []
    council.tick()
    assert foretell(council.engine, council.now())[0].facts == []
