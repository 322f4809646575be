"""Each deadline fires exactly once, with what follows from it, however many workers tick and however they die.

CI runs 3,000 deadlines on SQLite and 600 on PostgreSQL; the release size is 20 runs of 3,000 on each.
"""

from __future__ import annotations

import pytest

from tests.campaigns.children import NEEDS_FORK
from tests.campaigns.deadlines import run
from tests.campaigns.homes import HOMES, Home
from tests.campaigns.size import SEED, size
from tests.campaigns.spoilt import BROKEN
from tests.campaigns.telling import Tell

pytestmark = [pytest.mark.campaign, NEEDS_FORK]

DUE = {"SQLite": 3_000, "PostgreSQL": size(600, 3_000)}
NEEDS_A_RACE = ("gives every attempt an id of its own", "decides without checking what it decided on")


@pytest.mark.parametrize("number", range(size(1, 20)))
def test_every_deadline_fires_exactly_once_although_workers_are_killed(
    home: Home, number: int, tell: Tell
) -> None:
    report = run(home, DUE[home.name], SEED + number)
    tell(f"deadlines: {report}")
    assert report.sound, report
    assert report.passed == report.due == DUE[home.name]
    assert report.kills.total() >= 3, "hardly anybody was killed: nothing was shown"


@pytest.mark.parametrize("number", range(size(1, 20)))
def test_every_deadline_fires_exactly_once_although_nobody_waits_for_a_turn(
    home: Home, number: int, tell: Tell
) -> None:
    report = run(home, size(200, 3_000), SEED + number, turns=False)
    tell(f"deadlines, all at once: {report}")
    assert report.sound, report
    assert report.passed == report.due


@pytest.mark.parametrize("broken", BROKEN)
def test_the_campaign_notices_a_broken_build(broken: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    home = HOMES["sqlite"](tmp_path_factory.mktemp("home"))
    report = run(home, 200, SEED, turns=broken not in NEEDS_A_RACE, broken=broken)
    assert not report.sound, f"a build that {broken} went unnoticed: {report}"
