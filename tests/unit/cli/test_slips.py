"""What is told of an action whose day was moved: by how much, until the new day has gone by; then how late it is."""

from __future__ import annotations

from datetime import date

from adapters.cli.commands.intervention import _item
from engine.queries.matters.items import ItemLine

FIRST, MOVED = date(2026, 7, 1), date(2026, 8, 1)


def told(slipped_days: int, done_on: date | None = None) -> str:
    line = ItemLine(
        name="hire",
        label="hire",
        owner="Service manager",
        due=MOVED,
        original=FIRST,
        done_on=done_on,
        slipped_days=slipped_days,
    )
    return _item(line).partition("): ")[2]


def test_before_the_new_day_it_was_moved() -> None:
    assert told(31) == "not done, moved by 31 days"


def test_after_the_new_day_it_is_late_since_the_first() -> None:
    assert told(32) == "not done, 32 days after the first date"


def test_what_is_done_says_how_long_after_the_first_day() -> None:
    assert told(1, done_on=date(2026, 7, 2)) == "done on Thu 2 Jul 2026, 1 day after the first date"
    assert told(0, done_on=date(2026, 6, 30)) == "done on Tue 30 Jun 2026"
