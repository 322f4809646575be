"""More time than usual since the last tick: a person says that the clock is right before it passes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.deadlines.heartbeat import last_trouble
from engine.deadlines.leap import LONG, check_leap
from engine.packs.pack import Pack
from engine.testing.council import Council
from events.errors import Refused

from .desk import Desk, KeptOpen, Pulse, alarms, ten_due
from .many_deadlines import FELL_DUE, OPENED, council_waiting, passed

QUARTER = timedelta(days=92)


@pytest.fixture
def council(example: Pack) -> Council:
    """Ten deadlines are set, and somebody has ticked."""
    council = council_waiting(example, OPENED, 10)
    council.at(OPENED)
    council.tick()
    return council


def test_a_worker_passes_nothing_and_says_why_until_somebody_has(council: Council) -> None:
    council.wait(LONG + timedelta(days=1))
    council.engine.store = KeptOpen(council.store)  # type: ignore[assignment]  # the test still reads it
    desk = Desk(council)
    desk.worker.beat(Pulse())
    assert (desk.lines[-1]["event"], desk.lines[-1]["code"]) == ("beat failed", "GT-CLOCK-211")
    assert passed(council) == []
    assert {"GT-CLOCK-120", "GT-CLOCK-211"} <= alarms(council)
    council.tick()  # as with --catch-up
    assert len(passed(council)) == 10
    desk.worker.beat(Pulse())
    assert desk.lines[-1]["event"] != "beat failed"
    assert last_trouble(council.store) is None
    assert alarms(council) == set()


@pytest.mark.parametrize("gap", [timedelta(days=3), QUARTER, QUARTER + timedelta(days=21), LONG])
def test_days_weeks_and_quarters_pass_unasked(council: Council, gap: timedelta) -> None:
    council.wait(gap)
    check_leap(council.engine, council.now())


def test_where_nobody_ever_ticked_nothing_is_unusual(example: Pack) -> None:
    council = ten_due(example)
    council.wait(10 * LONG)
    check_leap(council.engine, council.now())


def test_a_clock_that_was_put_back_is_another_matter(council: Council) -> None:
    council.wait(LONG + timedelta(days=1))
    with pytest.raises(Refused, match="would pass at once"):
        check_leap(council.engine, council.now())
    council.at(FELL_DUE)
    check_leap(council.engine, council.now())
