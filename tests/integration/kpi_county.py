"""A county under Cambridgeshire's framework whose KPIs were in the register before, or are proposed: words for its stories."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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
LIFECYCLE = "kpi_lifecycle"
STRATEGY, HIGHWAYS = "STRATEGY_AND_RESOURCES", "HIGHWAYS_AND_TRANSPORT"
STRATEGIC = {"kpi_class": "strategic", "stage": "in_use"}


@dataclass(frozen=True, kw_only=True)
class County:
    """The council with who is who."""

    council: Council
    manager: str
    analyst: str
    auditor: str
    team: str
    strategy: str
    highways: str
    enterer: str
    confirmer: str

    def kpi(self, code: str, *services: str, **fields: str) -> None:
        """A KPI of the register, entered by a governance lead."""
        asked = fields or STRATEGIC
        self.council.indicator(
            code, *(services or ("climate",)), target="80", first="2021-Q1", frequency="quarter", fields=asked
        )

    def step(
        self,
        who: str,
        step: str,
        code: str = "CF1",
        *,
        body: str | None = None,
        why: str = "",
        reason: str = "",
        on: date | None = None,
        **fields: FieldValue,
    ) -> None:
        """A step of a KPI's lifecycle."""
        words = {name: text for name, text in (("why", why), ("reason", reason)) if text}
        self.council.step(who, LIFECYCLE, (code, "", ""), step, fields, words=words, body=body, on=on)

    def figure(self, ref: str, value: str) -> None:
        """A figure, entered and confirmed."""
        self.council.figure(self.enterer, "enter", ref, value)
        self.council.figure(self.confirmer, "confirm", ref)

    def amend(self, from_period: str, comparable: str, code: str = "CF1") -> None:
        """Another version, proposed, endorsed and approved."""
        given = {"title": "Counted anew", "from_period": from_period, "comparable": comparable}
        self.step(self.manager, "propose_amendment", code, why="Scope 3 was left out", **given)
        self.step(self.team, "endorse_amendment", code, body="JMT")
        self.step(self.strategy, "approve_amendment", code, body=STRATEGY)

    def state(self, code: str = "CF1") -> str:
        """Where the KPI's matter stands."""
        row = self.council.matter(LIFECYCLE, code, "")
        return "none" if row is None else str(row["state"])

    def register(self, code: str = "CF1") -> Indicator:
        """The KPI's entry."""
        prefix = Prefix()
        for fact in self.council.store.page(0, 100_000):
            prefix.take(fact)
        return prefix.indicator(code)


@once
def a_county(pack: Pack) -> County:
    """Two services, everybody the lifecycle needs, and the committees' meetings."""
    council = Council(pack, APRIL, holidays=UkHolidays())
    council.service("climate")
    council.service("highways")
    county = County(
        council=council,
        manager=council.hire("Mina Manager", "service_manager"),
        analyst=council.hire("Ana Analyst", "business_intelligence"),
        auditor=council.hire("Ida Internal", "internal_audit"),
        team=council.hire("Tess Team", "clerk", scope="JMT"),
        strategy=council.hire("Stan Strategy", "clerk", scope=STRATEGY),
        highways=council.hire("Hana Highways", "clerk", scope=HIGHWAYS),
        enterer=council.hire("Eve Enterer", "data_enterer"),
        confirmer=council.hire("Carl Confirmer", "data_manager"),
    )
    for body in (STRATEGY, HIGHWAYS):
        for day in (MAY, JULY, SEPTEMBER):
            council.ask(AddMeeting(body=body, on=day), "p1")
    return county


def told(refused: Refused) -> str:
    """Every reason with its way out."""
    return "\n".join(f"{problem.sentence} {problem.fix}" for problem in refused.problems)
