"""Conditions that look back: at statuses and figures before this one, across gaps as the trigger takes them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.kinds.statuses import TriggerFired
from rules.case import Past
from rules.judge import judge
from tests.unit.rules.given import RAG, assessments, case, facts, figures, story, told, trigger, why

WORSE = "when: {consecutive: {direction: worse, at_least: 3}}"
LOOK, AS_RED = "gaps: look_through", "gaps: {count_as: red}"


# first_status ---------------------------------------------------------------------------------------------


def test_the_very_first_rating_is_one_of_these() -> None:
    pack = trigger("when: {first_status: red}")
    assert story(pack, "red red green red") == "fired - cleared -"
    assert story(pack, "green red") == "- -"


def test_periods_without_a_rating_before_it_do_not_count() -> None:
    assert story(trigger("when: {first_status: red}"), ". . red") == "unknown unknown fired"


def test_a_rating_long_ago_counts_though_nothing_else_looks_so_far() -> None:
    pack = trigger("when: {first_status: red}")
    late = case(declared_status="red", rated_before=True)
    assert len(judge(pack, late)) == 1


def test_where_nobody_looked_it_cannot_be_said() -> None:
    pack = trigger("when: {first_status: red}")
    assert assessments([judge(pack, case(declared_status="red"))])[0].not_assessed == ("t",)


# out_of ---------------------------------------------------------------------------------------------------


def test_so_many_of_the_last_so_many_in_any_order() -> None:
    pack = trigger("when: {out_of: {status: red, n: 2, of: 3}}")
    assert story(pack, "red green red green green red") == "- - fired cleared - -"
    assert story(pack, "red red green green") == "- fired fired cleared"


def test_it_says_how_many() -> None:
    pack = trigger("when: {out_of: {status: [red, amber], n: 2, of: 4}}")
    assert why(pack, "red green amber") == "Red or amber in 2 of the last 4 periods."


@given(
    st.lists(st.sampled_from(["red", "green", "."]), max_size=14),
    st.integers(2, 6).flatmap(lambda of: st.tuples(st.integers(1, of), st.just(of))),
)
def test_windows_agree_with_counting_by_hand(history: list[str], window: tuple[int, int]) -> None:
    n, of = window
    judged = facts(trigger(f"when: {{out_of: {{status: red, n: {n}, of: {of}}}}}"), " ".join(history))
    fired = [any(isinstance(fact, TriggerFired) for fact in period) for period in judged]
    assert fired == [
        now != "." and history[max(0, index + 1 - of) : index + 1].count("red") >= n
        for index, now in enumerate(history)
    ]


# direction ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("polarity", "now", "before", "way"),
    [
        ("higher", "71", "70", "better"),
        ("higher", "69", "70", "worse"),
        ("lower", "69", "70", "better"),
        ("lower", "71", "70", "worse"),
        ("higher", "70.0", "70", "same"),
        ("in_band", "8", "9", "worse"),
        ("in_band", "12", "19", "same"),
        ("in_band", "21", "25", "better"),
    ],
)
def test_better_is_what_the_polarity_says(polarity: str, now: str, before: str, way: str) -> None:
    for asked in ("better", "worse", "same"):
        pack = trigger(f"when: {{direction: {asked}}}", RAG)
        found = figures(pack, f"{before} {now}", polarity=polarity, target="70", low="10", high="20")
        assert told(found.judged).split()[-1] == ("fired" if asked == way else "-"), asked


@pytest.mark.parametrize("values", ["70", "70 .", ". 70"])
def test_without_two_figures_no_direction_can_be_said(values: str) -> None:
    pack = trigger("when: {direction: [better, worse, same]}", RAG)
    assert told(figures(pack, values, target="70").judged).split()[-1] == "unknown"


def test_without_polarity_no_direction_can_be_said() -> None:
    pack = trigger("when: {direction: [better, worse, same]}", RAG)
    assert told(figures(pack, "70 80", polarity="none").judged) == "unknown unknown"


def test_fractions_are_compared_exactly_and_not_as_they_are_shown() -> None:
    pack = trigger("when: {direction: better}", RAG)
    third = Past("2016-03", "red", None, None, Decimal(1), Decimal(3))
    close = case(
        numerator="333333334", denominator="1000000000", measured_in="percent", target="90", history=(third,)
    )
    fired = judge(pack, close)[0]
    assert isinstance(fired, TriggerFired)
    assert fired.reason == "33.3333334 % is better than the 33.3333333 % of 2016-03."


def test_a_percentage_entered_whole_compares_with_its_parts() -> None:
    pack = trigger("when: {direction: same}", RAG)
    half = Past("2016-03", "red", None, None, Decimal(1), Decimal(2))
    assert isinstance(
        judge(pack, case(value="50", measured_in="percent", target="90", history=(half,)))[0], TriggerFired
    )


def test_small_differences_count_as_the_same_where_the_pack_says_so() -> None:
    pack = trigger("when: {direction: {is: same, stable_within: 0.5}}", RAG)
    assert (
        told(figures(pack, "70 70.5 69.9 70 70", target="70").judged) == "unknown fired cleared fired fired"
    )


def test_the_same_period_last_year_is_another_one_than_the_period_before() -> None:
    pack = trigger("when: {direction: {is: worse, against: same_period_last_year}}", RAG)
    found = figures(pack, "70 60 50 40 69 61", target="70")
    assert told(found.judged) == "unknown unknown unknown unknown fired cleared"


def test_three_declines_in_a_row_need_four_figures() -> None:
    pack = trigger(WORSE, RAG)
    assert told(figures(pack, "9 8 7 6 6 5", target="5").judged) == "unknown - - fired cleared -"


def test_a_run_of_declines_says_when_it_began() -> None:
    fired = figures(trigger(WORSE, RAG), "9 8 7 6", target="5").judged[-1][0]
    assert isinstance(fired, TriggerFired)
    assert fired.reason == "The figure has become worse for 3 periods running, 2001-Q2 to 2001-Q4."


@given(st.lists(st.integers(0, 3), min_size=1, max_size=12), st.integers(1, 4))
def test_runs_of_declines_agree_with_counting_by_hand(values: list[int], periods: int) -> None:
    pack = trigger(f"when: {{consecutive: {{direction: worse, at_least: {periods}}}}}", RAG)
    judged = figures(pack, " ".join(map(str, values)), target="5").judged
    fired = [any(isinstance(fact, TriggerFired) for fact in period) for period in judged]
    runs, run = [], 0
    for before, now in zip([None, *values], values, strict=False):
        run = run + 1 if before is not None and now < before else 0
        runs.append(run >= periods)
    assert fired == runs


# no_data and overdue --------------------------------------------------------------------------------------


def test_a_missing_figure_is_always_known_to_be_missing() -> None:
    assert story(trigger("when: {no_data: yes}"), "red . red") == "- fired cleared"
    assert story(trigger("when: {no_data: no}"), "red .") == "fired cleared"


def test_a_declared_status_without_a_number_is_a_figure() -> None:
    pack = trigger("when: {no_data: yes}")
    assert len(judge(pack, case(declared_status="red"))) == 1
    assert isinstance(judge(pack, case())[0], TriggerFired)


@pytest.mark.parametrize(("late", "happens"), [(True, "fired"), (False, "-"), (None, "unknown")])
def test_a_figure_is_overdue_if_whoever_knows_the_window_says_so(late: bool | None, happens: str) -> None:
    pack = trigger("when: {overdue: yes}")
    assert told([judge(pack, case(declared_status="red", late=late))]) == happens


def test_an_overdue_figure_that_is_missing_is_told_apart_from_a_late_one() -> None:
    pack = trigger("when: {overdue: yes}")
    said = []
    for declared in ("red", None):
        fired = judge(pack, case(declared_status=declared, late=True))[0]
        assert isinstance(fired, TriggerFired)
        said.append(fired.reason)
    assert said == ["The figure came after its time.", "The time for the figure is over, and there is none."]


# gaps -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "gaps", "history", "happens"),
    [
        ("{turned: {from: amber, to: red}}", "gaps: break", "amber . red", "- unknown unknown"),
        ("{turned: {from: amber, to: red}}", LOOK, "amber . red", "- unknown fired"),
        ("{turned: {from: red, to: amber}}", AS_RED, "green . amber", "- unknown unknown"),
        ("{consecutive: {status: red, at_least: 2}}", "gaps: break", "red . red red", "- unknown - fired"),
        ("{consecutive: {status: red, at_least: 2}}", LOOK, "red . red red", "- unknown fired fired"),
        ("{consecutive: {status: red, at_least: 2}}", AS_RED, "red . green", "- fired cleared"),
        ("{consecutive: {status: red, at_least: 2}}", AS_RED, ". red", "- fired"),
        ("{out_of: {status: red, n: 2, of: 2}}", LOOK, "red . . red", "- unknown unknown fired"),
        ("{out_of: {status: red, n: 2, of: 2}}", AS_RED, "green . red", "- - fired"),
    ],
)
def test_a_trigger_says_what_a_gap_is_to_it(condition: str, gaps: str, history: str, happens: str) -> None:
    assert story(trigger(f"when: {condition}, {gaps}"), history) == happens


@pytest.mark.parametrize(
    ("condition", "history", "said"),
    [
        (
            "{consecutive: {status: [red, amber], at_least: 3}}",
            "amber . . .",
            "Red or amber for 3 periods running, 2001-02 to 2001-04, of which 3 without a judgement count as red.",
        ),
        (
            "{consecutive: {status: red, at_least: 2}}",
            ". red",
            "Red for 2 periods running, 2001-01 to 2001-02, of which 1 without a judgement counts as red.",
        ),
        (
            "{consecutive: {status: red, at_least: 2}}",
            ". red red",
            "Red for 2 periods running, 2001-02 to 2001-03.",
        ),
        (
            "{out_of: {status: red, n: 2, of: 3}}",
            "green . red",
            "Red in 2 of the last 3 periods, of which 1 without a judgement counts as red.",
        ),
        ("{out_of: {status: red, n: 1, of: 6}}", "red", "Red in 1 of the last 6 periods."),
        ("{out_of: {status: amber, n: 1, of: 3}}", ". amber", "Amber in 1 of the last 3 periods."),
    ],
)
def test_periods_that_only_count_as_a_status_are_told_apart(condition: str, history: str, said: str) -> None:
    assert why(trigger(f"when: {condition}, {AS_RED}"), history) == said


def test_directions_look_through_gaps_too() -> None:
    pack = trigger(f"{WORSE}, {LOOK}", RAG)
    assert told(figures(pack, "9 . 8 7 . 6", target="5").judged) == "unknown unknown - - unknown fired"


def test_nothing_before_the_series_began_is_a_gap() -> None:
    assert story(trigger(f"when: {{consecutive: {{status: red, at_least: 2}}}}, {AS_RED}"), "red") == "-"


def test_a_period_nobody_judged_is_a_gap_like_one_without_data() -> None:
    pack = trigger("when: {consecutive: {status: red, at_least: 3}}, gaps: look_through")
    known = (Past("2016-01", "red"), Past("2016-03", "red"))
    assert told([judge(pack, case(declared_status="red", history=known))]) == "fired"


@given(st.lists(st.sampled_from(["red", "amber", "green", "."]), max_size=12))
def test_looking_through_gaps_is_the_same_as_leaving_them_out(history: list[str]) -> None:
    for when in ("{turned: {from: amber, to: red}}", "{consecutive: {status: red, reaching: 2}}"):
        through = story(trigger(f"when: {when}, {LOOK}"), " ".join(history)).split()
        without = story(trigger(f"when: {when}"), " ".join(word for word in history if word != ".")).split()
        seen = [told for told, word in zip(through, history, strict=True) if word != "."]
        assert [each.replace("unknown", "-") for each in seen] == [
            each.replace("unknown", "-") for each in without
        ]
