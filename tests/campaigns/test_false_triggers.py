"""No trigger fires that the figures do not justify, although one period is restated while the next is confirmed.

The size in CI is 300 rounds on each database; before a release it is 1,000.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.campaigns.children import NEEDS_FORK
from tests.campaigns.false_triggers import BROKEN, run
from tests.campaigns.homes import Home
from tests.campaigns.size import SEED, cpu_seconds, size
from tests.campaigns.telling import Tell

ROUNDS = size(300, 1_000)

pytestmark = [pytest.mark.campaign, NEEDS_FORK]


def test_no_trigger_fires_falsely(home: Home, tmp_path: Path, tell: Tell) -> None:
    before = cpu_seconds()
    report = run(home, tmp_path, ROUNDS, SEED)
    tell(f"false triggers: {report}, {cpu_seconds() - before:.0f} s CPU without the server")
    assert report.sound, report
    assert report.collided > ROUNDS // 20, "they were hardly at work at the same time: nothing was shown"
    assert report.standing > 0, "no trigger was to fire: nothing was shown"
    assert report.withdrawn > 0, "no firing was overtaken by a restatement: nothing was shown"


def test_the_campaign_notices_a_broken_build(home: Home, tmp_path: Path) -> None:
    report = run(home, tmp_path, 60, SEED, broken=True)
    assert report.false or report.unjustified, f"a build that {BROKEN} went unnoticed: {report}"
    assert report.wrong, report
