"""A straight way from one target to another: a target for each period between, rounded to the indicator's decimals."""

from __future__ import annotations

from decimal import Decimal

from events.errors import Invalid
from events.period import Period
from rules.exact import EXACT, ONE, Ratio, rounded_to

MOST_PERIODS = 240


def trajectory(
    start: tuple[Period, Decimal], end: tuple[Period, Decimal], decimals: int
) -> list[tuple[Period, Decimal]]:
    """One target a period, both ends as they were given. Raises Invalid where the second is not after the first."""
    (first, low), (last, high) = start, end
    if first.kind != last.kind or last <= first:
        raise Invalid.of(
            "GT-REGISTER-029",
            f"A trajectory leads from one period to a later one of its kind, and {last} is none after {first}.",
            "Give the earlier one with --from and the later one with --to, for example --from 2026-Q1=60 --to 2028-Q4=80.",
        )
    periods = [first]
    while periods[-1] < last:
        if len(periods) == MOST_PERIODS:
            raise Invalid.of(
                "GT-REGISTER-030",
                f"From {first} to {last} is more than {MOST_PERIODS} periods.",
                "Set a shorter trajectory; another one can follow it.",
            )
        periods.append(periods[-1].next())
    steps = len(periods) - 1
    between = [(p, _at(low, high, n, steps, decimals)) for n, p in enumerate(periods)]
    return [(first, low), *between[1:-1], (last, high)]


def _at(low: Decimal, high: Decimal, n: int, steps: int, decimals: int) -> Decimal:
    """The value after n of so many equal steps, exactly, then rounded half away from zero."""
    over = EXACT.add(
        EXACT.multiply(low, Decimal(steps)), EXACT.multiply(EXACT.subtract(high, low), Decimal(n))
    )
    found = rounded_to(Ratio(over, Decimal(steps)), ONE.scaleb(-decimals), "half_away_from_zero")
    return found.over
