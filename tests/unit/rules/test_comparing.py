"""What is measured against a target: which way is better, a target of zero and below, points and differences."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from tests.unit.rules.given import RAG, assessed, case, reason, rules, status
from tests.unit.rules.scales import MAIDSTONE, READING

PACK = rules(RAG)


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
