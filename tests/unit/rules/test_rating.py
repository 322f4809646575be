"""From a figure and its target to a status, exactly, with a reason that can be read aloud."""

from __future__ import annotations

from decimal import Decimal as D
from fractions import Fraction

from hypothesis import example, given
from hypothesis import strategies as st

from rules.case import Case, Target
from rules.exact import Ratio, rounded_to
from rules.rating import rate
from tests.unit.rules.given import RAG, assessed, case, reason, rules, status

PACK = rules(RAG)
numbers = st.decimals(min_value=-(10**11), max_value=10**11, places=3)


def test_nine_tenths_against_one_is_exactly_ten_percent_below_and_amber() -> None:
    found = assessed(PACK, case(value="0.9", target="1.0"))
    assert (found.status, found.compared, found.rule) == ("amber", D(-10), "bands/amber")
    assert found.reason == "Amber: 0.9 is 10 % below the target of 1; amber ends at 10 %."


def test_the_least_bit_beyond_the_boundary_is_red_and_is_not_shown_rounded_onto_it() -> None:
    found = assessed(PACK, case(value="0.899999999", target="1.0"))
    assert found.status == "red"
    assert found.reason == "Red: 0.899999999 is 10.0000001 % below the target of 1; amber ends at 10 %."


def test_a_fraction_is_never_divided() -> None:
    third = {"numerator": "1", "denominator": "3", "measured_in": "percent"}
    assert status(PACK, target="33.333333333", **third) == "green"
    assert status(PACK, target="33.333333334", **third) == "amber"


def test_a_fraction_counts_as_a_percentage_only_where_percent_is_measured() -> None:
    assert status(PACK, numerator="7", denominator="2", target="3.5", measured_in="days") == "green"
    assert assessed(
        PACK, case(numerator="7", denominator="2", target="350", measured_in="percent")
    ).value == D(350)


def test_the_sentence_of_the_brief() -> None:
    said = reason(PACK, numerator="4", denominator="7", target="70", measured_in="percent")
    assert said == "Red: 57.1 % is 18.4 % below the target of 70 %; amber ends at 10 %."


def test_a_fraction_is_not_shown_rounded_onto_the_target_it_misses() -> None:
    said = reason(PACK, numerator="6997", denominator="10000", target="70", measured_in="percent")
    assert said == "Amber: 69.97 % is 0.04 % below the target of 70 %; amber ends at 10 %."


@given(numbers, numbers, st.sampled_from(["higher", "lower"]))
@example(D("0.9"), D("1.0"), "higher")
@example(D("-0.9"), D("-1.0"), "lower")
def test_bands_agree_with_fractions(value: D, target: D, polarity: str) -> None:
    sign = 1 if polarity == "higher" else -1
    away = sign * (Fraction(value) - Fraction(target))
    if away >= 0:
        expected = "green"
    else:
        expected = "amber" if target and 100 * away / abs(Fraction(target)) >= -10 else "red"
    assert (
        rate(
            PACK, Case(pack="", period="2016", value=value, polarity=polarity, target=Target(value=target))
        ).status
        == expected
    )


@given(numbers, numbers, numbers, st.sampled_from(["higher", "lower", "in_band"]))
def test_a_better_figure_never_gets_a_worse_status(one: D, other: D, target: D, polarity: str) -> None:
    goal = Target(value=target, low=target, high=target + 5)
    ranks = {word.id: word.rank for word in PACK.statuses}

    def goodness(value: D) -> D:
        if polarity == "in_band":
            return -max(target - value, value - target - 5, D(0))
        return value if polarity == "higher" else -value

    def rank(value: D) -> int:
        return ranks[
            rate(PACK, Case(pack="", period="2016", value=value, polarity=polarity, target=goal)).status
        ]

    worse, better = sorted((one, other), key=goodness)
    if polarity == "in_band" and (worse < target) != (better < target):
        return  # a percentage is of the edge that is nearer, so the two sides have their own scale
    assert rank(better) >= rank(worse)


@given(numbers, st.sampled_from(["0.1", "0.25", "1", "5", "0.003"]))
def test_rounding_agrees_with_fractions(value: D, step: str) -> None:
    exact, size = Fraction(value) / 7, Fraction(step)
    steps = exact / size
    whole = abs(steps).__floor__()
    rest = abs(steps) - whole
    expected = {
        "half_away_from_zero": whole + (rest >= Fraction(1, 2)),
        "half_to_even": abs(round(steps)),
        "towards_zero": whole,
        "away_from_zero": whole + (rest > 0),
    }
    for rounding, count in expected.items():
        over, under = rounded_to(Ratio(value, D(7)), D(step), rounding)
        assert Fraction(over) / Fraction(under) == count * size * (1 if steps >= 0 else -1)


def test_the_judgement_names_its_inputs_and_what_the_next_one_needs() -> None:
    target = Target(value=D(100), cite="targets/CH04@2")
    one = Case(
        pack="abc",
        period="2016-04",
        figure="series/CH04/x@7",
        value=D(95),
        polarity="higher",
        target=target,
        cause="restated",
    )
    first = assessed(PACK, one)
    assert (first.pack, first.figure, first.target, first.target_value, first.cause) == (
        "abc",
        "series/CH04/x@7",
        "targets/CH04@2",
        D(100),
        "restated",
    )
    second = assessed(PACK, case(value="80", target="100", period="2016-05", history=first.recent))
    assert second.previous == "amber"
    assert [(r.period, r.status, r.compared) for r in second.recent] == [("2016-05", "red", D(-20))]


@given(numbers, numbers, numbers)
def test_judging_is_deterministic_and_total(numerator: D, denominator: D, target: D) -> None:
    one = case(
        numerator=str(numerator), denominator=str(denominator), target=str(target), measured_in="percent"
    )
    assert assessed(PACK, one) == assessed(rules(RAG), one)
