"""The county of Hampshire 2008: its people, a series that is declared red, and the matters that follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from adapters.holidays import UkHolidays
from engine.packs.pack import Pack
from engine.queries.matters.items import ItemLine
from engine.queries.matters.matter import MatterStory, matter
from engine.queries.names import Names
from engine.queries.references import find_matter
from engine.queries.work_list.task import Task
from engine.queries.work_list.tasks import tasks
from engine.testing.council import Council

from .founding import once

NOVEMBER = date(2026, 11, 30)
SERIES = ("CH04", "childrens", "1")
PLAN = ("CH04", "childrens", "")
ROLES = {
    "data": "data_enterer",
    "manager": "data_manager",
    "service": "service_manager",
    "officer": "chief_officer",
    "improvement": "head_of_improvement",
    "team": "corporate_performance_team",
    "chief": "chief_executive",
    "member": "executive_member",
}
CLERKS = ("CPEG", "CMT", "EXECUTIVE_MEMBER", "CABINET")


@dataclass(frozen=True)
class County:
    """The council and who is who."""

    council: Council
    who: dict[str, str]

    def take(self, who: str, step: str, body: str | None = None, **given: object) -> None:
        """A step of the intervention; free text in the fields that are."""
        self.about(who, "intervention", SERIES, step, body, **given)

    def about(
        self,
        who: str,
        workflow: str,
        place: tuple[str, str, str],
        step: str,
        body: str | None = None,
        **given: object,
    ) -> None:
        """A step of any matter; whatever has a space in it is free text."""
        words = {name: value for name, value in given.items() if isinstance(value, str) and " " in value}
        fields = {name: value for name, value in given.items() if name not in words}
        self.council.step(
            self.who[who],
            workflow,
            place,
            step,
            fields,  # type: ignore[arg-type]  # what the caller gives
            words=words,
            body=body,
        )

    def tasks(self, who: str | None = None, kind: str = "item") -> list[Task]:
        """What waits today, for one person or for all."""
        today = self.council.clock.now().date()
        person = self.who[who] if who else None
        return [task for task in tasks(self.council.engine, today, person=person) if task.kind == kind]

    def story(self, ref: str) -> MatterStory:
        """A matter from its beginning."""
        engine, today = self.council.engine, self.council.clock.now().date()
        return matter(engine, find_matter(engine, ref), today, names=Names())

    def items(self, ref: str) -> dict[str, ItemLine]:
        """What was asked for within a matter."""
        return {each.name: each for each in self.story(ref).items}

    def stands(self) -> tuple[object, object, object]:
        """State, body and proposed rung of the intervention."""
        row = self.council.intervention("CH04", "childrens")
        assert row is not None
        return row["state"], row["body"], self.council.agenda("CH04", "childrens").get("proposed_rung")

    def due(self, name: str) -> list[date]:
        """The last permitted day of a deadline of the intervention, where it runs."""
        deadlines = self.story("INT-0001").deadlines
        return [line.last_day for line in deadlines if line.name == name and line.state == "open"]


@once
def founded(pack: Pack) -> County:
    """Children's services declare a red that matters locally, and CPEG has it to answer."""
    council = Council(pack, NOVEMBER, holidays=UkHolidays())
    council.service("childrens")
    council.service("highways")
    council.indicator("CH04", "childrens", frequency="quarter", fields={"important_locally": "yes"})
    who = {name: council.hire(name.title(), role) for name, role in ROLES.items()}
    who |= {body: council.hire(f"Clerk of {body}", "clerk", scope=body) for body in CLERKS}
    county = County(council, who)
    declare(county, "2026-Q2", "red")
    return county


def declare(county: County, period: str, status: str) -> None:
    ref = f"CH04/childrens/{period}"
    county.council.figure(county.who["data"], "enter", ref, declared=status)
    county.council.figure(county.who["manager"], "comment", ref, words={"comment": "Vacancies in two teams"})
    county.council.figure(county.who["manager"], "confirm", ref)


FORM = {
    "strengths": "placements are stable",
    "areas_for_improvement": "assessments in time",
    "outstanding_risks": "agency budget overspent",
    "how_addressed": "two posts are advertised",
    "trade_offs": "fewer visits for quicker assessments",
}
CONSULTED = {"consulted": "the Executive Member for Children's Services", "consulted_on": "2026-11-27"}
CHILDRENS = ("", "childrens", "")
COUNCIL = ("", "", "")


def agreed_plan(county: County) -> None:
    """The Service Manager draws up a plan of one action, and CPEG agrees it."""
    county.about(
        *("service", "action_plan", PLAN, "add"),
        item="recruit", owner="service_manager", until="2027-01-29", what="fill two posts",
    )  # fmt: skip
    county.about("service", "action_plan", PLAN, "present", measure_of_success="nine in ten in time")
    county.about("CPEG", "action_plan", PLAN, "agree", "CPEG")
