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
from rules.case import Case
from rules.exact import EXACT, HUNDRED, ONE, READING, STEPS, ZERO, Ratio
from rules.generated_distance import MOST_DIGITS, SHARES, above_one, below_one, distances
from rules.ir import Band, RuleSet
from rules.rating import Rating
from rules.reason import PLACES, Explained


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


Told = tuple[str, str, str]
"""Status, rule and sentence."""
Tell = Callable[[Case, Verdict, Any, Any, Any], Told]
"""Of a case: its verdict, and as far as it got, the figure over its denominator (None where it was entered whole), and
what it was set against, or what was compared instead where the pack rounds."""

Explain = Callable[[Case, Verdict, Any, Any, Any], Explained]
"""The same, with the rating and the numbers that a fact keeps."""

_multiply, _subtract = EXACT.multiply, EXACT.subtract
_divide, _quantize = READING.divide, READING.quantize
_KEPT = STEPS[PLACES]
_tuple = tuple.__new__


def telling(rules: RuleSet, at_length: Tell) -> Tell:
    """How a percentage from a target is told, for packs that neither round nor ask for floors or tolerances.

    Written out in one piece, because every judgement goes through it. What is rarer is told `at_length`.
    """
    edges = frozenset(plain(size.quantize(STEPS[1], None, READING)) for size in rules.edge_sizes)
    below, above = (each.get for each in distances(edges))

    def tell(case: Case, verdict: Verdict, n: Any, d: Any, r: Any) -> Told:
        tail = verdict.tail
        if not r or tail is None or case.measured_in != "percent" or case.declared_status is not None:
            return at_length(case, verdict, n, d, r)
        over = n > r
        target: Any = case.target  # there is one, or nothing would have been compared
        value = target.value
        goal = str(value)
        if goal[-1] == "0" or "E" in goal:
            goal = plain(value)
        if d is None:
            figure = str(n)
            if figure[-1] == "0" or "E" in figure:
                figure = plain(n)
            if len(figure) + len(goal) > MOST_DIGITS:
                return at_length(case, verdict, n, d, r)
        else:
            figure = _share(target, case.decimals, n, d, over)
            if not figure:
                return at_length(case, verdict, n, d, r)
        if over:
            far, better = above(str(above_one(n, r))), "higher"
        else:
            far, better = below(str(below_one(n, r))), "lower"
        polarity = case.polarity
        if far is None or polarity == "in_band":
            return at_length(case, verdict, n, d, r)
        if polarity == better:
            tail = "."
        return verdict.status, verdict.rule, f"{verdict.head}{figure} % {far} {goal} %{tail}"

    return tell


def explaining(tell: Tell, at_length: Explain) -> Explain:
    """How the same packs explain a case, with what `tell` says of it."""

    def explain(case: Case, verdict: Verdict, n: Any, d: Any, r: Any) -> Explained:
        if not r or n == r or case.polarity == "in_band":
            return at_length(case, verdict, n, d, r)
        status, rule, words = tell(case, verdict, n, d, r)
        over = _multiply(_subtract(n, r) if case.polarity == "higher" else _subtract(r, n), HUNDRED)
        under = r.copy_abs()
        value, found = _tuple(Ratio, (n, ONE if d is None else d)), _tuple(Ratio, (over, under))
        kept, far = n, _quantize(_divide(over, under), _KEPT)
        if d is not None:
            kept = _quantize(_divide(n, d), _KEPT)
            kept = kept or kept.copy_abs()
        rating = _tuple(Rating, (status, rule, value, found, *verdict.more))
        return Explained(rating, words, kept, far or far.copy_abs())

    return explain


def _share(target: Any, places: int, n: Decimal, d: Decimal, above: bool) -> str:
    """A fraction, divided out; nothing where it would not be read as above or below its target, or has more to keep from."""
    divide = SHARES.get(places)
    if divide is None or target.low is not None or target.high is not None or target.floor is not None:
        return ""
    shown = divide(n, d)
    if shown.adjusted() != 1:
        shown = _quantize(_divide(n, d), STEPS[places])
        if not shown:
            return ""
    if shown <= target.value if above else shown >= target.value:
        return ""
    text = str(shown)
    return plain(shown) if text[-1] == "0" or "E" in text else text


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
