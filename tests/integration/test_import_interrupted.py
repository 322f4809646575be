"""A large import is applied in chunks; an interrupted one is seen by the doctor and goes on where it stopped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from adapters.holidays import UkHolidays
from adapters.spreadsheets.csv import read_csv
from engine.imports import CHUNK, ImportResult, apply_import, confirm_return, plan_import
from engine.office import Office
from engine.packs.pack import Pack
from engine.ports import Store
from engine.queries.doctor import doctor
from engine.testing.council import Council
from engine.views import SUBMISSIONS, VIEWS
from tests.campaigns.homes import Home
from tests.office import office_of

ANALYST, MANAGER = "p3", "p4"
SERVICES = tuple(f"s{n}" for n in range(CHUNK // 10 + 5))
PERIODS = (*(f"2016-{month:02d}" for month in range(4, 13)), "2017-01", "2017-02", "2017-03")


class Interrupted(Exception):
    """The program was killed."""


@pytest.fixture
def store(home: Home) -> Iterator[Store]:
    store = home.make()
    yield store
    store.close()


@pytest.fixture
def council(example: Pack, store: Store) -> Council:
    council = Council(example, date(2017, 7, 10), store=store, holidays=UkHolidays())
    for service in SERVICES:
        council.service(service)
    council.indicator("AE4", *SERVICES, target="95")
    council.hire("Priya", "data_enterer")
    council.hire("Tom", "data_manager")
    return council


@pytest.fixture
def office(council: Council) -> Office:
    return office_of(council)


CONTENT = (
    "indicator,service,period,value\n"
    + "".join(
        f"AE4,{service},{period},{90 - n % 20}\n" for n, service in enumerate(SERVICES) for period in PERIODS
    )
).encode()
ROWS = len(SERVICES) * len(PERIODS)


def run(office: Office, stop_after: int | None = None) -> ImportResult:
    def progress(done: int, total: int) -> None:
        if stop_after is not None and done >= stop_after:
            raise Interrupted

    plan = plan_import(office.engine, read_csv(CONTENT, "big.csv"), office.today())
    return apply_import(office, plan, ANALYST, accept_warnings="As made.", progress=progress)


def test_a_large_file_is_one_command_for_every_five_hundred_rows(council: Council, office: Office) -> None:
    result = run(office)
    assert result.import_id is not None
    assert result.applied == ROWS
    assert [council.store.command(f"{result.import_id}/{n}") is not None for n in (1, 2, 3)] == [
        True,
        True,
        False,
    ]
    assert council.types()[-1] == "import.finished"
    assert not [finding for finding in doctor(office.engine, office.now()) if finding.code == "GT-IMPORT-101"]


def test_an_interrupted_import_is_seen_and_goes_on_where_it_stopped(council: Council, office: Office) -> None:
    with pytest.raises(Interrupted):
        run(office, stop_after=CHUNK)
    assert len(council.store.rows(SUBMISSIONS)) == CHUNK
    found = [
        finding.sentence for finding in doctor(office.engine, office.now()) if finding.code == "GT-IMPORT-101"
    ]
    assert len(found) == 1
    assert "interrupted" in found[0]

    result = run(office)
    assert (result.resumed, result.applied) == (True, ROWS - CHUNK)
    assert council.types().count("import.accepted") == 1
    assert council.types().count("figure.entered") == ROWS
    assert not [finding for finding in doctor(office.engine, office.now()) if finding.code == "GT-IMPORT-101"]


def test_an_import_interrupted_after_its_last_row_is_only_finished(council: Council, office: Office) -> None:
    with pytest.raises(Interrupted):
        run(office, stop_after=ROWS)
    result = run(office)
    assert (result.resumed, result.applied) == (True, 0)
    assert council.types().count("figure.entered") == ROWS


def test_the_same_file_can_be_accepted_anew_after_something_else_was_entered(
    council: Council, office: Office
) -> None:
    first = run(office).import_id
    council.figure(ANALYST, "enter", f"AE4/{SERVICES[0]}/2016-04", "12")
    second = run(office)
    assert second.import_id != first
    assert (second.counts.corrections, second.counts.unchanged) == (1, ROWS - 1)


def test_a_whole_return_is_confirmed_and_the_views_equal_a_rebuild(council: Council, office: Office) -> None:
    run(office)
    result = confirm_return(office, actor=MANAGER)
    assert len(result.confirmed) == ROWS
    assert sum(count for _, count in result.statuses) == ROWS
    assert council.store.differences(VIEWS) == []
