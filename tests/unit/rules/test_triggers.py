"""When a trigger fires, screens, clears, or stays quiet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.errors import Invalid
from events.kinds.statuses import StatusAssessed, TriggerFired, TriggerMemory, TriggerScreened
from rules.case import Past
from rules.judge import judge
from tests.unit.rules.given import DECLARED, RAG, case, facts, rules, story, trigger, why

TURNED = "when: {turned: {from: amber, to: red}}"
CONCERN = (
    "when: {any: [{status: red}, {reported_as: risk}]}, "
    "only_if: {field: local, is: 'yes', otherwise: Not a local priority}, fires: once"
)


# status ---------------------------------------------------------------------------------------------------


def test_a_status_fires_in_every_period_it_holds() -> None:
    assert story(trigger("when: {status: red}"), "amber red red green") == "- fired fired cleared"


def test_once_means_not_again_until_it_has_cleared() -> None:
    assert story(trigger("when: {status: red}, fires: once"), "red red green red") == "fired - cleared fired"


def test_any_of_several_statuses_will_do() -> None:
    assert story(trigger("when: {status: [red, amber]}"), "green amber red") == "- fired fired"


def test_a_period_without_data_neither_fires_nor_clears_and_is_listed() -> None:
    once = trigger("when: {status: red}, fires: once")
    assert story(once, "red . red green") == "fired unknown - cleared"


def test_an_unrated_status_can_be_asked_for_by_its_name() -> None:
    pack = rules(
        DECLARED.replace("red: {}", "no_data: {}, red: {}")
        + "triggers: {t: {when: {status: no_data}, then: {record: chased}}}"
    )
    assert story(pack, "red no_data red") == "- fired cleared"


# turned ---------------------------------------------------------------------------------------------------


def test_a_turn_fires_once_and_clears_when_the_status_is_left() -> None:
    assert story(trigger(TURNED), "green amber red red amber red") == "- - fired - cleared fired"


def test_a_turn_from_elsewhere_stays_quiet() -> None:
    assert story(trigger(TURNED), "green red") == "- -"


def test_a_first_status_has_nothing_to_turn_from() -> None:
    assert story(trigger(TURNED), "red") == "unknown"


def test_nothing_turns_across_a_gap() -> None:
    assert story(trigger(TURNED), "amber . red") == "- unknown unknown"


def test_a_turn_that_might_have_happened_again_is_listed_unless_it_could_not_fire() -> None:
    assert story(trigger(TURNED), "amber red . red") == "- fired unknown unknown"
    assert story(trigger(f"{TURNED}, fires: once"), "amber red . red") == "- fired unknown -"


def test_a_period_left_out_of_the_history_is_a_gap() -> None:
    known = (Past("2016-02", "amber"),)
    last = judge(trigger(TURNED), case(declared_status="red", history=known))[-1]
    assert isinstance(last, StatusAssessed)
    assert (last.not_assessed, last.previous) == (("t",), None)


@given(st.lists(st.sampled_from(["red", "amber", "green", "."]), max_size=12))
def test_a_turn_never_fires_from_no_data(history: list[str]) -> None:
    judged = facts(trigger(TURNED), " ".join(history))
    fired = [any(isinstance(fact, TriggerFired) for fact in period) for period in judged]
    assert fired == [
        now == "red" and index > 0 and history[index - 1] == "amber" for index, now in enumerate(history)
    ]


# consecutive ----------------------------------------------------------------------------------------------


def test_so_many_periods_running_at_least() -> None:
    assert (
        story(trigger("when: {consecutive: {status: red, at_least: 3}}"), "red red red red green")
        == "- - fired fired cleared"
    )


def test_a_mixed_run_counts_where_both_are_named() -> None:
    assert (
        story(trigger("when: {consecutive: {status: [red, amber], at_least: 3}}"), "red amber red")
        == "- - fired"
    )


def test_a_period_without_data_ends_a_run() -> None:
    assert (
        story(trigger("when: {consecutive: {status: red, at_least: 2}}"), "red . red red")
        == "- unknown - fired"
    )


def test_exactly_has_gone_in_the_period_after() -> None:
    assert (
        story(trigger("when: {consecutive: {status: red, exactly: 2}}"), "red red red green")
        == "- fired cleared -"
    )


def test_reaching_stands_until_the_run_ends() -> None:
    assert (
        story(trigger("when: {consecutive: {status: red, reaching: 2}}"), "red red red green red red")
        == "- fired - cleared - fired"
    )


@given(st.lists(st.sampled_from(["red", "green", "."]), max_size=14), st.integers(2, 5))
def test_runs_agree_with_counting_by_hand(history: list[str], periods: int) -> None:
    found = {}
    for count in ("at_least", "exactly", "reaching"):
        judged = facts(
            trigger(f"when: {{consecutive: {{status: red, {count}: {periods}}}}}"), " ".join(history)
        )
        found[count] = [any(isinstance(fact, TriggerFired) for fact in period) for period in judged]
    runs, run = [], 0
    for word in history:
        run = run + 1 if word == "red" else 0
        runs.append(run)
    assert found["at_least"] == [run >= periods for run in runs]
    assert found["exactly"] == found["reaching"] == [run == periods for run in runs]


# reported_as, field and only_if ---------------------------------------------------------------------------


def test_a_concern_reported_as_a_risk_fires_whatever_its_status() -> None:
    assert story(trigger(CONCERN), "green", fields={"local": "yes"}, reported_as="risk") == "fired"


def test_a_figure_reported_as_nothing_is_no_concern() -> None:
    assert story(trigger(CONCERN), "green", fields={"local": "yes"}) == "-"


def test_what_is_no_local_priority_is_recorded_and_goes_no_further() -> None:
    [screened, _] = facts(trigger(CONCERN), "red", fields={"local": "no"})[-1]
    assert isinstance(screened, TriggerScreened)
    assert (screened.record, screened.reason) == (
        "Not a local priority",
        "The status is red, but 'important locally' is no.",
    )


def test_a_screened_trigger_fires_as_soon_as_the_field_says_yes() -> None:
    pack = trigger(CONCERN)
    earlier = facts(pack, "red", fields={"local": "no"})[-1][-1]
    assert isinstance(earlier, StatusAssessed)
    assert earlier.triggers == {}
    later = case(
        declared_status="red", period="2001-02", fields={"local": "yes"}, history=(Past("2001-01", "red"),)
    )
    assert isinstance(judge(pack, later)[0], TriggerFired)


def test_a_field_that_nobody_filled_in_is_listed_and_not_guessed() -> None:
    assert story(trigger(CONCERN), "red") == "unknown"


def test_still_red_next_quarter_does_not_fire_again() -> None:
    assert story(trigger(CONCERN), "red red red", fields={"local": "yes"}) == "fired - -"


# any, all, not --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("{any: [{status: red}, {field: local, is: 'yes'}]}", "fired"),  # true or unknown
        ("{any: [{status: green}, {field: local, is: 'yes'}]}", "unknown"),  # false or unknown
        ("{all: [{status: red}, {field: local, is: 'yes'}]}", "unknown"),  # true and unknown
        ("{all: [{status: green}, {field: local, is: 'yes'}]}", "-"),  # false and unknown
        ("{not: {field: local, is: 'yes'}}", "unknown"),
        ("{not: {status: green}}", "fired"),
        ("{not: {status: red}}", "-"),
    ],
)
def test_what_is_unknown_stays_unknown_unless_the_rest_decides(condition: str, told: str) -> None:
    assert story(trigger(f"when: {condition}"), "red") == told


def test_not_green_does_not_fire_on_no_data() -> None:
    assert story(trigger("when: {not: {status: green}}"), ".") == "unknown"


# the life of a trigger ------------------------------------------------------------------------------------


def test_it_may_clear_on_another_threshold_than_it_fires_on() -> None:
    pack = trigger(
        "when: {status: red}, fires: once, clears_when: {consecutive: {status: green, at_least: 2}}"
    )
    assert story(pack, "red amber red green green red") == "fired - - - cleared fired"


def test_a_trigger_that_is_switched_off_stays_quiet() -> None:
    assert story(trigger("when: {status: red}, enabled: no"), "red red") == "- -"


def test_memory_of_a_trigger_the_pack_does_not_have_is_dropped() -> None:
    last = judge(rules(DECLARED), case(declared_status="red", triggers={"old": TriggerMemory(active=True)}))[
        -1
    ]
    assert isinstance(last, StatusAssessed)
    assert last.triggers == {}


def test_memory_keeps_the_period_it_fired_in() -> None:
    last = facts(trigger("when: {status: red}"), "red red red")[-1][-1]
    assert isinstance(last, StatusAssessed)
    assert last.triggers == {"t": TriggerMemory(active=True, since="2001-01")}


def test_an_earlier_period_and_a_historic_load_have_no_consequences() -> None:
    pack = trigger("when: {status: red}")
    for judged in (
        case(declared_status="red", consequences=False),
        case(declared_status="red", historic=True),
    ):
        fired = judge(pack, judged)[0]
        assert isinstance(fired, TriggerFired)
        assert not fired.consequences


def test_what_follows_is_carried_by_the_fact() -> None:
    then = "then: {refer_to: CPEG, start: intervention, require: commentary, within: 10 working days, notify: [CMT, chief_officer], record: seen}"
    fired = facts(trigger(f"when: {{status: red}}, {then}"), "red")[0][0]
    assert isinstance(fired, TriggerFired)
    assert (fired.refer_to, fired.start, fired.require, fired.notify, fired.record, fired.consequences) == (
        "CPEG",
        "intervention",
        "commentary within 10 working days",
        ("CMT", "chief_officer"),
        "seen",
        True,
    )


# why ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "history", "said"),
    [
        ("{turned: {from: amber, to: red}}", "amber red", "Turned from amber (2001-01) to red."),
        ("{status: [red, amber]}", "amber", "The status is amber."),
        (
            "{consecutive: {status: red, at_least: 3}}",
            "red red red",
            "Red for 3 periods running, 2001-01 to 2001-03.",
        ),
        ("{not: {status: green}}", "red", "The status is red."),
        (
            "{all: [{status: red}, {not: {reported_as: risk}}]}",
            "red",
            "The status is red and not reported as risk.",
        ),
    ],
)
def test_a_firing_says_why_in_one_sentence(condition: str, history: str, said: str) -> None:
    assert why(trigger(f"when: {condition}"), history) == said


def test_a_clearing_says_why_and_when_it_had_fired() -> None:
    assert why(trigger("when: {status: red}"), "red green") == "The status is green; it had fired in 2001-01."


def test_a_reported_concern_says_as_what() -> None:
    pack = trigger("when: {reported_as: area_for_improvement}")
    assert why(pack, "green", reported_as="area_for_improvement") == "Reported as area for improvement."


# histories ------------------------------------------------------------------------------------------------


def test_a_history_is_taken_as_given_even_where_the_pack_has_bands() -> None:
    assert story(trigger(TURNED, RAG), "amber red") == "- fired"


def test_a_history_refuses_a_word_that_is_no_status() -> None:
    with pytest.raises(Invalid) as refused:
        facts(trigger(TURNED), "amber rd")
    assert [str(problem) for problem in refused.value.problems] == [
        "'rd' is no status of this pack. Did you mean 'red'?"
    ]


def test_concerns_can_be_given_period_by_period() -> None:
    pack = trigger("when: {reported_as: risk}")
    assert story(pack, "green green", reported_as=["risk", None]) == "fired cleared"
    with pytest.raises(ValueError, match="1 words were given for 2 periods"):
        facts(pack, "green green", reported_as=["risk"])


def test_an_empty_history_has_no_facts() -> None:
    assert facts(trigger(TURNED), "") == []
