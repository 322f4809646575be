"""What one person must not do after another act of the same round, looked at again act by act."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from engine.queries.names import Names
from engine.queries.separation.acts import CONFIRMED, Act, about, act_of
from engine.queries.separation.finding import BREACH, NEAR, DutyFinding
from engine.queries.separation.hands import namesakes, stood_in
from engine.states.people import SYSTEM, People
from events.fact import Fact
from events.kinds.workflow import ApprovalLapsed
from events.schema import Event
from events.stream import series_of
from workflows.definition import Definition, Step
from workflows.situation import ends_round

QUICK = timedelta(seconds=60)
"""An approval within so short a time, from the account of what it approves, was hardly another person's look."""

DefinitionOf = Callable[[str], Definition | None]


class Rounds:
    """The acts of each matter since its last round ended."""

    def __init__(self, definition: DefinitionOf, names: Names) -> None:
        self._definition = definition
        self._names = names
        self._acts: dict[tuple[str, str], list[Act]] = {}
        self._digests: dict[tuple[str, str], str] = {}

    def take(self, fact: Fact[Event], people: People) -> Iterator[DutyFinding]:
        """Take a fact in, and tell what is wrong with it in the light of those before."""
        if isinstance(fact.event, ApprovalLapsed):
            self._let_lapse((fact.stream, fact.event.subject), fact.event)
        found = act_of(fact)
        if found is None:
            return
        key, act = found
        digest = _digest(fact)
        if digest:
            self._digests[key] = digest
        definition = self._definition(self._digests.get(key, ""))
        before = self._acts.setdefault(key, [])
        for earlier in self._needs_others(before, act, fact, definition, people):
            yield from self._compared(key, earlier, act, fact.effective_on, people)
        if not act.partial:  # whoever approved before the last has taken the step with it
            before[:] = [each._replace(partial=False) if each.step == act.step else each for each in before]
        before.append(act)
        if not act.partial and definition is not None and ends_round(definition, act.step):
            before.clear()

    def _let_lapse(self, key: tuple[str, str], lapsed: ApprovalLapsed) -> None:
        """An approval that counts no longer bars nobody from giving it anew."""
        self._acts[key] = [
            each
            for each in self._acts.get(key, ())
            if not (each.partial and each.step == lapsed.step and each.person in lapsed.persons)
        ]

    def _needs_others(
        self, before: list[Act], act: Act, fact: Fact[Event], definition: Definition | None, people: People
    ) -> Iterator[Act]:
        """The acts that another person must have done than this one."""
        step = _step(definition, act.step)
        wanted = step.not_same_person_as if step else ()
        several = step is not None and (step.quorum is not None or step.everyone)
        if step is not None and step.everyone and not act.partial and _all_have(before, step, fact, people):
            several = False  # whoever was waited for has left, and one of those who had taken it completed it
        last_entry = next((each for each in reversed(before) if each.entry), None)
        for each in before:
            own_entry = fact.type == CONFIRMED and each is last_entry
            together = several and each.step == act.step and each.partial
            if each.step in wanted or own_entry or together:
                yield each

    def _compared(
        self, key: tuple[str, str], earlier: Act, act: Act, on: date, people: People
    ) -> Iterator[DutyFinding]:
        names, what = self._names, about(*key)
        who, then = names.acted(act.person, act.acting_for), names.acted(earlier.person, earlier.acting_for)
        did = f"{who} took '{act.step}' after '{earlier.step}' by {then}"

        def told(severity: str, kind: str, why: str) -> DutyFinding:
            return DutyFinding(
                severity=severity,
                kind=kind,
                about=what,
                persons=tuple(sorted(act.persons | earlier.persons)),
                events=(earlier.position, act.position),
                sentence=f"{did}: {why}.",
            )

        both = act.persons & earlier.persons
        if both:
            through = act.acting_for or earlier.acting_for
            kind = "acting for" if through else "same person"
            yield told(BREACH, kind, f"{names.person(min(both))} had a hand in both")
            return
        if stood_in(people, act.person, earlier.person, on):
            yield told(NEAR, "delegate", "one of them stood in for the other on that day")
        if alike := namesakes(names, earlier.persons, act.persons):
            yield told(NEAR, "same name", alike)
        two_people = SYSTEM not in (act.person, earlier.person) and act.person != earlier.person
        if two_people and earlier.account == act.account and act.at - earlier.at <= QUICK:
            seconds = int((act.at - earlier.at).total_seconds())
            yield told(NEAR, "at once", f"{seconds} seconds apart, both from the account {act.account}")


def _digest(fact: Fact[Event]) -> str | None:
    event = fact.event
    holder = getattr(event, "move", event)
    return getattr(holder, "definition", None)


def _step(definition: Definition | None, name: str) -> Step | None:
    return next((step for step in definition.steps if step.name == name), None) if definition else None


def _all_have(before: list[Act], step: Step, fact: Fact[Event], people: People) -> bool:
    """Whether everybody who holds a role of the step there, and whom no earlier step bars, had taken it before."""
    scopes = frozenset({series_of(fact.stream)[1]})
    there = {who for role in step.by for who in people.holders(role, fact.effective_on, scopes)}
    out = {who for each in before if each.step in step.not_same_person_as for who in each.persons}
    given = {who for each in before if each.step == step.name and each.partial for who in each.persons}
    return bool(given) and there - out <= given
