"""A KPI of Cambridgeshire's framework on its way: who is who, and the steps that each of them takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pytest

from adapters.holidays import UkHolidays
from engine.audit.replay import Prefix
from engine.commands import AddMeeting
from engine.packs.pack import Pack
from engine.states.register import Indicator
from engine.testing.council import Council
from events.errors import Refused
from events.kinds.workflow import FieldValue

from .founding import once

APRIL, MAY, JULY, SEPTEMBER = date(2022, 4, 4), date(2022, 5, 17), date(2022, 7, 12), date(2022, 9, 13)
KPI = ("CF1", "", "")
LIFECYCLE = "kpi_lifecycle"
STRATEGY, HIGHWAYS = "STRATEGY_AND_RESOURCES", "HIGHWAYS_AND_TRANSPORT"
QUESTIONS = (
    *("relevant", "comparator", "accurate", "asset_register", "reliable", "recent", "time_series"),
    *("balanced", "optimal", "presentation", "target_wanted", "target_fair"),
)
PROPOSAL: Mapping[str, FieldValue] = {
    "title": "Council's total carbon footprint",
    "kpi_class": "strategic",
    "stage": "in_use",
    "produced_by": "business_intelligence",
    "better": "lower",
    "frequency": "quarter",
    "measured_in": "number",
    "services": ("climate",),
    "first_period": "2022-Q1",
}


@dataclass(frozen=True, kw_only=True)
class People:
    """Who is who."""

    manager: str
    analyst: str
    officer: str
    team_clerk: str
    strategy_clerk: str
    highways_clerk: str
    enterer: str
    confirmer: str


@once
def a_county_with_people(pack: Pack) -> tuple[Council, People]:
    """Two services, everybody the lifecycle needs, and the committees' meetings."""
    council = Council(pack, APRIL, holidays=UkHolidays())
    council.service("climate")
    council.service("highways")
    who = People(
        manager=council.hire("Mina Manager", "service_manager"),
        analyst=council.hire("Ana Analyst", "business_intelligence"),
        officer=council.hire("Olu Officer", "directorate_officer"),
        team_clerk=council.hire("Tess Team", "clerk", scope="JMT"),
        strategy_clerk=council.hire("Stan Strategy", "clerk", scope=STRATEGY),
        highways_clerk=council.hire("Hana Highways", "clerk", scope=HIGHWAYS),
        enterer=council.hire("Eve Enterer", "data_enterer"),
        confirmer=council.hire("Carl Confirmer", "data_manager"),
    )
    for body in (STRATEGY, HIGHWAYS):
        for day in (MAY, JULY, SEPTEMBER):
            council.ask(AddMeeting(body=body, on=day), "p1")
    return council, who


def propose(council: Council, people: People, about: tuple[str, str, str] = KPI, **other: FieldValue) -> None:
    fields = {**PROPOSAL, **other}
    council.step(
        people.manager, LIFECYCLE, about, "propose", fields, words={"why": "The Council's own emissions"}
    )


def answers(**other: str) -> dict[str, str]:
    return {**dict.fromkeys(QUESTIONS, "yes"), **other}


def check(
    council: Council,
    who: str,
    given: Mapping[str, str],
    about: tuple[str, str, str] = KPI,
    step: str = "check",
) -> None:
    because = {f"{name}_because": f"Looked at for {name}" for name in given}
    council.step(who, LIFECYCLE, about, step, dict(given), words=because)


def to_committee(council: Council, people: People) -> None:
    propose(council, people)
    check(council, people.analyst, answers())
    council.step(people.team_clerk, LIFECYCLE, KPI, "endorse", body="JMT")


def make_live(council: Council, people: People) -> None:
    to_committee(council, people)
    council.live_until(MAY)
    council.step(people.strategy_clerk, LIFECYCLE, KPI, "approve", body=STRATEGY)


def propose_removal(council: Council, people: People) -> None:
    council.step(people.manager, LIFECYCLE, KPI, "propose_removal", words={"why": "Nobody asks for it"})
    council.step(people.team_clerk, LIFECYCLE, KPI, "endorse_removal", body="JMT")


def amend(council: Council, people: People, **other: FieldValue) -> None:
    fields = {
        "title": "Council's carbon footprint, scopes 1 to 3",
        "from_period": "2022-Q3",
        "comparable": "no",
        **other,
    }
    why = {"why": "Scope 3 was left out"}
    council.step(people.manager, LIFECYCLE, KPI, "propose_amendment", fields, words=why)
    council.step(people.team_clerk, LIFECYCLE, KPI, "endorse_amendment", body="JMT")
    council.step(people.strategy_clerk, LIFECYCLE, KPI, "approve_amendment", body=STRATEGY)


def state(council: Council, code: str = "CF1") -> str:
    row = council.matter(LIFECYCLE, code, "")
    return "none" if row is None else str(row["state"])


def register(council: Council, code: str = "CF1") -> Indicator:
    prefix = Prefix()
    for fact in council.store.page(0, 100_000):
        prefix.take(fact)
    return prefix.indicator(code)


def reasons(refused: pytest.ExceptionInfo[Refused]) -> str:
    return "\n".join(f"{problem.sentence} {problem.fix}" for problem in refused.value.problems)
