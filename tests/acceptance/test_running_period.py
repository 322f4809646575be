"""A period that is not over yet is not shown as one of which nothing is missing."""

from __future__ import annotations

from .conftest import Council
from .test_kent import kent

__all__ = ["kent"]


def test_nothing_is_missing_yet_of_a_quarter_that_still_runs(kent: Council) -> None:
    kent.at = "2011-10-12T09:00:00+01:00"
    running = kent.run("period", "show", "2011-Q3").out
    assert "Nothing is missing yet: no figure is due before the period is over." in running
    assert "Nothing is missing yet" not in kent.run("period", "show", "2011-Q2").out
