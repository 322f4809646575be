"""The dashboard says in words where every series stands, now and as it was known then."""

from __future__ import annotations

from datetime import date

from engine.queries.dashboard import Dashboard, DashboardLine, dashboard
from engine.testing.council import Council

ANALYST, MANAGER, CLERK = "p3", "p4", "p6"


def confirmed(council: Council, ref: str, value: str) -> None:
    council.figure(ANALYST, "enter", ref, value)
    council.figure(MANAGER, "confirm", ref)


def only(board: Dashboard) -> DashboardLine:
    (line,) = board.lines
    return line


def words(board: Dashboard) -> dict[str, int]:
    return {word.label: count for word, count in board.counts}


def test_a_series_without_a_figure_is_a_dash_and_never_zero(council: Council) -> None:
    line = only(dashboard(council.engine))
    assert (line.period, line.status.label, line.shown, line.direction) == ("–", "–", "–", "–")
    assert words(dashboard(council.engine)) == {"–": 1}


def test_the_latest_period_is_shown_with_its_status_target_and_direction(council: Council) -> None:
    for period, value in (("2017-04", "96"), ("2017-05", "90"), ("2017-06", "80.04")):
        confirmed(council, f"AE4/acute/{period}", value)
    line = only(dashboard(council.engine))
    assert (line.period, line.status.label, line.shown, line.target) == ("2017-06", "Red", "80.0 %", "95 %")
    assert line.status.colour == "#991814"
    assert line.direction == "worse"
    assert [word.label for word in line.recent] == ["Green", "Amber", "Red"]
    assert line.intervention is not None
    assert (line.intervention.id, line.intervention.label) == ("INT-0001", "Waiting for CPEG to answer")


def test_a_figure_that_waits_is_shown_as_waiting_and_has_no_status(council: Council) -> None:
    council.figure(ANALYST, "enter", "AE4/acute/2017-06", "80")
    board = dashboard(council.engine)
    line = only(board)
    assert (line.shown, line.status.label, line.waiting, line.target) == ("80.0 %", "–", True, "95 %")
    assert line.submission == "Entered, not yet confirmed"
    assert board.waiting == 1


def test_a_restated_figure_leaves_the_old_one_in_force_until_it_is_confirmed(council: Council) -> None:
    confirmed(council, "AE4/acute/2017-06", "80")
    council.figure(ANALYST, "restate", "AE4/acute/2017-06", "96", words={"reason": "Late counts."})
    line = only(dashboard(council.engine))
    assert (line.shown, line.status.label, line.waiting) == ("80.0 %", "Red", True)
    assert line.submission == "A restated figure waits for confirmation"


def test_one_period_can_be_asked_for(council: Council) -> None:
    for period, value in (("2017-04", "90"), ("2017-05", "96"), ("2017-06", "80")):
        confirmed(council, f"AE4/acute/{period}", value)
    line = only(dashboard(council.engine, period="2017-05"))
    assert (line.period, line.status.label, line.direction) == ("2017-05", "Green", "better")


def test_the_dashboard_of_an_earlier_position_is_what_was_known_then(council: Council) -> None:
    confirmed(council, "AE4/acute/2017-05", "90")
    then = council.store.head().position
    confirmed(council, "AE4/acute/2017-06", "80")
    line = only(dashboard(council.engine, at=then))
    assert (line.period, line.status.label, line.intervention) == ("2017-05", "Amber", None)
    before_the_register = dashboard(council.engine, at=7)
    assert before_the_register.lines == ()


def test_a_report_back_date_that_was_extended_keeps_the_first_one_visible(council: Council) -> None:
    confirmed(council, "AE4/acute/2017-05", "90")
    confirmed(council, "AE4/acute/2017-06", "80")
    about = ("AE4", "acute", "1")
    council.step(CLERK, "intervention", about, "answer", {"category": "category_4"}, body="CPEG")
    until, reason = {"until": "2017-08-25"}, {"reason": "Winter."}
    council.step("p5", "intervention", about, "ask_extension", until, words=reason)
    council.step(CLERK, "intervention", about, "agree_extension", until, words=reason, body="CPEG")
    matter = only(dashboard(council.engine)).intervention
    assert matter is not None
    assert (matter.report_due, matter.report_original) == (date(2017, 8, 25), date(2017, 8, 10))
