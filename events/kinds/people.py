"""Persons, the roles they hold on which days, who stands in for them, and when they are away.

Names and reasons live in the erasable directory, not here.
"""

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


@fact("delegation.given")
class DelegationGiven(Event, frozen=True, kw_only=True):
    """A person may take steps for another from a day on; `role` and `scope` narrow which."""

    delegation: str
    """Its number in the book, counted from 1."""
    delegator: str
    delegate: str
    start: date
    until: date | None = None
    """The last day, where one is known."""
    role: str | None = None
    """None for every role of the pack that the delegator holds."""
    scope: str | None = None
    """A body or a service; None for all."""
    reason: TextRef | None = None


@fact("delegation.ended")
class DelegationEnded(Event, frozen=True, kw_only=True):
    """Nobody stands in by this delegation after `last_day`."""

    delegation: str
    last_day: date


@fact("absence.recorded")
class AbsenceRecorded(Event, frozen=True, kw_only=True):
    """A person is away from a day until a day, both included."""

    absence: str
    """Its number in the book, counted from 1."""
    person: str
    start: date
    until: date | None = None
    """The last day, where one is known."""
    reason: TextRef | None = None


@fact("absence.ended")
class AbsenceEnded(Event, frozen=True, kw_only=True):
    """The person is back on the day after `last_day`."""

    absence: str
    last_day: date
