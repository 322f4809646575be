"""A target is changed: proposed with a reason, put to its test, approved by another person, and set in the register.

Source: Maidstone 2012, 'Targeting Performance Indicators', 'Good Target Test'.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from adapters.holidays import UkHolidays
from engine.audit.replay import replay
from engine.audit.verify import verify
from engine.commands import AddIndicator, AssignRole, SetTarget
from engine.packs.pack import Pack
from engine.packs.shelf import Shelf
from engine.queries.dashboard import dashboard
from engine.queries.explaining.explain import explain
from engine.queries.matters.matter import matter
from engine.queries.names import Names
from engine.queries.references import find_matter
from engine.queries.register import targets
from engine.testing.council import Council
from engine.views import VIEWS
from events.errors import Refused
from events.kinds.workflow import FieldValue

from .conftest import ROOT
from .founding import once

JANUARY, FEBRUARY, APRIL = date(2013, 1, 7), date(2013, 2, 4), date(2013, 4, 8)
SERIES = ("BEN1", "benefits", "")
CHANGE = "target_change"
QUESTIONS = ("specific", "measurable", "achievable", "realistic", "timescaled")


@pytest.fixture
def pack(pack_of: Callable[[Path], Pack], stores: None) -> Pack:
    return pack_of(ROOT / "packs" / "maidstone-2012")


@pytest.fixture
@once
def council(pack: Pack) -> Council:
    """A Head of Service (p3), the clerk of Management Team (p4), who enters (p5) and who activates (p6)."""
    council = Council(pack, JANUARY, holidays=UkHolidays())
    council.service("benefits")
    council.service("parking")
    request = AddIndicator(
        indicator="BEN1",
        title="Benefit claims on time",
        services=("benefits",),
        polarity="higher",
        frequency="quarter",
        measured_in="percent",
        first_period="2012-Q3",
    )
    council.ask(request, "p1")
    council.ask(SetTarget(indicator="BEN1", from_period="2012-Q3", value=Decimal(95)), "p1")
    council.hire("Hal Head", "head_of_service")
    council.hire("Mia Management", "clerk", scope="MANAGEMENT_TEAM")
    council.hire("Eve Enterer", "data_enterer")
    council.hire("Dan Manager", "data_manager")
    return council


def outturn(council: Council, period: str, value: str) -> None:
    council.figure("p5", "enter", f"BEN1/benefits/{period}", value)
    council.figure("p6", "confirm", f"BEN1/benefits/{period}")


def propose(council: Council, value: str, start: str = "2013-Q1", who: str = "p3") -> None:
    fields = {"from_period": start, "value": value}
    council.step(who, CHANGE, SERIES, "propose", fields, words={"why": "Two posts are gone"})


def put_forward(council: Council, who: str = "p3", easier: str = "", **other: FieldValue) -> None:
    words = {f"{name}_because": f"Looked at: {name}" for name in QUESTIONS}
    fields = {**dict.fromkeys(QUESTIONS, "yes"), **other}
    council.step(
        who,
        CHANGE,
        SERIES,
        "put_forward",
        fields,
        words={**words, **({"easier_because": easier} if easier else {})},
    )


def approve(council: Council, who: str = "p4") -> None:
    council.step(who, CHANGE, SERIES, "approve", body="MANAGEMENT_TEAM")


def state(council: Council, ordinal: str = "1") -> str:
    return state_of(council, ("BEN1", "benefits", ordinal))


def state_of(council: Council, about: tuple[str, str, str]) -> str:
    row = council.matter(CHANGE, about[0], about[1], about[2] or "1")
    return "none" if row is None else str(row["state"])


def target_of(council: Council, period: str) -> str:
    (line,) = dashboard(council.engine, period=period).lines
    return line.target


def test_an_approved_target_is_set_from_its_period_on_by_whoever_approved_it(council: Council) -> None:
    outturn(council, "2012-Q3", "93")
    council.live_until(FEBRUARY)
    propose(council, "94")
    put_forward(council)
    approve(council)
    assert state(council) == "approved"
    _, second = targets(council.engine, "BEN1", names=Names())
    assert (second.shown, second.from_period, second.service, second.set_by) == (
        "94 %",
        "2013-Q1",
        "benefits",
        "p4",
    )
    assert second.outcome_known == {}
    assert (target_of(council, "2012-Q3"), target_of(council, "2013-Q1")) == ("95 %", "94 %")


def test_old_and_new_stand_side_by_side_before_and_after_it_is_approved(council: Council) -> None:
    propose(council, "97")
    ref = find_matter(council.engine, "target_change-0001")
    for _ in range(2):
        shown = matter(council.engine, ref, JANUARY, names=Names()).target
        assert shown is not None
        assert [(line.name, line.old, line.new) for line in shown.lines] == [("target", "95 %", "97 %")]
        if state(council) == "proposed":
            put_forward(council)
            approve(council)
    assert state(council) == "approved"


@pytest.mark.parametrize(("said", "after"), [({}, "5"), ({"tolerance_in": "none"}, "–")])
def test_the_tolerance_stays_unless_the_proposal_drops_it(
    council: Council, said: dict[str, str], after: str
) -> None:
    request = AddIndicator(
        indicator="BEN3", title="Calls answered", services=("benefits",), polarity="higher",
        frequency="quarter", measured_in="number", first_period="2012-Q3",
    )  # fmt: skip
    council.ask(request, "p1")
    council.ask(
        SetTarget(
            indicator="BEN3",
            from_period="2012-Q3",
            value=Decimal(95),
            tolerance=Decimal(5),
            tolerance_in="units",
        ),
        "p1",
    )
    about = ("BEN3", "benefits", "")
    fields = {"from_period": "2013-Q1", "value": "97", **said}
    council.step("p3", CHANGE, about, "propose", fields, words={"why": "Two more posts"})
    words = {f"{name}_because": "Seen" for name in QUESTIONS}
    council.step("p3", CHANGE, about, "put_forward", dict.fromkeys(QUESTIONS, "yes"), words=words)
    for _ in range(2):
        ref = find_matter(council.engine, "target_change-0001")
        shown = matter(council.engine, ref, JANUARY, names=Names()).target
        assert shown is not None
        assert [(line.name, line.old, line.new) for line in shown.lines][1:] == [("tolerance", "5", after)]
        if state_of(council, about) != "approved":
            council.step("p4", CHANGE, about, "approve", body="MANAGEMENT_TEAM")
    set_ = targets(council.engine, "BEN3", names=Names())[-1]
    assert (set_.from_period, set_.tolerance_shown) == ("2013-Q1", "5" if after == "5" else "")


def test_a_target_easier_than_the_last_outturn_says_why(council: Council) -> None:
    outturn(council, "2012-Q3", "96")
    propose(council, "95.5")
    with pytest.raises(Refused, match=r"easier than the last outturn, 96 % \(benefits, 2012-Q3\)"):
        put_forward(council)
    shown = matter(
        council.engine, find_matter(council.engine, "target_change-0001"), JANUARY, names=Names()
    ).target
    assert shown is not None
    assert "2012-Q3" in shown.easier_than
    put_forward(council, easier="Two posts are gone")
    approve(council)
    assert state(council) == "approved"


def test_less_is_better_is_minded(council: Council) -> None:
    request = AddIndicator(
        indicator="BEN2", title="Days to decide", services=("benefits",), polarity="lower", frequency="quarter",
        measured_in="days", first_period="2012-Q3",
    )  # fmt: skip
    council.ask(request, "p1")
    council.figure("p5", "enter", "BEN2/benefits/2012-Q3", "10")
    council.figure("p6", "confirm", "BEN2/benefits/2012-Q3")
    about = ("BEN2", "benefits", "")
    fields = {"from_period": "2013-Q1", "value": "12"}
    council.step("p3", CHANGE, about, "propose", fields, words={"why": "Fewer staff"})
    words = {f"{name}_because": "Seen" for name in QUESTIONS}
    with pytest.raises(Refused, match="easier than the last outturn, 10"):
        council.step("p3", CHANGE, about, "put_forward", dict.fromkeys(QUESTIONS, "yes"), words=words)


def test_every_question_is_answered(council: Council) -> None:
    propose(council, "97")
    with pytest.raises(Refused) as refused:
        council.step("p3", CHANGE, SERIES, "put_forward")
    assert len(refused.value.problems) == len(QUESTIONS)


def test_once_the_outcome_is_known_it_is_a_marked_restatement(council: Council) -> None:
    outturn(council, "2012-Q3", "94")
    assert council.status("BEN1/benefits/2012-Q3") == "firstbase"
    propose(council, "93", start="2012-Q3")
    with pytest.raises(Refused, match="The outcome of 2012-Q3 is known already"):
        put_forward(council, easier="It was typed wrongly")
    put_forward(council, easier="It was typed wrongly", restates="yes")
    approve(council)
    said = explain(council.engine, "target_change-0001", council.clock.now().date(), names=Names())
    assert "From 2012-Q3 on, target: 95 % → 93 %." in [line.what for line in said.lines]
    assert any(line.what.startswith("A restatement: ") for line in said.lines)
    assert council.status("BEN1/benefits/2012-Q3") == "summit"
    assert targets(council.engine, "BEN1", names=Names())[-1].outcome_known == {"benefits": "2012-Q3"}
    (then,) = dashboard(council.engine, period="2012-Q3").lines
    (later,) = dashboard(council.engine, period="2013-Q1").lines
    assert (then.target, then.target_restated) == ("93 %", True)
    assert (later.target, later.target_restated) == ("93 %", False)


def test_an_outcome_that_becomes_known_while_it_waits_is_not_overlooked(council: Council) -> None:
    propose(council, "97", start="2012-Q3")
    put_forward(council)
    outturn(council, "2012-Q3", "94")
    with pytest.raises(Refused, match="The outcome of 2012-Q3 has become known: send it back"):
        approve(council)
    assert state(council) == "with_approver"


def test_nobody_approves_what_they_proposed_or_put_forward(council: Council) -> None:
    both = council.hire("Bo Both", "clerk", scope="MANAGEMENT_TEAM")
    council.ask(AssignRole(person=both, role="head_of_service", start=date(2000, 1, 1)), "p1")
    propose(council, "97", who=both)
    put_forward(council)
    with pytest.raises(
        Refused, match=f"'approve' needs another person than {both}, who took 'propose'. Ask p4"
    ):
        approve(council, both)
    approve(council)
    assert state(council) == "approved"


def test_a_target_over_another_is_not_set_by_hand_and_a_first_one_is(council: Council) -> None:
    with pytest.raises(Refused) as refused:
        council.ask(SetTarget(indicator="BEN1", from_period="2013-Q1", value=Decimal(94)), "p1")
    (problem,) = refused.value.problems
    assert problem.sentence == (
        "BEN1 has a target for 2013-Q1 already, and maidstone-2012 decides on another one by the workflow 'target_change'."
    )
    assert problem.fix == (
        "Propose it there: goldenthread matter begin target_change BEN1/benefits --from-period 2013-Q1 --why REASON."
    )
    council.ask(SetTarget(indicator="BEN1", from_period="2012-Q2", value=Decimal(90)), "p1")
    assert len(targets(council.engine, "BEN1", names=Names())) == 2


def test_what_the_register_would_not_take_is_refused_when_it_is_proposed(council: Council) -> None:
    with pytest.raises(Refused, match="needs a value"):
        council.step("p3", CHANGE, SERIES, "propose", {"from_period": "2013-Q1"}, words={"why": "So"})
    with pytest.raises(Refused, match="is a month, but this indicator is returned every quarter"):
        propose(council, "94", start="2013-04")


def test_a_refused_target_leaves_the_old_one(council: Council) -> None:
    propose(council, "97")
    put_forward(council)
    council.step("p4", CHANGE, SERIES, "refuse", words={"reason": "Not now"}, body="MANAGEMENT_TEAM")
    assert (state(council), target_of(council, "2013-Q1")) == ("refused", "95 %")
    propose(council, "96")
    assert state(council, "2") == "proposed"


def test_the_record_stays_whole(council: Council) -> None:
    outturn(council, "2012-Q3", "94")
    propose(council, "93", start="2012-Q3")
    put_forward(council, easier="It was typed wrongly", restates="yes")
    approve(council)
    assert replay(council.store, Shelf(council.store, UkHolidays())).differences == []
    assert not verify(council.store, views=VIEWS).faults


def test_sending_back_lets_nobody_approve_what_they_proposed(council: Council) -> None:
    """Whoever proposes also acts as clerk: another person puts it forward once more after they sent it back."""
    council.ask(AssignRole(person="p3", role="clerk", start=date(2000, 1, 1), scope="MANAGEMENT_TEAM"), "p1")
    other = council.hire("Ola Other", "head_of_service")
    outturn(council, "2012-Q3", "93")
    council.live_until(FEBRUARY)
    propose(council, "94")
    put_forward(council, other)
    for turn in range(2):
        with pytest.raises(Refused, match="needs another person than p3, who took 'propose'"):
            approve(council, "p3")
        if turn == 0:
            words = {"reason": "Look at it again"}
            council.step("p3", CHANGE, SERIES, "send_back", words=words, body="MANAGEMENT_TEAM")
            put_forward(council, other)
    approve(council)
    assert state(council) == "approved"
