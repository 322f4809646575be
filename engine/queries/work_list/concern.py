"""Where one person may have something to do, so that what waits for others need not be looked at.

Every answer may hold too much and never too little: of each matter found it is then asked who may take which step.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from engine.deciders.subjects import SUBMISSION
from engine.packs.pack import Pack
from engine.queries.matters.numbering import Key, key_of
from engine.queries.reader import Reader
from engine.surroundings import CLERK
from engine.view import Row
from engine.views import INDICATORS, MATTERS
from workflows.definition import ASKED, BODY, INDICATOR, SYSTEM, Definition
from workflows.machine import legal_moves
from workflows.organisation import Organisation

ITEM_OWED = "item_owed"
"""The effect of a step by which a matter asks something of somebody."""
Where = Mapping[str, str | int | Collection[str]]
"""A question to a view: column → the value, or the values, that a row must have."""


Place = tuple[str, str]
"""A workflow and a state of it."""


@dataclass(slots=True)
class _Part:
    """The states in which somebody has a part: whatever the matter is about, where it is with a body of theirs, and
    where it is about some services."""

    everywhere: set[Place] = field(default_factory=set)
    with_us: set[Place] = field(default_factory=set)
    bodies: frozenset[str] = frozenset()
    by_service: dict[frozenset[str], set[Place]] = field(default_factory=dict)


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
        self._below: dict[frozenset[str | None], frozenset[str]] = {}
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

    def matters(self) -> set[Key]:
        """Every open matter in which they may take a step, or may not because of one they took.

        Asked for by service, by body or by state alone, which few matters share, and then looked at more closely.
        """
        part = self._part()
        rows = [
            *self._open({"state": {state for _, state in part.everywhere}}, part.everywhere.__contains__),
            *self._open({"body": part.bodies}, part.with_us.__contains__),
        ]
        for services, places in part.by_service.items():
            rows += self._open({"service": services}, places.__contains__)
        return {key_of(row) for row in rows}

    def _open(self, where: Where, wanted: Callable[[Place], bool]) -> list[Row]:
        if not all(where.values()):
            return []
        rows = self._reader.rows(MATTERS, {"ended": 0, **where})
        return [row for row in rows if wanted((str(row["workflow"]), str(row["state"])))]

    def _part(self) -> _Part:
        """Where they have a part: in the workflows of every adopted pack, since matters keep theirs."""
        part = _Part()
        seen: set[tuple[str, str]] = set()
        for pack in self._packs():
            part.bodies |= self._bodies(pack.organisation)
            for name, definition in pack.workflows.items():
                if name != SUBMISSION and (name, definition.digest) not in seen:
                    seen.add((name, definition.digest))
                    self._add(part, name, definition, pack.organisation)
        return part

    def _add(self, part: _Part, workflow: str, definition: Definition, organisation: Organisation) -> None:
        for state in definition.states:
            names = None if state.final or state.rests else _wanted(definition, state.name)
            if names is None:
                continue
            if ASKED in names:
                names |= self._owners(definition, organisation)
            place, services = (workflow, state.name), self._services(names)
            over = definition.about == INDICATOR and services  # which services return it is asked of each
            if services is None or over or not names or names & self._bodies(organisation):
                part.everywhere.add(place)
                continue
            if BODY in names:
                part.with_us.add(place)
            if services:
                part.by_service.setdefault(services, set()).add(place)

    def _owners(self, definition: Definition, organisation: Organisation) -> frozenset[str]:
        """Who may owe an item: whom the menu asks, the body itself, and anybody where an action has an owner of its own."""
        asked = {item.asks for item in organisation.intervention.menu.values() if item.asks}
        own = self.roles if any(step.effect == ITEM_OWED for step in definition.steps) else ()
        return frozenset({BODY, *asked, *own})

    def _services(self, names: Collection[str]) -> frozenset[str] | None:
        scopes = frozenset(scope for role, scope in self._held if role in names)
        if None in scopes:
            return None
        if scopes not in self._below:
            tree = self._reader.work.services()
            self._below[scopes] = frozenset(
                each for each in tree.parents if scopes and scopes & tree.with_ancestors(each)
            )
        return self._below[scopes]

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
    wanted = frozenset(services)
    return reader.work.once(
        ("indicators of", wanted),
        lambda: frozenset(
            str(row["indicator"])
            for row in reader.rows(INDICATORS)
            if not wanted.isdisjoint(str(row["services"]).split())
        ),
    )
