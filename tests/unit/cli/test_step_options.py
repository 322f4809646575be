"""The fields of a step as options of their own, whatever a pack calls them."""

from __future__ import annotations

import click
import pytest

from adapters.cli.step_taking import options


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ([], {}),
        (["--review-on", "2011-12-01"], {"review_on": "2011-12-01"}),
        (
            ["--decision=Wait = see", "--review_on", "2011-12-01"],
            {"decision": "Wait = see", "review_on": "2011-12-01"},
        ),
        (["--reason", "--not an option--"], {"reason": "--not an option--"}),
        (["--reason="], {"reason": ""}),
    ],
)
def test_each_option_is_a_field(typed: list[str], fields: dict[str, str]) -> None:
    assert options(typed) == fields


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["Wait"], "'Wait' belongs to no field"),
        (["--decision", "Wait", "and", "see"], "'and' belongs to no field"),
        (["--"], "'--' belongs to no field"),
        (["--decision"], "'--decision' has no value"),
        (["--review-on", "1", "--review_on", "2"], "'--review_on' is given twice"),
    ],
)
def test_anything_else_is_a_mistake_in_usage(typed: list[str], said: str) -> None:
    with pytest.raises(click.UsageError, match=said):
        options(typed)
