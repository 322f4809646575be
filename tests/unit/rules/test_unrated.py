"""What cannot be rated says why, and a status that the service declares is shown as declared."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from tests.unit.rules.given import DECLARED, RAG, assessed, case, reason, rules, status
from tests.unit.rules.scales import CAMBRIDGESHIRE

PACK = rules(RAG)


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
