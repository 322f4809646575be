"""From a figure and its target to a status, exactly, with a reason that can be read aloud."""

from __future__ import annotations

from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rules.case import Case, Target
from rules.exact import Ratio, rounded_to
from rules.rating import rate
from tests.unit.rules.given import DECLARED, RAG, SCALE, assessed, case, reason, rules, status

PACK = rules(RAG)
numbers = st.decimals(min_value=-(10**11), max_value=10**11, places=3)


# exactness ------------------------------------------------------------------------------------------------


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


# targets of zero and below --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("polarity", "value", "expected", "said"),
    [
        ("lower", "0", "green", "Green: 0 meets the target of 0."),
        (
            "lower",
            "0.001",
            "red",
            "Red: 0.001 is above the target of 0, of which no percentage can be taken.",
        ),
        ("lower", "-1", "green", "Green: -1 is below the target of 0, of which no percentage can be taken."),
        (
            "higher",
            "-0.001",
            "red",
            "Red: -0.001 is below the target of 0, of which no percentage can be taken.",
        ),
    ],
)
def test_a_target_of_zero_is_met_or_wholly_missed(
    polarity: str, value: str, expected: str, said: str
) -> None:
    found = assessed(PACK, case(polarity, value=value, target="0"))
    assert (found.status, found.reason) == (expected, said)
    assert found.compared == (D(0) if value == "0" else None)


def test_rounding_leaves_a_missed_target_of_zero_wholly_missed() -> None:
    assert status(rules(MAIDSTONE), "lower", value="0.001", target="0") == "basecamp"
    assert status(rules(MAIDSTONE), "lower", value="0", target="0") == "summit"


def test_a_negative_target_is_compared_by_its_size() -> None:
    assert status(PACK, value="-2.2", target="-2") == "amber"
    assert status(PACK, value="-2.21", target="-2") == "red"
    assert status(PACK, value="-1.9", target="-2") == "green"
    assert status(PACK, "lower", value="-1.8", target="-2") == "amber"
    assert status(PACK, "lower", value="-1.79", target="-2") == "red"


def test_a_negative_denominator_changes_nothing() -> None:
    assert status(PACK, numerator="-9", denominator="-10", target="1") == "amber"


# polarity -------------------------------------------------------------------------------------------------


def test_lower_is_better() -> None:
    assert status(PACK, "lower", value="11", target="10") == "amber"
    assert reason(PACK, "lower", value="12", target="10", measured_in="days") == (
        "Red: 12 days is 20 % above the target of 10 days; amber ends at 10 %."
    )


def test_within_the_wanted_band_is_on_target_and_outside_is_measured_from_the_nearer_edge() -> None:
    wanted = {"low": "18", "high": "20", "measured_in": "days"}
    assert (
        reason(PACK, "in_band", value="19", **wanted)
        == "Green: 19 days is within the wanted band of 18 to 20 days."
    )
    assert (
        status(PACK, "in_band", value="18", **wanted)
        == status(PACK, "in_band", value="20", **wanted)
        == "green"
    )
    assert status(PACK, "in_band", value="22", **wanted) == "amber"
    assert reason(PACK, "in_band", value="9", **wanted) == (
        "Red: 9 days is 50 % below the wanted band of 18 to 20 days; amber ends at 10 %."
    )


# other ways to compare ------------------------------------------------------------------------------------


def test_percentage_points_are_not_percent() -> None:
    pack = rules(RAG.replace("percent_from_target", "percent_points"))
    assert reason(pack, value="57.1", target="70", measured_in="percent") == (
        "Red: 57.1 % is 12.9 percentage points below the target of 70 %; amber ends at 10 percentage points."
    )
    assert reason(pack, value="3", target="4", measured_in="days") == (
        "Not rated: the indicator is not measured in percent."
    )


def test_a_difference_is_in_the_indicators_own_unit() -> None:
    pack = rules(RAG.replace("percent_from_target", "difference"))
    assert reason(pack, "lower", value="21", target="10", measured_in="days") == (
        "Red: 21 days is 11 days above the target of 10 days; amber ends at 10 days."
    )
    assert reason(pack, value="1200", target="1205.5", measured_in="pounds") == (
        "Amber: £1200 is £5.5 below the target of £1205.5; amber ends at £10."
    )


READING = (
    SCALE
    + """
compare_by: {use: value, better: higher}
bands:
  - {status: red, at_most: 25}
  - {status: amber, at_most: 75}
  - {status: green}
"""
)


def test_reading_rates_what_is_complete_without_a_target() -> None:
    pack = rules(READING)
    words = [status(pack, value=value, measured_in="percent") for value in ("25", "25.1", "75", "75.1")]
    assert words == ["red", "amber", "amber", "green"]
    assert reason(pack, value="40", measured_in="percent") == "Amber: 40 % is at most 75 %."
    assert reason(pack, value="80", measured_in="percent") == "Green: 80 % lies outside the other bands."


def test_bands_for_better_highs_do_not_rate_what_should_be_low() -> None:
    assert reason(rules(READING), "lower", value="40") == (
        "Not rated: the bands are for indicators whose better figures lie the other way."
    )


# floor and tolerance --------------------------------------------------------------------------------------

KENT = (
    SCALE
    + """
compare_by: percent_from_target
bands:
  - {status: green, at_least: 0}
  - {status: amber, floor: met}
  - {status: red}
"""
)


def test_kent_green_meets_the_target_amber_the_floor_and_red_neither() -> None:
    pack = rules(KENT)
    asked = {"target": "80", "floor": "75", "measured_in": "percent"}
    assert status(pack, value="80", **asked) == "green"
    assert reason(pack, value="75", **asked) == (
        "Amber: 75 % is 6.3 % below the target of 80 %, and meets the floor of 75 %."
    )
    assert reason(pack, value="71.4", **asked) == "Red: 71.4 % is below the floor of 75 %."


def test_where_lower_is_better_the_floor_is_a_ceiling() -> None:
    asked = {"target": "10", "floor": "15", "measured_in": "days"}
    assert reason(rules(KENT), "lower", value="15", **asked).endswith("and keeps to the ceiling of 15 days.")
    assert (
        reason(rules(KENT), "lower", value="15.1", **asked)
        == "Red: 15.1 days is above the ceiling of 15 days."
    )


def test_whether_a_floor_is_met_cannot_be_said_where_none_is_set() -> None:
    assert status(rules(KENT), value="90", target="80") == "green"
    assert reason(rules(KENT), value="79", target="80") == "Not rated: no floor is set."


def test_a_floor_laid_over_other_bands_binds_only_indicators_that_have_one() -> None:
    pack = rules(RAG.replace("bands:", "bands:\n  - {status: red, floor: missed}"))
    assert status(pack, value="79", target="80") == "amber"
    assert status(pack, value="79", target="80", floor="79") == "amber"
    assert reason(pack, value="79", target="80", floor="79.5") == "Red: 79 is below the floor of 79.5."


EAST_RIDING = """
statuses: {triangle: {}, circle: {}, star: {}}
compare_by: {use: percent_from_target}
bands:
  - {status: star, above: tolerance}
  - {status: circle, at_least: -tolerance}
  - {status: triangle}
"""


def test_east_riding_has_a_tolerance_on_both_sides() -> None:
    pack = rules(EAST_RIDING)
    asked = {"target": "100", "tolerance": "5"}
    words = [status(pack, value=value, **asked) for value in ("105.1", "105", "95", "94.9")]
    assert words == ["star", "circle", "circle", "triangle"]
    assert (
        reason(pack, value="94", **asked)
        == "Triangle: 94 is 6 % below the target of 100; circle ends at 5 %."
    )


def test_a_tolerance_that_is_not_set_is_not_guessed_unless_the_pack_gives_one() -> None:
    assert reason(rules(EAST_RIDING), value="94", target="100") == "Not rated: no tolerance is set."
    own = rules(EAST_RIDING.replace("percent_from_target}", "percent_from_target, tolerance: 6}"))
    assert status(own, value="94", target="100") == "circle"
    assert status(own, value="94", target="100", tolerance="5") == "triangle"


# frameworks -----------------------------------------------------------------------------------------------

MAIDSTONE = """
statuses: {no_data: {label: No data, points: -0.25}, basecamp: {points: 0}, firstbase: {points: 1}, summit: {points: 3}}
compare_by: {use: percent_from_target, better: positive, round_to: 0.1, rounding: half_away_from_zero}
bands:
  - {status: summit, at_least: 0}
  - {status: firstbase, from: -9.9, to: -0.1}
  - {status: basecamp, at_most: -10}
"""


@pytest.mark.parametrize(
    ("value", "target", "rounded", "continuous"),
    [
        ("95", "95", "summit", "summit"),
        ("999.6", "1000", "summit", "firstbase"),
        ("999.5", "1000", "firstbase", "firstbase"),
        ("90.04", "100", "basecamp", "firstbase"),
        ("0.9", "1.0", "basecamp", "basecamp"),
    ],
)
def test_maidstone_as_printed_and_as_read_continuously(
    value: str, target: str, rounded: str, continuous: str
) -> None:
    other = MAIDSTONE.replace(", round_to: 0.1, rounding: half_away_from_zero", "")
    other = other.replace("from: -9.9, to: -0.1", "above: -10")
    assert status(rules(MAIDSTONE), value=value, target=target) == rounded
    assert status(rules(other), value=value, target=target) == continuous


def test_what_only_rounding_put_on_target_says_so() -> None:
    assert reason(rules(MAIDSTONE), value="999.6", target="1000") == (
        "Summit: 999.6 is on the target of 1000, to the nearest 0.1 %."
    )
    assert reason(rules(MAIDSTONE), value="90.04", target="100") == (
        "Basecamp: 90.04 is 10 % below the target of 100, to the nearest 0.1 %; firstbase ends at 9.9 %."
    )


def test_maidstone_has_a_status_of_its_own_for_no_data() -> None:
    found = assessed(rules(MAIDSTONE), case(target="3"))
    assert (found.status, found.rule, found.reason) == (
        "no_data",
        "no_data",
        "No data: there is no figure for 2016-04.",
    )


CAMBRIDGESHIRE = """
statuses:
  red: {}
  amber: {}
  green: {}
  blue: {}
  baseline: {judged: no, reason: The first year is the baseline}
  contextual: {judged: no, stands_for: [no_target, no_polarity], reason: Not all indicators have targets.}
compare_by: percent_from_target
bands:
  - {status: blue, above: 5}
  - {status: green, at_least: 0}
  - {status: amber, above: -10}
  - {status: red}
"""


def test_cambridgeshire() -> None:
    pack = rules(CAMBRIDGESHIRE)
    assert reason(pack, value="180", target="200") == (
        "Red: 180 is 10 % below the target of 200; amber ends just short of 10 %."
    )
    assert reason(pack, value="210", target="200") == "Green: 210 is 5 % above the target of 200."
    found = assessed(pack, case(value="12"))
    assert (found.status, found.rule, found.reason) == (
        "contextual",
        "no_target",
        "Contextual: Not all indicators have targets.",
    )


# unrated, and declared ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_", "word", "cause", "said"),
    [
        ({"target": "3"}, "no data", "no_data", "No data: there is no figure for 2016-04."),
        ({"numerator": "3", "target": "3"}, "no data", "no_data", "No data: there is no figure for 2016-04."),
        ({"value": "3"}, "not rated", "no_target", "Not rated: no target is set."),
        ({"value": "3", "low": "1"}, "not rated", "no_target", "Not rated: no target is set."),
        (
            {"value": "3", "low": "1", "polarity": "in_band"},
            "not rated",
            "no_target",
            "Not rated: no target is set.",
        ),
        (
            {"value": "3", "target": "3", "polarity": "none"},
            "not rated",
            "no_polarity",
            "Not rated: the indicator does not say which way is better.",
        ),
        (
            {"numerator": "0", "denominator": "0", "target": "3"},
            "not rated",
            "zero_denominator",
            "Not rated: the denominator is zero.",
        ),
    ],
)
def test_what_cannot_be_rated_says_why(given_: dict[str, str], word: str, cause: str, said: str) -> None:
    found = assessed(PACK, case(**given_))
    assert (found.status, found.rule, found.reason, found.compared) == (word, cause, said, None)


def test_a_declared_status_is_shown_as_declared() -> None:
    found = assessed(rules(DECLARED), case(value="3", declared_status="red"))
    assert (found.status, found.rule, found.declared, found.value) == ("red", "declared", "red", D(3))
    assert found.reason == "Red, as declared by the service."


def test_a_figure_without_the_status_it_needs_is_not_rated() -> None:
    assert reason(rules(DECLARED), value="3") == "Not rated: no status was declared."
    assert reason(rules(DECLARED), value="3", declared_status="purple") == (
        "Not rated: 'purple' was declared, which is no status of this pack."
    )
    assert status(rules(DECLARED)) == "no data"


def test_an_unrated_state_can_be_declared() -> None:
    pack = rules(CAMBRIDGESHIRE.split("compare_by")[0] + "status_from: declared\n")
    assert reason(pack, declared_status="baseline") == (
        "Baseline, as declared by the service: The first year is the baseline."
    )


def test_where_there_are_bands_the_computed_status_stands_and_the_declared_one_is_kept() -> None:
    found = assessed(PACK, case(value="50", target="100", declared_status="green"))
    assert (found.status, found.declared) == ("red", "green")
    assert found.reason.endswith("amber ends at 10 %. The service declared green.")


# what the fact carries ------------------------------------------------------------------------------------


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
