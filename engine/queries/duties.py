"""Whether the people assigned can run the workflows: roles nobody holds, and duties that one person cannot separate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from shlex import quote

from engine.packs.pack import Pack
from engine.queries.finding import ERROR, NOTE, WARNING, Finding
from engine.queries.names import Names
from engine.queries.reader import Reader
from engine.queries.shown import day_shown, joined
from engine.queries.standing_in import roles_left
from engine.staffing import short_of_people
from engine.states.people import AUDITOR, GOVERNANCE_LEAD
from engine.surroundings import CLERK
from workflows.definition import SYSTEM
from workflows.duties import NOBODY, TOO_FEW

LATELY = timedelta(days=92)
"""For how long after its end the role of an auditor is spoken of."""


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
    yield from _former_auditors(reader, today, names)
    pack = reader.pack_on(today) or reader.newest
    if pack is None:
        return
    yield from _away_without_a_stand_in(reader, pack, today, names)
    yield from _bodies_without_clerk(reader, pack, today)
    yield from _roles_nobody_holds(reader, pack, today)
    yield from _short(reader, pack, today, names)


def _away_without_a_stand_in(reader: Reader, pack: Pack, today: date, names: Names) -> Iterator[Finding]:
    """Whoever is away and has roles needs somebody who stands in for them in each."""
    people = reader.work.people()
    for absence in (each for each in people.absences if each.on(today)):
        who = absence.person
        left = sorted(pack.organisation.label(role) for role in roles_left(people, who, today))
        if left:
            until = f" until {day_shown(absence.until)}" if absence.until else ""
            yield Finding(
                code="GT-PEOPLE-125",
                severity=WARNING,
                sentence=f"{names.person(who)} is away{until}, and nobody stands in for them as {joined(left, 'and')}.",
                fix=f"Say who does: goldenthread delegate add {quote(names.person(who))} PERSON.",
            )


def _former_auditors(reader: Reader, today: date, names: Names) -> Iterator[Finding]:
    """An auditor whose time is over may still be able to read the database itself."""
    people = reader.work.people()
    last: dict[str, date] = {}
    for each in people.assignments:
        if each.role == AUDITOR and each.until is not None:
            last[each.person] = max(each.until, last.get(each.person, each.until))
    for person, until in last.items():
        if until < today <= until + LATELY:
            yield Finding(
                code="GT-PEOPLE-126",
                severity=NOTE,
                sentence=f"{names.person(person)} is no longer auditor: the role ended on {day_shown(until)}.",
                fix="Take back what they were given to read with: the file, or the role granted with 'goldenthread db grant'.",
            )


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


def _short(reader: Reader, pack: Pack, today: date, names: Names) -> Iterator[Finding]:
    """Steps for which there are too few people, and steps that need others than an earlier one and have none."""
    told: set[tuple[str, str]] = set()
    for short in short_of_people(reader.work, reader.shelf, pack, today):
        shortage = short.shortage
        if shortage.kind == NOBODY or (shortage.workflow, shortage.kind) in told:
            continue  # what follows in this workflow waits for the same people
        told.add((shortage.workflow, shortage.kind))
        where = f" in {joined(short.services, 'and')}" if short.services else ""
        who, label = joined(names.people(shortage.people), "and"), shortage.step.label
        by = joined(pack.organisation.label(name) for name in shortage.step.by if name != SYSTEM)
        if shortage.kind == TOO_FEW:
            yield Finding(
                code="GT-PEOPLE-124",
                severity=ERROR,
                sentence=f"'{label}' needs {shortage.needed} people together{where}, and there is only {who}.",
                fix=f"Give more people the role of {by}: goldenthread role assign PERSON ROLE.",
            )
            continue
        earlier = joined((f"'{each.label}'" for each in shortage.others), "and")
        sentence = f"{earlier} and '{label}' need {shortage.needed} people{where}, and there is only {who}."
        if len(shortage.people) == 1 and len(shortage.others) == 1:
            sentence = (
                f"{who} is the only one who can take {earlier} and the only one who can take '{label}'{where}, "
                "which needs another person."
            )
        yield Finding(
            code="GT-PEOPLE-123",
            severity=ERROR,
            sentence=sentence,
            fix=f"Give a second person the role of {by}: goldenthread role assign PERSON ROLE.",
        )


def _act_for(reader: Reader, pack: Pack, body: str, today: date) -> tuple[str, ...]:
    people = reader.work.people()
    chair = pack.organisation.bodies[body].chair
    clerks = people.holders(CLERK, today, frozenset({body}))
    return (*clerks, *(people.holders(chair, today) if chair else ()))
