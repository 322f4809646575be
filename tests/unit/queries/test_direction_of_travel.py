"""Better or worse than the period before, by what was compared or by the figure itself."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from engine.queries.figures.direction_of_travel import direction_of_travel
from engine.view import Row
from rules.ir import Compare

FROM_TARGET, BY_VALUE = Compare(use="percent_from_target"), Compare(use="value", better="higher")


def said(now: Row, then: Row, polarity: str = "higher", **packs: Compare | None) -> str:
    """The direction from one period to the next, under packs of which only how they compare is looked at."""
    shelf = SimpleNamespace(pack=lambda digest: SimpleNamespace(rules=SimpleNamespace(compare=packs[digest])))
    unbroken = SimpleNamespace(break_before=lambda period: None)
    reader: Any = SimpleNamespace(shelf=shelf, work=SimpleNamespace(indicator=lambda code: unbroken))
    return direction_of_travel(reader, [then, now], now, polarity)


def row(period: str, value: str | None, compared: str | None = None, pack: str = "pack") -> Row:
    return {"indicator": "AE4", "period": period, "value": value, "compared": compared, "pack": pack}


@pytest.mark.parametrize(
    ("polarity", "now", "direction"),
    [
        ("higher", "91", "better"),
        ("higher", "89", "worse"),
        ("lower", "91", "worse"),
        ("lower", "89", "better"),
        ("lower", "90.0", "same"),
        ("in_band", "91", "–"),
        ("higher", None, "–"),
    ],
)
@pytest.mark.parametrize("compare", [None, BY_VALUE])
def test_a_figure_that_is_compared_with_no_target_is_better_or_worse_by_its_polarity(
    compare: Compare | None, polarity: str, now: str | None, direction: str
) -> None:
    assert said(row("2026-05", now), row("2026-04", "90"), polarity, pack=compare) == direction


def test_what_was_compared_alike_decides_whatever_the_polarity() -> None:
    now, then = row("2026-05", "80", "-5"), row("2026-04", "90", "-10")
    assert said(now, then, "higher", pack=FROM_TARGET) == "better"
    assert said(now, then, "lower", pack=FROM_TARGET) == "better"


def test_where_two_packs_compare_differently_the_figure_itself_decides() -> None:
    now, then = row("2026-05", "80", "-5", "new"), row("2026-04", "90", "-10", "old")
    assert said(now, then, new=FROM_TARGET, old=BY_VALUE) == "worse"


def test_the_period_before_is_that_before_and_no_other() -> None:
    assert said(row("2026-05", "91"), row("2026-03", "90"), pack=None) == "–"
    assert direction_of_travel(None, [], None, "higher") == "–"  # type: ignore[arg-type]  # nothing is asked
