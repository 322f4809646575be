"""A role, a delegation or an absence that begins or ends in another decade is a year mistyped; an open end stays open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from engine.commands import (
    AddAbsence,
    AddDelegation,
    AssignRole,
    EndAbsence,
    EndDelegation,
    EndRole,
    Request,
)
from engine.testing.council import Council
from events.errors import Refused

ANALYST, MANAGER, SERVICE = "p3", "p4", "p5"
MISTYPED = date(2071, 9, 30)


def refused(council: Council, request: Request, who: str = "p1") -> str:
    """Why it is refused: for its day alone."""
    with pytest.raises(Refused) as found:
        council.ask(request, who)
    (problem,) = found.value.problems
    return f"{problem.code} {problem.sentence} {problem.fix}"


def role(start: date, until: date | None = None) -> AssignRole:
    return AssignRole(person=ANALYST, role="data_manager", start=start, until=until)


def delegation(start: date, until: date | None = None) -> AddDelegation:
    return AddDelegation(delegator=MANAGER, delegate=SERVICE, start=start, until=until)


def absence(start: date, until: date | None = None) -> AddAbsence:
    return AddAbsence(person=MANAGER, start=start, until=until)


@pytest.mark.parametrize(
    ("noun", "of"), [("role", role), ("delegation", delegation), ("absence", absence)], ids=lambda each: each
)
def test_no_end_is_decades_off(council: Council, noun: str, of: Callable[..., Request]) -> None:
    today = council.clock.now().date()
    said = refused(council, of(start=today, until=MISTYPED))
    assert said.startswith(f"GT-PEOPLE-060 The {noun} would end on 30 September 2071, more than 5 years")
    assert said.endswith("Is the year right? While no end is known, leave --until out.")


@pytest.mark.parametrize(("noun", "of"), [("role", role), ("absence", absence)], ids=lambda each: each)
def test_no_start_is_decades_off(council: Council, noun: str, of: Callable[..., Request]) -> None:
    said = refused(council, of(start=MISTYPED))
    assert said.startswith(f"GT-PEOPLE-060 The {noun} would start on 30 September 2071")
    said = refused(council, of(start=date(217, 6, 1)))
    assert said.startswith(f"GT-PEOPLE-061 The {noun} would start on 1 June 217, which is too long ago.")


def test_a_delegation_does_not_start_decades_off(council: Council) -> None:
    assert "GT-PEOPLE-060 The delegation would start" in refused(council, delegation(MISTYPED))


@pytest.mark.parametrize("of", [role, delegation, absence])
def test_an_end_that_is_not_known_stays_open_and_five_years_are_possible(
    council: Council, of: Callable[..., Request]
) -> None:
    today = council.clock.now().date()
    council.ask(of(start=today), "p1", dry_run=True)
    facts = council.ask(of(start=today, until=today.replace(year=today.year + 5)), "p1").facts
    assert len(facts) == 1


def test_an_auditors_end_is_not_left_open_instead(council: Council) -> None:
    person = council.hire("Aud Itor")
    today = council.clock.now().date()
    said = refused(council, AssignRole(person=person, role="auditor", start=today, until=MISTYPED))
    assert said.endswith("Is the year right?")


def test_what_is_ended_ends_on_a_day_that_can_be_meant(council: Council) -> None:
    today = council.clock.now().date()
    council.ask(delegation(today), "p1")
    council.ask(absence(today), "p1")
    ended = [
        EndRole(person=ANALYST, role="data_enterer", last_day=MISTYPED),
        EndDelegation(delegation="1", last_day=MISTYPED),
        EndAbsence(absence="1", last_day=MISTYPED),
    ]
    for request in ended:
        assert "GT-PEOPLE-060" in refused(council, request)
    for request in (EndDelegation(delegation="1", last_day=date(17, 6, 1)),):
        assert "GT-PEOPLE-061" in refused(council, request)
