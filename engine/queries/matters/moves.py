"""What can be done next about one matter, who may do it, and who may not because of what they did before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from engine.queries.names import Names
from engine.queries.shown import day_shown, joined
from engine.surroundings import Surroundings
from workflows.approvals import completes, given_so_far, quorum_of
from workflows.definition import SYSTEM, Definition, Step
from workflows.guards import holds
from workflows.instance import Instance
from workflows.items import ITEM, for_whom_is_asked
from workflows.machine import legal_moves
from workflows.permission import Able, able_to, asked, barred, labels_of
from workflows.situation import Situation, standing
from workflows.surroundings import Away
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
    """Whom to ask: who holds them on the day or stands in for somebody who does, without those barred; of those who
    are away only where nobody else is there."""
    stand_ins: dict[str, str] = {}
    """Of those, who stands in → for whom."""
    away: dict[str, date | None] = {}
    """Who could take it and is away → until when."""
    quorum: int | None = None
    """How many people must take it, where one is not enough."""
    approved: tuple[str, ...] = ()
    """Those of them who have."""
    completes: bool = False
    """Everybody who holds the role now has, and one of them takes it once more: somebody who was waited for has left."""
    barred: tuple[Barred, ...] = ()
    needs: tuple[str, ...] = ()
    """Fields that must be given."""
    may: tuple[str, ...] = ()
    """Fields that may be given."""

    def open_to(self, person: str) -> bool:
        """Whether this person may take it."""
        return (
            person in self.people
            or person in self.away
            or (not self.by and all(each.person != person for each in self.barred))
        )

    def shown(self, names: Names) -> str:
        """Whom to ask, by name: for whom somebody stands in, and until when those are away whom nobody stands in for."""
        return joined(able_shown(each, names) for each in self.asked)

    @property
    def asked(self) -> tuple[Able, ...]:
        """Whom to ask, as decisions know them."""
        return tuple(Able(who, self.stand_ins.get(who), self._away(who)) for who in self.people)

    def so_far(self, names: Names) -> str:
        """How many of those who must take it together have: a sentence with a space before it, or nothing."""
        if self.completes:
            took = joined(names.people(self.approved), "and")
            return (
                f" Everybody who has to take it now has taken it ({took}); taking it once more completes it."
            )
        if self.quorum is None:
            return ""
        who = f": {joined(names.people(self.approved), 'and')}" if self.approved else ""
        return f" {len(self.approved)} of {self.quorum} have taken it{who}."

    def _away(self, person: str) -> Away | None:
        return Away(self.away[person]) if person in self.away else None


def able_shown(able: Able, names: Names) -> str:
    """Somebody to ask, by name."""
    by = f" (for {names.person(able.delegator)})" if able.delegator else ""
    until = f" until {day_shown(able.away.until)}" if able.away and able.away.until else ""
    return names.person(able.person) + by + (f", who is away{until}" if able.away else "")


def moves(
    definition: Definition,
    instance: Instance | None,
    subject: str,
    facts: Surroundings,
    today: date,
    *,
    effects: Sequence[str] = (),
    about: str = "",
    item: str = "",
) -> tuple[Move, ...]:
    """The steps that people can take today, in the order of the definition; or those of some effects, in their order.

    `about` is what is decided on besides the matter's own fields, as `Taking` has it; `item` is the one thing owed
    within the matter that a step would name.
    """
    state = standing(definition, instance)
    steps = list(legal_moves(definition, state)) if state is not None else [definition.start]
    if effects:
        wanted = {effect: order for order, effect in enumerate(effects)}
        steps = sorted(
            (step for step in steps if step.effect in wanted), key=lambda step: wanted[str(step.effect)]
        )
    situations = (
        situation_of(definition, instance, step, subject, facts, today, about=about, item=item)
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
    *,
    acting_for: str | None = None,
    about: str = "",
    item: str = "",
) -> Situation:
    """A step as it would be decided at the start of a day."""
    return Situation(
        definition=definition,
        instance=instance,
        step=for_whom_is_asked(step, instance, facts.organisation, {ITEM: item}),
        taking=Taking(
            workflow=definition.name,
            subject=subject,
            step=step.name,
            fields={ITEM: item} if item else {},
            actor=actor,
            acting_for=acting_for,
            effective_on=today,
            about=about,
        ),
        facts=facts,
        received_at=facts.calendar.start_of(today),
    )


def _guards_hold(situation: Situation) -> bool:
    return all(holds(condition, situation) for condition in situation.step.only_when)


def _move(situation: Situation) -> Move:
    step, definition = situation.step, situation.definition
    out = barred(situation)
    able = able_to(situation)
    to_ask = asked(able)
    return Move(
        step=step.name,
        label=step.label,
        by=labels_of(situation),
        people=tuple(each.person for each in to_ask),
        stand_ins={each.person: each.delegator for each in to_ask if each.delegator},
        away={each.person: each.away.until for each in able if each.away},
        quorum=quorum_of(situation),
        approved=tuple(each.person for each in given_so_far(situation)),
        completes=completes(situation),
        barred=tuple(
            Barred(person=person, took=took, label=definition.step(took).label)
            for person, took in out.items()
        ),
        needs=(*step.needs, *step.answers),
        may=tuple(step.may),
    )
