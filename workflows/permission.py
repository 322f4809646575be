"""Who may take a step: roles and bodies of that day, and natural persons where two are wanted.

Roles are not compared with roles but people with people: whoever did the one thing may not approve it in
another role, through a delegate, or for a body.
"""

from __future__ import annotations

from events.errors import Problem
from workflows.calendar import in_words
from workflows.definition import BODY, SYSTEM
from workflows.situation import Situation, reason


def permission_reasons(situation: Situation) -> list[Problem]:
    """Why this person may not take this step."""
    if situation.by_system:
        return _system(situation)
    return [*_delegation(situation), *_role(situation), *_same_person(situation)]


def bodies_of(situation: Situation) -> tuple[str, ...]:
    """The bodies that may take the step, ``body`` being the one that the matter is with."""
    names = (situation.resolved(name) for name in situation.step.by)
    return tuple(name for name in names if name in situation.organisation.bodies and name is not None)


def roles_of(situation: Situation) -> tuple[str, ...]:
    """The roles that may take the step."""
    bodies = situation.organisation.bodies
    return tuple(name for name in situation.step.by if name not in (BODY, SYSTEM) and name not in bodies)


def labels_of(situation: Situation) -> tuple[str, ...]:
    """The roles and bodies that may take the step, as people call them."""
    return tuple(situation.organisation.label(name) for name in (*bodies_of(situation), *roles_of(situation)))


def people_of(situation: Situation) -> tuple[str, ...]:
    """The people who hold those roles or act for those bodies, without those whom their own act bars."""
    able = (
        who for name in (*bodies_of(situation), *roles_of(situation)) for who in situation.facts.who_may(name)
    )
    out = barred(situation)
    return tuple(dict.fromkeys(who for who in able if who not in out))


def barred(situation: Situation) -> dict[str, str]:
    """Natural persons who may not take the step → the step they took before."""
    wanted = situation.step.not_same_person_as
    out: dict[str, str] = {}
    for taker in situation.round if wanted else ():
        if taker.step in wanted:
            out |= {who: taker.step for who in (taker.person, taker.acting_for) if who and who != SYSTEM}
    return out


def _system(situation: Situation) -> list[Problem]:
    if not situation.step.by or SYSTEM in situation.step.by:
        return []
    sentence = f"'{situation.step.name}' is a person's decision; the system does not take it."
    return [reason("GT-STEP-006", sentence, _ask(situation))]


def _delegation(situation: Situation) -> list[Problem]:
    taking, on = situation.taking, situation.taking.effective_on
    if taking.acting_for is None or situation.facts.delegated(taking.actor, taking.acting_for, on):
        return []
    sentence = f"There is no delegation from {taking.acting_for} to {taking.actor} on {in_words(on)}."
    return [reason("GT-STEP-010", sentence, "Act in a role of your own; delegations cannot be recorded yet.")]


def _role(situation: Situation) -> list[Problem]:
    taking, on = situation.taking, situation.taking.effective_on
    who, facts = taking.acting_for or taking.actor, situation.facts
    bodies = bodies_of(situation)
    if taking.on_behalf_of is not None:
        return _for_body(situation, who, taking.on_behalf_of, bodies)
    if not situation.step.by or any(facts.holds(who, role, on) for role in roles_of(situation)):
        return []
    mine = [body for body in bodies if facts.acts_for_body(who, body, on)]
    if mine:
        sentence = (
            f"'{situation.step.name}' is a decision of {mine[0]}, and it is not said that {who} acts for it."
        )
        return [reason("GT-STEP-007", sentence, f"Say so: --on-behalf-of {mine[0]}.")]
    may = " or ".join(labels_of(situation)) or "the system"
    sentence = f"'{situation.step.name}' is for {may}; {who} is none of these on {in_words(on)}."
    return [reason("GT-STEP-005", sentence, _ask(situation))]


def _for_body(situation: Situation, who: str, body: str, bodies: tuple[str, ...]) -> list[Problem]:
    if situation.step.by and body not in bodies:
        mine = f"; the matter is with {situation.body}" if situation.body else ""
        sentence = f"'{situation.step.name}' is not a decision of {body}{mine}."
        return [reason("GT-STEP-008", sentence, _ask(situation))]
    on = situation.taking.effective_on
    if body in situation.organisation.bodies and situation.facts.acts_for_body(who, body, on):
        return []
    sentence = f"On {in_words(on)} {who} is neither the clerk nor the chair of {body}."
    return [reason("GT-STEP-009", sentence, _ask(situation))]


def _same_person(situation: Situation) -> list[Problem]:
    out = barred(situation)
    taking = situation.taking
    for who in (taking.actor, taking.acting_for):
        if who in out:
            sentence = f"'{situation.step.name}' needs another person than {who}, who took '{out[who]}'."
            return [reason("GT-STEP-011", sentence, _ask(situation))]
    return []


def _ask(situation: Situation) -> str:
    people = people_of(situation)
    return f"Ask {' or '.join(people)}." if people else "Nobody can at present: assign the role to somebody."
