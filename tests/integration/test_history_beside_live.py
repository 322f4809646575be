"""A series with live figures gets its history too; an approved load can always be finished, or given up with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from adapters.holidays import UkHolidays
from adapters.spreadsheets.csv import read_csv
from engine.audit.replay import replay
from engine.audit.verify import verify
from engine.importing import history
from engine.importing.kept import GIVEN_UP, import_kept
from engine.imports import Approving, Loaded, Plan, decline_load, give_up, plan_import, propose_load
from engine.office import Office
from engine.packs.pack import Pack
from engine.ports import Store
from engine.queries.doctor import doctor
from engine.testing.council import Council
from engine.views import SUBMISSIONS, VIEWS
from events.errors import GoldenthreadError
from events.kinds.statuses import StatusAssessed
from tests.campaigns.homes import Home
from tests.campaigns.long_work import smaller
from tests.office import office_of

ADA, BEN, ANALYST, MANAGER = "p1", "p2", "p3", "p4"
HEADER = "indicator,service,period,value\n"
PAST = HEADER + "AE4,acute,2017-03,96\nAE4,acute,2017-04,90\nAE4,acute,2017-05,70\n"
SEVEN, JUNE, MAY, APRIL, MARCH = (f"AE4/acute/2017-0{month}" for month in (7, 6, 5, 4, 3))


@pytest.fixture
def store(home: Home) -> Iterator[Store]:
    store = home.make()
    yield store
    store.close()


@pytest.fixture
def council(example: Pack, store: Store) -> Council:
    council = Council(example, date(2017, 7, 10), store=store, holidays=UkHolidays())
    council.service("acute")
    council.indicator("AE4", "acute", target="95")
    council.hire("Priya", "data_enterer")
    council.hire("Tom", "data_manager")
    return council


@pytest.fixture
def office(council: Council) -> Office:
    return office_of(council)


def planned(office: Office, text: str = PAST) -> Plan:
    return plan_import(office.engine, read_csv(text.encode(), "history.csv"), office.today(), history=True)


def proposed(office: Office, text: str = PAST) -> str:
    found = propose_load(
        office, planned(office, text), ANALYST, "The old system.", accept_warnings="As it was."
    )
    assert found.import_id is not None
    return found.import_id


def approved(office: Office, import_id: str, text: str = PAST) -> Loaded:
    return Approving(office=office, plan=planned(office, text), import_id=import_id, actor=BEN).approve(
        dry_run=False
    )


def killed_after_one(office: Office, import_id: str) -> None:
    """The program dies when one figure of the load is in."""

    def killed(done: int, total: int) -> None:
        raise KeyboardInterrupt

    approving = Approving(office=office, plan=planned(office), import_id=import_id, actor=BEN)
    with smaller(history, "CHUNK", 1), pytest.raises(KeyboardInterrupt):
        approving.approve(dry_run=False, progress=killed)


def live(council: Council, ref: str, value: str) -> None:
    council.figure(ANALYST, "enter", ref, value)
    council.figure(MANAGER, "confirm", ref)


def codes(office: Office, text: str = PAST) -> list[tuple[str, str]]:
    return [(problem.code, problem.severity) for problem in planned(office, text).problems]


def whole(council: Council) -> None:
    """The record, its views and every judgement in it come out again."""
    assert verify(council.store, views=VIEWS).faults == []
    assert replay(council.store, council.engine.shelf).differences == []
    assert council.store.differences(VIEWS) == []


def test_a_series_with_live_figures_gets_its_history_and_live_periods_stand(
    council: Council, office: Office
) -> None:
    live(council, JUNE, "70")
    begun = council.intervention("AE4", "acute")
    head = council.store.head().position
    assert approved(office, proposed(office)).loaded == 3
    assert [council.status(ref) for ref in (MARCH, APRIL, MAY, JUNE)] == ["green", "amber", "red", "red"]
    judged = [
        fact.event for fact in council.store.page(head, 1_000) if isinstance(fact.event, StatusAssessed)
    ]
    assert {event.period for event in judged} == {"2017-03", "2017-04", "2017-05"}
    assert {event.historic for event in judged} == {True}
    assert council.intervention("AE4", "acute") == begun
    whole(council)


def test_a_figure_that_was_merely_entered_locks_no_history_out(council: Council, office: Office) -> None:
    council.figure(ANALYST, "enter", JUNE, "70")
    text = PAST.replace(",70", ",90")
    approved(office, proposed(office, text), text)
    council.figure(MANAGER, "confirm", JUNE)
    assert council.status(JUNE) == "red"
    assert council.intervention("AE4", "acute") is not None
    whole(council)


def test_history_around_a_live_period_is_judged_alone(council: Council, office: Office) -> None:
    live(council, APRIL, "70")
    text = HEADER + "AE4,acute,2017-03,96\nAE4,acute,2017-05,96\nAE4,acute,2017-06,70\n"
    assert approved(office, proposed(office, text), text).loaded == 3
    assert [council.status(ref) for ref in (MARCH, APRIL, MAY, JUNE)] == ["green", "red", "green", "red"]
    council.at(date(2017, 8, 10))
    live(council, SEVEN, "96")
    assert council.status(SEVEN) == "green"
    whole(council)


def test_a_period_that_was_returned_takes_no_other_figure_of_history(
    council: Council, office: Office
) -> None:
    live(council, MAY, "70")
    assert codes(office) == []
    assert planned(office).counts.unchanged == 1
    assert codes(office, PAST.replace(",70", ",71")) == [("GT-IMPORT-057", "error")]


def test_live_figures_do_not_keep_a_load_from_being_finished(council: Council, office: Office) -> None:
    import_id = proposed(office)
    killed_after_one(office, import_id)
    live(council, JUNE, "80")
    again = approved(office, import_id)
    assert (again.resumed, again.loaded) == (True, 2)
    assert len(council.store.rows(SUBMISSIONS)) == 4
    assert not [each for each in doctor(office.engine, office.now()) if each.code == "GT-IMPORT-101"]
    whole(council)


def test_what_was_said_otherwise_meanwhile_is_left_as_it_is_and_the_rest_is_loaded(
    council: Council, office: Office
) -> None:
    import_id = proposed(office)
    killed_after_one(office, import_id)
    council.figure(ANALYST, "restate", MARCH, "91", words={"reason": "Recounted."})
    council.figure(MANAGER, "approve_restatement", MARCH)
    council.figure(ANALYST, "enter", APRIL, "33")
    assert codes(office) == [("GT-IMPORT-057", "warning")] * 2
    assert approved(office, import_id).loaded == 1
    assert import_kept(office, import_id).state == "taken in"
    row = council.submission(MARCH)
    assert row is not None
    assert row["value"] == "91"
    whole(council)


def test_a_load_that_nobody_finishes_is_given_up_with_a_reason(council: Council, office: Office) -> None:
    import_id = proposed(office)
    killed_after_one(office, import_id)
    (finding,) = [each for each in doctor(office.engine, office.now()) if each.code == "GT-IMPORT-101"]
    assert f"goldenthread import give-up {import_id}" in finding.fix
    with pytest.raises(GoldenthreadError) as refused:
        decline_load(office, import_id, BEN, "Too late.")
    assert refused.value.problems[0].code == "GT-IMPORT-221"
    with pytest.raises(GoldenthreadError) as refused:
        proposed(office)
    assert refused.value.problems[0].code == "GT-IMPORT-221"
    with pytest.raises(GoldenthreadError) as refused:
        give_up(office, import_id, MANAGER, "Not mine.")
    assert refused.value.problems[0].code == "GT-PEOPLE-002"
    give_up(office, import_id, ADA, "The source is gone.")
    kept = import_kept(office, import_id)
    assert (kept.state, kept.reason) == (GIVEN_UP, "The source is gone.")
    assert not [each for each in doctor(office.engine, office.now()) if each.code == "GT-IMPORT-101"]
    assert council.submission(MARCH) is not None
    with pytest.raises(GoldenthreadError) as refused:
        give_up(office, import_id, ADA, "Again.")
    assert refused.value.problems[0].code == "GT-IMPORT-220"
    second = proposed(office)
    assert second != import_id
    assert approved(office, second).loaded == 2
    whole(council)


def test_a_load_that_waits_is_turned_down_and_not_given_up(office: Office) -> None:
    import_id = proposed(office)
    with pytest.raises(GoldenthreadError) as refused:
        give_up(office, import_id, ADA, "Never mind.")
    (problem,) = refused.value.problems
    assert (problem.code, f"import decline {import_id}" in problem.fix) == ("GT-IMPORT-220", True)
