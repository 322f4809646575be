"""The sentence of a verdict, put together from parts that were made once for the pack.

What can be known of a band without its figure (the label, where the scale turns) is worked out when the pack is
taken up. Anything rarer, floors, wanted bands, rounding, is left to `rules.reason`, which says it the long way.
"""

from __future__ import annotations

from decimal import Decimal

from events.number import plain
from rules.banding import tolerance_of
from rules.case import Case
from rules.distance import far_said, next_end
from rules.exact import READING, STEPS, Ratio
from rules.ir import Band, Compare, Edge, RuleSet
from rules.spoken import amount, shown, value_said


class Verdict:
    """A status with the rule that gives it, and the parts of its sentence."""

    __slots__ = ("band", "compared", "found", "head", "rule", "status", "tail")

    def __init__(
        self,
        status: str,
        rule: str,
        *,
        compared: bool,
        band: Band | None = None,
        head: str = "",
        tail: str | None = None,
    ) -> None:
        self.status = status
        self.rule = rule
        self.found = (status, rule)
        self.compared = compared
        """Whether the figure came as far as being compared."""
        self.band = band
        self.head = head
        self.tail = tail
        """How the sentence ends for a value worse than its target; None where that hangs on the case."""


class Words:
    """The parts of the sentences of one pack."""

    def __init__(self, rules: RuleSet, compare: Compare) -> None:
        self.rules = rules
        self.compare = compare
        self._plainly = not rules.uses_floor and compare.round_to is None and compare.use != "value"
        self._percent = compare.use == "percent_from_target"
        self._edges = frozenset(rules.edge_sizes)

    def verdict(self, band: Band) -> Verdict:
        """A band as a verdict."""
        return Verdict(
            band.status,
            band.rule,
            compared=True,
            band=band,
            head=f"{self.rules.by_id[band.status].label}: ",
            tail=self._tail(band),
        )

    def known(self, case: Case, found: Ratio) -> bool:
        """Whether the sentence can be put together from the parts."""
        return self._plainly and case.polarity != "in_band" and bool(found.under)

    def said(self, verdict: Verdict, case: Case, value: Ratio, found: Ratio, goal: Decimal) -> str:
        """The sentence: "Red: 57.1 % is 18.4 % below the target of 70 %; amber ends at 10 %."."""
        target, unit = case.target, case.measured_in
        assert target is not None
        assert target.value is not None
        figure, wanted = value_said(case, value), amount(target.value, unit)
        if not found.over:
            return f"{verdict.head}{figure} meets the target of {wanted}.{self._declared(verdict, case)}"
        apart = self._apart(case, found)
        side = "above" if value.over > goal else "below"
        if found.over > 0:
            tail = "."
        elif verdict.tail is None:
            assert verdict.band is not None  # a figure that was compared lies in one
            tail = f"{next_end(self.rules, self.compare, case, found, verdict.band)}."
        else:
            tail = verdict.tail
        said = f"{verdict.head}{figure} is {apart} {side} the target of {wanted}{tail}"
        return said if case.declared_status is None else said + self._declared(verdict, case)

    def _apart(self, case: Case, found: Ratio) -> str:
        """The distance to one decimal, or to as many more as keep it apart from where a band ends."""
        far = READING.divide(found.over, found.under).copy_abs().quantize(STEPS[1], None, READING)
        tolerance = tolerance_of(self.rules, case) if self.rules.uses_tolerance else None
        if far in self._edges or tolerance is not None:
            edges = self.rules.edge_sizes
            size = Ratio(found.over.copy_abs(), found.under)
            far = shown(size, 1, edges if tolerance is None else (*edges, tolerance.copy_abs()))
        return f"{plain(far)} %" if self._percent else far_said(self.compare, case, far)

    def _declared(self, verdict: Verdict, case: Case) -> str:
        if case.declared_status in (None, verdict.status):
            return ""
        return f" The service declared {self.rules.word(case.declared_status or '')}."

    def _tail(self, band: Band) -> str | None:
        """Where the scale turns below a band, if that is the same for every figure in it."""
        if not self._percent or self.rules.uses_tolerance:
            return None
        turning = self._turning(band)
        if turning is None:
            return None
        edge, better = turning
        at = "at" if edge.inclusive else "just short of"
        return f"; {self.rules.word(better.status)} ends {at} {plain(-edge.at)} %."

    def _turning(self, band: Band) -> tuple[Edge, Band] | None:
        """The band's own worse end, else the worst end of the bands before it, which every value here lies beyond."""
        if band.lower is not None and band.lower.at < 0:
            return band.lower, band
        index = self.rules.bands.index(band)
        if any(each.upper is not None or each.floor for each in self.rules.bands[:index]):
            return None
        if any(each.lower is not None and each.lower.at < 0 for each in self.rules.bands[index + 1 :]):
            return None
        ends = [
            (each.lower.at, at)
            for at, each in enumerate(self.rules.bands[:index])
            if each.lower is not None and each.lower.at < 0 and each.status != band.status
        ]
        if not ends:
            return None
        _, nearest = min(ends)
        turning = self.rules.bands[nearest]
        assert turning.lower is not None  # it has an end
        return turning.lower, turning
