"""People and the roles they hold on a day."""

from __future__ import annotations

from datetime import date

import msgspec

from engine.handle import Engine
from engine.queries.names import Names
from engine.queries.reader import Reader
from engine.states.people import GOVERNANCE_LEAD, Assignment
from workflows.organisation import Organisation


class RoleLine(msgspec.Struct, frozen=True, kw_only=True):
    """A role somebody holds."""

    role: str
    label: str
    scope: str | None
    start: date
    until: date | None


class PersonLine(msgspec.Struct, frozen=True, kw_only=True):
    """One person, in the order in which they were added."""

    person: str
    name: str
    roles: tuple[RoleLine, ...]
    """Held on the day asked about."""


def people(engine: Engine, on: date, *, names: Names, at: int | None = None) -> list[PersonLine]:
    """Everybody in the book, with the roles they hold on a day."""
    reader = Reader(engine, at)
    known = reader.work.people()
    organisation = reader.newest.organisation if reader.newest else Organisation()
    return [
        PersonLine(
            person=person,
            name=names.name(person),
            roles=tuple(_role(each, organisation) for each in known.roles_of(person, on)),
        )
        for person in known.names
    ]


def role_label(role: str, organisation: Organisation) -> str:
    """A role as people call it."""
    return "Governance lead" if role == GOVERNANCE_LEAD else organisation.label(role)


def _role(assignment: Assignment, organisation: Organisation) -> RoleLine:
    return RoleLine(
        role=assignment.role,
        label=role_label(assignment.role, organisation),
        scope=assignment.scope,
        start=assignment.start,
        until=assignment.until,
    )
