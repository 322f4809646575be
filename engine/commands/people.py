"""Who is who, who holds which role, and who stands in for whom."""

from __future__ import annotations

from datetime import date

from engine.commands.request import Request
from events.text import TextRef


class AddPerson(Request, frozen=True, kw_only=True):
    """Make a natural person known; the id is given by the book."""

    name: TextRef
    another: bool = False
    """Somebody else of that name is known, and this is another person."""


class AssignRole(Request, frozen=True, kw_only=True):
    """Give a person a role from a day on."""

    person: str
    role: str
    start: date
    until: date | None = None
    scope: str | None = None


class EndRole(Request, frozen=True, kw_only=True):
    """End a role after a last day."""

    person: str
    role: str
    last_day: date
    scope: str | None = None


class AddDelegation(Request, frozen=True, kw_only=True):
    """Let a person take steps for another from a day on."""

    delegator: str
    delegate: str
    start: date
    until: date | None = None
    role: str | None = None
    """None for every role of the pack that the delegator holds."""
    scope: str | None = None
    reason: TextRef | None = None


class EndDelegation(Request, frozen=True, kw_only=True):
    """End a delegation after a last day."""

    delegation: str
    last_day: date


class AddAbsence(Request, frozen=True, kw_only=True):
    """Note that a person is away."""

    person: str
    start: date
    until: date | None = None
    reason: TextRef | None = None


class EndAbsence(Request, frozen=True, kw_only=True):
    """Note the last day on which a person was away."""

    absence: str
    last_day: date
