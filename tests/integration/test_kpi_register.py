"""KPIs that were in the register before the framework: taken up as they are, amended, removed, audited, tried.

Source: Cambridgeshire 2022, 'Useful measurements', Appendix 1.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from adapters.holidays import UkHolidays
from engine.audit.replay import replay
from engine.commands import AddDelegation, AssignRole, EndRole
from engine.packs.pack import Pack
from engine.packs.shelf import Shelf
from engine.queries.work_list.tasks import tasks
from events.errors import Refused
from events.kinds.statuses import StatusAssessed

from .conftest import ROOT
from .kpi_county import (
    APRIL,
    JULY,
    LIFECYCLE,
    MAY,
    SEPTEMBER,
    STRATEGIC,
    STRATEGY,
    County,
    a_county,
    told,
)
from .kpi_proposal import PROPOSAL

LEAD = "p1"


@pytest.fixture
def county(pack_of: Callable[[Path], Pack], stores: None) -> County:
    return a_county(pack_of(ROOT / "packs" / "cambridgeshire-2022"))


def test_a_kpi_of_the_register_is_taken_up_with_what_the_register_says_of_it(county: County) -> None:
    county.kpi("CF1")
    county.step(county.manager, "take_up")
    assert county.state() == "live"
    row = county.council.matter("kpi_lifecycle", "CF1", "")
    assert row is not None
    assert row["body"] == STRATEGY


def test_a_kpi_of_the_register_is_not_proposed_anew(county: County) -> None:
    county.kpi("CF1")
    with pytest.raises(
        Refused, match="There is already an indicator 'CF1', so it is not proposed anew"
    ) as no:
        county.step(county.manager, "propose")
    assert "goldenthread matter begin kpi_lifecycle CF1 --step take_up" in told(no.value)


def test_the_code_of_a_kpi_that_is_proposed_is_not_taken_by_hand_until_the_proposal_is_over(
    county: County,
) -> None:
    county.step(county.manager, "propose", why="The Council's own emissions", **PROPOSAL)
    with pytest.raises(Refused, match="The code 'CF1' is taken: kpi_lifecycle-0001 proposes"):
        county.kpi("CF1")
    county.kpi("CF2")
    county.step(county.manager, "withdraw", reason="Counted elsewhere")
    county.kpi("CF1")


def test_what_contradicts_the_register_or_is_not_in_it_is_not_taken_up(county: County) -> None:
    county.kpi("CF1")
    with pytest.raises(
        Refused, match="The register says kpi class 'strategic' of CF1, and not 'operational'"
    ):
        county.step(county.manager, "take_up", kpi_class="operational")
    with pytest.raises(Refused, match="CF2"):
        county.step(county.manager, "take_up", "CF2")
    county.step(county.manager, "take_up")
    with pytest.raises(Refused, match="is still open"):
        county.step(county.manager, "take_up")


def test_what_the_register_does_not_say_is_asked(county: County) -> None:
    county.kpi("CF1", kpi_class="service")
    with pytest.raises(Refused) as no:
        county.step(county.manager, "take_up")
    assert "'take_up' needs 'stage'" in told(no.value)
    assert "It is not said which body decides on kpi class 'service'" in told(no.value)
    county.step(county.manager, "take_up", stage="in_use", refer_to="HIGHWAYS_AND_TRANSPORT")
    assert county.state() == "live"


def test_a_kpi_that_was_taken_up_is_not_asked_for_what_taking_up_needs(county: County) -> None:
    county.kpi("CF1")
    county.step(county.manager, "take_up")
    with pytest.raises(Refused, match="It has begun already") as no:
        county.council.step(county.manager, "kpi_lifecycle", ("CF1", "", "1"), "take_up")
    assert [each.code for each in no.value.problems] == ["GT-STEP-004"]


def test_a_trial_without_a_matter_is_told_how_it_is_taken_up(county: County) -> None:
    county.kpi("CF1", kpi_class="strategic", stage="trial")
    with pytest.raises(Refused, match="CF1 has no matter of 'kpi_lifecycle'") as no:
        county.step(county.manager, "propose_removal", why="Nobody asks for it")
    assert "Take it up first: 'goldenthread matter begin kpi_lifecycle CF1 --step take_up_trial'." in told(
        no.value
    )


def test_a_kpi_that_was_taken_up_is_amended_and_its_removal_refused_then_approved(county: County) -> None:
    county.kpi("CF1")
    county.step(county.manager, "take_up")
    county.council.live_until(MAY)
    county.amend("2022-Q2", "no")
    assert [version.comparable for version in county.register().versions] == [False]
    county.step(county.manager, "propose_removal", why="Nobody asks for it")
    county.step(county.team, "endorse_removal", body="JMT")
    county.step(county.strategy, "refuse_removal", body=STRATEGY, reason="It is our target")
    assert county.state() == "live"
    county.step(county.manager, "propose_removal", why="Nobody asks for it")
    county.step(county.team, "endorse_removal", body="JMT")
    county.step(county.strategy, "approve_removal", body=STRATEGY)
    assert (county.state(), county.register().retired_on) == ("retired", MAY)
    with pytest.raises(Refused, match="CF1 was retired on 17 May 2022") as no:
        county.step(county.manager, "take_up")
    assert len(no.value.problems) == 1, "nothing more is asked of a KPI that is not taken up at all"
    assert replay(county.council.store, Shelf(county.council.store, UkHolidays())).differences == []


def test_a_trial_of_the_register_is_taken_up_until_a_day_and_dropped(county: County) -> None:
    county.kpi("CF1", kpi_class="strategic", stage="trial")
    with pytest.raises(Refused, match="It is being tried: take_up_trial, until a day"):
        county.step(county.manager, "take_up")
    county.step(county.manager, "take_up_trial", trial_until="2022-07-08")
    county.council.live_until(date(2022, 7, 11))
    owed = [each for each in tasks(county.council.engine, date(2022, 7, 11)) if each.indicator == "CF1"]
    assert date(2022, 7, 8) in [each.due for each in owed]
    county.step(county.manager, "review_trial", outcome="drop", why="It cannot be counted")
    county.step(county.team, "endorse_trial_review", body="JMT")
    county.council.live_until(JULY)
    county.step(county.strategy, "drop_trial", body=STRATEGY)
    assert (county.state(), county.register().retired_on) == ("retired", JULY)


def test_a_trial_is_not_rated_fires_nothing_and_says_that_it_is_tried(county: County) -> None:
    county.kpi("CF1", kpi_class="strategic", stage="trial")
    county.council.live_until(JULY)
    county.figure("CF1/climate/2022-Q1", "20")  # far below the target of 80
    assert county.council.status("CF1/climate/2022-Q1") == "in_development"
    (assessed,) = county.council.store.find(types=["status.assessed"])
    assert isinstance(assessed.event, StatusAssessed)
    assert "It is being tried: collected and shown, and not rated" in assessed.event.reason
    assert county.council.store.find(types=["trigger.fired"]) == []


def test_a_committee_lets_a_trial_go_on_and_takes_it_into_use(county: County) -> None:
    county.kpi("CF1", kpi_class="strategic", stage="trial")
    county.step(county.manager, "take_up_trial", trial_until="2022-06-30")
    county.council.live_until(MAY)
    deputy = county.council.hire("Dee Deputy", "clerk", scope=STRATEGY)
    for outcome in ("go_on", "use"):
        county.step(deputy, "review_trial", outcome=outcome, why="As planned", body=STRATEGY)
        county.step(county.team, "endorse_trial_review", body="JMT")
        if outcome == "go_on":
            county.step(
                county.strategy, "go_on_trying", body=STRATEGY, trial_until="2022-08-31", reason="A year"
            )
            county.council.live_until(JULY)
            county.figure("CF1/climate/2022-Q1", "20")
        else:
            county.step(county.strategy, "take_into_use", body=STRATEGY, from_period="2022-Q1")
    entry = county.register()
    assert entry.added is not None
    assert (county.state(), entry.added.fields["stage"]) == ("live", "in_use")
    assert county.council.status("CF1/climate/2022-Q1") == "red"  # judged again as what it now is


def test_changes_are_referred_back_revised_deferred_and_withdrawn(county: County) -> None:
    county.kpi("CF1")
    county.step(county.manager, "take_up")
    new = {"title": "Counted anew", "from_period": "2022-Q3", "comparable": "no"}
    county.step(county.manager, "propose_amendment", why="Scope 3", **new)
    county.step(county.team, "endorse_amendment", body="JMT")
    county.council.live_until(MAY)
    county.step(county.strategy, "refer_back_amendment", body=STRATEGY, reason="From which quarter?")
    county.step(county.manager, "revise_amendment", reason="As asked", from_period="2022-Q4")
    county.step(county.team, "endorse_amendment", body="JMT")
    county.step(county.strategy, "defer", body=STRATEGY, until=SEPTEMBER.isoformat(), reason="Too late today")
    assert county.state() == "amendment_with_committee"
    county.step(county.manager, "withdraw_change", reason="Not this year")
    assert (county.state(), county.register().versions) == ("live", ())


def test_a_proposal_is_withdrawn_by_its_proposer_and_by_nobody_who_might_have_made_it(county: County) -> None:
    other = county.council.hire("Olga Other", "service_manager")
    county.step(county.manager, "propose", why="The Council's own emissions", **PROPOSAL)
    with pytest.raises(Refused, match=f"'withdraw' is only for whoever took 'propose': {county.manager}"):
        county.step(other, "withdraw", reason="We need it no longer")
    mine = {person: may_withdraw(county, person) for person in (county.manager, other, LEAD)}
    assert mine == {county.manager: True, other: False, LEAD: False}
    county.step(county.manager, "withdraw", reason="Counted elsewhere")
    assert county.state() == "withdrawn"


def test_whoever_stands_in_for_the_proposer_withdraws_it_for_them(county: County) -> None:
    deputy = county.council.hire("Dee Deputy", "service_manager")
    county.step(county.manager, "propose", why="The Council's own emissions", **PROPOSAL)
    county.council.ask(AddDelegation(delegator=county.manager, delegate=deputy, start=APRIL), LEAD)
    assert may_withdraw(county, deputy)
    with pytest.raises(Refused, match=f"Say so: --acting-for '{county.manager}'"):
        county.step(deputy, "withdraw", reason="Counted elsewhere")
    words = {"reason": "Counted elsewhere"}
    county.council.step(
        *(deputy, LIFECYCLE, ("CF1", "", ""), "withdraw"), words=words, acting_for=county.manager
    )
    assert county.state() == "withdrawn"


def test_what_somebody_proposed_who_has_left_is_withdrawn_by_a_governance_lead(county: County) -> None:
    county.kpi("CF1")
    county.step(county.manager, "take_up")
    county.step(county.manager, "propose_removal", why="Nobody asks for it")
    with pytest.raises(Refused, match="Whoever proposed it can still withdraw it"):
        county.step(LEAD, "withdraw_change_for_them", reason="She is on leave")
    county.council.live_until(MAY)
    ended = EndRole(person=county.manager, role="service_manager", last_day=date(2022, 5, 10))
    county.council.ask(ended, LEAD)
    other = county.council.hire("Olga Other", "service_manager")
    with pytest.raises(Refused, match="Nobody who did can take it now"):
        county.step(other, "withdraw_change", reason="We need it after all")
    assert may_withdraw(county, LEAD)
    county.step(LEAD, "withdraw_change_for_them", reason="She has left, and it is needed")
    assert county.state() == "live"


def may_withdraw(county: County, person: str) -> bool:
    """Whether the work list lets somebody withdraw what is proposed."""
    today = county.council.clock.now().date()
    mine = [each for each in tasks(county.council.engine, today, person=person) if each.workflow == LIFECYCLE]
    return any(move.step.startswith("withdraw") and each.may for each in mine for move in each.moves)


def test_who_revised_a_change_does_not_endorse_it(county: County) -> None:
    both = county.council.hire("Bo Both", "service_manager")
    county.council.ask(AssignRole(person=both, role="clerk", start=date(2000, 1, 1), scope="JMT"), "p1")
    county.kpi("CF1")
    county.step(county.manager, "take_up")
    new = {"title": "Counted anew", "from_period": "2022-Q3", "comparable": "no"}
    county.step(county.manager, "propose_amendment", why="Scope 3", **new)
    county.step(both, "revise_amendment", reason="A better title", title="Counted anew, all of it")
    with pytest.raises(Refused, match=f"needs another person than {both}, who took 'revise_amendment'"):
        county.step(both, "endorse_amendment", body="JMT")


def test_who_proposed_a_kpi_does_not_check_it_after_it_was_referred_back(county: County) -> None:
    proposal = {
        **STRATEGIC,
        "title": "Carbon footprint",
        "produced_by": "business_intelligence",
        "better": "lower",
        "frequency": "quarter",
        "measured_in": "tonnes",
        "services": ("climate",),
        "first_period": "2022-Q1",
    }
    other = county.council.hire("Oli Other", "business_intelligence")
    with pytest.raises(Refused, match="'monthly' is not a frequency") as no:
        county.step(county.analyst, "propose", why="Emissions", **{**proposal, "frequency": "monthly"})
    assert "returned every" not in told(no.value)
    county.step(county.analyst, "propose", why="Emissions", **proposal)
    checked(county, other)
    county.step(county.team, "send_back", body="JMT", reason="Which scopes?")
    with pytest.raises(Refused, match=f"needs another person than {county.analyst}, who took 'propose'"):
        checked(county, county.analyst)
    checked(county, other)
    assert county.state() == "checked"


def test_a_kpi_that_a_committee_asks_for_is_begun_by_one_clerk_and_decided_through_another(
    county: County,
) -> None:
    county.kpi("CF1")
    county.step(county.manager, "take_up")
    county.council.live_until(MAY)
    county.step(county.strategy, "propose_removal", body=STRATEGY, why="It is no priority now")
    county.step(county.team, "endorse_removal", body="JMT")
    with pytest.raises(Refused, match=f"needs another person than {county.strategy}"):
        county.step(county.strategy, "approve_removal", body=STRATEGY)
    deputy = county.council.hire("Dee Deputy", "clerk", scope=STRATEGY)
    county.step(deputy, "approve_removal", body=STRATEGY)
    assert county.state() == "retired"


def checked(county: County, who: str) -> None:
    """Every question of the checklist answered with a yes."""
    questions = county.council.pack.workflows[LIFECYCLE].step("check").answers
    because = {f"{name}_because": "Seen" for name in questions}
    county.council.step(
        who, LIFECYCLE, ("CF1", "", ""), "check", dict.fromkeys(questions, "yes"), words=because
    )
