"""Who stands in for whom, and who is away."""

from __future__ import annotations

from datetime import date

import msgspec

from engine.handle import Engine
from engine.queries.names import Names
from engine.queries.reader import Reader


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
