"""A clock ran a year ahead, something was recorded and a tick was made under it, and the clock was put right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from adapters.holidays import UkHolidays
from engine.commands import CorrectClock
from engine.deadlines.foretold import foretell
from engine.deadlines.incidents import Failed, keep_failure, open_incidents
from engine.deadlines.tick import tick
from engine.deadlines.windows import windows_closed
from engine.packs.pack import Pack
from engine.queries.dashboard import dashboard
from engine.testing.council import Council
from events.errors import Broken, Refused
from events.kinds.figures import DataRequested, FigureOverdue

from .conftest import ROOT
from .desk import alarms
from .founding import once
from .test_data_requests import monthly
from .test_figures_overdue import ANALYST, AUGUST, CLOSED, MANAGER, asking, founded, overdue, whole

AHEAD = date(2018, 8, 1)
CLERK = "p6"


@pytest.fixture
def council(example: Pack) -> Council:
    return founded(asking(example))


def under_the_wrong_clock(council: Council, *, ticked: bool = True) -> None:
    """A person enters July's figure, and a tick passes, a year too early."""
    council.at(AHEAD)
    council.figure(ANALYST, "enter", "AE4/acute/2017-07", "94")
    if ticked:
        council.tick()


def put_right(council: Council, day: date = AUGUST) -> None:
    council.at(day)
    words = council.text("The time server was wrong.")
    council.ask(CorrectClock(reason=words.ref), "p1", texts=(words,))


def test_nothing_passes_before_somebody_says_that_the_clock_had_run_ahead(council: Council) -> None:
    under_the_wrong_clock(council)
    council.at(AUGUST)
    for look in (tick, foretell):
        with pytest.raises(Broken) as stopped:
            look(council.engine, council.now())
        assert stopped.value.problems[0].code == "GT-CLOCK-001"
    assert {"GT-CLOCK-101", "GT-CLOCK-110"} <= alarms(council)


def test_once_that_is_said_and_ticked_there_is_no_alarm(council: Council) -> None:
    under_the_wrong_clock(council)
    put_right(council)
    assert alarms(council) == {"GT-CLOCK-110"}, "the last tick is the wrong clock's"
    council.tick()
    assert alarms(council) == set()
    whole(council)


def test_the_dashboard_shows_the_latest_period_that_has_ended(council: Council) -> None:
    under_the_wrong_clock(council)
    put_right(council)
    council.figure(MANAGER, "confirm", "AE4/acute/2017-07")
    (line,) = dashboard(council.engine, today=AUGUST).lines
    assert (line.period, line.status.id) == ("2017-07", "green")
    (line,) = dashboard(council.engine, period="2018-05").lines
    assert line.status.id == "no data", "whoever asks for it sees it"


def test_it_is_said_once(council: Council) -> None:
    under_the_wrong_clock(council)
    put_right(council)
    head = council.store.head()
    with pytest.raises(Refused) as refused:
        put_right(council)
    assert [each.code for each in refused.value.problems] == ["GT-CLOCK-212"]
    council.at(date(2018, 9, 1))
    council.figure(ANALYST, "enter", "AE4/acute/2018-07", "94")
    put_right(council)
    assert council.store.head().position == head.position + 2


def test_windows_close_on_their_days_again(council: Council) -> None:
    under_the_wrong_clock(council)
    put_right(council)
    council.tick()
    council.indicator("AE9", "acute", target="95", first_period="2017-07")
    council.at(CLOSED)
    foretold, _ = foretell(council.engine, council.now())
    assert ("series/AE9/acute", "2017-07") in [
        (fact.stream, fact.event.period) for fact in foretold.facts if isinstance(fact.event, FigureOverdue)
    ]
    council.tick()
    council.tick()
    assert overdue(council).count(("series/AE9/acute", "2017-07")) == 1
    assert foretell(council.engine, council.now())[0].facts == []
    whole(council)


def test_what_was_found_overdue_too_early_is_not_found_again(council: Council) -> None:
    under_the_wrong_clock(council)
    early = [period for _, period in overdue(council)]
    assert early
    put_right(council)
    council.at(AHEAD)
    council.tick()
    found = overdue(council)
    assert len(found) == len(set(found))
    whole(council)


def test_a_step_of_a_day_to_come_holds_no_later_step_up(council: Council) -> None:
    under_the_wrong_clock(council)
    put_right(council)
    with pytest.raises(Refused) as refused:
        council.figure(MANAGER, "confirm", "AE4/acute/2017-07", on=AHEAD)
    assert {each.code for each in refused.value.problems} == {"GT-STEP-021"}
    council.figure(MANAGER, "confirm", "AE4/acute/2017-07")
    assert council.status("AE4/acute/2017-07") == "green"
    council.figure(ANALYST, "restate", "AE4/acute/2017-07", "95", words={"reason": "A typing error."})
    whole(council)


def test_days_that_have_come_keep_their_order(council: Council) -> None:
    under_the_wrong_clock(council)
    put_right(council)
    council.figure(MANAGER, "confirm", "AE4/acute/2017-07")
    with pytest.raises(Refused) as refused:
        council.figure(
            ANALYST,
            "restate",
            "AE4/acute/2017-07",
            "95",
            words={"reason": "A typing error."},
            on=date(2017, 7, 31),
        )
    assert "GT-STEP-027" in {each.code for each in refused.value.problems}


def test_a_matter_that_began_on_a_day_to_come_is_decided(council: Council) -> None:
    under_the_wrong_clock(council)
    assert council.intervention("AE4", "acute") is not None, "of the windows that closed"
    put_right(council)
    council.meeting("CPEG", AUGUST)
    council.step(
        CLERK, "intervention", ("AE4", "acute", "1"), "answer", {"category": "category_1"}, body="CPEG"
    )
    row = council.intervention("AE4", "acute")
    assert row is not None
    assert row["state"] == "reporting"
    whole(council)


def test_an_incident_of_the_wrong_clock_is_tried_again_at_once(council: Council) -> None:
    council.at(CLOSED)
    closed = windows_closed(council.engine, council.now())
    assert closed is not None
    (due,) = closed
    council.at(AHEAD)
    keep_failure(
        council.store,
        Failed(deadline=due, code="GT-CLOCK-105", error="The disk was full."),
        None,
        council.now(),
    )
    council.at(CLOSED)
    assert council.tick().fired == 1
    assert open_incidents(council.store) == {}
    assert overdue(council) == [("series/AE4/acute", "2017-07")]


@once
def _asked(pack: Pack) -> Council:
    return monthly(Council(pack, date(2013, 1, 1), holidays=UkHolidays()))


def test_figures_that_were_asked_for_a_year_too_early_are_asked_for_in_their_time(
    pack_of: Callable[[Path], Pack], stores: None
) -> None:
    council = _asked(pack_of(ROOT / "packs" / "maidstone-2012"))
    council.at(date(2014, 4, 4))
    council.tick()
    early = _requests(council)
    assert early
    put_right(council, date(2013, 4, 4))
    council.tick()
    council.tick()
    assert "2013-03" in _requests(council)
    assert len(_requests(council)) == len(set(_requests(council)))
    council.at(date(2014, 4, 2))
    for _ in range(2):
        council.tick()
    assert sorted(_requests(council)).count(early[-1]) == 2
    council.at(date(2014, 4, 9))
    council.tick()
    assert sorted(_requests(council)).count(early[-1]) == 2


def _requests(council: Council) -> list[str]:
    events = [fact.event for fact in council.store.page(0, 10_000)]
    return [each.period for each in events if isinstance(each, DataRequested)]
