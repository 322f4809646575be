"""The life of a trigger: cleared on another threshold, held, suppressed, muted, told of by group."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.kinds.statuses import TriggerCleared, TriggerFired, TriggerMemory, TriggerScreened
from rules.case import Mute, Past
from rules.ir import RuleSet
from rules.judge import judge
from tests.unit.rules.given import (
    DECLARED,
    RAG,
    assessments,
    case,
    facts,
    figures,
    rules,
    story,
    told,
    trigger,
)

TWO = """
triggers:
  b: {label: Turned, when: {turned: {from: [amber, green], to: red}}, SECOND, then: {record: b}}
  a: {label: Three reds, when: {consecutive: {status: red, at_least: 3}}, then: {record: a}}
"""


def two(second: str) -> RuleSet:
    return rules(DECLARED + TWO.replace("SECOND", second))


# clears_when ----------------------------------------------------------------------------------------------


def test_a_trigger_may_clear_on_a_figure_and_not_on_its_status() -> None:
    pack = trigger(
        "when: {status: red}, fires: once, clears_when: {consecutive: {direction: better, at_least: 2}}", RAG
    )
    assert told(figures(pack, "50 91 90.5 92 93", target="100").judged) == "fired - - - cleared"


def test_while_the_condition_holds_it_does_not_clear_whatever_else_does() -> None:
    pack = trigger("when: {status: red}, clears_when: {status: [red, green]}")
    assert story(pack, "red red amber green") == "fired fired - cleared"


def test_where_it_cannot_be_said_whether_it_has_cleared_it_stands_and_is_listed() -> None:
    pack = trigger(
        "when: {status: red}, fires: once, clears_when: {consecutive: {status: green, at_least: 2}}"
    )
    assert story(pack, "red green . green green") == "fired - unknown - cleared"


def test_what_it_clears_on_takes_gaps_as_the_trigger_does() -> None:
    when = "when: {status: red}, fires: once, clears_when: {consecutive: {status: green, at_least: 2}}"
    assert story(trigger(f"{when}, gaps: look_through"), "red green . green") == "fired - unknown cleared"
    assert story(trigger(f"{when}, gaps: {{count_as: green}}"), "red green .") == "fired - cleared"


def test_a_trigger_that_clears_on_an_edge_clears_once() -> None:
    pack = trigger("when: {status: red}, clears_when: {turned: {from: amber, to: green}}")
    assert story(pack, "red green amber green green") == "fired - - cleared -"


# hold -----------------------------------------------------------------------------------------------------


def test_it_is_held_for_so_many_periods_after_its_condition_has_gone() -> None:
    assert (
        story(trigger("when: {status: red}, hold: 2 periods"), "red green green green") == "fired - - cleared"
    )
    assert story(trigger("when: {status: red}, hold: 1 period"), "red green green") == "fired - cleared"


def test_while_it_is_held_it_does_not_fire_again() -> None:
    pack = trigger("when: {status: red}, fires: once, hold: 2 periods")
    assert story(pack, "red green red green green green red") == "fired - - - - cleared fired"


TURNED = "when: {turned: {from: [green, amber], to: red}}"


REACHING = "when: {consecutive: {status: red, reaching: 2}}"


def test_a_condition_that_comes_back_is_the_same_firing_and_held_anew() -> None:
    pack = trigger("when: {status: red}, hold: 2 periods")
    assert story(pack, "red green red green green green") == "fired - - - - cleared"


def test_what_goes_on_after_it_has_come_back_fires_in_every_further_period() -> None:
    pack = trigger("when: {status: red}, hold: 1 period")
    assert story(pack, "red red green red red red") == "fired fired - - fired fired"


@pytest.mark.parametrize("fires", ["", ", fires: every_period", ", fires: once"])
def test_an_edge_within_its_hold_is_the_same_firing(fires: str) -> None:
    pack = trigger(f"{TURNED}, hold: 2 periods{fires}")
    assert story(pack, "green red green red green red") == "- fired - - - -"
    assert story(pack, "green red green green red") == "- fired - - -", "it had not cleared before"
    assert story(pack, "green red green green green red") == "- fired - - cleared fired"
    assert story(trigger(TURNED), "green red green red") == "- fired cleared fired", "without a hold"


def test_a_number_reached_again_though_it_has_not_cleared_is_the_same_firing() -> None:
    assert story(trigger(f"{REACHING}, hold: 1 period"), "red red green red red") == "- fired - - -"
    assert story(trigger(REACHING), "red red green red red") == "- fired cleared - fired"


def test_an_edge_that_clears_on_something_else_fires_at_each_turn_as_it_does_without_a_hold() -> None:
    for hold in ("", ", hold: 2 periods"):
        pack = trigger(f"when: {{turned: {{from: amber, to: red}}}}, clears_when: {{status: green}}{hold}")
        assert story(pack, "amber red amber red") == "- fired - fired"


def test_after_a_gap_that_outlasted_the_hold_it_fires() -> None:
    pack = trigger("when: {status: red}, hold: 1 period")
    assert story(pack, "red green . red") == "fired - unknown fired"


def test_an_edge_that_nobody_could_see_within_the_hold_is_listed_and_stands() -> None:
    pack = trigger(f"{TURNED}, hold: 3 periods")
    assert story(pack, "green red green . red green red") == "- fired - unknown unknown - -"


def test_what_was_said_to_have_cleared_and_is_put_right_fires_again_whatever_held_it() -> None:
    pack = trigger(f"{TURNED}, hold: 1 period")
    memory = {"t": TriggerMemory(active=True, since="2016-01", ceased="2016-03")}
    history = (Past("2016-03", "green"),)
    again = case(declared_status="red", triggers=memory, history=history)
    assert not any(isinstance(fact, TriggerFired) for fact in judge(pack, again))
    put_right = msgspec.structs.replace(again, cleared=frozenset({"t"}))
    assert isinstance(judge(pack, put_right)[0], TriggerFired)


@given(
    st.lists(st.sampled_from(["red", "amber", "green"]), max_size=16),
    st.integers(1, 4),
    st.sampled_from(["every_period", "once"]),
    st.sampled_from([TURNED, REACHING, f"when: {{all: [{REACHING[6:]}, {{status: [red]}}]}}"]),
)
def test_an_edge_fires_once_between_two_clearings(
    history: list[str], hold: int, fires: str, when: str
) -> None:
    pack = trigger(f"{when}, hold: {hold} periods, fires: {fires}")
    happened = [word for word in story(pack, " ".join(history)).split() if word not in ("-", "unknown")]
    assert happened == (["fired", "cleared"] * len(happened))[: len(happened)]


def test_what_cannot_be_said_neither_holds_it_longer_nor_clears_it() -> None:
    pack = trigger("when: {status: red}, hold: 1 period")
    assert story(pack, "red green . green") == "fired - unknown cleared"
    assert story(pack, "red . green green") == "fired unknown - cleared"


def test_memory_says_since_when_it_is_only_held_and_the_clearing_tells_it() -> None:
    pack = trigger("when: {status: red}, hold: 1 period")
    judged = facts(pack, "red green green")
    [_, held, _] = assessments(judged)
    assert held.triggers == {"t": TriggerMemory(active=True, since="2001-01", ceased="2001-02")}
    cleared = judged[-1][0]
    assert isinstance(cleared, TriggerCleared)
    assert cleared.reason == "The status is green; it had fired in 2001-01 and was held since 2001-02."


@given(st.lists(st.sampled_from(["red", "green"]), max_size=16), st.integers(1, 4))
def test_holding_agrees_with_counting_by_hand(history: list[str], hold: int) -> None:
    pack = trigger(f"when: {{status: red}}, hold: {hold} periods")
    stands = ["t" in each.triggers for each in assessments(facts(pack, " ".join(history)))]
    assert stands == ["red" in history[max(0, index - hold) : index + 1] for index in range(len(history))]


# suppressed_by --------------------------------------------------------------------------------------------


def fired_and_screened(pack: RuleSet, history: str) -> list[str]:
    return [
        "+".join(
            f"{fact.trigger}{'?' if isinstance(fact, TriggerScreened) else ''}"
            for fact in period
            if isinstance(fact, TriggerFired | TriggerScreened)
        )
        for period in facts(pack, history)
    ]


def test_while_another_trigger_stands_this_one_is_only_recorded() -> None:
    pack = rules(
        DECLARED
        + """
triggers:
  level: {label: Red, when: {status: red}, suppressed_by: [turned], then: {record: level}}
  turned: {label: Turned red, when: {turned: {from: green, to: red}}, then: {record: turned}}
"""
    )
    assert fired_and_screened(pack, "green red red") == ["", "level?+turned", "level?"]
    screened = facts(pack, "green red")[-1][0]
    assert isinstance(screened, TriggerScreened)
    assert (screened.cause, screened.suppressed_by) == ("suppressed", "turned")
    assert screened.record == "Suppressed by 'Turned red'"
    assert screened.reason == "The status is red, but 'Turned red' stands."


def test_it_does_not_matter_which_of_the_two_the_pack_lists_first() -> None:
    assert fired_and_screened(two("suppressed_by: [a]"), "red red red green red") == ["", "", "a", "", "b"]


def test_what_is_suppressed_itself_suppresses_nothing() -> None:
    pack = rules(
        DECLARED
        + """
triggers:
  a: {when: {status: red}, then: {record: a}}
  b: {when: {status: [red, amber]}, suppressed_by: [a], then: {record: b}}
  c: {when: {status: [red, amber, green]}, suppressed_by: [b], then: {record: c}}
"""
    )
    assert fired_and_screened(pack, "red amber green") == ["a+b?+c", "b+c?", "c"]


def test_a_trigger_that_is_switched_off_suppresses_nothing() -> None:
    pack = rules(
        DECLARED
        + """
triggers:
  a: {when: {status: red}, enabled: no, then: {record: a}}
  b: {when: {status: red}, suppressed_by: [a], then: {record: b}}
"""
    )
    assert fired_and_screened(pack, "red") == ["b"]


def test_what_only_if_screens_is_told_in_the_words_of_the_pack_though_it_is_suppressed_too() -> None:
    pack = rules(
        DECLARED
        + """
indicator_fields: {local: {type: yes_no}}
triggers:
  a: {when: {status: red}, then: {record: a}}
  b: {when: {status: red}, only_if: {field: local, is: "yes", otherwise: Not local}, suppressed_by: [a], then: {record: b}}
"""
    )
    screened = facts(pack, "red", fields={"local": "no"})[-1][1]
    assert isinstance(screened, TriggerScreened)
    assert (screened.cause, screened.record) == ("only_if", "Not local")


def test_a_trigger_that_was_suppressed_fires_when_the_other_has_cleared() -> None:
    pack = rules(
        DECLARED
        + """
triggers:
  bad: {when: {status: red}, then: {record: a}}
  poor: {when: {status: [red, amber]}, fires: once, suppressed_by: [bad], then: {record: b}}
"""
    )
    assert fired_and_screened(pack, "red amber amber") == ["bad+poor?", "poor", ""]


# mutes ----------------------------------------------------------------------------------------------------


def test_a_muted_trigger_is_recorded_with_who_and_until_and_nothing_follows() -> None:
    pack = trigger("when: {status: red}, fires: once")
    muted = case(declared_status="red", mutes={"t": Mute(by="p7", until=date(2026, 9, 1))})
    [screened, last] = judge(pack, muted)
    assert isinstance(screened, TriggerScreened)
    assert (screened.cause, screened.muted_by, screened.until) == ("muted", "p7", date(2026, 9, 1))
    assert (screened.record, screened.reason) == (
        "Muted until 1 September 2026",
        "The status is red, but it is muted.",
    )
    assert assessments([[last]])[0].triggers == {}


def test_a_mute_of_another_trigger_mutes_nothing() -> None:
    pack = trigger("when: {status: red}")
    muted = case(declared_status="red", mutes={"other": Mute(by="p7", until=date(2026, 9, 1))})
    assert isinstance(judge(pack, muted)[0], TriggerFired)


def test_a_muted_trigger_that_fired_before_clears_as_ever() -> None:
    pack = trigger("when: {status: red}")
    memory = {"t": TriggerMemory(active=True, since="2016-03")}
    muted = case(declared_status="green", triggers=memory, mutes={"t": Mute(by="p7", until=date(2026, 9, 1))})
    assert isinstance(judge(pack, muted)[0], TriggerCleared)


# group_by -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("group_by", "group"),
    [("service", "t by service childrens"), ("indicator", "t by indicator CH04"), ("body", "t by body CMT")],
)
def test_a_firing_carries_what_it_shares_with_others(group_by: str, group: str) -> None:
    pack = trigger(
        f"when: {{status: red}}, group_by: {group_by}, then: {{notify: chief_officer, refer_to: CMT}}"
    )
    fired = judge(pack, case(declared_status="red", indicator="CH04", service="childrens"))[0]
    assert isinstance(fired, TriggerFired)
    assert fired.group == group


def test_without_group_by_a_firing_stands_alone() -> None:
    fired = judge(trigger("when: {status: red}"), case(declared_status="red", service="childrens"))[0]
    assert isinstance(fired, TriggerFired)
    assert fired.group is None
