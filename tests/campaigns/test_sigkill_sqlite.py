"""Nothing acknowledged is lost and nothing is doubled, however often the writers of a book are killed.

`GOLDENTHREAD_CAMPAIGN_LOOPS` sets the size (300 by default), `GOLDENTHREAD_CAMPAIGN_SEED` repeats a run.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.campaigns.sigkill import BROKEN, run

LOOPS = int(os.environ.get("GOLDENTHREAD_CAMPAIGN_LOOPS", "300"))
SEED = int(os.environ.get("GOLDENTHREAD_CAMPAIGN_SEED", "0")) or int.from_bytes(os.urandom(4), "big")

pytestmark = [
    pytest.mark.campaign,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither fork nor SIGKILL"),
]


def test_killed_writers_lose_and_double_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = run(tmp_path, LOOPS, SEED, writers=3)
    with capsys.disabled():
        print(f"\nSIGKILL on SQLite: {report}")
    assert report.sound, report
    assert report.acknowledged > LOOPS, "the writers hardly wrote: nothing was shown"


@pytest.mark.parametrize("broken", BROKEN)
def test_the_campaign_notices_a_broken_build(tmp_path: Path, broken: str) -> None:
    report = run(tmp_path, 60, SEED, broken=broken)
    assert not report.sound, f"a build that {broken} went unnoticed: {report}"
