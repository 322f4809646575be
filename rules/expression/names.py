"""The names an expression knows, and where each is found: the only way from an expression to what is judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple

from events.period import parse_period
from rules.case import Past, Target
from rules.compared import ratio_of
from rules.exact import ONE, Ratio
from rules.standing import Standing

Value = Ratio | str | bool | None
"""A number, a text, a truth, or None for what is not known."""


class Scene(NamedTuple):
    """What an expression is answered for: a standing, and inside a window one of the periods before it."""

    standing: Standing
    back: int = 0
    """How many periods before this one; 0 outside a window."""


class Known(NamedTuple):
    """One name of the table."""

    about: str
    """What it stands for, as it is said inside a sentence."""
    type: str
    """``number`` or ``text``."""
    words: str = ""
    """What its texts are taken from: ``statuses``, ``concerns`` or ``polarities``; empty for any text."""


HERE: Mapping[str, Known] = {
    "status": Known("the status", "text", "statuses"),
    "declared_status": Known("the status declared", "text", "statuses"),
    "value": Known("the value", "number"),
    "numerator": Known("the numerator", "number"),
    "denominator": Known("the denominator", "number"),
    "target": Known("the target", "number"),
    "low": Known("the lower end of the wanted band", "number"),
    "high": Known("the upper end of the wanted band", "number"),
    "floor": Known("the floor", "number"),
    "tolerance": Known("the tolerance", "number"),
    "compared": Known("the value as compared", "number"),
    "reported_as": Known("what it is reported as", "text", "concerns"),
    "polarity": Known("the better way", "text", "polarities"),
    "measured_in": Known("the unit", "text"),
    "period_number": Known("the number of the period in its year", "number"),
}
"""What is known of the period judged. A month has its number in the calendar, a quarter in the council's year."""

BEFORE: Mapping[str, Known] = {
    "status": Known("the status", "text", "statuses"),
    "value": Known("the value", "number"),
}
"""What is known of an earlier period."""

FAMILIES: Mapping[str, str] = {
    "previous": "of the period before",
    "last_year": "of the same period last year",
}
"""The earlier periods that have a name: ``previous.status``."""

POLARITIES = ("higher", "lower", "in_band", "none")


def read(scene: Scene, name: str) -> Value:
    """What stands under a name of a checked expression; None where that is not known."""
    family, dot, member = name.partition(".")
    if not dot:
        return _READ[name](scene.standing)
    if family == "fields":
        return scene.standing.fields.get(member) or None
    past = _past(scene, family)
    return None if past is None else _READ_BEFORE[member](scene.standing, past)


def _past(scene: Scene, family: str) -> Past | None:
    """The earlier period that a family of names is about; None where it was not judged."""
    if family == "last_year":
        return scene.standing.case.last_year
    return scene.standing.before(1 if family == "previous" else scene.back)


# where each is found ------------------------------------------------------------------------------------------


def _status(standing: Standing) -> Value:
    """A judgement; a state that is none answers no question about ratings."""
    return standing.status if standing.status in standing.rules.judged else None


def _declared(standing: Standing) -> Value:
    declared = standing.case.declared_status
    return declared if declared in standing.rules.judged else None


def _exact(number: Decimal | None) -> Ratio | None:
    return None if number is None else Ratio(number, ONE)


def _of_target(find: Callable[[Target], Decimal | None]) -> Callable[[Standing], Value]:
    return lambda standing: None if standing.case.target is None else _exact(find(standing.case.target))


_READ: Mapping[str, Callable[[Standing], Value]] = {
    "status": _status,
    "declared_status": _declared,
    "value": lambda standing: standing.rating.value,
    "numerator": lambda standing: _exact(standing.case.numerator),
    "denominator": lambda standing: _exact(standing.case.denominator),
    "target": _of_target(lambda target: target.value),
    "low": _of_target(lambda target: target.low),
    "high": _of_target(lambda target: target.high),
    "floor": _of_target(lambda target: target.floor),
    "tolerance": _of_target(lambda target: target.tolerance),
    "compared": lambda standing: standing.rating.found,
    "reported_as": lambda standing: standing.case.reported_as or "",
    "polarity": lambda standing: standing.case.polarity,
    "measured_in": lambda standing: standing.case.measured_in,
    "period_number": lambda standing: Ratio(Decimal(parse_period(standing.period).number), ONE),
}


def _status_before(standing: Standing, past: Past) -> Value:
    return past.status if past.status in standing.rules.judged else None


def _value_before(standing: Standing, past: Past) -> Value:
    found = ratio_of(past, standing.case.measured_in)
    return found if isinstance(found, Ratio) else None


_READ_BEFORE: Mapping[str, Callable[[Standing, Past], Value]] = {
    "status": _status_before,
    "value": _value_before,
}
