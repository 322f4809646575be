"""What is known of an indicator's figures while a target for it is proposed: the last outturns, and which outcomes are known.

Source: Maidstone 2012, 'Targeting Performance Indicators' ('those that are too easy often lead to complacency').
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from engine.nouns import Nouns
from engine.states.series import Series, Standing
from events.errors import Invalid
from events.kinds.register import IndicatorAdded
from events.kinds.workflow import FieldValue
from events.number import parse_number
from events.period import Period, parse_period
from rules.case import Past
from rules.compared import ratio_of
from rules.exact import EXACT, Ratio
from rules.spoken import amount, shown

FROM_PERIOD, VALUE = "from_period", "value"
"""Fields of a proposed target: the first period it applies to, and the target itself."""


def easier_than(nouns: Nouns, series: tuple[str, str], fields: Mapping[str, FieldValue]) -> str:
    """The last outturn that a proposed target is easier than, in words; empty where it is not easier than any.

    Where a band is wanted, or neither higher nor lower is better, no target is easier than another.
    """
    added, target = nouns.indicator(series[0]).added, number_field(fields, VALUE)
    if added is None or target is None:
        return ""
    for service in services_of(added, series[1]):
        last = _last_outturn(nouns.series(added.indicator, service), added)
        if last is not None and is_easier(target, last[1], added.polarity):
            value = amount(shown(last[1], added.decimals, [target]), added.measured_in)
            return f"{value} ({service}, {last[0]})"
    return ""


def outcome_known(nouns: Nouns, series: tuple[str, str], fields: Mapping[str, FieldValue]) -> str:
    """The last period with a known outcome that a proposed target would apply to; empty where there is none."""
    added, start = nouns.indicator(series[0]).added, period_field(fields, FROM_PERIOD)
    if added is None or start is None:
        return ""
    known = (
        period
        for service in services_of(added, series[1])
        for period in nouns.series(added.indicator, service).judged
        if period >= start
    )
    last = max(known, default=None)
    return "" if last is None else str(last)


def services_of(added: IndicatorAdded, service: str) -> tuple[str, ...]:
    """The services that a target is for: the one it is about, or every one."""
    return (service,) if service else added.services


def number_field(fields: Mapping[str, FieldValue], name: str) -> Decimal | None:
    """A field as a number; None where it is none."""
    value = fields.get(name)
    try:
        return parse_number(value) if isinstance(value, str) and value else None
    except Invalid:
        return None


def period_field(fields: Mapping[str, FieldValue], name: str) -> Period | None:
    """A field as a period; None where it is none."""
    value = fields.get(name)
    try:
        return parse_period(value) if isinstance(value, str) and value else None
    except Invalid:
        return None


def _last_outturn(series: Series, added: IndicatorAdded) -> tuple[Period, Ratio] | None:
    """The latest period with a figure in force, and that figure."""
    return next(_outturns(series, added), None)


def _outturns(series: Series, added: IndicatorAdded) -> Iterator[tuple[Period, Ratio]]:
    for period in reversed(series.order):
        found = _outturn(series.at(str(period)), added)
        if found is not None:
            yield period, found


def _outturn(standing: Standing, added: IndicatorAdded) -> Ratio | None:
    if standing.confirmed is None:
        return None
    figure = standing.confirmed[0]
    past = Past(figure.period, "", None, figure.value, figure.numerator, figure.denominator)
    ratio = ratio_of(past, added.measured_in)
    return ratio if isinstance(ratio, Ratio) else None


def is_easier(target: Decimal, outturn: Ratio, polarity: str) -> bool:
    """Whether a target asks for less than what was last achieved; multiplied across, never divided."""
    if polarity not in ("higher", "lower"):
        return False
    wanted = EXACT.multiply(target, outturn.under)
    return wanted < outturn.over if polarity == "higher" else wanted > outturn.over
