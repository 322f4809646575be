"""What must hold whatever the clock does: scenes that tests tell, and that a broken build must fail.

A scene is played in a home, by a council whose clock is told what to say; it raises AssertionError where a promise
was not kept.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest

from engine.commands import CorrectClock
from engine.testing.council import LONDON, Council
from events.errors import Broken
from events.instant import instant, moment
from events.kinds.workflow import DeadlinePassed, ReminderSent
from tests.campaigns.homes import Home
from tests.campaigns.matters import MATTER, answer, at, closing, council_in, is_whole, passed, report, watch
from tests.campaigns.packs import automatic, example

INSTANT = timedelta(microseconds=1)


def refused_by_the_clock(act: Callable[[], object]) -> None:
    """Nothing is written, and the sentence says what both clocks say and what to do."""
    with pytest.raises(Broken) as refused:
        act()
    (problem,) = refused.value.problems
    assert problem.code == "GT-CLOCK-001"
    assert "this machine's clock says" in problem.sentence
    assert "goldenthread clock correct" in problem.fix


# backwards -------------------------------------------------------------------------------------------------------


def assert_recorded_time_stands_while_the_clock_is_back(home: Home) -> None:
    """Recorded time stands still, and what was received says what the clock said."""
    council = council_in(home.make(), date(2026, 4, 1))
    head = council.store.head()
    before = moment(head.recorded_at)
    for back in (timedelta(minutes=4), timedelta(minutes=1), timedelta(minutes=5)):
        at(council, before - back)
        council.meeting("CPEG", date(2026, 5, back.seconds // 60))
    facts = council.store.page(head.position, 100)
    assert {fact.recorded_at for fact in facts} == {head.recorded_at}, "recorded time fell"
    assert all(fact.received_at < head.recorded_at for fact in facts)
    is_whole(council)


def assert_a_report_received_in_time_counts_when_recorded_late(home: Home) -> None:
    """Another computer's clock is two minutes ahead: the record stands beyond the deadline already."""
    council = council_in(home.make(), date(2026, 4, 1))
    answer(council, 4)
    midnight = datetime(2026, 5, 2, tzinfo=LONDON)
    at(council, midnight + timedelta(minutes=1)).meeting("CPEG", date(2026, 6, 1))
    report(at(council, midnight - timedelta(minutes=1)))
    at(council, midnight + timedelta(hours=1)).tick()
    received = council.store.find(types=["report.received"])
    late = [fact.event.move.late_days for fact in received]  # type: ignore[attr-defined]  # a step's event
    assert late == [None], "it is marked as late"
    assert received[0].recorded_at == instant(midnight + timedelta(minutes=1))
    assert not passed(council), "it passed although the report had come"
    is_whole(council)


def assert_nothing_is_written_while_the_clock_is_far_back(home: Home) -> None:
    """Writing stops, ticking too, until the clock has caught up."""
    council = council_in(home.make(), date(2026, 4, 1))
    watch(council, date(2026, 4, 10))
    head = council.store.head()
    right = moment(head.recorded_at)
    at(council, right - timedelta(minutes=5, seconds=1))
    refused_by_the_clock(lambda: council.meeting("CPEG", date(2026, 5, 1)))
    assert council.store.head() == head, "a refused command was recorded"
    at(council, right)
    council.meeting("CPEG", date(2026, 5, 1))
    at(council, datetime(2026, 4, 20, tzinfo=UTC)).tick()
    assert len(passed(council)) == 1
    is_whole(council)


# ahead -----------------------------------------------------------------------------------------------------------


def assert_a_year_ahead_is_corrected_and_nothing_passes_twice(home: Home) -> None:
    """Refused until somebody owns up to it; then writing goes on, and what had passed does not pass again."""
    council = council_in(home.make(), date(2026, 4, 1), matters=2)
    watch(council, date(2026, 4, 10))
    at(council, datetime(2027, 4, 1, 9, tzinfo=LONDON)).tick()
    assert len(passed(council)) == 1, "by the clock as it was, it was due"
    ahead = council.store.head()
    for day in (2, 3):
        at(council, datetime(2026, 4, day, 9, tzinfo=LONDON))
        refused_by_the_clock(lambda: council.meeting("CPEG", date(2026, 5, 1)))
    assert council.store.head() == ahead, "a refused command was recorded"
    _correct(council)
    watch(council, date(2026, 4, 15), "s1")
    for day in range(4, 30):
        at(council, datetime(2026, 4, day, 9, tzinfo=LONDON)).tick()
    assert [fact.stream for fact in passed(council)] == ["interventions/AE4/acute", "interventions/AE4/s1"]
    later = council.store.page(ahead.position, 1_000)
    assert {fact.recorded_at for fact in later} == {ahead.recorded_at}, "recorded time fell, or ran"
    assert all(fact.received_at < ahead.recorded_at for fact in later)
    is_whole(council)


def assert_a_second_run_ahead_needs_a_second_correction(home: Home) -> None:
    """One admission covers one mistake."""
    council = council_in(home.make(), date(2026, 4, 1))
    for year in (2027, 2028):
        at(council, datetime(year, 4, 1, 9, tzinfo=LONDON)).meeting("CPEG", date(year, 5, 1))
        at(council, datetime(2026, 4, 2, 9, tzinfo=LONDON))
        refused_by_the_clock(lambda year=year: council.meeting("CMT", date(year, 5, 1)))  # type: ignore[misc]  # the year of this turn
        _correct(council)
        council.meeting("CMT", date(year, 5, 1))
    is_whole(council)


def _correct(council: Council) -> None:
    reason = council.text("The battery was flat.")
    council.ask(CorrectClock(reason=reason.ref), "p1", texts=[reason])


# nights and months -----------------------------------------------------------------------------------------------


def assert_a_deadline_ends_with_its_day(home: Home, ends: str, last_day: date, due: datetime) -> None:
    """It runs to the last instant of its day, local time, and passes at the first instant after it, once."""
    council = council_in(home.make(), last_day - timedelta(days=10), closing(ends))
    watch(council, last_day)
    at(council, due - INSTANT).tick()
    assert not passed(council), "it passed before its day had ended"
    at(council, due).tick()
    assert len(passed(council)) == 1, "it did not pass at the first instant after its day"
    start = due - timedelta(hours=3)
    for minutes in range(0, 6 * 60, 30):
        now = start + timedelta(minutes=minutes)
        if now > due:
            at(council, now).tick()
    assert len(passed(council)) == 1, "it passed again in the hour that came twice"
    is_whole(council)


def assert_months_end_on(home: Home, answered_on: date, category: int, last_day: date) -> None:
    """To the corresponding date, else to the last day of the month: one addition, never a chain of them."""
    council = council_in(home.make(), answered_on)
    answer(council, category)
    at(council, _midnight_after(last_day) - INSTANT).tick()
    assert not passed(council), f"it passed before the end of {last_day}"
    at(council, _midnight_after(last_day)).tick()
    (fact,) = passed(council)
    assert isinstance(fact.event, DeadlinePassed)
    assert fact.event.last_day == last_day
    is_whole(council)


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=LONDON)


# down ------------------------------------------------------------------------------------------------------------


def assert_what_was_missed_passes_once_and_is_marked_late(home: Home) -> None:
    """Everything due passes once, oldest first, marked with how late."""
    council = council_in(home.make(), date(2026, 1, 26), matters=5)
    days = (date(2026, 2, 7), date(2026, 2, 5), date(2026, 2, 6), date(2026, 2, 5), date(2026, 2, 8))
    for service, day in zip(("acute", "s1", "s2", "s3", "s4"), days, strict=True):
        watch(council, day, service)
    at(council, datetime(2026, 2, 5, 9, tzinfo=LONDON)).tick()
    assert not passed(council)
    at(council, datetime(2026, 2, 10, 9, tzinfo=LONDON)).tick()
    late = [fact.event for fact in passed(council) if isinstance(fact.event, DeadlinePassed)]
    assert [event.last_day for event in late] == sorted(days), "not the oldest first"
    assert [event.working_days_late for event in late] == [2, 2, 2, 2, 1], "lateness is not marked"
    head = council.store.head()
    council.tick()
    assert council.store.head() == head, "a second tick wrote something"
    is_whole(council)


def assert_a_missed_reminder_is_not_sent(home: Home) -> None:
    """A reminder before a date that has gone by is not sent after it; one whose date lies ahead is, late."""
    council = council_in(home.make(), date(2026, 1, 26), matters=2)
    watch(council, date(2026, 2, 5))
    watch(council, date(2026, 2, 16), "s1")
    at(council, datetime(2026, 2, 10, 9, tzinfo=LONDON)).tick()
    reminded = [
        fact.stream
        for fact in council.store.find(types=["reminder.sent"])
        if isinstance(fact.event, ReminderSent)
    ]
    assert reminded == ["interventions/AE4/s1"], (
        "a reminder of before was sent after, or one still ahead was not"
    )
    assert [fact.stream for fact in passed(council)] == ["interventions/AE4/acute"]
    is_whole(council)


def assert_a_ladder_climbs_one_rung(home: Home) -> None:
    """After an outage a ladder that climbs by itself is one rung higher, not at its top."""
    council = council_in(home.make(), date(2026, 1, 5), automatic(example()))
    answer(council, 4)
    at(council, datetime(2026, 8, 3, 9, tzinfo=LONDON)).tick()
    row = council.intervention(*MATTER)
    assert row is not None
    assert row["body"] == "CMT", "it climbed to the top in one tick"
    is_whole(council)
