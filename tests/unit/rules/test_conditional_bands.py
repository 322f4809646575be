"""Bands with conditions, unrated words with conditions, and statuses that an officer sets in place of the computed one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.case import Case, Override, Past, Target
from rules.english import english
from rules.ir import RuleSet
from rules.judge import judge
from rules.rating import rate
from tests.unit.rules.given import RAG, SCALE, assessed, case, problems, read, rules

HAVERING = (
    SCALE
    + """
compare_by: percent_from_target
bands:
  - {status: green, at_least: -10}
  - {status: amber, when: {direction: {is: [better, same], against: same_period_last_year}}}
  - {status: red}
"""
)
READING = (
    SCALE
    + """
compare_by: {use: value}
indicator_fields: {past_due: {type: yes_no}}
bands:
  - {status: green, above: 75}
  - {status: red, below: 50, when: {field: past_due, is: "yes"}}
  - {status: amber, above: 25}
  - {status: red}
"""
)
YORK = (
    RAG.replace(
        "green: {}",
        "green: {}, context: {judged: no, reason: Nobody here can change it, when: {field: kind, is: context}}",
    )
    + "indicator_fields: {kind: {type: choice, options: [context, measured]}}\n"
)
OVERRIDE = RAG + "status_from: {bands: required, override_by: chief_officer}\n"


def last_year(value: str) -> Past:
    return Past("2015-04", "red", None, Decimal(value))


# bands ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "before", "status"),
    [
        ("90", "99", "green"),
        ("80", "79", "amber"),
        ("80", "80", "amber"),
        ("80", "81", "red"),
        ("80", None, "red"),
    ],
)
def test_a_band_is_passed_over_where_its_condition_does_not_hold_or_cannot_be_said(
    value: str, before: str | None, status: str
) -> None:
    past = None if before is None else last_year(before)
    assert assessed(rules(HAVERING), case(value=value, target="100", last_year=past)).status == status


def test_a_band_with_a_condition_closes_no_gap() -> None:
    text = HAVERING.replace("  - {status: red}\n", "")
    assert [problem.code for problem in problems(text)] == ["GT-RULE-030"]


def test_a_band_with_a_condition_stands_in_no_other_bands_way() -> None:
    text = HAVERING.replace("- {status: red}", "- {status: red, below: -10}")
    assert read(text)[1] == ()


def test_a_band_behind_one_that_takes_all_is_idle_with_a_condition_too() -> None:
    text = (
        SCALE
        + """
compare_by: difference
bands: [{status: red}, {status: amber, when: {direction: better}}]
"""
    )
    assert [problem.code for problem in problems(text)] == ["GT-RULE-031"]


def test_two_bands_may_ask_the_same_and_then_only_one_can_decide() -> None:
    text = (
        SCALE
        + """
compare_by: difference
bands:
  - {status: green, at_least: 0, when: {direction: better}}
  - {status: amber, at_least: 0}
  - {status: amber, when: {direction: better}}
  - {status: red}
"""
    )
    assert read(text)[1] == ()


def test_within_one_world_a_better_figure_never_gets_a_worse_status() -> None:
    text = (
        SCALE
        + """
compare_by: difference
bands:
  - {status: red, at_least: 0, when: {field: strict, is: "yes"}}
  - {status: amber, when: {field: strict, is: "yes"}}
  - {status: green, at_least: 0}
  - {status: red}
indicator_fields: {strict: {type: yes_no}}
"""
    )
    [problem] = problems(text)
    assert (problem.code, problem.path) == ("GT-RULE-033", ("bands", 0))
    assert "where 'strict' is yes" in problem.sentence


def test_a_missed_floor_is_looked_at_in_every_world() -> None:
    text = (
        SCALE
        + """
compare_by: difference
bands:
  - {status: green, floor: missed, when: {field: strict, is: "yes"}}
  - {status: amber, floor: met}
  - {status: red}
indicator_fields: {strict: {type: yes_no}}
"""
    )
    assert [problem.code for problem in problems(text)] == ["GT-RULE-036"]


def test_the_rules_say_conditions_in_english() -> None:
    said = english(rules(HAVERING))
    assert (
        "Amber: any value, where the figure is better than or the same as that of the same period last year."
        in said
    )
    assert any("used where 'kind' is context" in each for each in english(rules(YORK)))
    assert any("The chief officer may set another status" in each for each in english(rules(OVERRIDE)))


numbers = st.integers(-60, 60).map(lambda number: Decimal(number) / 4)


@given(
    st.sampled_from([HAVERING, READING]),
    st.sampled_from(["higher", "lower"]),
    numbers,
    numbers,
    st.one_of(st.none(), numbers),
    numbers.filter(bool),
    st.sampled_from([{}, {"past_due": "yes"}, {"past_due": "no"}]),
)
def test_a_better_figure_never_gives_a_worse_status(
    text: str,
    polarity: str,
    one: Decimal,
    other: Decimal,
    before: Decimal | None,
    target: Decimal,
    fields: dict[str, str],
) -> None:
    pack = rules(text)
    past = None if before is None else Past("2015-Q1", "red", None, before)
    worse, better = sorted((one, other), reverse=polarity == "lower")
    ranks = [_rank(pack, value, polarity, past, target, fields) for value in (worse, better)]
    assert ranks[0] <= ranks[1]


def _rank(
    pack: RuleSet, value: Decimal, polarity: str, past: Past | None, target: Decimal, fields: dict[str, str]
) -> int:
    judged = Case(
        pack="",
        period="2016-Q1",
        value=value,
        polarity=polarity,
        target=Target(value=target),
        last_year=past,
        fields=fields,
    )
    return pack.by_id[rate(pack, judged).status].rank if rate(pack, judged).status in pack.by_id else -1


# unrated words --------------------------------------------------------------------------------------------


def test_a_figure_is_not_rated_where_the_condition_of_an_unrated_word_holds() -> None:
    pack = rules(YORK)
    judged = assessed(pack, case(value="50", target="70", fields={"kind": "context"}))
    assert (judged.status, judged.rule) == ("context", "statuses/context")
    assert judged.reason == "Context: Nobody here can change it."
    assert assessed(pack, case(value="50", target="70", fields={"kind": "measured"})).status == "red"
    assert assessed(pack, case(value="50", target="70")).status == "red"


def test_no_data_is_a_status_of_its_own_whatever_the_register_says() -> None:
    assert assessed(rules(YORK), case(target="70", fields={"kind": "context"})).rule == "no_data"


def test_a_declared_status_counts_for_nothing_where_the_indicator_is_not_rated() -> None:
    text = (
        YORK.split("compare_by")[0]
        + "status_from: {declared: required}\n"
        + YORK[YORK.index("indicator_fields") :]
    )
    judged = assessed(rules(text), case(declared_status="red", fields={"kind": "context"}))
    assert judged.status == "context"


# overrides ------------------------------------------------------------------------------------------------


def test_an_officers_status_stands_and_the_computed_one_is_kept_beside_it() -> None:
    judged = assessed(
        rules(OVERRIDE), case(value="50", target="70", override=Override(status="amber", by="p9"))
    )
    assert (judged.status, judged.computed, judged.overridden_by, judged.rule) == (
        "amber",
        "red",
        "p9",
        "override",
    )
    assert judged.reason == (
        "Amber, set by the chief officer in place of red (50 is 28.6 % below the target of 70; amber ends at 10 %)."
    )


def test_where_the_pack_allows_no_override_there_is_none() -> None:
    judged = assessed(rules(RAG), case(value="50", target="70", override=Override(status="amber", by="p9")))
    assert (judged.status, judged.computed, judged.overridden_by) == ("red", None, None)


@pytest.mark.parametrize("status", ["purple", "no data", "context"])
def test_only_a_judgement_of_the_pack_overrides(status: str) -> None:
    text = YORK + "status_from: {bands: required, override_by: chief_officer}\n"
    judged = assessed(rules(text), case(value="50", target="70", override=Override(status=status, by="p9")))
    assert judged.status == "red"


def test_a_missing_figure_is_not_overridden() -> None:
    judged = assessed(rules(OVERRIDE), case(target="70", override=Override(status="amber", by="p9")))
    assert (judged.status, judged.computed) == ("no data", None)


def test_triggers_go_by_the_status_that_stands() -> None:
    pack = rules(OVERRIDE + "triggers: {t: {when: {status: red}, then: {record: noted}}}\n")
    assert len(judge(pack, case(value="50", target="70", override=Override(status="amber", by="p9")))) == 1
