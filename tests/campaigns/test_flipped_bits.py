"""Whatever happens to the bits of a book's file, `audit verify` finds it; an untouched book is never suspected."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.campaigns.careless_audit import BROKEN
from tests.campaigns.flipped_bits import WORSE, look_at_untouched, run
from tests.campaigns.size import SEED, size
from tests.campaigns.telling import Tell

pytestmark = pytest.mark.campaign

FLIPS = size(200, 7_000)
WORSE_EACH = size(15, 500)
BOOKS, LOOKS = size(20, 50), size(10, 20)


def test_every_altered_row_is_found_and_nothing_ends_in_a_traceback(tmp_path: Path, tell: Tell) -> None:
    report = run(tmp_path, {"bit flipped": FLIPS, **dict.fromkeys(WORSE, WORSE_EACH)}, SEED)
    tell(f"flipped bits, {report}")
    assert report.sound, report
    assert report.altered["events"] > FLIPS / 10, "hardly an event was altered: nothing was shown"


def test_an_untouched_book_is_never_suspected(tmp_path: Path, tell: Tell) -> None:
    report = look_at_untouched(tmp_path, BOOKS, LOOKS, SEED)
    tell(f"clean runs: {report}")
    assert report.runs == BOOKS * LOOKS
    assert not report.alarms, report


@pytest.mark.parametrize("broken", BROKEN)
def test_the_campaign_notices_a_broken_build(tmp_path: Path, broken: str) -> None:
    report = run(tmp_path, {"bit flipped": 2_000}, SEED, BROKEN[broken], to_the_first=True)
    assert report.missed, f"a build that {broken} went unnoticed: {report}"
