"""The doctor finds what is not as it should be, and says nothing where all is well; blind spots are found too."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from engine.commands import ProposePack
from engine.packs.pack import Pack
from engine.queries.blind_spots import blind_spots
from engine.queries.doctor import doctor
from engine.queries.health import health
from engine.queries.names import Names
from engine.testing import InMemoryStore
from engine.testing.council import Council
from engine.views import VIEWS
from events.errors import Problem
from tests.room import on_a_disk

ANALYST, MANAGER, CLERK = "p3", "p4", "p6"

tmp_path = pytest.fixture(on_a_disk, name="tmp_path")


def codes(council: Council) -> set[str]:
    return {finding.code for finding in doctor(council.engine, council.now())}


def confirmed(council: Council, ref: str, value: str) -> None:
    council.figure(ANALYST, "enter", ref, value)
    council.figure(MANAGER, "confirm", ref)


def staffed(council: Council) -> None:
    for role in ("chief_officer", "chief_executive", "executive_member"):
        council.hire(role, role)
    council.hire("Clerk", "clerk", scope="CABINET")


def test_a_council_with_its_people_and_nothing_due_is_well(council: Council) -> None:
    staffed(council)
    machine = {"GT-DB-101", "GT-DB-102"}  # its SQLite library may be an old one; the tests' server forgets
    assert codes(council) - machine == set()


def test_roles_and_bodies_without_people_are_named(council: Council) -> None:
    sentences = " ".join(finding.sentence for finding in doctor(council.engine, council.now()))
    assert "Nobody can act for CABINET or CMT" in sentences
    assert "Chief officer" in sentences


def test_one_person_who_would_have_to_confirm_their_own_figure_is_an_error(example: Pack) -> None:
    council = Council(example, date(2017, 7, 10))
    council.hire("Tom Manager", "data_manager")
    found = {
        finding.code: finding for finding in doctor(council.engine, council.now(), names=Names({"p3": "Tom"}))
    }
    assert found["GT-PEOPLE-123"].severity == "error"
    assert (
        "Tom is the only one who can take 'Enter' and the only one who can take 'Confirm'"
        in found["GT-PEOPLE-123"].sentence
    )
    council.hire("Priya Analyst", "data_enterer")
    assert "GT-PEOPLE-123" not in codes(council)


def test_deadlines_that_no_tick_has_passed_are_found(council: Council) -> None:
    confirmed(council, "AE4/acute/2017-05", "90")
    confirmed(council, "AE4/acute/2017-06", "80")
    assert "GT-CLOCK-103" in codes(council)
    council.at(date(2017, 8, 20))
    assert "GT-CLOCK-102" in codes(council)
    council.tick()
    assert {"GT-CLOCK-102", "GT-CLOCK-103"} & codes(council) == set()
    council.wait(timedelta(days=3))
    assert "GT-CLOCK-104" in codes(council)


def test_a_record_that_ends_in_the_future_is_found(council: Council) -> None:
    council.wait(timedelta(days=-1))
    (first, *_) = doctor(council.engine, council.now())
    assert (first.code, first.severity) == ("GT-CLOCK-101", "error")


def test_a_pack_that_waits_is_found(council: Council, hampshire: Pack) -> None:
    council.ask(ProposePack(pack=hampshire.digest), "p1", blobs={hampshire.digest: hampshire.canonical()})
    assert "GT-PACK-120" in codes(council)


def test_an_old_sqlite_library_is_noted_where_the_store_tells(example: Pack) -> None:
    class Telling(InMemoryStore):
        version = "3.46.1"

        def about(self) -> Mapping[str, str]:
            return {"sqlite": self.version}

    store = Telling(VIEWS)
    council = Council(example, date(2017, 7, 10), store=store)
    assert "GT-DB-101" in codes(council)
    store.version = "3.51.3"
    assert "GT-DB-101" not in codes(council)


def test_a_server_that_forgets_is_found_by_the_doctor_and_by_health(example: Pack) -> None:
    class Telling(InMemoryStore):
        fsync = "off"

        def about(self) -> Mapping[str, str]:
            return {"postgresql": "16.2", "fsync": self.fsync}

    store = Telling(VIEWS)
    council = Council(example, date(2017, 7, 10), store=store)
    (found,) = (each for each in health(council.engine, council.now()) if each.code == "GT-DB-102")
    assert found.severity == "warning"
    assert "GT-DB-102" in codes(council)
    store.fsync = "on"
    assert "GT-DB-102" not in codes(council)


def test_who_may_change_what_is_recorded_is_found_by_the_doctor_and_by_health(example: Pack) -> None:
    class Opened(InMemoryStore):
        def open_to_change(self) -> list[Problem]:
            return [
                Problem(code="GT-DB-224", sentence="A clerk may.", fix="Take it away.", severity="warning")
            ]

    council = Council(example, date(2017, 7, 10), store=Opened(VIEWS))
    (found,) = (each for each in health(council.engine, council.now()) if each.code == "GT-DB-224")
    assert (found.severity, found.sentence, found.fix) == ("warning", "A clerk may.", "Take it away.")
    assert "GT-DB-224" in codes(council)


def test_notices_that_nothing_hands_over_are_counted(council: Council) -> None:
    assert "GT-BOOK-120" not in codes(council)
    confirmed(council, "AE4/acute/2017-05", "90")
    confirmed(council, "AE4/acute/2017-06", "80")
    assert "GT-BOOK-120" in codes(council)


def test_red_from_the_first_day_is_a_blind_spot_that_turned_red_never_sees(council: Council) -> None:
    council.indicator("B1", "acute", target="95")
    for period in ("2017-04", "2017-05", "2017-06"):
        confirmed(council, f"B1/acute/{period}", "50")
    for period, value in (("2017-04", "90"), ("2017-05", "80"), ("2017-06", "80")):
        confirmed(council, f"AE4/acute/{period}", value)
    (spot,) = blind_spots(council.engine)
    assert (spot.kind, spot.indicator, spot.periods, spot.first_period) == ("always", "B1", 3, "2017-04")
    assert "red in every judged period" in spot.sentence
    assert blind_spots(council.engine, least=4) == []


def test_a_run_of_red_that_no_trigger_saw_is_a_blind_spot_too(council: Council) -> None:
    for period, value in (("2017-02", "96"), ("2017-03", "50"), ("2017-04", "50"), ("2017-05", "50")):
        confirmed(council, f"AE4/acute/{period}", value)  # green to red at once: never amber
    (spot,) = blind_spots(council.engine)
    assert (spot.kind, spot.periods, spot.judged, spot.last_period) == ("run", 3, 4, "2017-05")
    confirmed(council, "AE4/acute/2017-06", "96")
    assert blind_spots(council.engine) == []


def test_a_run_of_red_in_which_a_trigger_fired_is_no_blind_spot(council: Council) -> None:
    for period, value in (
        ("2017-02", "96"),
        ("2017-03", "90"),
        ("2017-04", "50"),
        ("2017-05", "50"),
        ("2017-06", "50"),
    ):
        confirmed(council, f"AE4/acute/{period}", value)
    assert blind_spots(council.engine) == []
