"""What must hold whatever the clock does, on every database; and builds that break it, which must be noticed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from engine import stamp
from engine.commands import Command, PassDeadline
from engine.deadlines import tick
from engine.handle import Answer, Engine
from engine.ports import Head, Unit
from engine.view import Row
from events.instant import Instant, instant, moment
from tests.campaigns import clocks, extensions
from tests.campaigns.children import NEEDS_FORK
from tests.campaigns.homes import Home, SqliteHome
from tests.campaigns.schedulers import assert_two_schedulers_pass_what_one_would
from tests.campaigns.spoilt import Unchecked, WithoutTurns
from workflows import calendar, passing

pytestmark = [pytest.mark.campaign, NEEDS_FORK]


# backwards and ahead
def test_recorded_time_never_falls_although_the_clock_goes_back(home: Home) -> None:
    clocks.assert_recorded_time_stands_while_the_clock_is_back(home)


def test_a_deadline_is_met_by_when_a_report_was_received_and_not_by_when_it_was_recorded(home: Home) -> None:
    clocks.assert_a_report_received_in_time_counts_when_recorded_late(home)


def test_a_clock_that_goes_back_by_more_than_five_minutes_stops_writing_until_it_has_caught_up(
    home: Home,
) -> None:
    clocks.assert_nothing_is_written_while_the_clock_is_far_back(home)


def test_after_a_year_ahead_nothing_is_written_until_the_clock_is_corrected_and_nothing_passes_twice(
    home: Home,
) -> None:
    clocks.assert_a_year_ahead_is_corrected_and_nothing_passes_twice(home)


def test_a_clock_that_runs_ahead_again_has_to_be_corrected_again(home: Home) -> None:
    clocks.assert_a_second_run_ahead_needs_a_second_correction(home)


# nights of changing clocks, and the ends of months
@pytest.mark.parametrize(
    ("ends", "last_day", "due"),
    [
        ("midnight", date(2026, 3, 28), datetime(2026, 3, 29, 0, tzinfo=UTC)),
        ("midnight", date(2026, 3, 29), datetime(2026, 3, 29, 23, tzinfo=UTC)),
        ("17:00", date(2026, 3, 28), datetime(2026, 3, 28, 17, tzinfo=UTC)),
        ("17:00", date(2026, 3, 29), datetime(2026, 3, 29, 16, tzinfo=UTC)),
        ("midnight", date(2026, 10, 24), datetime(2026, 10, 24, 23, tzinfo=UTC)),
        ("midnight", date(2026, 10, 25), datetime(2026, 10, 26, 0, tzinfo=UTC)),
        ("17:00", date(2026, 10, 24), datetime(2026, 10, 24, 16, tzinfo=UTC)),
        ("17:00", date(2026, 10, 25), datetime(2026, 10, 25, 17, tzinfo=UTC)),
    ],
)
def test_a_day_ends_at_local_midnight_or_office_close_on_the_nights_when_clocks_change(
    home: Home, ends: str, last_day: date, due: datetime
) -> None:
    clocks.assert_a_deadline_ends_with_its_day(home, ends, last_day, due)


@pytest.mark.parametrize(
    ("answered_on", "category", "last_day"),
    [
        (date(2027, 8, 31), 1, date(2028, 2, 29)),  # 6 months
        (date(2026, 8, 31), 1, date(2027, 2, 28)),
        (date(2027, 11, 30), 2, date(2028, 2, 29)),  # 3 months
        (date(2027, 12, 31), 3, date(2028, 2, 29)),  # 2 months
        (date(2028, 1, 31), 4, date(2028, 2, 29)),  # 1 month
        (date(2028, 2, 29), 4, date(2028, 3, 29)),
        (date(2028, 2, 29), 1, date(2028, 8, 29)),
    ],
)
def test_months_end_on_29_february_where_there_is_one(
    home: Home, answered_on: date, category: int, last_day: date
) -> None:
    clocks.assert_months_end_on(home, answered_on, category, last_day)


# nobody ticked, and two did
def test_after_three_days_down_everything_passes_once_oldest_first_and_marked_late(home: Home) -> None:
    clocks.assert_what_was_missed_passes_once_and_is_marked_late(home)


def test_a_reminder_before_a_date_is_not_sent_after_it(home: Home) -> None:
    clocks.assert_a_missed_reminder_is_not_sent(home)


def test_after_an_outage_a_ladder_has_climbed_one_rung(home: Home) -> None:
    clocks.assert_a_ladder_climbs_one_rung(home)


def test_two_schedulers_of_one_book_pass_what_one_alone_would_have_passed(home: Home) -> None:
    assert_two_schedulers_pass_what_one_would(home)


# an extension at the instant of firing
def test_more_time_agreed_an_instant_before_the_date_stands_and_nothing_passes(home: Home) -> None:
    extensions.assert_an_extension_an_instant_before_stands(home)


def test_more_time_agreed_at_the_very_instant_comes_after_a_date_that_has_passed(home: Home) -> None:
    extensions.assert_an_extension_at_the_very_instant_comes_after_the_firing(home)


def test_a_firing_that_is_committed_first_is_told_before_the_extension(home: Home) -> None:
    extensions.assert_a_firing_committed_first_is_told_first(home)


def test_a_firing_that_is_committed_second_records_nothing(home: Home) -> None:
    extensions.assert_a_firing_committed_second_records_nothing(home)


# broken builds
def records_what_the_clock_says(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(stamp, "recorded_time", lambda head, unit, last: unit.now)


def writes_on_whatever_the_clock_says(patch: pytest.MonkeyPatch) -> None:
    def recorded_time(head: Head, unit: Unit, _: object) -> Instant:
        return max(head.recorded_at, unit.now)

    patch.setattr(stamp, "recorded_time", recorded_time)


def never_forgets_a_correction(patch: pytest.MonkeyPatch) -> None:
    right = stamp.recorded_time

    def recorded_time(head: Head, unit: Unit, last: Callable[[], Instant | None]) -> Instant:
        return max(head.recorded_at, unit.now) if last() else right(head, unit, last)

    patch.setattr(stamp, "recorded_time", recorded_time)


def takes_the_time_of_the_record_for_the_time_of_receipt(patch: pytest.MonkeyPatch) -> None:
    right = Engine.handle

    def handle(self: Engine, command: Command, **more: Any) -> Answer:
        latest = max(command.received_at, self.store.head().recorded_at)
        return right(self, msgspec.structs.replace(command, received_at=latest), **more)

    patch.setattr(Engine, "handle", handle)


def has_days_of_twenty_four_hours(patch: pytest.MonkeyPatch) -> None:
    def due_at(self: calendar.Calendar, last_day: date) -> Instant:
        return instant(moment(self.start_of(last_day)) + timedelta(hours=24))

    patch.setattr(calendar.Calendar, "due_at", due_at)


def adds_months_one_by_one(patch: pytest.MonkeyPatch) -> None:
    right = calendar._months

    def months(start: date, amount: int) -> date:
        for _ in range(amount):
            start = right(start, 1)
        return start

    patch.setattr(calendar, "_months", months)


def sends_reminders_late(patch: pytest.MonkeyPatch) -> None:
    def deadline_of(row: Row, _: Instant) -> PassDeadline:
        due_at, reminder = Instant(str(row["due_at"])), int(row["reminder"] or 0)
        about = {name: str(row[name]) for name in ("stream", "subject", "name")}
        return PassDeadline(**about, n=int(row["n"] or 0), due_at=due_at, reminder=reminder)

    patch.setattr(tick, "deadline_of", deadline_of)


def marks_nothing_as_late(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(passing, "_days_late", lambda *_: 0)


def twenty_five_october(home: Home) -> None:
    due = datetime(2026, 10, 26, 0, tzinfo=UTC)
    clocks.assert_a_deadline_ends_with_its_day(home, "midnight", date(2026, 10, 25), due)


def thirty_first_of_december(home: Home) -> None:
    clocks.assert_months_end_on(home, date(2027, 12, 31), 2, date(2028, 3, 31))


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Home]:
    """The quickest home: what is broken is so on any database."""
    place = SqliteHome(tmp_path)
    yield place
    place.cleanup()


@pytest.mark.parametrize(
    ("spoil", "scene", "noticed"),
    [
        (
            records_what_the_clock_says,
            clocks.assert_recorded_time_stands_while_the_clock_is_back,
            "recorded time fell",
        ),
        (
            writes_on_whatever_the_clock_says,
            clocks.assert_nothing_is_written_while_the_clock_is_far_back,
            "DID NOT RAISE",
        ),
        (
            writes_on_whatever_the_clock_says,
            clocks.assert_a_year_ahead_is_corrected_and_nothing_passes_twice,
            "DID NOT RAISE",
        ),
        (
            never_forgets_a_correction,
            clocks.assert_a_second_run_ahead_needs_a_second_correction,
            "DID NOT RAISE",
        ),
        (
            takes_the_time_of_the_record_for_the_time_of_receipt,
            clocks.assert_a_report_received_in_time_counts_when_recorded_late,
            "it is marked as late",
        ),
        (has_days_of_twenty_four_hours, twenty_five_october, "before its day had ended"),
        (adds_months_one_by_one, thirty_first_of_december, "it passed before the end of 2028-03-31"),
        (
            sends_reminders_late,
            clocks.assert_a_missed_reminder_is_not_sent,
            "a reminder of before was sent after",
        ),
        (
            marks_nothing_as_late,
            clocks.assert_what_was_missed_passes_once_and_is_marked_late,
            "lateness is not marked",
        ),
        (marks_nothing_as_late, clocks.assert_a_ladder_climbs_one_rung, "it climbed to the top"),
    ],
)
def test_a_scene_notices_a_broken_build(
    spoil: Callable[[pytest.MonkeyPatch], None],
    scene: Callable[[Home], None],
    noticed: str,
    file: Home,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spoil(monkeypatch)
    with pytest.raises((AssertionError, pytest.fail.Exception), match=noticed):
        scene(file)


def test_a_firing_that_rests_on_what_it_did_not_check_is_noticed(file: Home) -> None:
    with pytest.raises(AssertionError, match="another history"):
        extensions.assert_a_firing_committed_second_records_nothing(file, Unchecked)  # type: ignore[arg-type]  # a store by delegation


def test_two_schedulers_that_check_nothing_and_wait_for_nobody_are_noticed(file: Home) -> None:
    with pytest.raises(AssertionError, match="not what one alone"):
        assert_two_schedulers_pass_what_one_would(file, WithoutTurns)  # type: ignore[arg-type]  # a store by delegation
