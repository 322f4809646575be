"""`across_breaks`: what a pack says of versions that cannot be compared."""

from __future__ import annotations

import pytest

from rules.english import english
from tests.unit.rules.given import problems, rules

SCALE = """
statuses: {red: {}, green: {}}
compare_by: percent_from_target
bands: [{status: green, at_least: 0}, {status: red}]
"""


@pytest.mark.parametrize("written", ["begun_anew", "{use: begun_anew, assumption: C15}"])
def test_a_pack_may_begin_anew_at_a_break(written: str) -> None:
    found = rules(f"{SCALE}across_breaks: {written}\n")
    assert found.across_breaks == "begun_anew"
    assert any("nothing before the break is looked at" in said for said in english(found))


def test_where_a_pack_says_nothing_earlier_periods_count_and_its_digest_is_what_it_was() -> None:
    found, said = rules(SCALE), rules(f"{SCALE}across_breaks: compared\n")
    assert (found.across_breaks, found.digest) == ("compared", said.digest)
    assert b"across_breaks" not in found.canonical()
    assert not any("break" in line for line in english(found))


@pytest.mark.parametrize("written", ["begin_anew", "{use: begin_anew}"])
def test_another_word_is_refused_with_the_nearest(written: str) -> None:
    (problem,) = problems(f"{SCALE}across_breaks: {written}\n")
    assert problem.code == "GT-RULE-007"
    assert "Did you mean 'begun_anew'?" in problem.fix


def test_a_block_without_use_is_refused() -> None:
    (problem,) = problems(f"{SCALE}across_breaks: {{assumption: C15}}\n")
    assert problem.code == "GT-RULE-003"
