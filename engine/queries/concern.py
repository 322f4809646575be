"""Where one person may have something to do, so that what waits for others need not be looked at.

Every answer may hold too much and never too little: of each matter found it is then asked who may take which step.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from engine.deciders.subjects import SUBMISSION
from engine.packs.pack import Pack
from engine.queries.reader import Reader
from engine.surroundings import CLERK
from engine.views import INDICATORS
from workflows.definition import ASKED, BODY, SYSTEM, Definition
from workflows.machine import legal_moves
from workflows.organisation import Organisation

ITEM_OWED = "item_owed"
"""The effect of a step by which a matter asks something of somebody."""
Where = Mapping[str, str | int | Collection[str]]
"""A question to a view: column → the value, or the values, that a row must have."""


class Concern:
    """One person's reach on a day: the roles they hold, and those of whom they stand in for."""

    def __init__(self, reader: Reader, person: str, today: date) -> None:
        self._reader = reader
        people = reader.work.people()
        held = {(each.role, each.scope) for each in people.roles_of(person, today)}
        for given in people.standing_in(today):
            if given.delegate == person:
                theirs = people.roles_of(given.delegator, today)
                held |= {
                    (each.role, each.scope or given.scope)
                    for each in theirs
                    if given.role in (None, each.role)
                }
        self._held = frozenset(held)
        self.roles = frozenset(role for role, _ in held)

    def figures(self) -> frozenset[str] | None:
        """The services with whose figures they may have something to do; None for those of every service."""
        packs = self._packs()
        names = {
            name
            for pack in packs
            if SUBMISSION in pack.workflows
            for step in pack.workflows[SUBMISSION].steps
            for name in step.by or (BODY,)
        }
        if BODY in names or any(names & self._bodies(pack.organisation) for pack in packs):
            return None
        return self._services(names)

    def agenda(self) -> frozenset[str]:
        """The roles and bodies on whose agenda something may stand for them."""
        return self.roles.union(*(self._bodies(pack.organisation) for pack in self._packs()))

    def matters(self) -> Iterator[Where]:
        """Questions to the view of matters that together find every open one in which they may take a step, or may
        not because of one they took.
        """
        seen: set[tuple[str, str]] = set()
        for pack in self._packs():
            for name, definition in pack.workflows.items():
                if name != SUBMISSION and (name, definition.digest) not in seen:
                    seen.add((name, definition.digest))
                    yield from self._matters(name, definition, pack.organisation)

    def _matters(self, workflow: str, definition: Definition, organisation: Organisation) -> Iterator[Where]:
        bodies = self._bodies(organisation)
        everywhere: list[str] = []
        with_us: list[str] = []
        by_service: dict[frozenset[str], list[str]] = {}
        for state in definition.states:
            names = None if state.final or state.rests else _wanted(definition, state.name)
            if names is not None and ASKED in names:
                names |= self._owners(definition, organisation)
            if names is None:
                continue
            services = self._services(names)
            if services is None or not names or names & bodies:
                everywhere.append(state.name)
                continue
            if BODY in names and bodies:
                with_us.append(state.name)
            if services:
                by_service.setdefault(services, []).append(state.name)
        open_ones: Where = {"ended": 0, "workflow": workflow}
        if everywhere:
            yield {**open_ones, "state": everywhere}
        if with_us:
            yield {**open_ones, "state": with_us, "body": bodies}
        for services, states in by_service.items():
            yield {**open_ones, "state": states, "service": services}

    def _owners(self, definition: Definition, organisation: Organisation) -> frozenset[str]:
        """Who may owe an item: whom the menu asks, the body itself, and anybody where an action has an owner of its own."""
        asked = {item.asks for item in organisation.intervention.menu.values() if item.asks}
        own = self.roles if any(step.effect == ITEM_OWED for step in definition.steps) else ()
        return frozenset({BODY, *asked, *own})

    def _services(self, names: Collection[str]) -> frozenset[str] | None:
        scopes = {scope for role, scope in self._held if role in names}
        if None in scopes:
            return None
        tree = self._reader.work.services()
        return frozenset(each for each in tree.parents if scopes & tree.with_ancestors(each))

    def _bodies(self, organisation: Organisation) -> frozenset[str]:
        clerk_of = {scope for role, scope in self._held if role == CLERK}
        return frozenset(
            name
            for name, body in organisation.bodies.items()
            if None in clerk_of or name in clerk_of or body.chair in self.roles
        )

    def _packs(self) -> list[Pack]:
        return [self._reader.shelf.pack(each.digest) for each in self._reader.framework.adopted]


def _wanted(definition: Definition, state: str) -> frozenset[str] | None:
    """The roles and bodies that may act in a state, or may have taken what bars from acting there; empty for anybody,
    and None where only the product acts.

    Whoever took a step that is open to anybody is not looked for: they are told that it bars them where they have a
    role in the state.
    """
    steps = [step for step in legal_moves(definition, state) if step.by != (SYSTEM,)]
    if not steps or not all(step.by for step in steps):
        return frozenset() if steps else None
    before = (definition.step(name) for step in steps for name in step.not_same_person_as)
    return frozenset(name for step in (*steps, *before) for name in step.by)


def of_services(services: Collection[str] | None) -> Where:
    """The rows of some services, or of all."""
    return {} if services is None else {"service": services}


def of_series(reader: Reader, services: Collection[str] | None) -> Where:
    """The rows of the series of some services, found by the key of a view that begins with the indicator."""
    if services is None:
        return {}
    return {"indicator": indicators_of(reader, services), "service": services}


def indicators_of(reader: Reader, services: Collection[str]) -> frozenset[str]:
    """The indicators that some services return, by the register."""
    register = reader.rows(INDICATORS)
    wanted = set(services)
    return frozenset(str(row["indicator"]) for row in register if wanted & set(str(row["services"]).split()))
