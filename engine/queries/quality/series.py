"""One series as the checks look at it: its figures with their targets, oldest first, and the indicator."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from engine.packs.pack import Pack
from events.kinds.register import IndicatorAdded
from events.number import plain
from events.period import Period
from rules.case import Case, Target
from rules.exact import EXACT, ONE, ZERO, Ratio
from rules.spoken import amount, shown

YEAR_STARTS = (4, 1)


class PeriodFigure(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of one period, and the target of that period."""

    period: Period
    value: Ratio | None = None
    """Exactly; None where there is none, or the denominator is zero."""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    declared: str | None = None
    """The status that an officer declared."""
    assessed: str | None = None
    """The status it has, where it has been judged and somebody looked."""
    target: Target | None = None
    target_from: Period | None = None
    """The period that the target was set from."""
    pack: Pack | None = None
    """In force at the end of the period."""
    waiting: bool = False
    """Entered and not confirmed yet."""


class SeriesFigures(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one indicator of one service."""

    indicator: IndicatorAdded
    service: str
    figures: Sequence[PeriodFigure]
    """Oldest first; a period without a figure is left out."""
    targets_from: tuple[Period, ...] = ()
    """The periods from which targets were set for this service, in order."""

    def ref(self, at: int) -> str:
        """Indicator, service and period of one figure."""
        return f"{self.indicator.indicator}/{self.service}/{self.figures[at].period}"

    def amount(self, value: Ratio, apart_from: Sequence[Decimal] = ()) -> str:
        """A value in the indicator's unit with its decimals, more where it would read as a number it is not."""
        if value.under is ONE:
            return amount(value.over, self.indicator.measured_in)
        return amount(shown(value, self.indicator.decimals, apart_from), self.indicator.measured_in)

    def said(self, at: int) -> str:
        """One figure as people read it: ``57.1 %``, or ``57.1 % (4 of 7)``."""
        figure = self.figures[at]
        parts = (
            ""
            if figure.numerator is None
            else f"{plain(figure.numerator)} of {plain(figure.denominator or ZERO)}"
        )
        if figure.value is None:
            return parts or "no figure"
        target = figure.target.value if figure.target is not None else None
        text = self.amount(figure.value, () if target is None else (target,))
        return f"{text} ({parts})" if parts else text

    def before(self, at: int, most: int) -> list[Ratio]:
        """The values of so many figures before one, oldest first, without those that are none."""
        found = [figure.value for figure in self.figures[max(0, at - most) : at] if figure.value is not None]
        if len(found) < most < at:
            found = [figure.value for figure in self.figures[:at] if figure.value is not None][-most:]
        return found

    def case(self, at: int) -> Case:
        """One figure as the rules look at it."""
        figure, added = self.figures[at], self.indicator
        whole = figure.value if figure.numerator is None else None
        return Case(
            pack="",
            period=str(figure.period),
            value=whole.over if whole is not None else None,
            numerator=figure.numerator,
            denominator=figure.denominator,
            declared_status=figure.declared,
            polarity=added.polarity,
            measured_in=added.measured_in,
            decimals=added.decimals,
            fields=added.fields,
            target=figure.target,
        )


def council_year(period: Period, year_starts: tuple[int, int] = YEAR_STARTS) -> int:
    """The council's year that a period belongs to: the one that begins in it."""
    if period.kind != "month":
        return period.year
    return period.year if period.number >= year_starts[0] else period.year - 1


def begins_year(period: Period, year_starts: tuple[int, int] = YEAR_STARTS) -> bool:
    """Whether a period is the first of a council's year."""
    return period.number == (year_starts[0] if period.kind == "month" else 1)


def year_starts_of(figure: PeriodFigure) -> tuple[int, int]:
    """When years start, by the pack of a figure."""
    return figure.pack.organisation.calendar.year_starts if figure.pack else YEAR_STARTS


def misses(series: SeriesFigures, at: int) -> bool | None:
    """Whether a figure is worse than its target, exactly; None where there is no target, no direction or no value."""
    figure, polarity = series.figures[at], series.indicator.polarity
    value, target = figure.value, figure.target
    if value is None or target is None:
        return None
    low = target.low if polarity == "in_band" else target.value if polarity == "higher" else None
    high = target.high if polarity == "in_band" else target.value if polarity == "lower" else None
    if low is None and high is None:
        return None
    below = low is not None and value.over < EXACT.multiply(low, value.under)
    above = high is not None and value.over > EXACT.multiply(high, value.under)
    return below or above


def target_said(series: SeriesFigures, at: int) -> str:
    """The target of a figure as people read it; empty where it has none."""
    target, unit = series.figures[at].target, series.indicator.measured_in
    if target is None:
        return ""
    if target.value is not None:
        return amount(target.value, unit)
    return f"{plain(target.low or ZERO)} to {amount(target.high or ZERO, unit)}"
