"""What the record of one matter says, read without any of the product's own folding: the judge of the machine that cheats."""

from __future__ import annotations

from dataclasses import dataclass, field

from events.fact import Fact
from events.kinds.workflow import ApprovalGiven, ApprovalLapsed, StepTaken
from events.schema import Event
from workflows.definition import Definition


@dataclass
class Seen:
    """A matter as its facts tell it, one after another; anything that must not be fails an assertion."""

    definition: Definition
    state: str = ""
    round: list[tuple[str, frozenset[str]]] = field(default_factory=list)
    """(step, natural persons) of the beginning, and of every step taken since the last round ended."""
    approvals: dict[str, list[tuple[str, frozenset[str], object]]] = field(default_factory=dict)
    """Step → (person, natural persons, the fields that stood there) of every approval that counts."""
    fields: dict[str, object] = field(default_factory=dict)
    taken: int = 0
    approved: int = 0
    lapsed: int = 0

    def take(self, fact: Fact[Event]) -> None:
        """Take the next fact in."""
        event = fact.event
        if isinstance(event, StepTaken):
            self._step(fact, event)
        elif isinstance(event, ApprovalGiven):
            self._approval(fact, event)
        elif isinstance(event, ApprovalLapsed):
            self.lapsed += 1
            kept = [each for each in self.approvals[event.step] if each[0] not in event.persons]
            assert len(kept) < len(self.approvals[event.step]), "something was let lapse"
            self.approvals[event.step] = kept

    def _step(self, fact: Fact[Event], event: StepTaken) -> None:
        move = event.move
        states = {state.name for state in self.definition.states}
        assert move.target in states, "every state is a declared one"
        if self.state:
            assert move.source == self.state, "a step leads on from where the matter stands"
            assert not self.definition.state(self.state).final, "a final state never moves"
        persons = _persons(fact.actor, move.acting_for)
        self._nobody_twice(move.step, persons)
        self._together(move.step, persons)
        self.taken += 1
        for _, others, _ in self.approvals.pop(move.step, []):
            self.round.append((move.step, others))
        self.round.append((move.step, persons))
        if any(step.ends_round for step in self.definition.steps if step.name == move.step):
            self.round = [each for each in self.round if each[0] == "propose"]  # that bar never ends
        self.state = move.target
        self.fields.update(event.fields)

    def _approval(self, fact: Fact[Event], event: ApprovalGiven) -> None:
        persons = _persons(fact.actor, event.acting_for)
        assert event.state == self.state, "an approval moves nothing"
        self._nobody_twice(event.step, persons)
        standing = self.approvals.setdefault(event.step, [])
        assert not any(persons & others for _, others, _ in standing), "nobody approves twice"
        standing.append((fact.actor, persons, self._stands()))
        self.approved += 1
        assert len(standing) < (self.definition.step(event.step).quorum or 1), "the last one moves it"

    def _together(self, step: str, persons: frozenset[str]) -> None:
        """As many as must, all different, of what stands there now, and none with a hand in it."""
        quorum = 1 if step == "propose" else self.definition.step(step).quorum or 1
        standing = self.approvals.get(step, [])
        assert len(standing) + 1 == quorum, "as many as are needed have taken it"
        for _, others, stood in standing:
            assert not others & persons, "nobody approves twice"
            assert stood == self._stands(), "what was approved is what there is"
            self._nobody_twice(step, others)

    def _nobody_twice(self, step: str, persons: frozenset[str]) -> None:
        if step == "propose":
            return
        wanted = self.definition.step(step).not_same_person_as
        for earlier, others in self.round:
            assert earlier not in wanted or not persons & others, "nobody approves their own act"

    def _stands(self) -> object:
        return self.state, dict(self.fields)


def _persons(actor: str, acting_for: str | None) -> frozenset[str]:
    return frozenset(filter(None, (actor, acting_for)))
