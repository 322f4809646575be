"""What went by in many matters is told as it is told of few, without reading those in which nothing did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pytest

from adapters.holidays import UkHolidays
from engine.handle import Engine
from engine.packs.pack import Pack
from engine.ports import Store
from engine.queries.calendar import unanswered
from engine.queries.matters.gone_by import gone_by
from engine.queries.matters.matters import matters
from engine.queries.matters.numbering import Key
from engine.queries.reader import Reader
from engine.testing.council import Council
from events.fact import Fact
from events.schema import Event

MONDAY = date(2026, 11, 30)
ASKER, CLERK = "p3", "p4"
CODES = ("K1", "K2", "K3", "K4")


@pytest.fixture
def council(hampshire: Pack) -> Council:
    """Four concerns that waited for CPEG: it answered two in time, one after the day, and one not at all."""
    council = Council(hampshire, MONDAY, holidays=UkHolidays())
    council.service("childrens")
    council.hire("Officer", "head_of_improvement")
    council.hire("Clerk", "clerk", scope="CPEG")
    for code in CODES:
        council.indicator(code, "childrens", frequency="quarter", fields={"important_locally": "yes"})
        council.step(ASKER, "intervention", (code, "childrens", ""), "propose", {"refer_to": "CPEG"})
    for code in CODES[:2]:
        answer(council, code, "category_1")
    council.live_until(MONDAY + timedelta(days=100))
    answer(council, "K3", "category_1")
    return council


def answer(council: Council, code: str, category: str) -> None:
    fields = {"category": category, "menu": ["16"]}
    council.step(CLERK, "intervention", (code, "childrens", "1"), "answer", fields, body="CPEG")


def test_of_many_the_same_went_by_as_of_each(council: Council) -> None:
    keys: list[Key] = [("intervention", code, "childrens", "1") for code in CODES]
    each_read = gone_by(Reader(council.engine), keys, few=len(keys))
    assert gone_by(Reader(council.engine), keys, few=0) == each_read
    late = {line.indicator for line in matters(council.engine, MONDAY + timedelta(days=100)) if line.overdue}
    assert {key[1] for key in each_read} == late
    assert late == {"K4"}


def test_a_calendar_says_how_many_wait_that_are_coming_no_more(council: Council) -> None:
    assert unanswered(council.engine) == 1
    answer(council, "K4", "category_1")
    assert unanswered(council.engine) == 0


class Noting:
    """A store that notes which streams are asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.asked: set[str] = set()

    def streams(self, after: Mapping[str, int]) -> Mapping[str, Sequence[Fact[Event]]]:
        self.asked |= after.keys()
        return self._store.streams(after)

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


def test_matters_in_which_nothing_went_by_are_not_read(council: Council) -> None:
    store = Noting(council.store)
    reader = Reader(Engine(store, UkHolidays()))  # type: ignore[arg-type]  # it hands everything else on
    gone_by(reader, [("intervention", code, "childrens", "1") for code in CODES], few=0)
    assert {"interventions/K3/childrens", "interventions/K4/childrens"} <= store.asked
    assert not {"interventions/K1/childrens", "interventions/K2/childrens"} & store.asked
