"""What can be done next about one matter, who may do it, and who may not because of what they did before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from engine.surroundings import Surroundings
from workflows.definition import SYSTEM, Definition, Step
from workflows.guards import GUARDS
from workflows.instance import Instance
from workflows.machine import legal_moves
from workflows.permission import barred, labels_of, people_of
from workflows.situation import Situation, standing
from workflows.taking import Taking


class Barred(msgspec.Struct, frozen=True, kw_only=True):
    """A person who may not take a step, and the step of theirs that bars them."""

    person: str
    took: str
    """The step they took."""
    label: str
    """That step as people call it."""


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """A step that is possible now."""

    step: str
    label: str
    by: tuple[str, ...]
    """Roles and bodies as people call them; empty for anybody."""
    people: tuple[str, ...]
    """Who holds them on the day, without those barred."""
    barred: tuple[Barred, ...] = ()
    needs: tuple[str, ...] = ()
    """Fields that must be given."""
    may: tuple[str, ...] = ()
    """Fields that may be given."""

    def open_to(self, person: str) -> bool:
        """Whether this person may take it."""
        return person in self.people or (not self.by and all(each.person != person for each in self.barred))


def moves(
    definition: Definition,
    instance: Instance | None,
    subject: str,
    facts: Surroundings,
    today: date,
    *,
    effects: Sequence[str] = (),
) -> tuple[Move, ...]:
    """The steps that people can take today, in the order of the definition; or those of some effects, in their order."""
    state = standing(definition, instance)
    steps = list(legal_moves(definition, state)) if state is not None else [definition.start]
    if effects:
        wanted = {effect: order for order, effect in enumerate(effects)}
        steps = sorted(
            (step for step in steps if step.effect in wanted), key=lambda step: wanted[str(step.effect)]
        )
    situations = (
        situation_of(definition, instance, step, subject, facts, today)
        for step in steps
        if step.by != (SYSTEM,)
    )
    return tuple(_move(each) for each in situations if _guards_hold(each))


def situation_of(
    definition: Definition,
    instance: Instance | None,
    step: Step,
    subject: str,
    facts: Surroundings,
    today: date,
    actor: str = "",
) -> Situation:
    """A step as it would be decided at the start of a day."""
    return Situation(
        definition=definition,
        instance=instance,
        step=step,
        taking=Taking(
            workflow=definition.name, subject=subject, step=step.name, actor=actor, effective_on=today
        ),
        facts=facts,
        received_at=facts.calendar.start_of(today),
    )


def _guards_hold(situation: Situation) -> bool:
    return all(GUARDS[condition.guard](situation) for condition in situation.step.only_when)


def _move(situation: Situation) -> Move:
    step, definition = situation.step, situation.definition
    out = barred(situation)
    return Move(
        step=step.name,
        label=step.label,
        by=labels_of(situation),
        people=people_of(situation),
        barred=tuple(
            Barred(person=person, took=took, label=definition.step(took).label)
            for person, took in out.items()
        ),
        needs=tuple(step.needs),
        may=tuple(step.may),
    )
