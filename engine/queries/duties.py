"""Whether the people assigned can run the workflows: roles nobody holds, and duties that one person cannot separate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from engine.packs.pack import Pack
from engine.queries.finding import ERROR, WARNING, Finding
from engine.queries.names import Names
from engine.queries.reader import Reader
from engine.queries.shown import joined
from engine.states.people import GOVERNANCE_LEAD
from engine.surroundings import CLERK
from workflows.definition import BODY, SYSTEM, Definition, Step


def duty_findings(reader: Reader, today: date, names: Names) -> Iterator[Finding]:
    """Every gap in the people assigned today, against the pack in force."""
    leads = reader.work.people().holders(GOVERNANCE_LEAD, today)
    if reader.work.people().names and len(leads) < 2:
        yield Finding(
            code="GT-PEOPLE-120",
            severity=WARNING,
            sentence=f"Only {names.person(leads[0])} is a governance lead."
            if leads
            else "Nobody is a governance lead.",
            fix="Adopting a pack and giving a lead a role need two: goldenthread role assign PERSON governance_lead."
            if leads
            else "Nobody can assign roles any more: restore a backup, or open a new book.",
        )
    pack = reader.pack_on(today) or reader.newest
    if pack is None:
        return
    yield from _bodies_without_clerk(reader, pack, today)
    yield from _roles_nobody_holds(reader, pack, today)
    for definition in pack.workflows.values():
        yield from _inseparable(reader, pack, definition, today, names)


def _bodies_without_clerk(reader: Reader, pack: Pack, today: date) -> Iterator[Finding]:
    acting = {trigger.then.refer_to for trigger in pack.rules.triggers if trigger.then.refer_to}
    acting |= set(pack.organisation.ladder.rungs) if pack.organisation.ladder else set()
    silent = [
        body
        for body in sorted(acting)
        if body in pack.organisation.bodies and not _act_for(reader, pack, body, today)
    ]
    if silent:
        yield Finding(
            code="GT-PEOPLE-121",
            severity=WARNING,
            sentence=f"Nobody can act for {joined(silent)}: no clerk and no chair is assigned.",
            fix=f"Assign a clerk, for example: goldenthread role assign PERSON clerk --for {silent[0]}.",
        )


def _roles_nobody_holds(reader: Reader, pack: Pack, today: date) -> Iterator[Finding]:
    used = {
        name
        for definition in pack.workflows.values()
        for step in definition.steps
        for name in step.by
        if name in pack.organisation.roles and name != CLERK
    }
    people = reader.work.people()
    empty = sorted(pack.organisation.label(role) for role in used if not people.holders(role, today))
    if empty:
        yield Finding(
            code="GT-PEOPLE-122",
            severity=WARNING,
            sentence=f"Nobody holds the role of {joined(empty)} today.",
            fix="Assign it with 'goldenthread role assign', or see whether somebody else can take the same steps.",
        )


def _inseparable(
    reader: Reader, pack: Pack, definition: Definition, today: date, names: Names
) -> Iterator[Finding]:
    """A step that needs another person than an earlier one, where one and the same person is all there is for both."""
    for step in definition.steps:
        able = _able(reader, pack, step, today)
        for earlier in step.not_same_person_as:
            before = (
                _able(reader, pack, definition.step(earlier), today)
                if _names_anybody(definition, earlier)
                else ()
            )
            if len(able) == 1 and before == able:
                yield Finding(
                    code="GT-PEOPLE-123",
                    severity=ERROR,
                    sentence=f"{names.person(able[0])} is the only one who can take '{definition.step(earlier).label}' "
                    f"and the only one who can take '{step.label}', which needs another person.",
                    fix=f"Give a second person the role of {joined(_by(pack, step))}: goldenthread role assign PERSON ROLE.",
                )
                return  # what follows in this workflow waits for the same second person


def _names_anybody(definition: Definition, step: str) -> bool:
    return bool(definition.step(step).by)


def _able(reader: Reader, pack: Pack, step: Step, today: date) -> tuple[str, ...]:
    """Everybody who holds a role of a step anywhere; a step for bodies alone has too many to count."""
    if BODY in step.by or any(name in pack.organisation.bodies for name in step.by):
        return ()
    people = reader.work.people()
    return tuple(
        dict.fromkeys(who for name in step.by if name != SYSTEM for who in people.holders(name, today))
    )


def _by(pack: Pack, step: Step) -> list[str]:
    return [pack.organisation.label(name) for name in step.by if name != SYSTEM]


def _act_for(reader: Reader, pack: Pack, body: str, today: date) -> tuple[str, ...]:
    people = reader.work.people()
    chair = pack.organisation.bodies[body].chair
    clerks = people.holders(CLERK, today, frozenset({body}))
    return (*clerks, *(people.holders(chair, today) if chair else ()))
