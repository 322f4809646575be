"""Values that nobody enters: of longer periods, of the year so far, of twelve months, and of the services above.

Numerators are added up and denominators are added up, exactly; percentages are never averaged. Where a part is
missing there is no value, and every part that is missing is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import msgspec

from engine.handle import Engine
from engine.queries.figures.breaks import comparable_from
from engine.queries.figures.derived_terms import (
    MEASURES,
    PERIOD,
    ROLLING,
    YEAR_TO_DATE,
    Plan,
    Term,
    plan_terms,
)
from engine.queries.figures.not_there import not_there
from engine.queries.reader import Reader
from engine.queries.references import FigureRef
from engine.queries.shown import figure_shown
from engine.views.columns import number_text
from events import stream as streams
from events.errors import Invalid, NotFound, Problem
from events.kinds.figures import FigureConfirmed
from events.kinds.register import IndicatorAdded
from events.nearest import did_you_mean
from events.period import Period, parse_period
from rules.exact import EXACT, ZERO

__all__ = ["MEASURES", "Derived", "Part", "derived"]


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One figure that went into a derived value."""

    ref: str
    sign: int
    """1 where it is added, -1 where it is taken away: figures of the year so far are told apart by that."""
    value: str | None
    numerator: str | None
    denominator: str | None
    provisional: bool
    figure: str
    """The confirmed figure, as ``stream@version``."""


class Derived(msgspec.Struct, frozen=True, kw_only=True):
    """A value that follows from figures in force."""

    indicator: str
    service: str
    period: str
    measure: str
    """``period``, ``year_to_date`` or ``rolling``."""
    value: str | None
    """Exact; None where it is a fraction, and numerator and denominator say it, or where there were no cases."""
    numerator: str | None
    denominator: str | None
    shown: str
    provisional: bool
    """Some part of it is."""
    how: str
    """In words."""
    parts: tuple[Part, ...]
    comparable_from: str | None = None
    """The first period with which it can be compared, where the indicator measured something else before."""
    mixed: bool = False
    """Some of its parts lie before that period, and some after."""

    @property
    def ref(self) -> str:
        """Indicator, service and period."""
        return f"{self.indicator}/{self.service}/{self.period}"


@dataclass(frozen=True, slots=True)
class _Found:
    term: Term
    figure: FigureConfirmed
    cite: str


def derived(
    engine: Engine,
    ref: FigureRef,
    *,
    measure: str = PERIOD,
    at: int | None = None,
    today: date | None = None,
) -> Derived:
    """Derive a value. Raises NotFound for what is not in the register, Invalid with every reason why there is no value,
    and with `today` what can be done about it then.
    """
    reader = Reader(engine, at)
    added = reader.work.indicator(ref.indicator).added
    if added is None:
        raise NotFound(reader.shelf.unknown_indicator(ref.indicator))
    period = parse_period(ref.period)
    pack = reader.pack_for(period)
    year_starts = (pack.organisation.calendar if pack else reader.calendar).year_starts
    plan = plan_terms(added, _returning(reader, added, ref.service), period, measure, year_starts)
    found = _read(reader, added, plan, _called(ref, measure), today)
    return _put_together(added, ref, measure, plan, found, comparable_from(reader, ref.indicator, period))


def _returning(reader: Reader, added: IndicatorAdded, service: str) -> tuple[str, ...]:
    """The services whose figures count: the service itself where it returns the indicator, else those below it that do."""
    if service in added.services:
        return (service,)
    tree = reader.work.services()
    below = tuple(each for each in added.services if service in tree.with_ancestors(each))
    if not below:
        raise NotFound(
            Problem(
                code="GT-REGISTER-008",
                sentence=f"{added.indicator} is not returned by '{service}'.{did_you_mean(service, added.services)}",
                fix=f"Its services are: {', '.join(added.services)}.",
            )
        )
    return below


def _read(reader: Reader, added: IndicatorAdded, plan: Plan, called: str, today: date | None) -> list[_Found]:
    """Every part, or Invalid with each that is missing."""
    code = added.indicator
    reader.work.fetch({streams.series(code, term.service) for term in plan.terms})
    found, problems = [], []
    for term in plan.terms:
        standing = reader.work.series(code, term.service).at(str(term.period))
        if standing.confirmed is None:
            part = term.service, term.period
            needs_parts = plan.aggregation == "ratio"
            problems.append(not_there(reader, added, part, standing, called, today, needs_parts=needs_parts))
        else:
            found.append(_Found(term, *standing.confirmed))
    if not problems:
        problems = [problem for each in found if (problem := _unfit(added, plan, each)) is not None]
    if problems:
        raise Invalid(*problems)
    return found


def _called(ref: FigureRef, measure: str) -> str:
    """What is derived, inside a sentence."""
    return {YEAR_TO_DATE: f"the year to date of {ref}", ROLLING: f"the twelve months of {ref}"}.get(
        measure, str(ref)
    )


def _unfit(added: IndicatorAdded, plan: Plan, found: _Found) -> Problem | None:
    """Why a part cannot be added up as the register says."""
    name = f"{added.indicator}/{found.term.service}/{found.term.period}"
    if plan.aggregation == "ratio" and found.figure.numerator is None:
        return Problem(
            code="GT-FIGURE-018",
            sentence=f"{name} was given without numerator and denominator, and percentages and rates are never averaged.",
            fix=f"Restate it with both: goldenthread figure restate {name} --numerator N --denominator N --reason WORDS.",
        )
    if plan.aggregation == "sum" and found.figure.value is None:
        return Problem(
            code="GT-FIGURE-019",
            sentence=f"{name} has no plain value that could be added up.",
            fix=f"If numerators and denominators are to be added up, say so: goldenthread indicator amend {added.indicator} "
            "--aggregation ratio --reason WORDS.",
        )
    return None


def _put_together(
    added: IndicatorAdded,
    ref: FigureRef,
    measure: str,
    plan: Plan,
    found: Sequence[_Found],
    since: Period | None,
) -> Derived:
    value, numerator, denominator = _total(plan, found)
    over, under = number_text(numerator), number_text(denominator)
    shown = figure_shown(
        added.measured_in, added.decimals, value=number_text(value), numerator=over, denominator=under
    )
    return Derived(
        indicator=ref.indicator,
        service=ref.service,
        period=ref.period,
        measure=measure,
        value=number_text(value),
        numerator=over,
        denominator=under,
        shown=shown,
        provisional=any(each.figure.provisional for each in found),
        how=plan.how,
        parts=tuple(_part(added, each) for each in found),
        comparable_from=None if since is None else str(since),
        mixed=since is not None and any(each.term.period < since for each in found),
    )


def _total(plan: Plan, found: Sequence[_Found]) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Value, numerator and denominator; what is not added up is taken from the one part there is."""
    if plan.aggregation == "ratio":
        return None, _sum(found, "numerator"), _sum(found, "denominator")
    if plan.aggregation == "sum":
        return _sum(found, "value"), None, None
    (only,) = found
    return only.figure.value, only.figure.numerator, only.figure.denominator


def _sum(found: Sequence[_Found], name: str) -> Decimal:
    total = ZERO
    for each in found:
        number: Decimal = getattr(each.figure, name)
        total = EXACT.add(total, number) if each.term.sign > 0 else EXACT.subtract(total, number)
    return total


def _part(added: IndicatorAdded, found: _Found) -> Part:
    figure = found.figure
    return Part(
        ref=f"{added.indicator}/{found.term.service}/{found.term.period}",
        sign=found.term.sign,
        value=number_text(figure.value),
        numerator=number_text(figure.numerator),
        denominator=number_text(figure.denominator),
        provisional=figure.provisional,
        figure=found.cite,
    )
