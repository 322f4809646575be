"""Who is known, who holds which role on which day, who stands in for whom, and who is away."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from events.fact import Fact
from events.kinds.people import (
    AbsenceEnded,
    AbsenceRecorded,
    DelegationEnded,
    DelegationGiven,
    PersonAdded,
    RoleAssigned,
    RoleEnded,
)
from events.schema import Event

GOVERNANCE_LEAD = "governance_lead"
"""The built-in role of those who keep the register and assign the pack's roles."""
AUDITOR = "auditor"
"""The built-in role of those who may read everything and record nothing, until a day."""
BUILT_IN = (GOVERNANCE_LEAD, AUDITOR)
"""Roles that every book knows, whatever its pack; nobody stands in for them."""
SYSTEM = "system"
"""The actor of what follows by itself: reactions and passed deadlines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """Something that holds from a day until a day, both included; `until` None means no end is known."""

    start: date
    until: date | None

    def on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.start <= day and (self.until is None or day <= self.until)

    def meets(self, start: date, until: date | None) -> bool:
        """Whether it holds on any day of a span."""
        return (until is None or self.start <= until) and (self.until is None or start <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment(Dated):
    """A role held by a person, for a body or service where it has a scope."""

    person: str
    role: str
    scope: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation(Dated):
    """A person may take another's steps: those of one role, for one body or service, or all."""

    number: str
    delegator: str
    delegate: str
    role: str | None
    scope: str | None
    reason: str | None

    def covers(self, role: str, scopes: frozenset[str] | None) -> bool:
        """Whether it is for this role, and for one of these bodies and services (None: for any)."""
        return self.role in (None, role) and _within(self.scope, scopes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence(Dated):
    """A person is away."""

    number: str
    person: str
    reason: str | None


@dataclass(slots=True)
class People:
    """Persons by opaque id, their names as text references, and all assignments, delegations and absences ever made."""

    names: dict[str, str] = field(default_factory=dict)
    assignments: tuple[Assignment, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    absences: tuple[Absence, ...] = ()

    def copy(self) -> People:
        """An independent copy."""
        return People(dict(self.names), self.assignments, self.delegations, self.absences)

    def apply(self, fact: Fact[Event]) -> None:
        """Take a fact in."""
        match fact.event:
            case PersonAdded(person=person, name=name):
                self.names[person] = name
            case RoleAssigned() as given:
                self.assignments = (*self.assignments, _assignment(given))
            case RoleEnded() as ended:
                self.assignments = tuple(_end(a, ended) for a in self.assignments)
            case DelegationGiven() as made:
                self.delegations = (*self.delegations, _delegation(made))
            case DelegationEnded(delegation=number, last_day=last):
                self.delegations = tuple(
                    replace(each, until=last) if each.number == number else each for each in self.delegations
                )
            case AbsenceRecorded() as away:
                self.absences = (*self.absences, _absence(away))
            case AbsenceEnded(absence=number, last_day=last):
                self.absences = tuple(
                    replace(each, until=last) if each.number == number else each for each in self.absences
                )
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

    def standing_in(self, on: date) -> tuple[Delegation, ...]:
        """The delegations of a day, in the order they were given."""
        return tuple(each for each in self.delegations if each.on(on))

    def away(self, person: str, on: date) -> Absence | None:
        """The absence of a person on a day, the one that lasts longest where there are several."""
        found = [each for each in self.absences if each.person == person and each.on(on)]
        return max(found, key=lambda each: each.until or date.max, default=None)

    def auditor_on(self, person: str, day: date) -> Assignment | None:
        """The assignment by which a person is auditor on a day."""
        return self.auditor_between(person, day, day)

    def auditor_between(self, person: str, start: date, until: date | None) -> Assignment | None:
        """The assignment by which a person is auditor on any day of a span."""
        return next(
            (
                each
                for each in self.assignments
                if each.person == person and each.role == AUDITOR and each.meets(start, until)
            ),
            None,
        )


def _assignment(given: RoleAssigned) -> Assignment:
    return Assignment(
        person=given.person, role=given.role, start=given.start, until=given.until, scope=given.scope
    )


def _delegation(given: DelegationGiven) -> Delegation:
    return Delegation(
        number=given.delegation,
        delegator=given.delegator,
        delegate=given.delegate,
        role=given.role,
        scope=given.scope,
        start=given.start,
        until=given.until,
        reason=given.reason,
    )


def _absence(away: AbsenceRecorded) -> Absence:
    return Absence(
        number=away.absence, person=away.person, start=away.start, until=away.until, reason=away.reason
    )


def _end(assignment: Assignment, ended: RoleEnded) -> Assignment:
    same = (assignment.person, assignment.role, assignment.scope) == (ended.person, ended.role, ended.scope)
    return replace(assignment, until=ended.last_day) if same and assignment.on(ended.last_day) else assignment


def _within(scope: str | None, scopes: frozenset[str] | None) -> bool:
    return scope is None or scopes is None or scope in scopes
