"""A retired KPI keeps its history and takes nothing more, and says since when and what took its place.

Source: Cambridgeshire 2022, 'Useful measurements' ('adding and removing').
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from adapters.spreadsheets.csv import read_csv
from adapters.yaml import YamlDocuments
from engine.commands import AmendIndicator, SetTarget
from engine.imports import plan_import
from engine.office import Office
from engine.packs.pack import Pack
from engine.queries.names import Names
from engine.queries.register import indicator_life
from engine.queries.work_list.tasks import tasks
from engine.testing.council import Council
from events.errors import Refused
from events.kinds.workflow import FieldValue

from .conftest import ROOT
from .founding import once

APRIL, JULY = date(2022, 4, 4), date(2022, 7, 4)
BI, MANAGER, TEAM, ENTERER, CONFIRMER = "p3", "p4", "p5", "p6", "p7"
LIFECYCLE, OLD = "kpi_lifecycle", ("CF1", "", "")
SINCE = "CF1 was retired on 4 July 2022 and replaced by CF2"


@pytest.fixture
def pack(pack_of: Callable[[Path], Pack], stores: None) -> Pack:
    return pack_of(ROOT / "packs" / "cambridgeshire-2022")


@pytest.fixture
@once
def county(pack: Pack) -> Council:
    """CF1 is live and has a figure; CF2 is in the register besides."""
    county = Council(pack, APRIL)
    county.service("climate")
    county.hire("Ana", "business_intelligence")
    county.hire("Mina", "service_manager")
    county.hire("Tess", "clerk", scope="JMT")
    county.hire("Eve", "data_enterer")
    county.hire("Carl", "data_manager")
    adopt(county, "CF1")
    county.indicator("CF2", "climate", frequency="quarter", measured_in="number")
    county.at(JULY)
    county.figure(ENTERER, "enter", "CF1/climate/2022-Q1", "120")
    county.figure(CONFIRMER, "confirm", "CF1/climate/2022-Q1")
    return county


@pytest.fixture
def retired(county: Council) -> Council:
    """CF2 has taken the place of CF1."""
    remove(county, replaced_by="CF2")
    return county


def adopt(county: Council, code: str) -> None:
    """An operational KPI all the way."""
    about = (code, "", "")
    proposal: dict[str, FieldValue] = {
        "title": "Carbon footprint",
        "kpi_class": "operational",
        "stage": "in_use",
        "produced_by": "business_intelligence",
        "better": "lower",
        "frequency": "quarter",
        "measured_in": "number",
        "services": "climate",
        "first_period": "2022-Q1",
    }
    county.step(MANAGER, LIFECYCLE, about, "propose", proposal, words={"why": "Our own emissions"})
    questions = county.pack.workflows[LIFECYCLE].step("check").answers
    words = {f"{name}_because": "Seen" for name in questions}
    county.step(BI, LIFECYCLE, about, "check", dict.fromkeys(questions, "yes"), words=words)
    county.step(TEAM, LIFECYCLE, about, "adopt", body="JMT")


def remove(county: Council, **fields: FieldValue) -> None:
    county.step(MANAGER, LIFECYCLE, OLD, "propose_removal", fields, words={"why": "Scope 3 was left out"})
    county.step(TEAM, LIFECYCLE, OLD, "drop", body="JMT")


def test_it_says_since_when_it_is_retired_and_what_took_its_place(retired: Council) -> None:
    life = indicator_life(retired.engine, "CF1")
    assert (life.retired_on, life.replaced_by) == (JULY, "CF2")
    with pytest.raises(Refused, match=f"{SINCE}: its history stays, and it takes no more figures"):
        retired.figure(ENTERER, "enter", "CF1/climate/2022-Q2", "110")


def test_it_takes_no_target(retired: Council) -> None:
    with pytest.raises(Refused, match=f"{SINCE}: its history stays, and it takes no more targets"):
        retired.ask(SetTarget(indicator="CF1", from_period="2022-Q2", value=Decimal(100)), "p1")
    with pytest.raises(Refused, match=f"{SINCE}: its history stays, and it takes no more targets"):
        retired.step(
            MANAGER,
            "target_change",
            OLD,
            "propose",
            {"from_period": "2022-Q3", "value": "90"},
            words={"why": "So"},
        )


def test_it_is_not_amended(retired: Council) -> None:
    reason = retired.text("A limit")
    request = AmendIndicator(indicator="CF1", reason=reason.ref, lowest=Decimal(0))
    with pytest.raises(Refused, match=f"{SINCE}: its history stays, and it takes no more amendments"):
        retired.ask(request, "p1", texts=(reason,))


def test_its_code_is_not_given_to_another_by_hand_or_by_a_proposal(retired: Council) -> None:
    said = f"{SINCE}: its code keeps its history and is not given to another"
    with pytest.raises(Refused, match=said):
        retired.indicator("CF1", "climate", frequency="quarter")
    with pytest.raises(Refused, match=said):
        adopt(retired, "CF1")


@pytest.mark.parametrize("history", [False, True], ids=["a return", "history"])
def test_no_file_brings_figures_of_it(retired: Council, *, history: bool) -> None:
    retired.at(date(2022, 10, 20))
    office = Office(
        engine=retired.engine,
        clock=retired.clock,
        ids=retired.ids,
        account="tester@here",
        documents=YamlDocuments(),
        folder=Path(),
        packs=Path(),
    )
    period = "2020-Q1" if history else "2022-Q2"
    table = read_csv(f"indicator,service,period,value\nCF1,climate,{period},110\n".encode(), "return.csv")
    plan = plan_import(office.engine, table, office.today(), reason=None, history=history)
    assert [(problem.code, problem.sentence) for problem in plan.errors] == [
        ("GT-REGISTER-032", f"{SINCE}: its history stays, and it takes no more figures.")
    ]


def test_its_history_stays_and_nothing_is_awaited_of_it(retired: Council) -> None:
    assert retired.status("CF1/climate/2022-Q1") == "contextual"
    retired.at(date(2022, 10, 20))
    assert [
        task for task in tasks(retired.engine, date(2022, 10, 20), names=Names()) if task.indicator == "CF1"
    ] == []


def test_what_takes_its_place_is_another_one_in_use(county: Council) -> None:
    with pytest.raises(Refused, match="There is no indicator 'CF9'"):
        remove(county, replaced_by="CF9")
    with pytest.raises(Refused, match="CF1 cannot take the place of CF1: a KPI does not replace itself"):
        remove(county, replaced_by="CF1")
    remove(county)
    assert indicator_life(county.engine, "CF1").replaced_by == ""
