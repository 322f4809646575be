"""A KPI added by hand, beside the workflow by which its pack decides on each, is shown to whoever audits the duties."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.packs.pack import Pack
from engine.queries.names import Names
from engine.queries.separation import NEAR, DutyFinding, audit_duties
from engine.testing.council import Council

from .kpi_proposal import APRIL, People, a_county_with_people, make_live

STRATEGIC = {"kpi_class": "strategic", "stage": "in_use"}


@pytest.fixture
def founded(cambridgeshire: Pack) -> tuple[Council, People]:
    return a_county_with_people(cambridgeshire)


def by_hand(council: Council) -> list[DutyFinding]:
    return [each for each in audit_duties(council.engine, names=Names()) if each.kind == "by hand"]


def test_what_a_governance_lead_added_is_told_once_a_day(founded: tuple[Council, People]) -> None:
    council, _ = founded
    for number in range(7):
        council.indicator(f"OLD{number}", "climate", frequency="quarter", fields=STRATEGIC)
    council.live_until(APRIL + timedelta(days=1))
    council.indicator("LATE", "climate", frequency="quarter", fields=STRATEGIC)
    first, second = by_hand(council)
    assert first.sentence == (
        "p1 added 7 indicators by hand on 4 April 2022 (OLD0, OLD1, OLD2, OLD3, OLD4 …), although cambridgeshire-2022 "
        "decides on each by the workflow 'kpi_lifecycle'."
    )
    assert second.sentence.startswith("p1 added 1 indicator by hand on 5 April 2022 (LATE), although")
    assert {first.severity, second.severity} == {NEAR}
    assert [council.store.page(position - 1, 1)[0].type for position in first.events] == [
        "indicator.added"
    ] * 7


def test_what_a_committee_approved_is_not(founded: tuple[Council, People]) -> None:
    council, people = founded
    make_live(council, people)
    assert "indicator.added" in council.types()
    assert by_hand(council) == []


def test_nor_is_one_under_a_pack_that_leaves_the_register_to_its_leads(example: Pack) -> None:
    council = Council(example, APRIL)
    council.service("acute")
    council.indicator("AE4", "acute")
    assert by_hand(council) == []
