"""The bands of real councils: floors, tolerances and statuses of their own."""

from __future__ import annotations

import pytest

from tests.unit.rules.given import RAG, assessed, case, reason, rules, status
from tests.unit.rules.scales import CAMBRIDGESHIRE, EAST_RIDING, KENT, MAIDSTONE


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
