"""A role held for a service acts on what concerns that service alone: its series, and the indicators that it alone returns.

Source: Cambridgeshire 2022, Appendix 1: directorates' officers check the KPIs of their directorate.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.commands import AddDelegation, AssignRole, EndRole
from engine.packs.pack import Pack
from engine.queries.work_list.tasks import tasks
from engine.staffing import short_of_people
from engine.work import Work
from events.errors import Refused
from events.kinds.workflow import FieldValue

from .conftest import ROOT
from .kpi_county import LIFECYCLE, MAY, STRATEGIC, County, a_county
from .kpi_proposal import PROPOSAL

LEAD = "p1"


@pytest.fixture
def county(pack_of: Callable[[Path], Pack], stores: None) -> County:
    """The county, whose service climate has one below it: energy."""
    found = a_county(pack_of(ROOT / "packs" / "cambridgeshire-2022"))
    found.council.service("energy", "climate")
    return found


def manager_of(county: County, service: str) -> str:
    """A service manager for one service alone."""
    return county.council.hire(f"Manager of {service}", "service_manager", scope=service)


def take_up(county: County, who: str, code: str) -> None:
    county.step(who, "take_up", code)


def test_who_holds_a_role_for_a_service_acts_on_the_indicators_that_it_alone_returns(county: County) -> None:
    climate = manager_of(county, "climate")
    county.kpi("CF1", "climate")
    take_up(county, climate, "CF1")
    county.step(climate, "propose_removal", why="Nobody asks for it")
    assert county.state() == "removal_proposed"


def test_an_indicator_of_services_within_that_service_is_its_own_too(county: County) -> None:
    climate, energy = manager_of(county, "climate"), manager_of(county, "energy")
    county.kpi("CF1", "climate", "energy")
    with pytest.raises(
        Refused, match=f"{energy} is that for energy alone, and this concerns climate, energy"
    ):
        take_up(county, energy, "CF1")
    take_up(county, climate, "CF1")
    assert county.state() == "live"


def test_an_indicator_that_another_service_returns_too_is_not_theirs(county: County) -> None:
    climate, highways = manager_of(county, "climate"), manager_of(county, "highways")
    county.kpi("CF1", "climate", "highways")
    said = "'take_up' is for Service manager; {} is that for {} alone, and this concerns climate, highways"
    for who, service in ((climate, "climate"), (highways, "highways")):
        with pytest.raises(Refused, match=said.format(who, service)) as no:
            take_up(county, who, "CF1")
        assert no.value.problems[0].code == "GT-STEP-493"
        assert county.manager in no.value.problems[0].fix  # who holds the role everywhere
    take_up(county, county.manager, "CF1")


def test_who_holds_the_role_for_each_of_them_acts_on_what_both_return(
    county: County,
) -> None:
    both = manager_of(county, "climate")
    county.council.ask(
        AssignRole(person=both, role="service_manager", start=date(2000, 1, 1), scope="highways"), LEAD
    )
    county.kpi("CF1", "climate", "highways")
    take_up(county, both, "CF1")
    assert county.state() == "live"


def test_a_kpi_that_is_not_in_the_register_yet_concerns_the_services_it_names(county: County) -> None:
    climate, highways = manager_of(county, "climate"), manager_of(county, "highways")
    with pytest.raises(Refused, match=f"{highways} is that for highways alone, and this concerns climate"):
        county.step(highways, "propose", why="The Council's own emissions", **PROPOSAL)
    county.step(climate, "propose", why="The Council's own emissions", **PROPOSAL)
    theirs: dict[str, FieldValue] = {"services": ("highways",)}
    with pytest.raises(Refused, match=f"{highways} is that for highways alone, and this concerns .*climate"):
        county.step(highways, "revise", reason="It is ours", **theirs)
    county.step(climate, "withdraw", reason="Counted elsewhere")


def test_a_proposal_that_has_become_about_more_is_still_withdrawn_by_its_proposer_alone(
    county: County,
) -> None:
    climate = manager_of(county, "climate")
    county.step(climate, "propose", why="The Council's own emissions", **PROPOSAL)
    theirs: dict[str, FieldValue] = {"services": ("climate", "highways")}
    county.step(county.manager, "revise", reason="Both return it", **theirs)
    with pytest.raises(Refused, match="Whoever proposed it can still withdraw it"):
        county.step(LEAD, "withdraw_for_them", reason="They have left, it is said")
    county.step(climate, "withdraw", reason="Counted elsewhere")


def test_whose_role_has_ended_withdraws_nothing_and_a_governance_lead_does_it_for_them(
    county: County,
) -> None:
    climate = manager_of(county, "climate")
    county.step(climate, "propose", why="The Council's own emissions", **PROPOSAL)
    county.council.ask(EndRole(person=climate, role="service_manager", scope="climate", last_day=MAY), LEAD)
    county.council.at(MAY + timedelta(days=1))
    for day in (MAY, MAY + timedelta(days=1)):
        with pytest.raises(
            Refused, match=r"'withdraw' is for .*Service manager.*; \w+ is none of these on .*May"
        ):
            county.step(climate, "withdraw", reason="Counted elsewhere", on=day)
    county.step(LEAD, "withdraw_for_them", reason="They have left")


def test_it_stands_on_the_work_list_of_who_holds_the_role_for_its_service_and_of_no_other(
    county: County,
) -> None:
    climate, highways = manager_of(county, "climate"), manager_of(county, "highways")
    county.kpi("CF1", "climate")
    take_up(county, climate, "CF1")
    due = {"audit_of": "2022", "due_on": "2022-07-08"}
    county.step(county.auditor, "audit", **due)
    mine = {
        who: [task.indicator for task in tasks(county.council.engine, MAY, person=who)]
        for who in (climate, highways)
    }
    assert mine == {climate: ["CF1"], highways: []}


def test_whoever_stands_in_for_them_acts_on_what_is_theirs(county: County) -> None:
    climate = manager_of(county, "climate")
    deputy = county.council.hire("Dee Deputy")
    county.council.ask(
        AddDelegation(delegator=climate, delegate=deputy, start=date(2022, 4, 1), scope="climate"), LEAD
    )
    county.kpi("CF1", "climate")
    county.kpi("CF2", "climate", "highways")
    for code, refused in (("CF1", False), ("CF2", True)):

        def step(code: str = code) -> None:
            county.council.step(
                *(deputy, LIFECYCLE, (code, "", ""), "take_up"), STRATEGIC, acting_for=climate
            )

        if refused:
            with pytest.raises(Refused):
                step()
        else:
            step()
    assert (county.state("CF1"), county.state("CF2")) == ("live", "none")


def test_a_pack_is_said_to_be_short_of_people_for_the_kpis_of_one_service(county: County) -> None:
    council = county.council
    council.hire("Dora Directorate", "directorate_officer", scope="highways")
    council.hire("Dan Director", "director")
    short = short_of_people(Work(council.engine.memory), council.engine.shelf, council.pack, MAY)
    found = [each for each in short if each.shortage.step.name == "check_in_directorate"]
    assert [each.services for each in found] == [("climate", "energy")]
