"""Sentences about the book, its packs, its people and its register."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from adapters.cli.moments import day_words
from events.kinds.book import BookOpened, ClockCorrected
from events.kinds.framework import PackAdopted, PackDeclined, PackProposed
from events.kinds.people import PersonAdded, RoleAssigned, RoleEnded
from events.kinds.register import (
    IndicatorAdded,
    IndicatorRetired,
    MeetingAdded,
    MeetingCancelled,
    ServiceAdded,
    TargetSet,
)
from events.number import plain
from events.schema import Event

if TYPE_CHECKING:
    from adapters.cli.told import Teller
    from events.fact import Fact


def _opened(teller: Teller, fact: Fact[BookOpened]) -> str:
    return f"Opened the book '{fact.event.book}' of {fact.event.council}."


def _proposed(teller: Teller, fact: Fact[PackProposed]) -> str:
    event = fact.event
    return (
        f"{event.pack} {event.version} is proposed, in force from {day_words(event.effective_from)}; "
        "another governance lead has to approve it."
    )


def _adopted(teller: Teller, fact: Fact[PackAdopted]) -> str:
    event = fact.event
    initialled = f" Initialled with it: {', '.join(event.assumptions)}." if event.assumptions else ""
    return (
        f"Adopted {event.pack} {event.version}, in force from {day_words(event.effective_from)}: "
        f"proposed by {teller.person(event.proposed_by)}, approved by {teller.person(fact.actor)}.{initialled}"
    )


def _declined(teller: Teller, fact: Fact[PackDeclined]) -> str:
    return f"Turned the pack {fact.event.digest[:12]}… down; it may be put right and proposed again."


def _person(teller: Teller, fact: Fact[PersonAdded]) -> str:
    name = teller.person(fact.event.person)
    if name == fact.event.person:  # nobody of the book: it is not written
        name = teller.text(fact.event.name)
    return f"{name} is {fact.event.person}."


def _role(teller: Teller, fact: Fact[RoleAssigned]) -> str:
    event = fact.event
    scope = f" for {event.scope}" if event.scope else ""
    until = f" until {day_words(event.until)}" if event.until else ""
    return f"{teller.person(event.person)} is {event.role}{scope} from {day_words(event.start)}{until}."


def _role_ended(teller: Teller, fact: Fact[RoleEnded]) -> str:
    event = fact.event
    scope = f" for {event.scope}" if event.scope else ""
    return (
        f"{teller.person(event.person)} is no longer {event.role}{scope} after {day_words(event.last_day)}."
    )


def _service(teller: Teller, fact: Fact[ServiceAdded]) -> str:
    under = f" under {fact.event.parent}" if fact.event.parent else ""
    return f"Added the service {fact.event.service} ({fact.event.label}){under}."


def _indicator(teller: Teller, fact: Fact[IndicatorAdded]) -> str:
    event = fact.event
    return f"Added {event.indicator} ({event.title}), returned every {event.frequency} by {', '.join(event.services)}."


def _target(teller: Teller, fact: Fact[TargetSet]) -> str:
    event = fact.event
    parts = [
        ("", event.value),
        ("from ", event.low),
        ("to ", event.high),
        ("floor ", event.floor),
        ("tolerance ", event.tolerance),
    ]
    said = ", ".join(f"{word}{_number(number)}" for word, number in parts if number is not None)
    if event.tolerance is not None:
        said += {"percent": " % of it", "units": " in its unit"}.get(event.tolerance_in, "")
    if event.basis:
        said += f" ({event.basis}, the hardest of {len(event.bases)})"
    whom = f"{event.indicator}/{event.service}" if event.service else event.indicator
    after = (
        f"; the outcome up to {max(event.outcome_known.values())} was known, and it is marked"
        if event.outcome_known
        else ""
    )
    return f"The target of {whom} is {said} from {event.from_period} on{after}."


def _retired(teller: Teller, fact: Fact[IndicatorRetired]) -> str:
    instead = f", replaced by {fact.event.replaced_by}" if fact.event.replaced_by else ""
    return f"{fact.event.indicator} is retired from {day_words(fact.effective_on)} on{instead}; its history stays."


def _meeting(teller: Teller, fact: Fact[MeetingAdded]) -> str:
    return f"{fact.event.body} meets on {day_words(fact.event.on)}."


def _cancelled(teller: Teller, fact: Fact[MeetingCancelled]) -> str:
    return f"{fact.event.body} does not meet on {day_words(fact.event.on)}."


def _clock(teller: Teller, fact: Fact[ClockCorrected]) -> str:
    return (
        f"Noted that the record ran ahead to {fact.event.head_was} while the clock says {fact.event.clock_said}; "
        "writing goes on, and recorded time stands still until the clock has caught up."
    )


def _number(number: Decimal) -> str:
    return plain(number)


REGISTER: dict[type[Event], Callable[[Any, Any], str]] = {
    BookOpened: _opened,
    PackProposed: _proposed,
    PackAdopted: _adopted,
    PackDeclined: _declined,
    PersonAdded: _person,
    RoleAssigned: _role,
    RoleEnded: _role_ended,
    ServiceAdded: _service,
    IndicatorAdded: _indicator,
    TargetSet: _target,
    IndicatorRetired: _retired,
    MeetingAdded: _meeting,
    MeetingCancelled: _cancelled,
    ClockCorrected: _clock,
}
"""Fact → its sentence."""
