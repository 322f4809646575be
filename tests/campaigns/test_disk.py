"""A full disk is told in a sentence; nothing answered is lost, reading goes on, and with room the same command is done."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no limit on the size of files", allow_module_level=True)

from tests.campaigns.disk import BROKEN, Disk, LimitedFiles, run, small_disk
from tests.campaigns.size import SEED, size

pytestmark = pytest.mark.campaign

STEPS = size(50, 500)
MEGABYTES = size(24, 160)
"""Large enough for the book of so many steps."""


@pytest.fixture(params=["a small disk", "limited files"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    """A disk to fill: a file system of its own, which only root may mount, and a limit on the size of files."""
    if request.param == "limited files":
        (tmp_path / "folder").mkdir()
        yield LimitedFiles(tmp_path / "folder")
        return
    with small_disk(tmp_path / "disk", MEGABYTES) as small:
        if small is None:
            pytest.skip("this account may not mount a small file system in memory")
        yield small


def test_what_a_full_disk_refuses_is_told_and_left_undone_and_what_was_answered_stands(
    disk: Disk, capsys: pytest.CaptureFixture[str]
) -> None:
    report = run(disk, STEPS, SEED)
    with capsys.disabled():
        print(f"\ndisk: {report}")
    assert report.sound, report
    assert report.refused == report.steps == STEPS
    assert report.acknowledged > STEPS, "hardly anything was written before the disk was full"


@pytest.mark.parametrize("broken", BROKEN)
def test_the_campaign_notices_a_broken_build(disk: Disk, broken: str) -> None:
    report = run(disk, 20, SEED, broken)
    assert not report.sound, f"a build that {broken} went unnoticed: {report}"
