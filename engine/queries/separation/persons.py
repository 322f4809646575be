"""What single facts say about people: roles and delegations given to oneself, acts of auditors, overrides, warnings accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from engine.queries.names import Names
from engine.queries.separation.acts import about, act_of
from engine.queries.separation.finding import BREACH, NEAR, DutyFinding
from engine.queries.separation.hands import had_delegated
from engine.queries.shown import counted
from engine.states.people import SYSTEM, People
from events.fact import Fact
from events.instant import Instant
from events.kinds.book import BookOpened
from events.kinds.imports import ImportAccepted
from events.kinds.people import DelegationGiven, RoleAssigned
from events.kinds.statuses import StatusAssessed
from events.schema import Event
from events.stream import series_of


class Persons:
    """Looks at each fact by itself, with the people as they stood."""

    def __init__(self, names: Names, local_day: Callable[[Instant], date]) -> None:
        self._names = names
        self._local_day = local_day
        self._opening: str | None = None

    def take(self, fact: Fact[Event], people: People) -> Iterator[DutyFinding]:
        """What is wrong, or worth a question, with one fact."""
        names, actor, event = self._names, fact.actor, fact.event
        who = names.person(actor)
        day = self._local_day(fact.received_at)
        if isinstance(event, BookOpened):
            self._opening = fact.command_id
        if actor != SYSTEM and people.auditor_on(actor, day):
            yield _finding(fact, BREACH, "auditor", who, (actor,), f"{who} recorded this while auditor.")
        match event:
            case RoleAssigned() if event.person == actor and fact.command_id != self._opening:
                said = f"{who} gave themselves the role of {event.role}."
                yield _finding(fact, BREACH, "own role", who, (actor,), said)
            case DelegationGiven() if event.delegate == actor:
                said = f"{who} made themselves stand in for {names.person(event.delegator)}."
                yield _finding(fact, BREACH, "own delegation", who, (actor,), said)
            case StatusAssessed() if event.overridden_by is not None:
                by, place = event.overridden_by, "/".join(series_of(fact.stream))
                said = (
                    f"{names.person(by)} set the status to {event.status} where the bands give "
                    f"{event.computed or 'another'}."
                )
                yield _finding(fact, NEAR, "override", f"{place}/{event.period}", (by,), said)
            case ImportAccepted() if event.warnings and event.accepted_because is not None:
                said = (
                    f"{who} accepted {counted(event.warnings, 'warning')} about a file that they brought in themselves; "
                    "its figures count once another person confirms them."
                )
                yield _finding(fact, NEAR, "own warnings", event.import_id, (actor,), said)
            case _:
                yield from self._acting_for(fact, people, day)

    def _acting_for(self, fact: Fact[Event], people: People, day: date) -> Iterator[DutyFinding]:
        """A step for somebody who has not delegated anything on that day."""
        found = act_of(fact)
        if found is None or found[1].acting_for is None:
            return
        key, act = found
        if had_delegated(people, act.person, str(act.acting_for), (fact.effective_on, day)):
            return
        whom = self._names.person(str(act.acting_for))
        said = f"{self._names.person(act.person)} took '{act.step}' for {whom}, who had not delegated it on that day."
        yield _finding(fact, BREACH, "no delegation", about(*key), tuple(sorted(act.persons)), said)


def _finding(
    fact: Fact[Event], severity: str, kind: str, what: str, persons: tuple[str, ...], sentence: str
) -> DutyFinding:
    return DutyFinding(
        severity=severity, kind=kind, about=what, persons=persons, events=(fact.position,), sentence=sentence
    )
