"""A rounded number never tells another story than the exact one: it stays on its side of every number that matters."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.exact import EXACT, Ratio
from rules.spoken import shown

D = Decimal
numbers = st.decimals(min_value=-500, max_value=500, places=3)


@pytest.mark.parametrize(
    ("exact", "other", "said"),
    [
        ("10.04", "10", "10.04"),  # rounded onto the edge
        ("6.25", "6.25", "6.25"),  # rounded past the edge that it lies on
        ("6.249", "6.26", "6.2"),
        ("94.96", "94.97", "94.96"),  # rounded past a target that it does not meet
        ("6.251", "6.25", "6.3"),
        ("6.3", "6.25", "6.3"),
    ],
)
def test_as_many_decimals_as_it_takes(exact: str, other: str, said: str) -> None:
    assert shown(Ratio(D(exact), D(1)), 1, [D(other)]) == D(said)


@given(numbers, st.decimals(min_value="0.001", max_value=500, places=3), st.lists(numbers), st.integers(0, 3))
def test_a_ratio_is_shown_on_its_own_side_of_every_other_number(
    over: Decimal, under: Decimal, others: list[Decimal], places: int
) -> None:
    found = shown(Ratio(over, under), places, others)
    for other in others:
        edge = EXACT.multiply(other, under)
        assert (found > other, found < other) == (over > edge, over < edge)
