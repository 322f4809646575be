"""Exact arithmetic: ratios of decimals that are compared by multiplying across and never divided.

The context traps inexactness, so a result that would have been rounded is an error, never a wrong answer. Numbers
within the bounds of `events.number` (21 digits) need about 90 digits at the most.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal, Inexact, InvalidOperation
from typing import NamedTuple

EXACT = Context(prec=300, Emin=-999_999, Emax=999_999, traps=[Inexact, InvalidOperation])
"""Adds, subtracts and multiplies without ever losing a digit."""

READING = Context(prec=60, rounding=ROUND_HALF_UP, Emin=-999_999, Emax=999_999, traps=[InvalidOperation])
"""Divides, for numbers that are only read."""

ZERO = Decimal(0)
ONE = Decimal(1)
HUNDRED = Decimal(100)


STEPS = tuple(ONE.scaleb(-places) for places in range(10))
"""What a number is rounded to that is shown with so many decimals."""


class Ratio(NamedTuple):
    """`over` divided by `under`, kept apart. `under` is never negative.

    `under` is zero where a percentage of a zero target was asked for: then `over` is above or below zero, and
    multiplying across puts it beyond every number on that side.
    """

    over: Decimal
    under: Decimal

    def shown(self, places: int = 6) -> Decimal | None:
        """The quotient rounded for reading; None where there is none."""
        if not self.under:
            return None
        return rounded(READING.divide(self.over, self.under), places)


def rounded(quotient: Decimal, places: int) -> Decimal:
    """A quotient rounded for reading; no zero is ever shown as less than nothing."""
    found = READING.quantize(quotient, STEPS[places])
    return found if found else found.copy_abs()


def rounded_to(ratio: Ratio, step: Decimal, rounding: str) -> Ratio:
    """The nearest multiple of `step`, exactly; a ratio beyond every number stays there."""
    if not ratio.under:
        return ratio
    over, over_part = ratio.over.as_integer_ratio()
    under, under_part = EXACT.multiply(ratio.under, step).as_integer_ratio()
    top, bottom = abs(over) * under_part, under * over_part
    whole, rest = divmod(top, bottom)
    match rounding:
        case "half_away_from_zero":
            up = 2 * rest >= bottom
        case "half_to_even":
            up = 2 * rest > bottom or (2 * rest == bottom and whole % 2 == 1)
        case "away_from_zero":
            up = rest > 0
        case _:
            up = False
    steps = (whole + up) * (1 if over >= 0 else -1)
    return Ratio(EXACT.multiply(Decimal(steps), step), ONE)
