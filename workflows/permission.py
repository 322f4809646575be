"""Who may take a step: roles and bodies of that day, and natural persons where two are wanted.

Roles are not compared with roles but people with people: whoever did the one thing may not approve it in
another role, through a delegate, or for a body.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from events.errors import Problem
from workflows.approvals import completes, given_so_far, quorum_of
from workflows.calendar import in_words
from workflows.definition import ASKED, BODY, SYSTEM
from workflows.instance import Approval, Taker
from workflows.machine import legal_moves
from workflows.own_step import may_be_theirs, owners_of, still_holds, words_for_owners
from workflows.situation import Situation, reason
from workflows.surroundings import Away


def permission_reasons(situation: Situation) -> list[Problem]:
    """Why this person may not take this step."""
    if situation.by_system:
        return _system(situation)
    role = _role(situation)
    return [*_delegation(situation), *(role or _owner(situation)), *_same_person(situation)]


def bodies_of(situation: Situation) -> tuple[str, ...]:
    """The bodies that may take the step, ``body`` being the one that the matter is with."""
    names = (situation.resolved(name) for name in situation.step.by)
    return tuple(name for name in names if name in situation.organisation.bodies and name is not None)


def roles_of(situation: Situation) -> tuple[str, ...]:
    """The roles that may take the step."""
    bodies = situation.organisation.bodies
    return tuple(name for name in situation.step.by if name not in (BODY, SYSTEM) and name not in bodies)


def labels_of(situation: Situation) -> tuple[str, ...]:
    """The roles and bodies that may take the step, as people call them; or whoever took the step before it."""
    if situation.step.same_person_as:
        return (words_for_owners(situation.step),)
    return _labels(situation)


def _labels(situation: Situation) -> tuple[str, ...]:
    return tuple(situation.organisation.label(name) for name in (*bodies_of(situation), *roles_of(situation)))


class Able(NamedTuple):
    """Somebody who may take a step, in their own right or for somebody else."""

    person: str
    delegator: str | None = None
    away: Away | None = None
    """Of somebody who is away: until when."""


def able_to(situation: Situation) -> tuple[Able, ...]:
    """Everybody who may take the step, without those whom their own act bars: those who hold a role of it or act
    for a body of it, then those who stand in for one of them.
    """
    facts, out = situation.facts, barred(situation)
    names = (*bodies_of(situation), *roles_of(situation))
    theirs = (who for who in owners_of(situation) if not situation.step.by or _holds_one(situation, who))
    own = dict.fromkeys(
        who
        for who in (*theirs, *(who for name in names for who in facts.who_may(name)))
        if who not in out and may_be_theirs(situation, who)
    )
    for_others = dict.fromkeys(
        pair
        for name in names
        for pair in facts.stand_ins(name)
        if not situation.step.in_person
        and not {pair.person, pair.delegator} & set(out)
        and may_be_theirs(situation, pair.delegator)
    )
    return (
        *(Able(who, away=facts.away(who)) for who in own),
        *(Able(who, by, facts.away(who)) for who, by in for_others if who not in own),
    )


def _holds_one(situation: Situation, owner: str) -> bool:
    """Whether who took the earlier step holds a role of this one still."""
    return any(still_holds(situation, owner, role) for role in roles_of(situation))


def to_ask(situation: Situation) -> tuple[Able, ...]:
    """Whom to ask."""
    return asked(able_to(situation))


def asked(able: tuple[Able, ...]) -> tuple[Able, ...]:
    """Of those who are able, those who are there, and only where nobody is those who are away; each once."""
    there = [each for each in able if each.away is None]
    return tuple({each.person: each for each in reversed(there or able)}.values())[::-1]


def people_of(situation: Situation) -> tuple[str, ...]:
    """The people to ask."""
    return tuple(each.person for each in to_ask(situation))


def barred(situation: Situation) -> dict[str, str]:
    """Natural persons who may not take the step → the step they took before, which is this one in a quorum."""
    wanted = situation.step.not_same_person_as
    out: dict[str, str] = {}
    for taker in situation.round if wanted else ():
        if taker.step in wanted:
            out |= _persons(taker, taker.step)
    for approval in situation.instance.approvals if situation.instance else ():
        if approval.step in wanted:
            out |= _persons(approval, approval.step)
    for approval in () if completes(situation) else given_so_far(situation):
        out |= _persons(approval, approval.step)
    return out


def _persons(taker: Taker | Approval, step: str) -> dict[str, str]:
    return {who: step for who in (taker.person, taker.acting_for) if who and who != SYSTEM}


def _system(situation: Situation) -> list[Problem]:
    if not situation.step.by or SYSTEM in situation.step.by:
        return []
    sentence = f"'{situation.step.name}' is a person's decision; the system does not take it."
    return [reason("GT-STEP-006", sentence, _ask(situation))]


def _delegation(situation: Situation) -> list[Problem]:
    taking, on, facts = situation.taking, situation.taking.effective_on, situation.facts
    if taking.acting_for is not None and situation.step.in_person:
        sentence = f"'{situation.step.name}' is taken in person: {taking.actor} cannot take it for {taking.acting_for}."
        return [reason("GT-STEP-480", sentence, _ask(situation))]
    by = taking.acting_for
    if by is None or facts.delegated(taking.actor, by, on):
        return []
    lacking = _day_lacking(situation, lambda day: facts.delegated(taking.actor, by, day))
    sentence = f"There is no delegation from {by} to {taking.actor} on {lacking}."
    fix = f"Ask {by} or a governance lead for one: goldenthread delegate add."
    return [reason("GT-STEP-010", sentence, fix)]


def _role(situation: Situation) -> list[Problem]:
    taking, on = situation.taking, situation.taking.effective_on
    who, facts = taking.acting_for or taking.actor, situation.facts
    bodies = bodies_of(situation)
    if taking.on_behalf_of is not None:
        return _for_body(situation, who, taking.on_behalf_of, bodies)
    owner = who in owners_of(situation)
    held = [
        role
        for role in roles_of(situation)
        if facts.holds(who, role, on) or (owner and still_holds(situation, who, role))
    ]
    if not situation.step.by or any(_covered(situation, role) for role in held):
        return []
    mine = [body for body in bodies if facts.acts_for_body(who, body, on)]
    if mine:
        sentence = (
            f"'{situation.step.name}' is a decision of {mine[0]}, and it is not said that {who} acts for it."
        )
        return [reason("GT-STEP-007", sentence, f"Say so: --on-behalf-of {mine[0]}.")]
    stands_in_for = [each.delegator for each in able_to(situation) if each.person == who and each.delegator]
    if taking.acting_for is None and stands_in_for:
        return [_unsaid(situation, stands_in_for[0])]
    if held:
        return _not_covered(situation, held[0])
    narrow = _too_narrow(situation, who)
    if narrow:
        return narrow
    labels = _labels(situation) if owner else labels_of(situation)
    if not labels and ASKED in situation.definition.step(situation.step.name).by:
        sentence = f"'{situation.step.name}' is for whoever owes something here, and nobody owes anything."
        return [reason("GT-STEP-350", sentence, "Something must be asked for first.")]
    may = " or ".join(labels) or "the system"
    lacking = _day_lacking(situation, lambda day: _is_one_of_them(situation, who, day))
    sentence = f"'{situation.step.name}' is for {may}; {who} is none of these on {lacking}."
    return [reason("GT-STEP-005", sentence, _ask(situation))]


def _too_narrow(situation: Situation, who: str) -> list[Problem]:
    """Where they hold a role of the step for another service, or for one only of those that this concerns."""
    on, facts = situation.taking.effective_on, situation.facts
    concerned = facts.services_concerned()
    for role in roles_of(situation) if concerned else ():
        scopes = facts.scopes_held(who, role, on)
        if scopes and facts.scopes_held(who, role, situation.today):
            label = situation.organisation.label(role)
            about = ", ".join(concerned)
            sentence = (
                f"'{situation.step.name}' is for {label}; {who} is that for {', '.join(scopes)} alone, "
                f"and this concerns {about}."
            )
            return [reason("GT-STEP-493", sentence, _ask(situation))]
    return []


def _is_one_of_them(situation: Situation, who: str, on: date) -> bool:
    facts = situation.facts
    return any(facts.holds(who, role, on) for role in roles_of(situation)) or any(
        facts.acts_for_body(who, body, on) for body in bodies_of(situation)
    )


def _day_lacking(situation: Situation, has: Callable[[date], bool]) -> str:
    """The day on which something is not so that must be so both on the day of the decision and today, in words."""
    on, today = situation.taking.effective_on, situation.today
    if on == today or has(today):
        return in_words(on)
    return f"{in_words(today)}, which is today"


def _unsaid(situation: Situation, delegator: str) -> Problem:
    who, step = situation.taking.actor, situation.step.name
    sentence = f"'{step}' is not for {who} themselves, and it is not said that they stand in for {delegator}."
    return reason("GT-PEOPLE-039", sentence, f"Say so: --acting-for '{delegator}'.")


def _covered(situation: Situation, role_or_body: str) -> bool:
    """Whether the step is taken in the person's own right, or by a delegation that is for this."""
    taking = situation.taking
    return taking.acting_for is None or situation.facts.delegated(
        taking.actor, taking.acting_for, taking.effective_on, role_or_body
    )


def _not_covered(situation: Situation, role_or_body: str) -> list[Problem]:
    """The delegation is for something else; where there is none at all, that has been said."""
    taking, label = situation.taking, situation.organisation.label(role_or_body)
    if _delegation(situation):
        return []
    sentence = (
        f"What {taking.acting_for} has delegated to {taking.actor} on {in_words(taking.effective_on)} "
        f"is not what they do as {label}."
    )
    fix = f"{_ask(situation)} Or have it delegated: goldenthread delegate add, with --role or without."
    return [reason("GT-PEOPLE-036", sentence, fix)]


def _for_body(situation: Situation, who: str, body: str, bodies: tuple[str, ...]) -> list[Problem]:
    if situation.step.by and body not in bodies:
        mine = f"; the matter is with {situation.body}" if situation.body else ""
        sentence = f"'{situation.step.name}' is not a decision of {body}{mine}."
        return [reason("GT-STEP-008", sentence, _ask(situation))]
    on, facts = situation.taking.effective_on, situation.facts
    if body in situation.organisation.bodies and facts.acts_for_body(who, body, on):
        return [] if _covered(situation, body) else _not_covered(situation, body)
    lacking = _day_lacking(situation, lambda day: facts.acts_for_body(who, body, day))
    sentence = f"On {lacking} {who} is neither the clerk nor the chair of {body}."
    return [reason("GT-STEP-009", sentence, _ask(situation))]


def _owner(situation: Situation) -> list[Problem]:
    """Where it is only for whoever took an earlier step, and this is somebody else."""
    taking, step = situation.taking, situation.step
    owners = owners_of(situation)
    if may_be_theirs(situation, taking.acting_for or taking.actor):
        return []
    stands_in_for = [
        each.delegator for each in able_to(situation) if each.person == taking.actor and each.delegator
    ]
    if stands_in_for and taking.acting_for is None:
        return [_unsaid(situation, stands_in_for[0])]
    whose = words_for_owners(step) + (f": {', '.join(owners)}" if owners else ", and nobody did")
    fix = _ask(situation) if able_to(situation) else "Nobody who did can take it now."
    return [reason("GT-STEP-491", f"'{step.name}' is only for {whose}.", fix)]


def _same_person(situation: Situation) -> list[Problem]:
    out, step = barred(situation), situation.step
    taking = situation.taking
    for who in (taking.actor, taking.acting_for):
        if who not in out:
            continue
        if out[who] == step.name and step.name not in step.not_same_person_as:
            count = quorum_of(situation)
            several = f"{count} people" if count else "everybody who holds the role"
            sentence = f"'{step.name}' needs {several}, and {who} has taken it already."
            return [reason("GT-PEOPLE-037", sentence, _ask(situation))]
        sentence = f"'{step.name}' needs another person than {who}, who took '{out[who]}'."
        return [reason("GT-STEP-011", sentence, _ask(situation))]
    return []


def _ask(situation: Situation) -> str:
    people = [who_in_words(each) for each in to_ask(situation)]
    return f"Ask {' or '.join(people)}." if people else f"Nobody can at present: {way_out(situation)}."


def way_out(situation: Situation) -> str:
    """What lets somebody take a step that nobody can take: another person, or a new round where those whom their own
    step bars may take that back.
    """
    barring, state = set(situation.step.not_same_person_as), situation.state
    for step in legal_moves(situation.definition, state) if barring and state else ():
        if step.ends_round and barring & set(step.same_person_as):
            people = people_of(replace(situation, step=step))
            if people:
                who = " or ".join(people)
                return f"assign the role to somebody, or let {who} begin a new round with '{step.name}'"
    return "assign the role to somebody"


def who_in_words(able: Able) -> str:
    """Somebody to ask, by id: for whom they stand in, and until when they are away where they are."""
    said = f"{able.person} (for {able.delegator})" if able.delegator else able.person
    if able.away is None:
        return said
    return f"{said}, who is away{f' until {in_words(able.away.until)}' if able.away.until else ''}"
