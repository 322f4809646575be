"""Persons and roles: kept by governance leads, and nobody gives themselves a role."""

from __future__ import annotations

from datetime import timedelta

from engine.commands import AddPerson, AssignRole, EndRole
from engine.context import Context
from engine.deciders.far_days import OPEN_END, refuse_far
from engine.namesakes import called_so, looks_like_an_id
from engine.states.people import AUDITOR, BUILT_IN, GOVERNANCE_LEAD, SYSTEM
from events import stream as streams
from events.kinds.people import PersonAdded, RoleAssigned, RoleEnded
from events.nearest import did_you_mean


def add_person(context: Context, request: AddPerson) -> None:
    """Make a person known under the next free id: p3, p4 …"""
    context.need_governance_lead()
    name = next((text.text for text in context.command.texts if text.ref == request.name), "")
    check_name(context, name)
    if not request.another:
        _nobody_called(context, name)
    context.settle()
    person = f"p{len(context.work.people().names) + 1}"
    context.work.record(streams.PEOPLE, PersonAdded(person=person, name=request.name))


def assign_role(context: Context, request: AssignRole) -> None:
    """Give a role of the pack, or one that every book knows, to somebody else."""
    context.need_governance_lead()
    known_person(context, request.person)
    roles = _roles(context)
    if request.role not in roles:
        context.refuse(
            "GT-PEOPLE-003",
            f"The pack has no role '{request.role}'.{did_you_mean(request.role, roles)}",
            f"Its roles are: {', '.join(sorted(roles))}.",
        )
    if request.scope is not None:
        known_scope(context, request.scope)
    if request.person == context.command.actor:
        context.refuse(
            "GT-PEOPLE-005",
            f"Person {request.person} cannot give themselves a role.",
            "Another governance lead has to assign it.",
        )
    if request.until is not None and request.until < request.start:
        context.refuse(
            "GT-PEOPLE-006",
            f"The role would end on {request.until}, before it starts on {request.start}.",
            "Give a later day with --until, or leave it out while no end is known.",
        )
    refuse_far(context, "The role would start", request.start)
    refuse_far(context, "The role would end", request.until, "" if request.role == AUDITOR else OPEN_END)
    _auditors_apart(context, request)
    context.settle()
    context.work.record(
        streams.PEOPLE,
        RoleAssigned(
            person=request.person,
            role=request.role,
            start=request.start,
            until=request.until,
            scope=request.scope,
        ),
    )


def _auditors_apart(context: Context, request: AssignRole) -> None:
    """An auditor is one until a day, and holds nothing else meanwhile: they could not act in it."""
    people, person = context.work.people(), request.person
    if request.role != AUDITOR:
        auditor = people.auditor_between(person, request.start, request.until)
        if auditor is not None:
            context.refuse(
                "GT-PEOPLE-025",
                f"Person {person} is auditor until {auditor.until}, and an auditor holds no other role.",
                "Let the role start when that has ended, or end it: goldenthread role end PERSON auditor.",
            )
        return
    if request.until is None:
        context.refuse(
            "GT-PEOPLE-026",
            "The role of auditor is given until a day.",
            "Say until when: --until DATE.",
        )
    if request.scope is not None:
        context.refuse(
            "GT-PEOPLE-027",
            "An auditor reads the whole book, so the role is given for no body or service.",
            "Leave --for out.",
        )
    others = sorted(
        {
            a.role
            for a in people.assignments
            if a.person == person and a.role != AUDITOR and a.meets(request.start, request.until)
        }
    )
    if others:
        context.refuse(
            "GT-PEOPLE-028",
            f"Person {person} is {', '.join(others)} in that time, and an auditor holds no other role.",
            "End it first with 'goldenthread role end', or name somebody who does not take part.",
        )


def end_role(context: Context, request: EndRole) -> None:
    """End a role that is held on its last day."""
    context.need_governance_lead()
    known_person(context, request.person)
    refuse_far(context, "The role would end", request.last_day)
    held = context.work.people().roles_of(request.person, request.last_day)
    if not any(a.role == request.role and a.scope == request.scope for a in held):
        scope = f" for {request.scope}" if request.scope else ""
        names = ", ".join(a.role + (f" for {a.scope}" if a.scope else "") for a in held) or "none"
        context.refuse(
            "GT-PEOPLE-007",
            f"Person {request.person} does not hold the role {request.role}{scope} on {request.last_day}.",
            f"Roles held on that day: {names}.",
        )
    leads = context.work.people().holders(GOVERNANCE_LEAD, request.last_day + timedelta(days=1))
    if request.role == GOVERNANCE_LEAD and leads == (request.person,):
        context.refuse(
            "GT-PEOPLE-010",
            f"Person {request.person} is the only governance lead: without one nobody could keep the register.",
            "Make another person governance lead first, with 'goldenthread role assign'.",
        )
    context.settle()
    context.work.record(
        streams.PEOPLE,
        RoleEnded(person=request.person, role=request.role, last_day=request.last_day, scope=request.scope),
    )


def check_name(context: Context, name: str) -> None:
    """Nobody is called like an id: their name would be taken for somebody else."""
    if looks_like_an_id(name):
        context.refuse(
            "GT-PEOPLE-030",
            f"'{name}' looks like the id of a person, not like a name.",
            "Give the name in full; ids are given by the book.",
        )


def _nobody_called(context: Context, name: str) -> None:
    known = context.work.people().names
    texts = context.shelf.texts(known.values())
    found = called_so(name, {person: texts[ref] for person, ref in known.items() if ref in texts})
    if found:
        context.refuse(
            "GT-PEOPLE-031",
            f"Person {found[0]} is in this book already, under that name.",
            "If that is who is meant, use the id; add somebody else of that name with --another.",
        )


def known_person(context: Context, person: str) -> None:
    """Collect a reason where somebody is nobody of this book."""
    if person not in context.work.people().names or person == SYSTEM:
        context.refuse(
            "GT-PEOPLE-008",
            f"'{person}' is not a person of this book.",
            "Add them first: goldenthread person add NAME.",
        )


def known_scope(context: Context, scope: str) -> None:
    """Collect a reason where something is neither a body nor a service."""
    scopes = _scopes(context)
    if scope not in scopes:
        context.refuse(
            "GT-PEOPLE-004",
            f"'{scope}' is neither a body of the pack nor a service.{did_you_mean(scope, scopes)}",
            "Leave --for out for the whole council, or name a body or a service.",
        )


def _roles(context: Context) -> frozenset[str]:
    packs = context.shelf.all_of(context.work.framework())
    return frozenset(set(BUILT_IN).union(*(pack.organisation.roles for pack in packs)))


def _scopes(context: Context) -> frozenset[str]:
    packs = context.shelf.all_of(context.work.framework())
    return frozenset(context.work.services().labels).union(*(pack.organisation.bodies for pack in packs))
