"""Nothing acknowledged is lost and nothing is doubled, however often the writers of a book are killed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.campaigns.children import NEEDS_FORK
from tests.campaigns.homes import Home, SqliteHome
from tests.campaigns.sigkill import run
from tests.campaigns.size import SEED, cpu_seconds, size
from tests.campaigns.telling import Tell
from tests.campaigns.writers import BROKEN

LOOPS = size(300, 10_000)
LOOPS_BESIDE_A_SERVER = size(60, 2_000)
WRITERS = size(2, 3)
MOST_TRIES = 3
"""A fault that needs an unlucky instant is given so many runs to show."""

pytestmark = [pytest.mark.campaign, NEEDS_FORK]


def test_killed_writers_lose_and_double_nothing(tmp_path: Path, tell: Tell) -> None:
    before = cpu_seconds()
    report = run(SqliteHome(tmp_path), tmp_path, LOOPS, SEED, writers=WRITERS)
    tell(f"SIGKILL of writers: {report}, {cpu_seconds() - before:.0f} s CPU")
    assert report.sound, report
    assert report.acknowledged > LOOPS, "the writers hardly wrote: nothing was shown"


@pytest.mark.parametrize("home", ["postgres"], indirect=True)
def test_killed_writers_leave_a_server_that_loses_and_doubles_nothing(
    home: Home, tmp_path: Path, tell: Tell
) -> None:
    """What is in flight when its writer dies may still be written, while the next one sends it again."""
    report = run(home, tmp_path, LOOPS_BESIDE_A_SERVER, SEED, writers=WRITERS)
    tell(f"SIGKILL of writers beside a server: {report}")
    assert report.sound, report
    assert report.acknowledged > LOOPS_BESIDE_A_SERVER, "the writers hardly wrote: nothing was shown"


@pytest.mark.parametrize("broken", BROKEN)
def test_the_campaign_notices_a_broken_build(tmp_path: Path, broken: str) -> None:
    for number in range(MOST_TRIES):
        folder = tmp_path / str(number)
        folder.mkdir()
        if not run(SqliteHome(folder), folder, 20, SEED + number, broken=broken).sound:
            return
    pytest.fail(f"a build that {broken} went unnoticed")
