"""What a figure can be at all: between the lowest and the highest value of its indicator, and a fraction of something."""

from __future__ import annotations

from decimal import Decimal

from engine.commands import FigureFields, SetTarget
from events.errors import Problem
from events.kinds.register import IndicatorAdded
from events.number import plain
from rules.exact import EXACT, HUNDRED, ZERO
from rules.spoken import amount

LOWEST = {"percent": ZERO, "days": ZERO, "pounds": ZERO}
"""Unit → the lowest value where the register says none."""
HIGHEST = {"percent": HUNDRED}
"""Unit → the highest value where the register says none."""


def limits(added: IndicatorAdded) -> tuple[Decimal | None, Decimal | None]:
    """The lowest and the highest value that a figure can have; None where there is no limit."""
    lowest = LOWEST.get(added.measured_in) if added.lowest is None else added.lowest
    highest = HIGHEST.get(added.measured_in) if added.highest is None else added.highest
    return lowest, highest


def check_limits(figure: FigureFields, added: IndicatorAdded) -> list[Problem]:
    """Every reason why a figure cannot be; compared exactly, never by a rounded quotient."""
    over, under = figure.numerator, figure.denominator
    if over is not None and under is not None:
        if not under:
            return [_of_nothing(over)] if over else []
        if under < 0 or figure.value is not None:
            return []  # told already
        if ZERO <= over <= under and _is_share(added):
            return []
        return _outside(
            EXACT.multiply(over, HUNDRED) if added.measured_in == "percent" else over, under, figure, added
        )
    if figure.value is None:
        return []
    return _outside(figure.value, Decimal(1), figure, added)


def _is_share(added: IndicatorAdded) -> bool:
    """Whether figures are the share of a whole: from none of it to all of it."""
    return added.measured_in == "percent" and added.lowest is None and added.highest is None


def check_reachable(target: SetTarget, added: IndicatorAdded) -> list[Problem]:
    """Every number of a target that no figure of the indicator can have, so that it could never be met, or never missed."""
    lowest, highest = limits(added)
    named = {name: getattr(target, name) for name in ("value", "low", "high", "floor")} | target.bases
    called = {"value": "The target", "low": "The lower edge", "high": "The higher edge", "floor": "The floor"}
    return [
        _unreachable(
            called.get(name, f"The target '{name}'"),
            number,
            added,
            above=highest is not None and number > highest,
        )
        for name, number in named.items()
        if number is not None
        and ((highest is not None and number > highest) or (lowest is not None and number < lowest))
    ]


def _unreachable(called: str, number: Decimal, added: IndicatorAdded, *, above: bool) -> Problem:
    lowest, highest = limits(added)
    limit = highest if above else lowest
    assert limit is not None  # the number lies beyond it
    more, change = ("more", _higher(added)) if above else ("less", _lower(added))
    meant = _slipped(number, added) if above else ""
    return Problem(
        code="GT-REGISTER-400",
        sentence=f"{called}, {amount(number, added.measured_in)}, is {more} than {added.indicator} can be, which is "
        f"{amount(limit, added.measured_in)}.{meant}",
        fix=f"Look at the number again. If it is right, say first how {'high' if above else 'low'} a figure can be: {change}.",
    )


def _outside(over: Decimal, under: Decimal, figure: FigureFields, added: IndicatorAdded) -> list[Problem]:
    lowest, highest = limits(added)
    if highest is not None and over > EXACT.multiply(highest, under):
        if figure.numerator is not None and highest == HIGHEST.get(added.measured_in):
            return [_more_than_all(figure, added)]
        return [_too_high(figure, added, highest)]
    if lowest is not None and over < EXACT.multiply(lowest, under):
        return [_too_low(figure, added, lowest)]
    return []


def _too_high(figure: FigureFields, added: IndicatorAdded, highest: Decimal) -> Problem:
    return Problem(
        code="GT-FIGURE-012",
        sentence=f"{_said(figure, added)} is more than {added.indicator} can be, which is {amount(highest, added.measured_in)}."
        f"{_slipped(figure.value, added)}",
        fix=f"Look at the figure again. If it is right, say first how high it can be: {_higher(added)}.",
    )


def _more_than_all(figure: FigureFields, added: IndicatorAdded) -> Problem:
    over, under = plain(figure.numerator or ZERO), plain(figure.denominator or ZERO)
    return Problem(
        code="GT-FIGURE-013",
        sentence=f"{over} of {under} is more than all: the numerator is above the denominator. Did you mean {under} of {over}?",
        fix=f"Look at both again. If {added.indicator} can be above {amount(HUNDRED, 'percent')}, say so first: "
        f"{_higher(added)}.",
    )


def _too_low(figure: FigureFields, added: IndicatorAdded, lowest: Decimal) -> Problem:
    value = figure.value
    turned = ""
    if value is not None and value < 0 and not check_limits(FigureFields(value=-value), added):
        turned = f" Did you mean {plain(-value)}?"
    return Problem(
        code="GT-FIGURE-014",
        sentence=f"{_said(figure, added)} is less than {added.indicator} can be, which is {amount(lowest, added.measured_in)}.{turned}",
        fix=f"Look at the figure again. If it is right, say first how low it can be: {_lower(added)}.",
    )


def _of_nothing(numerator: Decimal) -> Problem:
    return Problem(
        code="GT-FIGURE-015",
        sentence=f"{plain(numerator)} of 0 cannot be: where there are no cases, none of them counts.",
        fix="Give the number of all cases; where there were none, give 0 of 0.",
    )


def _slipped(value: Decimal | None, added: IndicatorAdded) -> str:
    """The value with its decimal point where it may have been meant; nothing where it is only a little too high."""
    _, highest = limits(added)
    if value is None or highest is None or value <= 2 * highest:
        return ""
    for places in (1, 2, 3):
        meant = value.scaleb(-places)
        if meant <= highest:
            return f" Did you mean {plain(meant)}?"
    return ""


def _said(figure: FigureFields, added: IndicatorAdded) -> str:
    if figure.value is not None:
        return amount(figure.value, added.measured_in)
    return f"{plain(figure.numerator or ZERO)} of {plain(figure.denominator or ZERO)}"


def _higher(added: IndicatorAdded) -> str:
    return f"goldenthread indicator amend {added.indicator} --highest NUMBER --reason WORDS"


def _lower(added: IndicatorAdded) -> str:
    return f"goldenthread indicator amend {added.indicator} --lowest NUMBER --reason WORDS"
