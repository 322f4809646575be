"""Whoever follows the log by position sees every event, once and in order, whoever writes meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.campaigns.children import NEEDS_FORK
from tests.campaigns.homes import Home
from tests.campaigns.size import SEED, cpu_seconds, size
from tests.campaigns.tailing import BROKEN, run
from tests.campaigns.telling import Tell

UNITS = size(10, 200)
"""Of a thousand facts, from each of the writers that write so."""
MOST_TRIES = 5
"""A fault that needs an unlucky instant is given so many runs to show."""

pytestmark = [pytest.mark.campaign, NEEDS_FORK]


def test_a_reader_that_follows_the_log_misses_nothing(home: Home, tmp_path: Path, tell: Tell) -> None:
    before = cpu_seconds()
    report = run(home, tmp_path, UNITS, SEED)
    tell(f"tailing: {report}, {cpu_seconds() - before:.0f} s CPU without the server")
    assert report.sound, report
    assert report.bulk == 2_000 * UNITS
    assert report.single > 10 * UNITS, "hardly anything came one by one: nothing was shown"
    assert min(report.pages.values()) > UNITS, "a reader hardly followed: nothing was shown"


def test_the_campaign_notices_a_broken_build(home: Home, tmp_path: Path) -> None:
    for number in range(MOST_TRIES):
        folder = tmp_path / str(number)
        folder.mkdir()
        report = run(home, folder, 2, SEED + number, broken=True)
        home.cleanup()
        if not report.sound:
            return
    pytest.fail(f"a build that {BROKEN} went unnoticed")
