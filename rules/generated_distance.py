"""How far a figure lies above or below its target, in tenths of a per cent and as text: read off their quotient.

100 · |n - r| / |r| is how far n / r lies from one, so a quotient of three decimals says it. A division that gives just
so many digits rounds at once, and what it writes is looked up. Below the target it rounds half down: what is missing
from one is then rounded half up, like every other number that is read.

Nothing but the quotients of this table is ever found in it. A target below zero, a figure on the other side of zero,
one on its target, hardly off it or far beyond it: each gives a text that does not stand there, and is said at length.

Rounding once is the same as rounding `rules.exact.READING`, which has 60 digits, a second time: where neither number
has more than `MOST_DIGITS`, a quotient that is no half itself lies further from every half than READING could blur.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Context, Decimal, InvalidOperation, Rounded
from functools import lru_cache

from rules.exact import STEPS

MOST_DIGITS = 45
"""A product of two numbers of council business has 42."""

SHORT = Context(prec=MOST_DIGITS, Emin=-999_999, Emax=999_999, traps=[Rounded, InvalidOperation])
"""Multiplies exactly, or raises Rounded: what comes of it, and what went into it, has no more than `MOST_DIGITS`."""

Divide = Callable[[Decimal, Decimal], Decimal]


def _giving(digits: int, rounding: str) -> Divide:
    return Context(
        prec=digits, rounding=rounding, Emin=-999_999, Emax=999_999, traps=[InvalidOperation]
    ).divide


below_one: Divide = _giving(3, ROUND_HALF_DOWN)
"""A quotient from 0.1 to 1, to three decimals."""
above_one: Divide = _giving(4, ROUND_HALF_UP)
"""A quotient from 1 to 10, to three decimals."""
SHARES: dict[int, Divide] = {places: _giving(2 + places, ROUND_HALF_UP) for places in range(len(STEPS))}
"""A quotient from 10 to 100, to so many decimals."""


@lru_cache(maxsize=64)
def distances(edges: frozenset[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Quotient → what is said of it, below one and above; without the distances that would be told as an edge."""
    return dict(_said(range(100, 1000), "below", edges)), dict(_said(range(1001, 2000), "above", edges))


def _said(thousandths: range, side: str, edges: frozenset[str]) -> Iterator[tuple[str, str]]:
    for each in thousandths:
        whole, tenth = divmod(abs(each - 1000), 10)
        distance = f"{whole}.{tenth}" if tenth else f"{whole}"
        if distance in edges:
            continue
        said = f"is {distance} % {side} the target of"
        quotient = f"{each // 1000}.{each % 1000:03}"
        yield quotient, said
        while quotient[-1] == "0":  # a division that comes out even may write fewer decimals
            quotient = quotient[:-1]
            yield quotient, said
