"""Who stands in for whom, and who is away."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from engine.handle import Engine
from engine.queries.names import Names
from engine.queries.reader import Reader
from engine.states.people import BUILT_IN, People


class DelegationLine(msgspec.Struct, frozen=True, kw_only=True):
    """One delegation."""

    number: str
    delegator: str
    delegator_name: str
    delegate: str
    delegate_name: str
    role: str | None
    """None for every role of the pack that the delegator holds."""
    scope: str | None
    start: date
    until: date | None
    reason: str | None


class AbsenceLine(msgspec.Struct, frozen=True, kw_only=True):
    """One absence."""

    number: str
    person: str
    name: str
    start: date
    until: date | None
    stand_ins: tuple[str, ...]
    """Names of those who stand in on any day of it."""
    reason: str | None


def roles_left(people: People, person: str, on: date) -> set[str]:
    """The roles that a person holds on a day and in which nobody stands in for them."""
    roles = {each.role for each in people.roles_of(person, on) if each.role not in BUILT_IN}
    given = [each for each in people.standing_in(on) if each.delegator == person]
    return {role for role in roles if not any(each.role in (None, role) for each in given)}


def is_stood_in_for(engine: Engine, person: str, start: date, until: date | None) -> bool:
    """Whether on each day of a span somebody stands in for a person in every role that they hold then."""
    people = Reader(engine).work.people()
    days = {start}  # and every day on which a role begins or a delegation has ended
    days.update(each.start for each in people.assignments if each.person == person)
    days.update(
        each.until + timedelta(days=1)
        for each in people.delegations
        if each.delegator == person and each.until is not None
    )
    inside = (day for day in days if start <= day and (until is None or day <= until))
    return not any(roles_left(people, person, day) for day in inside)


def delegations(
    engine: Engine, on: date | None, *, names: Names, at: int | None = None
) -> list[DelegationLine]:
    """The delegations of a day, in the order they were given; every one ever given where no day is named."""
    known = Reader(engine, at).work.people().delegations
    return [
        DelegationLine(
            number=each.number,
            delegator=each.delegator,
            delegator_name=names.person(each.delegator),
            delegate=each.delegate,
            delegate_name=names.person(each.delegate),
            role=each.role,
            scope=each.scope,
            start=each.start,
            until=each.until,
            reason=names.text(each.reason) if each.reason else None,
        )
        for each in known
        if on is None or each.on(on)
    ]


def absences(
    engine: Engine, on: date, *, everything: bool = False, names: Names, at: int | None = None
) -> list[AbsenceLine]:
    """Who is away on a day, and who stands in for them; with `everything` also what is over or to come."""
    people = Reader(engine, at).work.people()
    return [
        AbsenceLine(
            number=each.number,
            person=each.person,
            name=names.person(each.person),
            start=each.start,
            until=each.until,
            stand_ins=names.people(
                dict.fromkeys(
                    given.delegate
                    for given in people.delegations
                    if given.delegator == each.person and given.meets(each.start, each.until)
                )
            ),
            reason=names.text(each.reason) if each.reason else None,
        )
        for each in people.absences
        if everything or each.on(on)
    ]
