"""Whoever is killed on the way through a command and sends it again gets one effect, wherever it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.campaigns.children import NEEDS_FORK
from tests.campaigns.council_life import life
from tests.campaigns.failpoints import IN_FLIGHT, asked_in_a_life, everything_that_can_be_asked, run
from tests.campaigns.homes import HOMES, Home
from tests.campaigns.spoilt import BROKEN
from tests.campaigns.telling import Tell

pytestmark = [pytest.mark.campaign, NEEDS_FORK]


def test_everything_that_can_be_asked_of_a_book_is_asked_in_the_life_that_is_disturbed() -> None:
    assert everything_that_can_be_asked() == asked_in_a_life(life())


def test_a_life_of_deaths_leaves_the_book_of_an_undisturbed_one(home: Home, tell: Tell) -> None:
    report = run(home)
    tell(f"failpoints: {report}")
    assert report.sound, report
    assert min(report.kills["before append"], report.kills["after append"]) >= report.deeds
    assert report.kills["between"] >= 4, "nobody died between two units or two chunks"


@pytest.mark.parametrize("home", ["postgres"], indirect=True)
def test_whoever_is_lost_while_a_turn_is_in_flight_and_asks_again_gets_one_effect(
    home: Home, tell: Tell
) -> None:
    report = run(home, places=IN_FLIGHT)
    tell(f"failpoints in flight: {report}")
    assert report.sound, report
    assert min(report.kills["cut off"], report.kills["in flight"]) * 10 > report.deeds * 8, (
        "hardly anything was written in one turn"
    )


@pytest.mark.parametrize("home", ["postgres"], indirect=True)
def test_what_is_lost_in_flight_under_an_id_of_its_own_is_noticed(home: Home) -> None:
    report = run(home, places=IN_FLIGHT, broken="gives every attempt an id of its own")
    assert not report.sound, report


@pytest.mark.parametrize("broken", BROKEN)
def test_the_campaign_notices_a_broken_build(broken: str, tmp_path: Path) -> None:
    report = run(HOMES["sqlite"](tmp_path), broken=broken)
    assert not report.sound, f"a build that {broken} went unnoticed: {report}"
