"""A list of one person's work holds what the whole list holds for them, in every state of a matter of two services."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

import pytest

from engine.commands import AddDelegation
from engine.deadlines.tick import tick
from engine.packs.pack import Pack
from engine.ports import Store
from engine.queries.matters.numbering import FEW, numbered, numbers_of
from engine.queries.reader import Reader
from engine.queries.references import find_matter, parse_reference
from engine.queries.work_list.tasks import tasks
from engine.testing.council import Council
from engine.view import Row, View
from engine.views import MATTERS
from events.errors import NotFound

from .own_lists import expect_own_lists_to_hold_what_the_whole_list_says

MONDAY = date(2026, 11, 30)
SERVICES = ("childrens", "highways", "social")
CLERKS = ("CPEG", "CMT", "CABINET")


class Authority:
    """Three services, each with people of its own; one clerk for each body, and somebody who stands in for two."""

    def __init__(self, pack: Pack) -> None:
        self.council = council = Council(pack, MONDAY)
        council.service("people")
        for service in SERVICES:
            council.service(service, parent="people" if service != "highways" else None)
        self.who = {
            (role, service): council.hire(f"{role} {service}", role, scope=service)
            for service in SERVICES
            for role in ("data_enterer", "data_manager", "service_manager", "chief_officer")
        }
        self.who |= {
            ("clerk", body): council.hire(f"Clerk of {body}", "clerk", scope=body) for body in CLERKS
        }
        self.who["director", "people"] = council.hire("Director", "chief_officer", scope="people")
        self.who["improvement", ""] = council.hire("Improvement", "head_of_improvement")
        self.who["stand-in", ""] = council.hire("Stand-in")
        self.who["nobody", ""] = council.hire("Nobody")
        for giver in (("service_manager", "highways"), ("clerk", "CMT")):
            given = AddDelegation(delegator=self.who[giver], delegate=self.who["stand-in", ""], start=MONDAY)
            council.ask(given, "p1")
        for number, service in enumerate(SERVICES):
            council.indicator(f"K{number}", service, frequency="quarter", fields={"important_locally": "yes"})

    def red(self, number: int, period: str = "2026-Q2") -> None:
        """A figure that sets the matter of a service going."""
        service = SERVICES[number]
        ref = f"K{number}/{service}/{period}"
        self.council.figure(self.who["data_enterer", service], "enter", ref, declared="red")
        manager = self.who["data_manager", service]
        self.council.figure(manager, "comment", ref, words={"comment": "Vacancies in two teams"})
        self.council.figure(manager, "confirm", ref)

    def answer(self, number: int, body: str, **fields: Collection[str]) -> None:
        """A body answers with a category and items of the menu."""
        place = (f"K{number}", SERVICES[number], "1")
        clerk = self.who["clerk", body]
        self.council.step(clerk, "intervention", place, "answer", fields, body=body)  # type: ignore[arg-type]  # lists of numbers

    def until(self, day: date) -> None:
        """Time passes."""
        self.council.at(day)
        tick(self.council.engine, self.council.now())

    def compared(self) -> int:
        """How many tasks everybody has, after a look at whether a list of their own lacks any."""
        today, people = self.council.clock.now().date(), ["p1", "p2", *self.who.values()]
        seen, lost = expect_own_lists_to_hold_what_the_whole_list_says(self.council.engine, today, people)
        assert lost == 0, "nobody has lost a role"
        return seen


@pytest.fixture
def authority(hampshire: Pack) -> Authority:
    return Authority(hampshire)


def test_nothing_is_missing_from_anybodys_list_as_matters_go_on(authority: Authority) -> None:
    counted = [authority.compared()]
    authority.red(0)
    authority.red(1)
    counted.append(authority.compared())
    authority.answer(0, "CPEG", category="category_2", menu=("5", "9"))
    counted.append(authority.compared())
    authority.until(date(2027, 3, 2))
    counted.append(authority.compared())
    authority.answer(1, "CPEG", category="category_4", menu=("13",))
    counted.append(authority.compared())
    authority.council.figure(
        authority.who["data_enterer", "social"], "enter", "K2/social/2026-Q2", declared="red"
    )
    counted.append(authority.compared())
    assert len(set(counted)) > 3, "the lists are not always the same ones"
    assert min(counted) > 0


def test_what_waits_for_others_is_not_even_looked_at(authority: Authority) -> None:
    for number in range(3):
        authority.red(number)
    looked = Looking(authority.council.store)
    authority.council.engine.store = looked  # type: ignore[assignment]  # a store that notes what is asked of it
    tasks(authority.council.engine, MONDAY, person=authority.who["service_manager", "highways"])
    assert {row["service"] for row in looked.seen} <= {"highways"}
    looked.seen.clear()
    tasks(authority.council.engine, MONDAY, person=authority.who["clerk", "CMT"])
    assert looked.seen == [], "nothing is with CMT yet"


def test_a_few_matters_are_numbered_as_all_of_them_are(authority: Authority) -> None:
    for number in (1, 0, 2):
        authority.red(number)
    reader = Reader(authority.council.engine)
    known = numbered(reader)
    assert len(known) <= FEW
    assert numbers_of(reader, list(known)) == known
    assert known["intervention", "K0", "childrens", "1"] == "INT-0002"
    engine = authority.council.engine
    for key, display in known.items():
        assert find_matter(engine, display).key == key
        assert parse_reference(engine, display.lower()) == find_matter(engine, display)
    before = reader.store.streams({"interventions/K2/social": 0})["interventions/K2/social"][0].position - 1
    assert numbers_of(Reader(engine, before), list(known)) == {
        key: display for key, display in known.items() if display != "INT-0003"
    }


def test_a_matter_about_one_service_is_found_by_every_name_the_product_gives_it(authority: Authority) -> None:
    council, improvement = authority.council, authority.who["improvement", ""]
    for service in SERVICES:
        council.step(improvement, "self_assessment", ("", service, ""), "propose", {"period": "2026-Q2"})
    wanted = find_matter(council.engine, "self_assessment-0002")
    assert wanted.about == "highways"
    for name in ("/highways", "/-/highways", "/highways#1", "/-/highways#1", " highways#1"):
        assert find_matter(council.engine, f"self_assessment{name}") == wanted
        assert parse_reference(council.engine, f"self_assessment{name}") == wanted
    council.step(improvement, "self_assessment_report", ("", "", ""), "propose", {"period": "2026-Q2"})
    report = find_matter(council.engine, "self_assessment_report-0001")
    assert find_matter(council.engine, "self_assessment_report the council#1") == report
    with pytest.raises(NotFound, match="self_assessment/highways#2"):
        find_matter(council.engine, "self_assessment/highways#2")


class Looking:
    """A store that notes the open matters it was asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.seen: list[Row] = []

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def rows(self, view: View, where: Mapping[str, object] | None = None, **more: object) -> list[Row]:
        """Rows, noted where they are matters."""
        found = self._store.rows(view, where, **more)  # type: ignore[arg-type]  # handed on as it came
        self.seen += found if view.name == MATTERS.name else []
        return found
