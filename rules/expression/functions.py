"""The functions an expression may call: a short list, each pure and total."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cmp_to_key
from typing import NamedTuple

from rules.exact import Ratio
from rules.expression.arithmetic import order, rounded, size

MOST_DECIMALS = 9


class Function(NamedTuple):
    """One function on numbers. An argument that is not known makes the answer unknown."""

    about: str
    wanted: str
    """How many arguments it takes, in words."""
    least: int
    most: int
    example: str
    answer: Callable[[Sequence[Ratio]], Ratio | None]


_key = cmp_to_key(order)

FUNCTIONS: Mapping[str, Function] = {
    "abs": Function(
        "the size of a number",
        "one number",
        1,
        1,
        "For example abs(value - target).",
        lambda given: size(given[0]),
    ),
    "min": Function(
        "the smallest of several numbers",
        "two numbers or more",
        2,
        200,
        "For example min(value, target).",
        lambda given: min(given, key=_key),
    ),
    "max": Function(
        "the largest of several numbers",
        "two numbers or more",
        2,
        200,
        "For example max(value, target).",
        lambda given: max(given, key=_key),
    ),
    "round": Function(
        "a number to so many decimals, a half away from zero",
        "a number and how many decimals",
        2,
        2,
        "For example round(value, 1).",
        lambda given: rounded(given[0], int(given[1].over)),
    ),
}
"""Name → function. Beside these, `has(name)` and `earlier(n)` have a grammar of their own."""
