"""Where a series stands: its status now, and what was before it, as conditions ask for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from events.period import parse_period
from rules.case import Case, Past
from rules.exact import Ratio
from rules.ir import RuleSet, Trigger, Truth

if TYPE_CHECKING:
    from rules.rating import Rating

LOOK_THROUGH = "look_through"


class Standing(msgspec.Struct, frozen=True, gc=False):
    """What every condition may look at: the case, what was made of it, and how its trigger takes gaps.

    A gap is a period without a judgement: not judged at all, no data, or not rated.
    """

    rules: RuleSet
    case: Case
    rating: Rating
    """Without a status yet, where a band or an unrated word asks."""
    gaps: str = "break"
    gaps_as: str = ""

    def as_seen_by(self, trigger: Trigger) -> Standing:
        """The same, with gaps as the trigger takes them."""
        if trigger.gaps == "break":
            return self
        return Standing(self.rules, self.case, self.rating, trigger.gaps, trigger.gaps_as)

    @property
    def period(self) -> str:
        """The period judged."""
        return self.case.period

    @property
    def status(self) -> str:
        """The status of this period: a word of the pack, or the built-in word for an unrated state."""
        return self.rating.status

    @property
    def value(self) -> Ratio | None:
        """The figure of this period, exactly."""
        return self.rating.value

    @property
    def fields(self) -> Mapping[str, str]:
        """What the register says of the indicator."""
        return self.case.fields

    @property
    def reported_as(self) -> str | None:
        """What the figure was reported as."""
        return self.case.reported_as

    @property
    def history(self) -> tuple[Past, ...]:
        """Earlier judged periods, oldest first; a period left out is a gap."""
        return self.case.history

    @property
    def word(self) -> str:
        """The status of this period, as it stands inside a sentence."""
        return self.rules.word(self.rating.status)

    @property
    def no_figure(self) -> bool:
        """Whether nothing at all was given for this period: neither a number nor a declared status."""
        rating, case = self.rating, self.case
        if rating.rule == "no_data":
            return True
        given = case.value, case.numerator, case.declared_status
        return rating.value is None and rating.rule != "declared" and given == (None, None, None)

    def before(self, periods: int) -> Past | None:
        """The period so many before this one; None where it was not judged."""
        history = self.case.history
        if not history:
            return None
        wanted = earlier(self.case.period, periods)
        for past in reversed(history):
            if past.period == wanted:
                return past
        return None

    def judged_before(self, periods: int) -> Past | None:
        """The same, and None too where that period has no judgement: no data, or not rated."""
        past = self.before(periods)
        return past if past is not None and past.status in self.rules.judged else None

    def last_judged(self) -> Past | None:
        """The period before; the last one with a judgement, where gaps are looked through."""
        if self.gaps != LOOK_THROUGH:
            return self.judged_before(1)
        judged = self.rules.judged
        return next((past for past in reversed(self.case.history) if past.status in judged), None)

    def came_from(self, statuses: tuple[str, ...]) -> Truth:
        """Whether the status before this one was one of these; None where there was no judgement."""
        before = self.last_judged()
        return None if before is None else before.status in statuses

    def statuses_back(self, asked: tuple[str, ...]) -> Iterator[str]:
        """The statuses before this one, newest first, with gaps taken as the trigger says.

        A gap is left out, or is the status it counts as, or is an empty word. An unrated word that is `asked` about
        is no gap.
        """
        judged, history = self.rules.judged, self.case.history
        if self.gaps == LOOK_THROUGH:
            for past in reversed(history):
                if past.status in judged or past.status in asked:
                    yield past.status
            return
        index = len(history) - 1
        for step in range(1, self.rules.reach + 1):
            if index < 0:
                return
            past = history[index]
            if past.period == earlier(self.case.period, step):
                index -= 1
                known = past.status in judged or past.status in asked
                yield past.status if known else self.gaps_as
            else:
                yield self.gaps_as

    def counted_gaps(self, asked: tuple[str, ...], periods: int) -> str:
        """That so many of these periods, the last of which is this one, only count as a status `asked` about, as a clause.

        Empty where each of them was judged, or where the gaps among them count as nothing that is asked about.
        """
        if self.gaps_as not in asked:
            return ""
        known, history = self.rules.judged.union(asked), self.case.history
        begun = periods_since(history[0].period, self.period) if history else 0
        pasts = (self.before(step) for step in range(1, min(periods - 1, begun) + 1))
        gaps = (self.status not in known) + sum(past is None or past.status not in known for past in pasts)
        counts = "counts" if gaps == 1 else "count"
        return (
            f", of which {gaps} without a judgement {counts} as {self.rules.word(self.gaps_as)}"
            if gaps
            else ""
        )

    def run_back(self, asked: tuple[str, ...], most: int) -> int:
        """How many periods running, this one counted in, have one of these statuses; counted up to `most`."""
        run = 1
        if self.gaps == "break":
            names = names_before(self.case.period, most - 1)
            for past, period in zip(reversed(self.case.history), names, strict=False):
                if past.status not in asked or past.period != period:
                    return run
                run += 1
            return run
        for status in self.statuses_back(asked):
            if run >= most or status not in asked:
                break
            run += 1
        return run

    def pasts_back(self) -> Iterator[Past | None]:
        """The periods before this one that have a figure, newest first; None for a gap that is not looked through."""
        if self.gaps == LOOK_THROUGH:
            yield from (past for past in reversed(self.case.history) if has_figure(past))
            return
        for step in range(1, self.rules.reach + 1):
            past = self.before(step)
            yield past if past is not None and has_figure(past) else None


def has_figure(past: Past) -> bool:
    """Whether an earlier period has a number."""
    return past.value is not None or (past.numerator is not None and past.denominator is not None)


@lru_cache(maxsize=8192)
def earlier(period: str, periods: int) -> str:
    """The name of the period so many before another."""
    return str(parse_period(period).shift(-periods))


@lru_cache(maxsize=8192)
def names_before(period: str, periods: int) -> tuple[str, ...]:
    """The names of so many periods before another, newest first."""
    return tuple(earlier(period, step) for step in range(1, periods + 1))


@lru_cache(maxsize=8192)
def a_year_earlier(period: str) -> str:
    """The name of the same period a year before."""
    return str(parse_period(period).same_last_year())


@lru_cache(maxsize=8192)
def periods_since(then: str, now: str) -> int:
    """How many periods lie between two of one kind; as good as endless where they are of two kinds."""
    start, end = parse_period(then), parse_period(now)
    if start.kind != end.kind:
        return 1_000_000
    per_year = {"month": 12, "quarter": 4, "half": 2}.get(start.kind, 1)
    return (end.year - start.year) * per_year + end.number - start.number
