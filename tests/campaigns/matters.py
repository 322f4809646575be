"""A council whose clock is told what to say, the matters it deals with, and what must be true of its book."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

import msgspec

from adapters.holidays import UkHolidays
from engine.audit.verify import verify
from engine.packs.pack import Pack
from engine.ports import Store
from engine.testing.council import Council
from engine.views import VIEWS
from events.fact import Fact
from events.kinds.workflow import DeadlinePassed
from events.schema import Event
from tests.campaigns.packs import example, varied

ANALYST, MANAGER, SERVICE, CLERK = "p3", "p4", "p5", "p6"
MATTER = ("AE4", "acute")


def council_in(store: Store, today: date, pack: Pack | None = None, matters: int = 1) -> Council:
    """A council with so many services under one indicator, and the four people that the scenes need."""
    council = Council(pack or example(), today, store=store, holidays=UkHolidays())
    services = ["acute", *(f"s{n}" for n in range(1, matters))]
    for service in services:
        council.service(service)
    council.indicator("AE4", *services, target="95")
    for name, role, scope in (
        ("Priya", "data_enterer", None),
        ("Tom", "data_manager", None),
        ("Moira", "service_manager", None),
        ("Clara", "clerk", "CPEG"),
    ):
        council.hire(name, role, scope=scope)
    return council


def closing(at: str) -> Pack:
    """The pack of a council whose days end when the office closes."""
    pack = example()
    calendar = msgspec.structs.replace(pack.organisation.calendar, day_ends=at)
    return varied(pack, organisation=msgspec.structs.replace(pack.organisation, calendar=calendar))


def refer(council: Council, service: str = "acute") -> None:
    """Somebody raises a concern."""
    council.step(ANALYST, "intervention", ("AE4", service, ""), "propose", {"refer_to": "CPEG"})


def watch(council: Council, until: date, service: str = "acute") -> None:
    """A concern is raised, and the body looks at it again on a day."""
    refer(council, service)
    fields = {"review_on": until.isoformat()}
    council.step(CLERK, "intervention", ("AE4", service, "1"), "leave_with_service", fields, body="CPEG")


def answer(council: Council, category: int, service: str = "acute") -> None:
    """A concern is raised, and the body wants a report back."""
    refer(council, service)
    fields = {"category": f"category_{category}"}
    council.step(CLERK, "intervention", ("AE4", service, "1"), "answer", fields, body="CPEG")


def report(council: Council) -> None:
    """The service reports back."""
    council.step(SERVICE, "intervention", (*MATTER, "1"), "report", words={"report": "Done."})


def ask_for_more(council: Council, until: date) -> None:
    """The service asks for more time."""
    step, fields = "ask_extension", {"until": until.isoformat()}
    council.step(SERVICE, "intervention", (*MATTER, "1"), step, fields, words={"reason": "Winter."})


def agree_to_more(council: Council, until: date) -> None:
    """The body agrees to it."""
    step, fields = "agree_extension", {"until": until.isoformat()}
    council.step(CLERK, "intervention", (*MATTER, "1"), step, fields, words={"reason": "Yes."}, body="CPEG")


def passed(council: Council) -> list[Fact[Event]]:
    """Every deadline that passed, in the order of the log."""
    return council.store.find(types=["deadline.passed"], limit=100_000)


def at(council: Council, moment_of_clock: datetime) -> Council:
    """Set the clock."""
    council.clock.set(moment_of_clock)
    return council


def is_whole(council: Council) -> None:
    """The book verifies, views and all, and nothing passed twice."""
    assert not verify(council.store, views=VIEWS).faults
    times = Counter(
        (fact.stream, fact.event.subject, fact.event.name, fact.event.n)
        for fact in passed(council)
        if isinstance(fact.event, DeadlinePassed)
    )
    assert all(once == 1 for once in times.values()), times
