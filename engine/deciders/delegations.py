"""Delegations: dated, from somebody who holds a role to somebody who then takes steps for them."""

from __future__ import annotations

from engine.commands import AddDelegation, EndDelegation
from engine.context import Context
from engine.deciders.far_days import refuse_far, refuse_far_span
from engine.deciders.people import known_person, known_scope
from engine.states.people import BUILT_IN, Delegation
from events import stream as streams
from events.kinds.people import DelegationEnded, DelegationGiven
from events.nearest import did_you_mean


def add_delegation(context: Context, request: AddDelegation) -> None:
    """Given by whoever delegates, or by a governance lead who is not the one to stand in."""
    known_person(context, request.delegator)
    known_person(context, request.delegate)
    context.settle()
    _who_gives(context, request)
    if request.delegate == request.delegator:
        context.refuse(
            "GT-PEOPLE-011",
            f"Person {request.delegator} cannot stand in for themselves.",
            "Name another person.",
        )
    if request.until is not None and request.until < request.start:
        context.refuse(
            "GT-PEOPLE-012",
            f"The delegation would end on {request.until}, before it starts on {request.start}.",
            "Give a later day with --until, or leave it out while no end is known.",
        )
    refuse_far_span(context, "delegation", request.start, request.until)
    if request.scope is not None:
        known_scope(context, request.scope)
    _held(context, request)
    _not_an_auditor(context, request)
    _not_twice(context, request)
    context.settle()
    people = context.work.people()
    context.work.record(
        streams.PEOPLE,
        DelegationGiven(
            delegation=str(len(people.delegations) + 1),
            delegator=request.delegator,
            delegate=request.delegate,
            start=request.start,
            until=request.until,
            role=request.role,
            scope=request.scope,
            reason=request.reason,
        ),
    )


def end_delegation(context: Context, request: EndDelegation) -> None:
    """Ended by either of the two, or by a governance lead."""
    found = next(
        (each for each in context.work.people().delegations if each.number == request.delegation), None
    )
    if found is None:
        context.refuse(
            "GT-PEOPLE-013",
            f"There is no delegation {request.delegation}.",
            "'goldenthread delegate list --all' shows them.",
        )
        context.settle()
        return
    if context.command.actor not in (found.delegator, found.delegate):
        context.need_governance_lead()
    _ends_earlier(context, found, request)
    refuse_far(context, "The delegation would end", request.last_day)
    context.settle()
    context.work.record(streams.PEOPLE, DelegationEnded(delegation=found.number, last_day=request.last_day))


def _who_gives(context: Context, request: AddDelegation) -> None:
    """The delegate is the one person who must not give it to themselves, lead or not."""
    actor = context.command.actor
    if actor == request.delegate and actor != request.delegator:
        context.refuse(
            "GT-PEOPLE-014",
            f"Person {actor} cannot make themselves stand in for {request.delegator}.",
            f"Ask {request.delegator} to give it, or a governance lead other than {actor}.",
        )
    elif actor != request.delegator:
        context.need_governance_lead()


def _held(context: Context, request: AddDelegation) -> None:
    """Nobody delegates what they do not hold themselves, so there are no chains."""
    people, by, on = context.work.people(), request.delegator, request.start
    if request.role in BUILT_IN:
        context.refuse(
            "GT-PEOPLE-015",
            f"Nobody stands in for a person in the role of {request.role}.",
            "Assign the role itself, with --until: goldenthread role assign PERSON ROLE.",
        )
        return
    held = [each for each in people.roles_of(by, on) if each.role not in BUILT_IN]
    wanted = [each for each in held if request.role in (None, each.role)]
    if not wanted:
        named = f"the role {request.role}" if request.role else "any role of the pack"
        roles = sorted({each.role for each in held})
        meant = did_you_mean(request.role, roles) if request.role else ""
        through = any(
            each.delegate == by and request.role in (None, each.role, *_roles_of(each, context))
            for each in people.standing_in(on)
        )
        chain = " What they do as a stand-in for somebody else they cannot pass on." if through else ""
        context.refuse(
            "GT-PEOPLE-016",
            f"Person {by} does not hold {named} themselves on {on}, so they cannot delegate it.{meant}{chain}",
            f"Roles held on that day: {', '.join(roles) or 'none'}.",
        )
    elif request.scope is not None and not _within(context, request.scope, {each.scope for each in wanted}):
        scopes = ", ".join(sorted(each.scope for each in wanted if each.scope))
        context.refuse(
            "GT-PEOPLE-017",
            f"Person {by} holds the role for {scopes} only on {on}, not for {request.scope}.",
            "Leave --for out to delegate what they hold, or name what lies within it.",
        )


def _roles_of(delegation: Delegation, context: Context) -> tuple[str, ...]:
    """The roles that a delegation of everything carries."""
    if delegation.role is not None:
        return ()
    return tuple(each.role for each in context.work.people().roles_of(delegation.delegator, delegation.start))


def _within(context: Context, scope: str, held: set[str | None]) -> bool:
    """Whether a scope is one of those held, or a service below one."""
    above = {scope, *context.work.services().with_ancestors(scope)}
    return None in held or bool(above & held)


def _not_an_auditor(context: Context, request: AddDelegation) -> None:
    auditor = context.work.people().auditor_between(request.delegate, request.start, request.until)
    if auditor is not None:
        context.refuse(
            "GT-PEOPLE-018",
            f"Person {request.delegate} is auditor until {auditor.until}, and an auditor records nothing.",
            "Name somebody else, or let it start when that has ended.",
        )


def _not_twice(context: Context, request: AddDelegation) -> None:
    """The same once more would say nothing, and ending one would leave the other."""
    for each in context.work.people().delegations:
        same = (each.delegator, each.delegate, each.role, each.scope) == (
            request.delegator,
            request.delegate,
            request.role,
            request.scope,
        )
        if same and each.meets(request.start, request.until):
            until = f"until {each.until}" if each.until else "with no end known"
            context.refuse(
                "GT-PEOPLE-019",
                f"Delegation {each.number} says the same from {each.start} {until}.",
                f"End it first: goldenthread delegate end {each.number}.",
            )
            return


def _ends_earlier(context: Context, found: Delegation, request: EndDelegation) -> None:
    if found.until is not None and request.last_day >= found.until:
        context.refuse(
            "GT-PEOPLE-020",
            f"Delegation {found.number} ends on {found.until} already.",
            "For more time, give another one: goldenthread delegate add.",
        )
