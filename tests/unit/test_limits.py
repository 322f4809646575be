"""A figure that cannot be is refused, with what may have been meant."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.commands import FigureFields
from engine.limits import check_limits, limits
from events.kinds.register import IndicatorAdded


def indicator(measured_in: str = "percent", **more: Any) -> IndicatorAdded:
    numbers = {name: Decimal(value) for name, value in more.items()}
    return IndicatorAdded(
        indicator="HW1",
        title="Potholes",
        polarity="higher",
        frequency="month",
        measured_in=measured_in,
        **numbers,
    )


def figure(value: str) -> FigureFields:
    over, _, under = value.partition("/")
    if under:
        return FigureFields(numerator=Decimal(over), denominator=Decimal(under))
    return FigureFields(value=Decimal(value))


def told(value: str, added: IndicatorAdded) -> tuple[str, str] | None:
    problems = check_limits(figure(value), added)
    assert len(problems) < 2
    return (problems[0].code[-3:], problems[0].sentence) if problems else None


@pytest.mark.parametrize("value", ["0", "100", "0/9", "9/9", "0/0", "100.000000000"])
def test_a_percentage_is_from_0_to_100(value: str) -> None:
    assert told(value, indicator()) is None


@pytest.mark.parametrize(
    ("value", "code", "meant"),
    [
        ("714", "012", "Did you mean 71.4?"),
        ("7140", "012", "Did you mean 71.4?"),
        ("100.1", "012", "which is 100 %."),
        ("50/45", "013", "Did you mean 45 of 50?"),
        ("-57.1", "014", "Did you mean 57.1?"),
        ("-714", "014", "which is 0 %."),
        ("-1/45", "014", "which is 0 %."),
        ("5/0", "015", "none of them counts."),
    ],
)
def test_anything_else_is_refused_with_what_may_have_been_meant(value: str, code: str, meant: str) -> None:
    found = told(value, indicator())
    assert found is not None
    assert found[0] == code
    assert found[1].endswith(meant)


def test_the_register_may_allow_more_or_less() -> None:
    assert told("112", indicator(highest="150")) is None
    assert told("50/45", indicator(highest="150")) is None
    assert told("-3", indicator(lowest="-100")) is None
    assert told("151", indicator(highest="150")) is not None
    assert told("9", indicator(lowest="10")) is not None


@pytest.mark.parametrize("unit", ["days", "pounds"])
def test_days_and_pounds_are_not_below_zero_and_have_no_upper_limit(unit: str) -> None:
    assert told("-1", indicator(unit)) is not None
    assert told("1000000", indicator(unit)) is None
    assert told("-1", indicator(unit, lowest="-5000")) is None


def test_a_plain_number_may_be_anything() -> None:
    assert told("-7", indicator("number")) is None
    assert limits(indicator("number")) == (None, None)


@given(
    st.decimals(-10_000, 10_000, places=3),
    st.decimals(0, 10_000, places=3),
    st.decimals(-50, 0, places=2),
    st.decimals(0, 150, places=2),
)
def test_a_fraction_is_held_against_the_limits_exactly(
    over: Decimal, under: Decimal, low: Decimal, high: Decimal
) -> None:
    added = indicator(lowest=str(low), highest=str(high))
    refused = bool(check_limits(FigureFields(numerator=over, denominator=under), added))
    if not under:
        assert refused == bool(over)
    else:
        exact = 100 * Fraction(over) / Fraction(under)
        assert refused == (not Fraction(low) <= exact <= Fraction(high))


@given(st.decimals(-200, 200, places=3), st.decimals(0, 100, places=3))
def test_a_share_of_a_whole_lies_between_none_and_all_of_it(over: Decimal, under: Decimal) -> None:
    refused = bool(check_limits(FigureFields(numerator=over, denominator=under), indicator()))
    assert refused == (over != 0 if not under else not 0 <= Fraction(over) / Fraction(under) <= 1)
