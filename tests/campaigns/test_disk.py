"""A full disk is told in a sentence; nothing answered is lost, reading goes on, and with room the same command is done."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no limit on the size of files", allow_module_level=True)

from tests.campaigns.disk import BROKEN, run
from tests.campaigns.disks import DISKS, Disk
from tests.campaigns.size import SEED, size
from tests.campaigns.telling import Tell

pytestmark = pytest.mark.campaign

STEPS = size(50, 500)
MEGABYTES = size(24, 160)
"""Large enough for the book of so many steps."""


@pytest.fixture(params=DISKS)
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    """A disk to fill."""
    with DISKS[request.param](tmp_path / "disk", MEGABYTES) as small:
        yield small


def test_what_a_full_disk_refuses_is_told_and_left_undone_and_what_was_answered_stands(
    disk: Disk, tmp_path: Path, tell: Tell
) -> None:
    report = run(disk, tmp_path / "report", STEPS, SEED)
    tell(f"disk: {report}")
    assert report.sound, report
    assert report.refused == report.steps == STEPS
    assert report.acknowledged > STEPS, "hardly anything was written before the disk was full"


@pytest.mark.parametrize("disk", ["a small disk", "limited files"], indirect=True)
@pytest.mark.parametrize("broken", BROKEN)
def test_the_campaign_notices_a_broken_build(disk: Disk, tmp_path: Path, broken: str) -> None:
    report = run(disk, tmp_path / "report", 20, SEED, broken)
    assert not report.sound, f"a build that {broken} went unnoticed: {report}"
