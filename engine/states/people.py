"""Who is known, and who holds which role on which day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from events.fact import Fact
from events.kinds.people import PersonAdded, RoleAssigned, RoleEnded
from events.schema import Event

GOVERNANCE_LEAD = "governance_lead"
"""The built-in role of those who keep the register and assign the pack's roles."""
SYSTEM = "system"
"""The actor of what follows by itself: reactions and passed deadlines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A role held from a day until a day, both included; `until` None means no end is known."""

    person: str
    role: str
    start: date
    until: date | None
    scope: str | None

    def on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.start <= day and (self.until is None or day <= self.until)


@dataclass(slots=True)
class People:
    """Persons by opaque id, their names as text references, and all assignments ever made."""

    names: dict[str, str] = field(default_factory=dict)
    assignments: tuple[Assignment, ...] = ()

    def copy(self) -> People:
        """An independent copy."""
        return People(dict(self.names), self.assignments)

    def apply(self, fact: Fact[Event]) -> None:
        """Take a fact in."""
        match fact.event:
            case PersonAdded(person=person, name=name):
                self.names[person] = name
            case RoleAssigned() as given:
                self.assignments = (
                    *self.assignments,
                    Assignment(
                        person=given.person,
                        role=given.role,
                        start=given.start,
                        until=given.until,
                        scope=given.scope,
                    ),
                )
            case RoleEnded() as ended:
                self.assignments = tuple(_end(a, ended) for a in self.assignments)
            case _:
                pass

    def holds(self, person: str, role: str, on: date, scopes: frozenset[str] | None = None) -> bool:
        """Whether a person holds a role on a day; an assignment with a scope counts only where `scopes` has it.

        `scopes` None asks whether they hold it anywhere.
        """
        return any(
            a.person == person and a.role == role and a.on(on) and _within(a.scope, scopes)
            for a in self.assignments
        )

    def holders(self, role: str, on: date, scopes: frozenset[str] | None = None) -> tuple[str, ...]:
        """The persons who hold a role on a day, in the order they were assigned, each once."""
        found = (
            a.person for a in self.assignments if a.role == role and a.on(on) and _within(a.scope, scopes)
        )
        return tuple(dict.fromkeys(found))

    def roles_of(self, person: str, on: date) -> tuple[Assignment, ...]:
        """What a person holds on a day."""
        return tuple(a for a in self.assignments if a.person == person and a.on(on))


def _end(assignment: Assignment, ended: RoleEnded) -> Assignment:
    same = (assignment.person, assignment.role, assignment.scope) == (ended.person, ended.role, ended.scope)
    if not same or not assignment.on(ended.last_day):
        return assignment
    return Assignment(
        person=assignment.person,
        role=assignment.role,
        start=assignment.start,
        until=ended.last_day,
        scope=assignment.scope,
    )


def _within(scope: str | None, scopes: frozenset[str] | None) -> bool:
    return scope is None or scopes is None or scope in scopes
