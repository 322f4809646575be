"""A verdict of the generated code, and its sentence, put together from parts that were made once for the pack.

What can be known of a band without its figure (the label, where the scale turns) is worked out when the pack is
taken up. Only the commonest sentence is put together here: so many per cent above or below a target. Whatever is
rarer, floors, tolerances, wanted bands, rounding, is left to `rules.reason`, which says it the long way.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from events.number import plain
from rules.case import Case, Target
from rules.exact import EXACT, HUNDRED, READING, STEPS, ZERO
from rules.ir import Band, RuleSet
from rules.rating import Rating


class Verdict:
    """A status with the rule that gives it, and the parts of its sentence."""

    __slots__ = ("band", "compared", "found", "head", "more", "rule", "status", "tail")

    def __init__(self, rating: Rating, *, compared: bool, head: str = "", tail: str | None = None) -> None:
        self.status = rating.status
        self.rule = rating.rule
        self.found = (rating.status, rating.rule)
        self.compared = compared
        """Whether the figure came as far as being compared."""
        self.band = rating.band
        self.more = rating[4:]
        """What a rating has beside its status, rule, value and what was compared."""
        self.head = head
        self.tail = tail
        """How the sentence ends for a value worse than its target; None where that hangs on the case."""


Located = tuple[Verdict, Any, Any, Any]
"""A verdict; the figure over its denominator (None where it was entered whole); and what it was set against.

Numbers, as far as the case got; what was compared instead of the last one, where the pack rounds.
"""
Said = tuple[str, Decimal, Decimal, Decimal | None, Decimal, bool]
"""A sentence; how far apart, over and under; the figure divided out, where it is a fraction, and how far apart; and
whether the figure is worse than its target."""
Say = Callable[[Case, Located], Said | None]

_multiply, _subtract = EXACT.multiply, EXACT.subtract
_divide, _quantize = READING.divide, READING.quantize


_PLACES = len(STEPS)


def saying(rules: RuleSet) -> Say:
    """How a percentage from a target is said, for packs that neither round nor ask for floors or tolerances.

    Written out in one piece, because every judgement goes through it. Answers None for what must be said at length.
    """
    tenth = STEPS[1]
    edges = frozenset(str(size.quantize(tenth, None, READING)) for size in rules.edge_sizes)

    def said(case: Case, located: Located) -> Said | None:
        verdict, n, d, r = located
        polarity = case.polarity
        if not r or polarity == "in_band" or case.measured_in != "percent":
            return None
        if verdict.tail is None or case.declared_status is not None:
            return None
        target: Any = case.target  # there is one, or nothing would have been compared
        goal = str(target.value)
        if goal[-1] == "0" or "E" in goal:
            goal = plain(target.value)
        if d is None:
            value, figure = None, str(n)
            if figure[-1] == "0" or "E" in figure:
                figure = plain(n)
        else:
            share = _share(target, case.decimals, n, d)
            if share is None or share[1] == goal:
                return None
            value, figure = share
        above = n > r
        over, under = _multiply(_subtract(n, r) if above else _subtract(r, n), HUNDRED), r.copy_abs()
        distance = _divide(over, under)
        apart = str(_quantize(distance, tenth))
        if apart in edges:
            return None
        if apart[-1] == "0":
            apart = apart[:-2]
        side = "above" if above else "below"
        if above is (polarity == "higher"):
            words = f"{verdict.head}{figure} % is {apart} % {side} the target of {goal} %."
            return words, over, under, value, distance, False
        words = f"{verdict.head}{figure} % is {apart} % {side} the target of {goal} %{verdict.tail}"
        return words, over, under, value, distance, True

    return said


def _share(target: Target, places: int, n: Decimal, d: Decimal) -> tuple[Decimal, str] | None:
    """A fraction, divided out and as text; None where that has to be kept apart from more than the target."""
    if not 0 <= places < _PLACES:
        return None
    if target.low is not None or target.high is not None or target.floor is not None:
        return None
    value = _divide(n, d)
    shown = _quantize(value, STEPS[places])
    text = str(shown)
    if not shown or "E" in text:
        return None
    return value, text.rstrip("0").rstrip(".") if places and text[-1] == "0" else text


def tail_of(rules: RuleSet, band: Band) -> str | None:
    """How a sentence of this band ends: "; amber ends at 10 %."; None where that is not the same for every figure."""
    if rules.uses_tolerance or rules.uses_floor:
        return None
    at = rules.bands.index(band)
    if band.lower is not None:
        return _ends(rules, band) if _below(band) else "."
    if any(each.upper is not None for each in rules.bands[:at]) or any(map(_below, rules.bands[at + 1 :])):
        return None
    # no band before took the value, so it lies beyond the worse end of every one of them
    before = [each for each in rules.bands[:at] if _below(each) and each.status != band.status]
    return _ends(rules, min(before, key=_end)) if before else "."


def _below(band: Band) -> bool:
    return band.lower is not None and band.lower.at < 0


def _end(band: Band) -> Decimal:
    return ZERO if band.lower is None else band.lower.at


def _ends(rules: RuleSet, band: Band) -> str:
    at = "at" if band.lower is not None and band.lower.inclusive else "just short of"
    return f"; {rules.word(band.status)} ends {at} {plain(-_end(band))} %."
