"""The ladder: proposed by a missed date and climbed by a person, or by itself where the pack says so."""

from __future__ import annotations

from datetime import date

import pytest

from adapters.holidays import UkHolidays
from engine.packs.pack import Pack
from engine.queries.matters.matters import matters
from engine.testing.council import Council
from events.errors import Refused

from .conftest import hire_everybody
from .founding import once

ANALYST, MANAGER, SERVICE, CLERK = "p3", "p4", "p5", "p6"
SERIES = ("AE4", "acute")


@once
def referred(pack: Pack, today: date) -> Council:
    """A council whose only series turned red in the two months before `today`."""
    council = Council(pack, today, holidays=UkHolidays())
    hire_everybody(council)
    council.hire("Rhys", "clerk", scope="CMT")
    for period, value in (("2026-09", "90"), ("2026-10", "80")):
        council.figure(ANALYST, "enter", f"AE4/acute/{period}", value)
        council.figure(MANAGER, "confirm", f"AE4/acute/{period}")
    return council


def where(council: Council) -> tuple[object, object, object]:
    row = council.intervention(*SERIES)
    assert row is not None
    return row["state"], row["body"], council.agenda(*SERIES).get("proposed_rung")


def due(council: Council, name: str) -> list[str]:
    held = council.engine.memory.at("interventions/AE4/acute").state
    instance = held.instances["1"]  # type: ignore[attr-defined]  # an interventions stream
    return [str(deadline.last_day) for key, deadline in instance.open.items() if key == name]


def test_category_two_on_30_november_is_due_at_the_end_of_february(example: Pack) -> None:
    council = referred(example, date(2026, 11, 30))
    council.step(CLERK, "intervention", (*SERIES, "1"), "answer", {"category": "category_2"}, body="CPEG")
    assert due(council, "report_back") == ["2027-02-28"]
    council.live_until(date(2027, 2, 28))
    assert where(council) == ("reporting", "CPEG", None)
    council.live_until(date(2027, 3, 1))
    assert where(council) == ("reporting", "CPEG", "CMT")


def test_an_automatic_ladder_counts_on_from_the_last_permitted_day_after_rolling(automatic: Pack) -> None:
    council = referred(automatic, date(2026, 11, 30))
    council.step(CLERK, "intervention", (*SERIES, "1"), "answer", {"category": "category_2"}, body="CPEG")
    council.live_until(date(2027, 3, 1))
    assert where(council) == ("reporting", "CMT", None)
    assert due(council, "rung_response") == [
        "2027-03-30"
    ]  # 28 March is Easter Sunday, the 29th a bank holiday
    council.live_until(date(2027, 3, 31))
    assert where(council) == ("reporting", "CABINET", None)
    assert due(council, "rung_response") == ["2027-04-30"]


def test_after_an_outage_the_ladder_climbs_one_rung_and_counts_from_the_day_it_fired(automatic: Pack) -> None:
    council = referred(automatic, date(2026, 11, 30))
    council.step(CLERK, "intervention", (*SERIES, "1"), "answer", {"category": "category_2"}, body="CPEG")
    council.at(date(2027, 6, 1))
    council.tick()
    assert where(council) == ("reporting", "CMT", None)
    assert due(council, "rung_response") == ["2027-07-01"]


def test_the_top_of_the_ladder_is_recorded_once_and_stays_on_its_agenda(automatic: Pack) -> None:
    council = referred(automatic, date(2026, 11, 30))
    council.step(CLERK, "intervention", (*SERIES, "1"), "answer", {"category": "category_2"}, body="CPEG")
    council.live_until(date(2028, 1, 1))
    passed = [f.event for f in council.store.find(types=["deadline.passed"])]
    assert where(council) == ("reporting", "CABINET", None)
    assert [getattr(event, "to", None) for event in passed][-1] == "CABINET"
    assert len(passed) == 3


def test_a_person_moves_the_matter_and_the_rung_above_answers(example: Pack) -> None:
    council = referred(example, date(2026, 11, 30))
    council.step(CLERK, "intervention", (*SERIES, "1"), "answer", {"category": "category_4"}, body="CPEG")
    council.live_until(date(2026, 12, 31))
    because = {"reason": "nobody reported"}
    council.step(CLERK, "intervention", (*SERIES, "1"), "move", {"rung": "CMT"}, words=because, body="CPEG")
    assert where(council) == ("reporting", "CMT", None)
    with pytest.raises(Refused, match="CMT"):
        council.step(CLERK, "intervention", (*SERIES, "1"), "answer", {"category": "category_4"}, body="CPEG")
    council.step("p7", "intervention", (*SERIES, "1"), "answer", {"category": "category_4"}, body="CMT")
    row = council.intervention(*SERIES)
    assert row is not None
    assert (row["report_due"], row["report_original"]) == ("2027-01-31", "2026-12-30")


def test_what_was_missed_waits_until_a_person_decides_and_counts_for_ever(example: Pack) -> None:
    council = referred(example, date(2026, 11, 30))
    council.step(CLERK, "intervention", (*SERIES, "1"), "answer", {"category": "category_4"}, body="CPEG")
    assert council.agenda(*SERIES) == {}
    council.live_until(date(2026, 12, 31))
    missed = council.agenda(*SERIES)
    assert (missed["who"], missed["proposed_rung"], missed["breaches"]) == ("CPEG", "CMT", 1)
    because, then = {"reason": "nobody reported"}, council.store.head().position
    council.step(CLERK, "intervention", (*SERIES, "1"), "move", {"rung": "CMT"}, words=because, body="CPEG")
    decided = council.agenda(*SERIES)
    assert (decided["who"], decided["proposed_rung"], decided["breaches"]) == (None, None, 1)
    today = date(2026, 12, 31)
    (now,), (before,) = matters(council.engine, today), matters(council.engine, today, at=then)
    assert (now.proposed_rung, now.breaches, before.proposed_rung, before.breaches) == (None, 1, "CMT", 1)


def test_a_decision_taken_at_a_meeting_counts_from_the_meeting(example: Pack) -> None:
    council = referred(example, date(2026, 11, 25))
    council.at(date(2026, 12, 5))
    council.step(
        CLERK,
        "intervention",
        (*SERIES, "1"),
        "answer",
        {"category": "category_2"},
        body="CPEG",
        on=date(2026, 11, 30),
    )
    assert due(council, "report_back") == ["2027-02-28"]
