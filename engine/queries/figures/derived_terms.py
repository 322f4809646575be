"""Which figures a derived value is made of, and whether each is added or taken away, as the register says."""

from __future__ import annotations

from dataclasses import dataclass

from engine.judging.spans import YearStarts, parts_of, twelve_months, year_of, year_so_far
from engine.queries.shown import counted
from events.errors import Invalid, Problem
from events.kinds.register import IndicatorAdded
from events.period import MONTHS_IN, Period, kind_words

PERIOD, YEAR_TO_DATE, ROLLING = "period", "year_to_date", "rolling"
MEASURES = (PERIOD, YEAR_TO_DATE, ROLLING)
"""What can be asked for: the value of the period, of the year up to its end, of the twelve months up to its end."""


@dataclass(frozen=True, slots=True)
class Term:
    """One figure, added or taken away."""

    sign: int
    service: str
    period: Period


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be put together, and how."""

    terms: tuple[Term, ...]
    aggregation: str
    """``sum``, ``ratio``, or ``last`` where the one figure there is stands for all."""
    how: str


def plan_terms(
    added: IndicatorAdded, services: tuple[str, ...], period: Period, measure: str, year_starts: YearStarts
) -> Plan:
    """Plan a value. Raises Invalid where the register does not say how, or where the periods do not fit."""
    parts = parts_of(period, added.frequency, year_starts)
    if not parts:
        raise _does_not_fit(added, period)
    own = period.kind == added.frequency and measure == PERIOD
    if own and len(services) == 1:
        return Plan((Term(1, services[0], period),), "last", "the figure itself")
    if added.aggregation == "none" or (len(services) > 1 and added.aggregation == "last"):
        raise _does_not_add_up(added, services)
    signed = ((1, period),) if own else _in_time(added, parts, measure, year_starts)
    terms = tuple(Term(sign, service, each) for service in services for sign, each in signed)
    aggregation = "last" if len(terms) == 1 else added.aggregation
    return Plan(terms, aggregation, _how(added, services, signed, measure))


def _in_time(
    added: IndicatorAdded, parts: tuple[Period, ...], measure: str, year_starts: YearStarts
) -> tuple[tuple[int, Period], ...]:
    """The figures of one service that make up a stretch of time."""
    last = parts[-1]
    match added.accumulation:
        case "period" if added.aggregation == "last":
            return ((1, last),)
        case "period":
            stretch = {
                PERIOD: parts,
                YEAR_TO_DATE: year_so_far(last, year_starts),
                ROLLING: twelve_months(last),
            }
            return tuple((1, each) for each in stretch[measure])
        case "year_to_date" if added.aggregation == "last":
            if measure == ROLLING:
                raise _does_not_add_up(added, ())
            return ((1, last),)
        case "year_to_date":
            return _from_years_so_far(parts, measure, year_starts)
        case accumulation:
            if measure not in (PERIOD, accumulation):
                raise _no_such_measure(added, measure)
            return ((1, last),)


def _from_years_so_far(
    parts: tuple[Period, ...], measure: str, year_starts: YearStarts
) -> tuple[tuple[int, Period], ...]:
    """Figures of the year so far, told apart: what came before a stretch is taken away."""
    last, before = parts[-1], parts[0].previous()
    if measure == YEAR_TO_DATE:
        return ((1, last),)
    year = year_of(last, year_starts)
    if measure == PERIOD:
        began_earlier = year_of(before, year_starts) == year
        return ((1, last), (-1, before)) if began_earlier else ((1, last),)
    whole_year_ago = twelve_months(last)[0].previous()
    year_end = parts_of(year.previous(), last.kind, year_starts)[-1]
    if whole_year_ago == year_end:
        return ((1, last),)
    return ((1, last), (1, year_end), (-1, whole_year_ago))


def _how(
    added: IndicatorAdded, services: tuple[str, ...], signed: tuple[tuple[int, Period], ...], measure: str
) -> str:
    """In words: ``numerators and denominators of 3 months, each added up, over 4 services``."""
    what = {"sum": "values", "ratio": "numerators and denominators"}.get(added.aggregation, "the figure")
    each = ", each added up" if added.aggregation == "ratio" else " added up"
    span = {YEAR_TO_DATE: "the year so far", ROLLING: "the twelve months"}.get(measure, "the period")
    over = f", over {counted(len(services), 'service')}" if len(services) > 1 else ""
    if len(signed) == 1:
        own = f" for {span}" if measure != PERIOD else ""
        alone = f"the figure of {signed[0][1]}, the last,{own or ' stands for all'}"
        return f"{what} of {signed[0][1]}{each}{over}" if over else alone
    kinds = counted(len(signed), kind_words(added.frequency))
    if any(sign < 0 for sign, _ in signed):
        return f"{what} of the year so far, those before {span} taken away{over}"
    return f"{what} of {kinds}{each}{over}"


def _does_not_fit(added: IndicatorAdded, period: Period) -> Invalid:
    own, kind = kind_words(added.frequency), kind_words(period.kind)
    if MONTHS_IN[period.kind] < MONTHS_IN[added.frequency]:
        sentence = f"{added.indicator} is returned every {own}, so there is no value for a {kind}."
        fix = f"Ask for a {own} or for something longer."
    else:
        sentence = (
            f"The council's {kind}s do not end with a month, so {period} cannot be put together from months."
        )
        fix = "Ask for single months."
    return Invalid(Problem(code="GT-FIGURE-020", sentence=sentence, fix=fix))


def _does_not_add_up(added: IndicatorAdded, services: tuple[str, ...]) -> Invalid:
    what = (
        f"values of {counted(len(services), 'service')}" if len(services) > 1 else "values of longer periods"
    )
    return Invalid(
        Problem(
            code="GT-FIGURE-021",
            sentence=f"How {what} follow is not said of {added.indicator}: its aggregation is '{added.aggregation}'.",
            fix=f"Say it: goldenthread indicator amend {added.indicator} --aggregation WORD --reason WORDS. The word is ratio, sum or last.",
        )
    )


def _no_such_measure(added: IndicatorAdded, measure: str) -> Invalid:
    wanted = "the year so far" if measure == YEAR_TO_DATE else "twelve months"
    span = "twelve months" if added.accumulation == "rolling" else "one day"
    return Invalid(
        Problem(
            code="GT-FIGURE-022",
            sentence=f"A figure of {added.indicator} is of {span}, so there is no value of {wanted}.",
            fix=f"If its figures are of their period alone: goldenthread indicator amend {added.indicator} "
            "--accumulation period --reason WORDS.",
        )
    )
