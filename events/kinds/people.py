"""Persons and the roles they hold on which days. Names live in the erasable directory, not here."""

from __future__ import annotations

from datetime import date

from events.schema import Event, fact
from events.text import TextRef


@fact("person.added")
class PersonAdded(Event, frozen=True, kw_only=True):
    """A natural person became known under an opaque id."""

    person: str
    name: TextRef


@fact("role.assigned")
class RoleAssigned(Event, frozen=True, kw_only=True):
    """A person holds a role from a day on; `scope` narrows it to a body or to a service and those below it."""

    person: str
    role: str
    start: date
    until: date | None = None
    """The last day, where one is known."""
    scope: str | None = None


@fact("role.ended")
class RoleEnded(Event, frozen=True, kw_only=True):
    """A person no longer holds a role after `last_day`."""

    person: str
    role: str
    last_day: date
    scope: str | None = None
