"""Whatever people try, with whatever workflow, roles and delegations: nobody approves their own act by any route."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from adapters.yaml.reader import YamlDocuments
from engine.commands import (
    AddAbsence,
    AddDelegation,
    AssignRole,
    EndDelegation,
    EndRole,
    Request,
)
from engine.packs.load import load_pack
from engine.packs.pack import Pack
from engine.queries.names import Names
from engine.queries.separation import BREACH, audit_duties
from engine.states.people import AUDITOR
from engine.testing import InMemoryStore
from engine.testing.council import Council
from engine.views import VIEWS
from engine.work import Work
from events.errors import GoldenthreadError
from tests.integration.duties_seen import Seen
from tests.integration.own_lists import expect_own_lists_to_hold_what_the_whole_list_says
from tests.integration.random_duties import BODIES, NAMES, ROLES, WORKFLOW, pack_with, trees
from workflows.definition import Step

ROOT = Path(__file__).resolve().parents[2]
START = date(2026, 7, 6)
PEOPLE = ("p3", "p4", "p5", "p6")
STREAM = f"matters/{WORKFLOW}/-/-"


@cache
def example() -> Pack:
    """The pack of the demonstration."""
    folder = ROOT / "examples" / "hospital-waiting" / "example-council"
    return load_pack(folder, ROOT / "packs" / "library", YamlDocuments())


class Cheats(RuleBasedStateMachine):
    """Four people of one council who try everything; what is refused changes nothing."""

    taken = 0
    approved = 0
    for_others = 0
    listed = 0
    lost = 0
    """Over all examples: so that a machine that tries nothing worth it does not pass."""

    @initialize(
        tree=trees(),
        roles=st.lists(st.sets(st.sampled_from(ROLES), min_size=2), min_size=4, max_size=4),
        first=st.sampled_from(PEOPLE),
        pairs=st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)), max_size=3),
    )
    def open(
        self, tree: dict[str, Any], roles: list[set[str]], first: str, pairs: list[tuple[str, str]]
    ) -> None:
        """A council with this workflow, and people who have roles."""
        pack, self.definition = pack_with(example(), tree)
        self.council = Council(pack, START, store=InMemoryStore(VIEWS))
        for number, held in enumerate(roles):
            person = self.council.hire(f"Person {number}", *sorted(held))
            body = BODIES[number % len(BODIES)]
            self.council.ask(AssignRole(person=person, role="clerk", start=START, scope=body), "p1")
        self.day = START
        self.position = 0
        for by, to in pairs:
            self._ask(AddDelegation(delegator=by, delegate=to, start=START), by)
        self._begin(first)

    def _begin(self, who: str) -> None:
        """The next matter, once the one before is over."""
        self.seen = Seen(self.definition)
        self._take(who, "propose", None, None, None, 0)
        self.the_record_shows_nothing_that_must_not_be()

    def _try(self, do: Callable[[], object]) -> bool:
        """Do something that may be refused; then nothing has changed."""
        before = self.council.store.head().position
        try:
            do()
            return True
        except GoldenthreadError:
            pass
        assert self.council.store.head().position == before
        return False

    def _ask(self, request: Request, who: str) -> bool:
        return self._try(lambda: self.council.ask(request, who))

    # people ------------------------------------------------------------------------------------------------------
    @rule(who=st.sampled_from(PEOPLE), role=st.sampled_from([*ROLES, AUDITOR]), days=st.integers(0, 9))
    def assign(self, who: str, role: str, days: int) -> None:
        until = self.day + timedelta(days=days) if role == AUDITOR or days else None
        self._ask(AssignRole(person=who, role=role, start=self.day, until=until), "p1")

    @rule(who=st.sampled_from(PEOPLE), role=st.sampled_from(ROLES))
    def end(self, who: str, role: str) -> None:
        self._ask(EndRole(person=who, role=role, last_day=self.day), "p1")

    @rule(
        by=st.sampled_from(PEOPLE),
        to=st.sampled_from(PEOPLE),
        role=st.sampled_from([None, None, *ROLES, "clerk"]),
        days=st.integers(0, 30),
        giver=st.sampled_from(["by", "by", "p1", "to"]),
    )
    def delegate(self, by: str, to: str, role: str | None, days: int, giver: str) -> None:
        until = self.day + timedelta(days=days)
        giver = {"by": by, "to": to}.get(giver, giver)
        given = AddDelegation(delegator=by, delegate=to, role=role, start=self.day, until=until)
        if self._ask(given, giver):
            assert to not in (by, giver), "nobody makes themselves stand in"

    @rule(number=st.integers(1, 4), who=st.sampled_from([*PEOPLE, "p1"]))
    def end_delegation(self, number: int, who: str) -> None:
        self._ask(EndDelegation(delegation=str(number), last_day=self.day), who)

    @rule(who=st.sampled_from(PEOPLE), days=st.integers(0, 5))
    def go_away(self, who: str, days: int) -> None:
        self._ask(AddAbsence(person=who, start=self.day, until=self.day + timedelta(days=days)), who)

    # time --------------------------------------------------------------------------------------------------------
    @rule(days=st.integers(1, 6))
    def wait(self, days: int) -> None:
        self.day += timedelta(days=days)
        self.council.at(self.day)
        engine = self.council.engine
        listed, lost = expect_own_lists_to_hold_what_the_whole_list_says(engine, self.day, PEOPLE)
        type(self).listed += listed
        type(self).lost += lost

    # steps -------------------------------------------------------------------------------------------------------
    @precondition(lambda self: self.seen.state)
    @rule(
        who=st.sampled_from(PEOPLE),
        step=st.sampled_from(NAMES),
        acting_for=st.sampled_from([None, None, *PEOPLE]),
        body=st.sampled_from([None, *BODIES]),
        size=st.sampled_from([None, None, "1", "2"]),
        back=st.sampled_from([0, 0, 0, 1]),
    )
    def take(
        self, who: str, step: str, acting_for: str | None, body: str | None, size: str | None, back: int
    ) -> None:
        """Any step, whether it is possible or not."""
        self._take(who, step, acting_for, body, size, back)

    @precondition(lambda self: self.seen.state)
    @rule(data=st.data())
    def take_what_is_possible(self, data: st.DataObject) -> None:
        """Steps that lead on, by people who may be able to: else few matters would get anywhere."""
        if self.definition.state(self.seen.state).final:
            self._begin(data.draw(st.sampled_from(PEOPLE)))
        for _ in range(4 if self.seen.state else 0):
            steps = [step for step in self.definition.steps if self.seen.state in step.source]
            able = [(step, *each) for step in steps for each in self._able(step)]
            if not able:
                return
            step, who, acting_for, body = data.draw(st.sampled_from(able))
            self._take(who, step.name, acting_for, body, "1" if step.may else None, 0)
            self.the_record_shows_nothing_that_must_not_be()

    def _able(self, step: Step) -> list[tuple[str, str | None, str | None]]:
        """(person, for whom, for which body) by their roles and delegations alone, whatever they did before."""
        self.council.engine.memory.catch_up()
        people = Work(self.council.engine.memory).people()
        pairs: list[tuple[str, str | None]] = [(who, None) for who in PEOPLE]
        pairs += [(each.delegate, each.delegator) for each in people.standing_in(self.day)]
        found: list[tuple[str, str | None, str | None]] = []
        for who, acting_for in pairs:
            for name in step.by:
                role, scope = ("clerk", frozenset({name})) if name in BODIES else (name, None)
                if people.holds(acting_for or who, role, self.day, scope):
                    found.append((who, acting_for, name if name in BODIES else None))
        return found

    def _take(
        self, who: str, step: str, acting_for: str | None, body: str | None, size: str | None, back: int
    ) -> None:
        done = self._try(
            lambda: self.council.step(
                who,
                WORKFLOW,
                ("", "", ""),
                step,
                {"size": size} if size else {},
                acting_for=acting_for,
                body=body,
                on=self.day - timedelta(days=back),
            )
        )
        if done and acting_for:
            type(self).for_others += 1

    # the judge ---------------------------------------------------------------------------------------------------
    @invariant()
    def the_record_shows_nothing_that_must_not_be(self) -> None:
        if not hasattr(self, "council"):
            return
        taken, approved = self.seen.taken, self.seen.approved
        for fact in self.council.store.page(self.position, 10_000):
            self.position = fact.position
            if fact.stream == STREAM:
                self.seen.take(fact)
        type(self).taken += self.seen.taken - taken
        type(self).approved += self.seen.approved - approved

    def teardown(self) -> None:
        """An auditor who looks afterwards finds no breach either."""
        if hasattr(self, "council"):
            found = audit_duties(self.council.engine, names=Names())
            assert [each for each in found if each.severity == BREACH] == []


def test_no_sequence_of_commands_gets_round_the_duties() -> None:
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        Cheats,
        settings=settings(
            max_examples=40,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=[
                HealthCheck.too_slow,
                HealthCheck.filter_too_much,
                HealthCheck.data_too_large,
            ],
        ),
    )
    assert Cheats.taken > 50, "many steps are taken"
    assert Cheats.approved > 3, "some of them by several people"
    assert Cheats.for_others > 0, "some of them for somebody else"
    assert Cheats.listed > 10 * Cheats.lost, "lists of what is to be done were looked at"


@pytest.fixture(autouse=True)
def _counted_anew() -> None:
    Cheats.taken = Cheats.approved = Cheats.for_others = Cheats.listed = Cheats.lost = 0
