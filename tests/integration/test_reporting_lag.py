"""A figure that can be known only later is asked for later, refused before, and late only after its own window."""

from __future__ import annotations

from datetime import date

import pytest

from engine.commands import AmendIndicator
from engine.queries.calendar import next_deadlines
from engine.queries.reader import Reader
from engine.queries.work_list.awaited_figures import gaps
from engine.testing.council import Council
from engine.views import VIEWS
from events.errors import Refused

LEAD, ANALYST, MANAGER = "p1", "p3", "p4"


def awaited(council: Council, today: date) -> list[str]:
    return [str(gap.period) for gap in gaps(Reader(council.engine), today) if gap.series == ("LE1", "acute")]


@pytest.fixture
def lagging(council: Council) -> Council:
    """On 10 July 2017 the figure of April can just be known: its lag is two months."""
    council.indicator("LE1", "acute", lag="2 months", first_period="2017-04")
    return council


def test_before_its_lag_a_figure_is_refused_and_then_taken(lagging: Council) -> None:
    with pytest.raises(Refused, match="cannot be known yet") as refused:
        lagging.figure(ANALYST, "enter", "LE1/acute/2017-05", "90")
    assert refused.value.problems[0].fix == "Enter the figure from 2017-08-01 on."
    lagging.figure(ANALYST, "enter", "LE1/acute/2017-04", "90")


def test_it_is_awaited_only_once_it_can_be_known(lagging: Council) -> None:
    assert awaited(lagging, date(2017, 6, 30)) == []
    assert awaited(lagging, date(2017, 7, 10)) == ["2017-04"]
    assert awaited(lagging, date(2017, 8, 1)) == ["2017-04", "2017-05"]


def test_it_is_late_after_its_own_window_and_not_after_that_of_others(lagging: Council) -> None:
    lagging.figure(ANALYST, "enter", "LE1/acute/2017-04", "90")
    row = lagging.submission("LE1/acute/2017-04")
    assert row is not None
    assert row["late_days"] is None
    lagging.figure(ANALYST, "enter", "AE4/acute/2017-04", "90")
    row = lagging.submission("AE4/acute/2017-04")
    assert row is not None
    assert row["late_days"] is not None


def test_the_calendar_shows_its_window_apart(lagging: Council) -> None:
    words = [entry.words for entry in next_deadlines(lagging.engine, date(2017, 7, 1), date(2017, 9, 1))]
    assert any("2017-04: 1 figure" in each for each in words)
    assert any("2017-06: 1 figure" in each for each in words)


def test_a_lag_may_be_amended_and_the_views_are_a_rebuild(lagging: Council) -> None:
    why = lagging.text("the source is quicker now")
    lagging.ask(AmendIndicator(indicator="LE1", lag="", reason=why.ref), LEAD, texts=(why,))
    lagging.figure(ANALYST, "enter", "LE1/acute/2017-06", "90")
    assert awaited(lagging, date(2017, 7, 10)) == ["2017-04", "2017-05"]
    assert lagging.store.differences(VIEWS) == []
