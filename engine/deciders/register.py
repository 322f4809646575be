"""The register by fixed rules: services and the meetings of bodies."""

from __future__ import annotations

import re

from engine.commands import AddMeeting, AddService, CancelMeeting
from engine.context import Context
from events import stream as streams
from events.kinds.register import MeetingAdded, MeetingCancelled, ServiceAdded
from events.nearest import did_you_mean
from workflows.calendar import in_words
from workflows.far_days import year_asked, years_from

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,39}")
"""Codes stand in references such as CH04/childrens/2026-Q2, so they hold no slash and no space."""

MEETINGS_AHEAD = 3
"""So many years ahead a meeting may be entered; and one that was, up to a year after it."""


def add_service(context: Context, request: AddService) -> None:
    """Add a service below a known parent."""
    context.need_governance_lead()
    labels = context.work.services().labels
    check_code(context, "service", request.service)
    if request.service in labels:
        context.refuse(
            "GT-REGISTER-001",
            f"There is already a service '{request.service}'.",
            "Choose another code; 'goldenthread service list' shows those that are taken.",
        )
    if request.parent is not None and request.parent not in labels:
        context.refuse(
            "GT-REGISTER-002",
            f"There is no service '{request.parent}' to stand above it.{did_you_mean(request.parent, labels)}",
            "Add the upper service first: goldenthread service add SERVICE.",
        )
    context.settle()
    context.work.record(
        streams.SERVICES, ServiceAdded(service=request.service, label=request.label, parent=request.parent)
    )


def add_meeting(context: Context, request: AddMeeting) -> None:
    """Enter a meeting of a body of the pack."""
    _need_clerk_or_lead(context, request.body)
    _body(context, request.body)
    _sensible(context, request)
    if request.on in context.work.meetings().days.get(request.body, ()):
        context.refuse(
            "GT-REGISTER-013",
            f"{request.body} already meets on {request.on.isoformat()}.",
            "'goldenthread meeting list' shows the meetings entered.",
        )
    context.settle()
    context.work.record(streams.MEETINGS, MeetingAdded(body=request.body, on=request.on))


def _sensible(context: Context, request: AddMeeting) -> None:
    """A meeting in another decade is a year mistyped."""
    earliest, latest = years_from(context.today, -1), years_from(context.today, MEETINGS_AHEAD)
    if request.on > latest:
        context.refuse(
            "GT-REGISTER-531",
            f"A meeting on {in_words(request.on)} is more than {MEETINGS_AHEAD} years from today.",
            year_asked(latest),
        )
    elif request.on < earliest:
        context.refuse(
            "GT-REGISTER-532",
            f"A meeting on {in_words(request.on)} was more than a year ago.",
            f"The earliest day possible is {in_words(earliest)}. Is the year right?",
        )


def cancel_meeting(context: Context, request: CancelMeeting) -> None:
    """Take back a meeting that was entered."""
    _need_clerk_or_lead(context, request.body)
    days = context.work.meetings().days.get(request.body, ())
    if request.on not in days:
        known = ", ".join(day.isoformat() for day in days) or "none"
        context.refuse(
            "GT-REGISTER-014",
            f"{request.body} has no meeting on {request.on.isoformat()}.",
            f"Meetings entered: {known}.",
        )
    context.settle()
    context.work.record(streams.MEETINGS, MeetingCancelled(body=request.body, on=request.on))


def check_code(context: Context, noun: str, code: str) -> None:
    """Codes stand in references, so not every word can be one."""
    if not CODE.fullmatch(code):
        context.refuse(
            "GT-REGISTER-004",
            f"'{code}' cannot be the code of a {noun}.",
            "Use up to 40 letters, digits, dots, hyphens and underscores, and no space or slash.",
        )


def check_word(context: Context, what: str, word: str, allowed: tuple[str, ...]) -> None:
    """A word from a closed list."""
    if word not in allowed:
        context.refuse(
            "GT-REGISTER-007",
            f"'{word}' is not a {what}.{did_you_mean(word, allowed)}",
            f"It is one of: {', '.join(allowed)}.",
        )


def _need_clerk_or_lead(context: Context, body: str) -> None:
    people = context.work.people()
    if not people.holds(context.command.actor, "clerk", context.effective_on, frozenset({body})):
        context.need_governance_lead()


def _body(context: Context, body: str) -> None:
    packs = context.shelf.all_of(context.work.framework())
    bodies = frozenset[str]().union(*(pack.organisation.bodies for pack in packs))
    if body not in bodies:
        context.refuse(
            "GT-REGISTER-016",
            f"The pack has no body '{body}'.{did_you_mean(body, bodies)}",
            f"Its bodies are: {', '.join(sorted(bodies))}.",
        )
