"""People stand in for one another on dated delegations: who may, who may not, and who is named."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engine.commands import (
    AddAbsence,
    AddDelegation,
    AssignRole,
    EndAbsence,
    EndDelegation,
    EndRole,
    FigureFields,
    Step,
    TakeSteps,
)
from engine.queries.doctor import doctor
from engine.queries.names import Names
from engine.queries.separation import audit_duties
from engine.queries.standing_in import is_stood_in_for
from engine.queries.work_list.tasks import tasks
from engine.testing.council import Council
from events.errors import Refused
from tests.integration.conftest import START

FIGURE = ("AE4", "acute", "2017-06")
ANALYST, MANAGER, SERVICE, CLERK = "p3", "p4", "p5", "p6"


def step(name: str, acting_for: str | None = None, value: str | None = None) -> TakeSteps:
    """A step of the submission of June."""
    from decimal import Decimal

    figure = FigureFields(value=Decimal(value)) if value else None
    taken = Step(
        workflow="submission",
        indicator=FIGURE[0],
        service=FIGURE[1],
        subject=FIGURE[2],
        step=name,
        figure=figure,
        acting_for=acting_for,
    )
    return TakeSteps(steps=(taken,))


def codes(
    council: Council, who: str, name: str, acting_for: str | None = None, on: date | None = None
) -> set[str]:
    """Why somebody may not take a step."""
    with pytest.raises(Refused) as refused:
        council.ask(step(name, acting_for), who, on=on)
    return {problem.code for problem in refused.value.problems}


def delegate(
    council: Council, by: str, to: str, days: int = 14, role: str | None = None, giver: str = ""
) -> None:
    """Give a delegation from today."""
    today = council.clock.now().date()
    given = AddDelegation(
        delegator=by, delegate=to, role=role, start=today, until=today + timedelta(days=days)
    )
    council.ask(given, giver or by)


@pytest.fixture
def entered(council: Council) -> Council:
    """The analyst has entered a figure that waits for the manager."""
    council.ask(step("enter", value="90"), ANALYST)
    return council


def test_a_stand_in_takes_the_step_and_says_for_whom(entered: Council) -> None:
    delegate(entered, MANAGER, SERVICE)
    assert codes(entered, SERVICE, "confirm") == {"GT-PEOPLE-039"}
    facts = entered.ask(step("confirm", MANAGER), SERVICE).facts
    assert (facts[0].actor, facts[0].event.move.acting_for) == (SERVICE, MANAGER)  # type: ignore[attr-defined]  # a confirmation has a move


def test_without_a_delegation_nobody_takes_anothers_step(entered: Council) -> None:
    assert "GT-STEP-010" in codes(entered, SERVICE, "confirm", MANAGER)


def test_a_delegation_holds_on_its_days_and_no_longer(entered: Council) -> None:
    delegate(entered, MANAGER, SERVICE, days=2)
    entered.at(START + timedelta(days=3))
    assert "GT-STEP-010" in codes(entered, SERVICE, "confirm", MANAGER)
    assert "GT-STEP-010" in codes(entered, SERVICE, "confirm", MANAGER, on=START + timedelta(days=1))


def test_a_day_that_is_given_brings_no_ended_role_back_and_whoever_holds_none_today_is_not_asked(
    entered: Council,
) -> None:
    yesterday, today = START + timedelta(days=2), START + timedelta(days=3)
    entered.ask(EndRole(person=MANAGER, role="data_manager", last_day=yesterday), "p1")
    delegate(entered, MANAGER, SERVICE)
    entered.at(today)
    with pytest.raises(Refused) as refused:
        entered.ask(step("confirm"), MANAGER, on=yesterday)
    (problem,) = refused.value.problems
    assert problem.sentence.endswith(f"{MANAGER} is none of these on 13 July 2017, which is today.")
    assert problem.fix.startswith("Nobody can at present")
    entered.ask(AssignRole(person=CLERK, role="data_manager", start=today), "p1")
    with pytest.raises(Refused) as refused:
        entered.ask(step("confirm"), CLERK, on=yesterday)
    (problem,) = refused.value.problems
    assert problem.sentence.endswith(f"{CLERK} is none of these on 12 July 2017.")
    assert problem.fix.startswith("Nobody can at present")
    entered.ask(AssignRole(person=CLERK, role="data_manager", start=START), "p1")
    with pytest.raises(Refused) as refused:
        entered.ask(step("confirm"), MANAGER, on=yesterday)
    assert refused.value.problems[0].fix.startswith(f"Ask {CLERK}.")
    assert entered.ask(step("confirm"), CLERK, on=yesterday).facts[0].type == "figure.confirmed"


def test_an_ended_delegation_is_none(entered: Council) -> None:
    delegate(entered, MANAGER, SERVICE)
    entered.ask(EndDelegation(delegation="1", last_day=START - timedelta(days=1)), MANAGER)
    assert "GT-STEP-010" in codes(entered, SERVICE, "confirm", MANAGER)


def test_a_delegation_of_one_role_is_not_for_another(entered: Council) -> None:
    entered.ask(AssignRole(person=MANAGER, role="service_manager", start=START), "p1")
    delegate(entered, MANAGER, SERVICE, role="service_manager")
    assert codes(entered, SERVICE, "confirm", MANAGER) == {"GT-PEOPLE-036"}


def test_whoever_entered_a_figure_does_not_confirm_it_through_a_delegation(entered: Council) -> None:
    delegate(entered, MANAGER, ANALYST)
    assert codes(entered, ANALYST, "confirm", MANAGER) == {"GT-STEP-011"}


def test_a_stand_in_is_barred_by_what_the_other_did_and_the_other_way_round(council: Council) -> None:
    council.ask(AssignRole(person=ANALYST, role="data_manager", start=START), "p1")
    delegate(council, ANALYST, MANAGER)
    council.ask(step("enter", value="90"), ANALYST)
    assert codes(council, MANAGER, "confirm", ANALYST) == {"GT-STEP-011"}
    council.ask(step("enter", ANALYST, value="91"), MANAGER)
    assert codes(council, ANALYST, "confirm") == {"GT-STEP-011"}
    assert codes(council, MANAGER, "confirm") == {"GT-STEP-011"}


def test_a_chain_of_delegations_leads_nowhere(entered: Council) -> None:
    delegate(entered, MANAGER, SERVICE)
    with pytest.raises(Refused, match="cannot pass on"):
        delegate(entered, SERVICE, CLERK, role="data_manager")
    delegate(entered, SERVICE, CLERK)
    assert "GT-STEP-010" in codes(entered, CLERK, "confirm", MANAGER)
    assert "GT-STEP-005" in codes(entered, CLERK, "confirm", SERVICE)


def test_a_clerk_who_is_away_is_stood_in_for(council: Council) -> None:
    council.figure(ANALYST, "enter", "AE4/acute/2017-05", "93")
    council.figure(MANAGER, "confirm", "AE4/acute/2017-05")
    council.figure(ANALYST, "enter", "AE4/acute/2017-06", "50")
    council.figure(MANAGER, "confirm", "AE4/acute/2017-06")
    delegate(council, CLERK, SERVICE)
    words = {"reason": "In hand"}
    with pytest.raises(Refused):
        council.step(SERVICE, "intervention", ("AE4", "acute", "1"), "decline", words=words, body="CPEG")
    council.step(
        SERVICE, "intervention", ("AE4", "acute", "1"), "decline", words=words, body="CPEG", acting_for=CLERK
    )
    assert council.intervention("AE4", "acute")["ended"] == 1  # type: ignore[index]  # it was proposed


def test_the_work_list_names_the_stand_in_of_somebody_away(entered: Council) -> None:
    entered.ask(AddAbsence(person=MANAGER, start=START, until=START + timedelta(days=5)), MANAGER)
    names = Names(entered_names := {MANAGER: "Tom", SERVICE: "Moira", ANALYST: "Priya"})
    assert entered_names
    waiting = next(task for task in tasks(entered.engine, START) if task.kind == "confirm")
    assert waiting.shown(names) == "Tom, who is away until Sat 15 Jul 2017"
    delegate(entered, MANAGER, SERVICE)
    waiting = next(task for task in tasks(entered.engine, START) if task.kind == "confirm")
    assert waiting.shown(names) == "Moira (for Tom)"
    mine = tasks(entered.engine, START, person=SERVICE)
    assert [task.may for task in mine if task.kind == "confirm"] == [True]
    still = tasks(entered.engine, START, person=MANAGER)
    assert [task.may for task in still if task.kind == "confirm"] == [True]


def test_a_refusal_names_the_stand_in(entered: Council) -> None:
    entered.ask(AddAbsence(person=MANAGER, start=START), MANAGER)
    delegate(entered, MANAGER, SERVICE)
    with pytest.raises(Refused) as refused:
        entered.ask(step("confirm"), ANALYST)
    assert f"Ask {SERVICE} (for {MANAGER})." in refused.value.problems[0].fix


def test_doctor_tells_of_an_absence_without_a_stand_in(entered: Council) -> None:
    def told() -> list[str]:
        return [each.code for each in doctor(entered.engine, entered.now()) if each.code == "GT-PEOPLE-125"]

    entered.ask(AddAbsence(person=MANAGER, start=START), MANAGER)
    assert told() == ["GT-PEOPLE-125"]
    delegate(entered, MANAGER, SERVICE)
    assert told() == []
    entered.ask(EndDelegation(delegation="1", last_day=START - timedelta(days=1)), MANAGER)
    entered.ask(EndAbsence(absence="1", last_day=START - timedelta(days=1)), MANAGER)
    assert told() == []


def test_somebody_stands_in_on_each_day_of_a_span_or_not(entered: Council) -> None:
    def covered(first: int, last: int | None) -> bool:
        until = None if last is None else START + timedelta(days=last)
        return is_stood_in_for(entered.engine, MANAGER, START + timedelta(days=first), until)

    def given(first: int, last: int | None) -> None:
        until = None if last is None else START + timedelta(days=last)
        start = START + timedelta(days=first)
        entered.ask(
            AddDelegation(delegator=MANAGER, delegate=SERVICE, role=None, start=start, until=until), MANAGER
        )

    assert not covered(0, 0)
    given(1, 5)
    assert covered(1, 5)
    assert not covered(0, 5)
    assert not covered(1, 6)
    given(8, None)
    assert not covered(1, 20)  # on days 6 and 7 nobody does
    given(6, 7)
    assert covered(1, 20)
    assert covered(1, None)
    later = START + timedelta(days=30)
    entered.ask(AssignRole(person=CLERK, role="data_manager", start=later), "p1")
    given_by_clerk = AddDelegation(
        delegator=CLERK, delegate=SERVICE, role="clerk", start=START, until=None, scope=None
    )
    entered.ask(given_by_clerk, CLERK)
    assert is_stood_in_for(entered.engine, CLERK, START, START + timedelta(days=29))
    assert not is_stood_in_for(entered.engine, CLERK, START, later)


def test_an_auditor_reads_and_records_nothing_until_the_day_is_over(entered: Council) -> None:
    una = entered.hire("Una Auditor")
    entered.ask(AssignRole(person=una, role="auditor", start=START, until=START + timedelta(days=30)), "p1")
    assert codes(entered, una, "enter") == {"GT-PEOPLE-038"}
    with pytest.raises(Refused, match="auditor until"):
        entered.ask(AddAbsence(person=una, start=START), una)
    assert audit_duties(entered.engine, names=Names()) is not None
    entered.at(START + timedelta(days=31))
    assert "GT-PEOPLE-038" not in codes(entered, una, "enter")
    assert "GT-PEOPLE-126" in {each.code for each in doctor(entered.engine, entered.now())}
