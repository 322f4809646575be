"""One figure all the way: entered, confirmed by another, judged, referred, answered, watched, escalated."""

from __future__ import annotations

from datetime import date

import pytest

from engine.testing.council import Council
from events.errors import Refused

ANALYST, MANAGER, SERVICE, CLERK = "p3", "p4", "p5", "p6"
SERIES = ("AE4", "acute")


def confirmed(council: Council, period: str, value: str) -> None:
    council.figure(ANALYST, "enter", f"AE4/acute/{period}", value)
    council.figure(MANAGER, "confirm", f"AE4/acute/{period}")


def turned_red(council: Council) -> None:
    confirmed(council, "2017-05", "90")
    confirmed(council, "2017-06", "80")


def test_a_confirmed_figure_is_judged_and_an_entered_one_is_not(council: Council) -> None:
    council.figure(ANALYST, "enter", "AE4/acute/2017-05", "90")
    assert council.status("AE4/acute/2017-05") is None
    council.figure(MANAGER, "confirm", "AE4/acute/2017-05")
    assert council.status("AE4/acute/2017-05") == "amber"


def test_turning_red_refers_the_series_to_cpeg(council: Council) -> None:
    turned_red(council)
    row = council.intervention(*SERIES)
    assert row is not None
    assert (row["state"], row["body"], row["trigger"], row["period"]) == (
        "proposed",
        "CPEG",
        "turned_red",
        "2017-06",
    )


def test_nobody_confirms_their_own_figure(council: Council) -> None:
    council.figure(MANAGER, "enter", "AE4/acute/2017-05", "90")
    with pytest.raises(Refused, match=r"same person|themselves|p4"):
        council.figure(MANAGER, "confirm", "AE4/acute/2017-05")


def test_a_missed_report_back_proposes_the_next_rung_to_the_body(council: Council) -> None:
    turned_red(council)
    council.step(CLERK, "intervention", (*SERIES, "1"), "answer", {"category": "category_4"}, body="CPEG")
    row = council.intervention(*SERIES)
    assert row is not None
    assert (row["state"], row["report_due"]) == ("reporting", "2017-08-10")
    council.live_until(date(2017, 8, 11))
    row = council.intervention(*SERIES)
    assert row is not None
    agenda = council.agenda(*SERIES)
    assert (row["state"], agenda["proposed_rung"], agenda["breaches"]) == ("reporting", "CMT", 1)
