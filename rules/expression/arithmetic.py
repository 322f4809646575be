"""Exact arithmetic on ratios, for expressions of any shape that is allowed.

The context holds every digit that 200 parts of at most 45 digits can make, and traps inexactness all the same.
A ratio over zero (a percentage of a zero target) lies beyond every number: it can be compared and not reckoned with.
"""

from __future__ import annotations

from decimal import Context, Decimal, Inexact, InvalidOperation

from rules.exact import ONE, Ratio

WIDE = Context(prec=20_000, Emin=-999_999, Emax=999_999, traps=[Inexact, InvalidOperation])
"""Adds, subtracts and multiplies without ever losing a digit, whatever an expression asks."""

_multiply, _add, _subtract = WIDE.multiply, WIDE.add, WIDE.subtract


def order(left: Ratio, right: Ratio) -> int:
    """Below zero where the left is smaller, zero where they are equal, above zero where it is larger."""
    if not left.under and not right.under:
        return _sign(left.over) - _sign(right.over)
    return _sign(_subtract(_multiply(left.over, right.under), _multiply(right.over, left.under)))


def calculate(op: str, left: Ratio, right: Ratio) -> Ratio | None:
    """One step of reckoning; None for a division by zero and for what lies beyond every number."""
    if not left.under or not right.under:
        return None
    match op:
        case "+" | "-":
            return _sum(left, right if op == "+" else negative(right))
        case "*":
            return Ratio(_multiply(left.over, right.over), _under(left, right))
        case _:
            return _quotient(left, right)


def negative(number: Ratio) -> Ratio:
    """The same below zero."""
    return Ratio(number.over.copy_negate(), number.under)


def size(number: Ratio) -> Ratio:
    """The same above zero."""
    return Ratio(number.over.copy_abs(), number.under)


def rounded(number: Ratio, places: int) -> Ratio | None:
    """To so many decimals, a half away from zero, as a spreadsheet does."""
    if not number.under:
        return None
    over, over_part = number.over.as_integer_ratio()
    under, under_part = number.under.as_integer_ratio()
    top, bottom = abs(over) * under_part * 10**places, under * over_part
    whole, rest = divmod(top, bottom)
    whole += 2 * rest >= bottom
    return Ratio(Decimal(whole if over >= 0 else -whole).scaleb(-places, WIDE), ONE)


def _sum(left: Ratio, right: Ratio) -> Ratio:
    if left.under is ONE and right.under is ONE:
        return Ratio(_add(left.over, right.over), ONE)
    over = _add(_multiply(left.over, right.under), _multiply(right.over, left.under))
    return Ratio(over, _multiply(left.under, right.under))


def _quotient(left: Ratio, right: Ratio) -> Ratio | None:
    if not right.over:
        return None
    over, under = _multiply(left.over, right.under), _multiply(left.under, right.over)
    return Ratio(over, under) if under > 0 else Ratio(over.copy_negate(), under.copy_negate())


def _under(left: Ratio, right: Ratio) -> Decimal:
    return ONE if left.under is ONE and right.under is ONE else _multiply(left.under, right.under)


def _sign(number: Decimal) -> int:
    return (number > 0) - (number < 0)
