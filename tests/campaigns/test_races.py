"""One winner per version, every acknowledged command in the log once, no deadlock, and nobody starves."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.campaigns.children import NEEDS_FORK
from tests.campaigns.homes import Home
from tests.campaigns.races import BROKEN, BROKEN_TURNS, run
from tests.campaigns.size import SEED, cpu_seconds, size
from tests.campaigns.telling import Tell

COMMANDS = size(5_000, 200_000)
UNLUCKY = 600
"""So many commands, and somebody is overtaken between reading and the lock a dozen times."""

pytestmark = [pytest.mark.campaign, NEEDS_FORK]


def test_of_many_writers_one_wins_each_version(home: Home, tmp_path: Path, tell: Tell) -> None:
    before = cpu_seconds()
    report = run(home, tmp_path, COMMANDS, SEED)
    tell(f"race: {report}, {cpu_seconds() - before:.0f} s CPU without the server")
    assert report.sound, report
    assert report.stale > 100, "the writers were hardly in each other's way: nothing was shown"
    assert report.refused_twins == COMMANDS // 10, report
    assert min(report.shares) * report.writers * 5 > COMMANDS, f"somebody starved: {report.shares}"


@pytest.mark.parametrize("broken", BROKEN)
def test_the_campaign_notices_a_broken_build(home: Home, tmp_path: Path, broken: str) -> None:
    report = run(home, tmp_path, UNLUCKY, SEED, broken)
    assert not report.sound, f"a build that {broken} went unnoticed: {report}"


@pytest.mark.parametrize("home", ["postgres"], indirect=True)
@pytest.mark.parametrize("broken", BROKEN_TURNS)
def test_the_campaign_notices_a_guard_that_one_turn_lacks(home: Home, tmp_path: Path, broken: str) -> None:
    report = run(home, tmp_path, UNLUCKY, SEED, broken)
    assert not report.sound, f"a build that {broken} went unnoticed: {report}"
    assert not report.lost, "nothing was written"
