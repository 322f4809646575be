"""A file three times as long is taken in with hardly more memory, on every database, as a return and as history."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.campaigns.homes import HOMES, Home, PostgresHome
from tests.campaigns.import_memory import STATUS
from tests.campaigns.size import size
from tests.campaigns.telling import Tell

pytestmark = [
    pytest.mark.campaign,
    pytest.mark.skipif(not STATUS.exists(), reason="only Linux says in /proc what a process held at most"),
]

ROWS = size(2_500, 25_000)
MOST_MORE = 2.5
"""So many MB more may three times as many rows take: the bytes of the file, and eight or sixteen for each figure's name."""


@pytest.mark.parametrize("what", ["return", "history"])
def test_memory_does_not_grow_with_the_rows(home: Home, tmp_path: Path, tell: Tell, what: str) -> None:
    few, many = (grown(home, tmp_path / str(rows), rows, what, "series") for rows in (ROWS, 3 * ROWS))
    tell(
        f"import of {what} on {home.name}: {few:.1f} MB for {ROWS:,} rows, {many:.1f} for three times as many"
    )
    assert many - few < MOST_MORE * ROWS / 2_500


def test_the_campaign_notices_a_memory_that_is_never_cleared(tmp_path: Path) -> None:
    home = HOMES["sqlite"](tmp_path)
    few, many = (
        grown(home, tmp_path / str(rows), rows, "return", "series", "broken") for rows in (ROWS, 3 * ROWS)
    )
    assert many - few > MOST_MORE * ROWS / 2_500


def grown(home: Home, folder: Path, rows: int, *how: str) -> float:
    """By how many MB a process grew at most that took in so many rows; all of them must have come in."""
    folder.mkdir()
    where = home.url if isinstance(home, PostgresHome) else str(folder)
    said = subprocess.run(
        [sys.executable, "-m", "tests.campaigns.import_memory", where, str(rows), *how],
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    ).stdout
    found = json.loads(said.splitlines()[-1])
    assert found["events"] > rows
    return float(found["grown"])
