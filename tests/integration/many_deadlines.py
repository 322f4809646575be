"""A council in which many matters wait for CPEG, so that many deadlines fall due on one day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from adapters.holidays import UkHolidays
from engine.commands import Step, TakeSteps
from engine.packs.pack import Pack
from engine.ports import Store
from engine.testing.council import Council

CLERK = "p4"
OPENED, FELL_DUE = date(2026, 3, 2), date(2026, 4, 3)
_CHUNK = 500


def council_waiting(pack: Pack, opened: date, matters: int, store: Store | None = None) -> Council:
    """Each service has one matter, and CPEG has to answer it within a month: an answer's deadline each."""
    council = Council(pack, opened, store=store, holidays=UkHolidays())
    services = [f"s{number}" for number in range(matters)]
    for service in services:
        council.service(service)
    council.indicator("AE4", *services)
    council.hire("Priya Analyst", "data_enterer")
    council.hire("Ada Clerk", "clerk", scope="CPEG")
    _take(council, "p3", [_proposed(service) for service in services])
    return council


def passed(council: Council) -> list[str]:
    """The service of every matter whose deadline has passed, as often as it did."""
    return [
        fact.stream.rpartition("/")[2]
        for fact in council.store.find(types=["deadline.passed"], limit=100_000)
    ]


def _proposed(service: str) -> Step:
    return Step(
        workflow="intervention",
        indicator="AE4",
        service=service,
        subject="",
        step="propose",
        fields={"refer_to": "CPEG"},
    )


def _take(council: Council, who: str, steps: Sequence[Step]) -> None:
    for start in range(0, len(steps), _CHUNK):
        council.ask(TakeSteps(steps=tuple(steps[start : start + _CHUNK])), who)
