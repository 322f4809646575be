"""Matters that wait for somebody, what stands on the agendas of bodies, and a pack that waits for approval."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from engine.queries.matters.agenda import agenda_of
from engine.queries.matters.items import ITEM_DONE, item_lines
from engine.queries.matters.lacking import outstanding_lines
from engine.queries.matters.links import LinkLine, link_lines
from engine.queries.matters.moves import Move, moves
from engine.queries.matters.numbering import Key, key_of, matter_key, numbers_of
from engine.queries.matters.state_labels import deadline_label, state_label
from engine.queries.names import Names
from engine.queries.reader import Reader
from engine.queries.shown import day_shown
from engine.queries.work_list.concern import Concern
from engine.queries.work_list.task import INTERVENTION, ITEM, MATTER, PACK, REFUSED, Task
from engine.states.people import GOVERNANCE_LEAD
from engine.surroundings import Surroundings, services_in
from engine.view import Row
from engine.views import AGENDA, MATTERS
from events import stream as streams
from workflows.definition import BODY, Definition
from workflows.instance import Instance
from workflows.item_clocks import is_item_clock
from workflows.items import owner_of


class Waiting(NamedTuple):
    """An open matter, and what stands on an agenda about it."""

    key: Key
    number: str
    instance: Instance
    definition: Definition
    agenda: Row | None
    links: tuple[LinkLine, ...]
    """The matters that it asks for, and that ask for it."""


def waiting_matters(
    reader: Reader, today: date, concern: Concern | None = None, names: Names | None = None
) -> Iterator[Task]:
    """One task for every open matter in which somebody owes something, with what its agenda says about it.

    With `concern`, only those that may be something for that person.
    """
    keys = _open_matters(reader, concern)
    if not keys:
        return
    standing = agenda_of(reader, None if concern is None else keys)
    agenda = {key: row for key, row in standing.items() if row["who"] is not None}
    reader.work.fetch(name for key in keys for name in (streams.matters(*key[:3]), *_thing(key)))
    numbers = numbers_of(reader, keys)
    for key in keys:
        held = reader.work.matters(*key[:3])
        instance = held.instances[key[3]]
        pack, definition = reader.shelf.for_instance(reader.framework, instance)
        waiting = agenda.get(key)
        state = definition.state(instance.state)
        if state.final or (waiting is None and state.rests):
            continue
        facts = Surroundings(
            *(reader.work, reader.shelf, pack, key[1:3], today),
            since=_since(instance),
            services=services_in(instance.fields),
        )
        links = link_lines(reader, held, key[3])
        found = Waiting(key, numbers.get(key, ""), instance, definition, waiting, links)
        yield _matter(found, facts, today, names or Names())
        yield from _owed(found, facts, today)


def _thing(key: Key) -> tuple[str, ...]:
    """The stream of the series, or of the indicator, that a matter is about; none where it is about neither."""
    _, indicator, service, _ = key
    if indicator and service:
        return (streams.series(indicator, service),)
    return (streams.indicator(indicator),) if indicator else ()


def _open_matters(reader: Reader, concern: Concern | None) -> list[Key]:
    """Every open matter, or those that may be something for one person and those on an agenda of theirs."""
    if concern is None:
        return [key_of(row) for row in reader.rows(MATTERS, {"ended": 0})]
    found = concern.matters()
    on_agenda = (row for row in reader.rows(AGENDA, {"who": concern.agenda()}) if row["workflow"])
    found |= {matter_key(str(row["stream"]), str(row["subject"])) for row in on_agenda}
    return sorted(found)


def _since(instance: Instance) -> str | None:
    period = instance.fields.get("period")
    return period if isinstance(period, str) else None


def _matter(waiting: Waiting, facts: Surroundings, today: date, names: Names) -> Task:
    instance, definition, agenda = waiting.instance, waiting.definition, waiting.agenda
    workflow, indicator, service, subject = waiting.key
    due, name = _next_due(instance)
    passed = {clock: day for clock, day in instance.passed.items() if not is_item_clock(clock)}
    late_since = min(passed.values(), default=None)
    body = instance.body or ""
    label = state_label(definition, instance.state, body)
    return Task(
        kind=INTERVENTION if workflow == streams.INTERVENTION else MATTER,
        ref=waiting.number,
        workflow=workflow,
        indicator=indicator,
        service=service,
        subject=subject,
        sentence=_sentence(label, instance, definition, agenda) + _lacking(waiting, facts, names),
        moves=_without_items(moves(definition, instance, subject, facts, today), definition),
        due=due or late_since,
        original=instance.originals.get(name) if name and instance.originals.get(name) != due else None,
        deadline=deadline_label(definition, name or next(iter(passed), ""), body) if name or passed else "",
        late=late_since is not None,
        late_days=facts.calendar.working_days_between(late_since, today) if late_since else 0,
        body=body,
        proposes=instance.proposed_rung,
        told=_on_agenda(facts, instance, agenda),
        given_to=_given_to(facts, agenda),
        since=date.fromisoformat(str(agenda["since"])) if agenda else instance.started_on,
    )


def _lacking(waiting: Waiting, facts: Surroundings, names: Names) -> str:
    """What it brings together and does not have; empty where nothing is lacking."""
    lines = outstanding_lines(waiting.definition, waiting.instance, facts, names)
    return f" Outstanding: {'; '.join(lines)}." if lines else ""


def _owed(waiting: Waiting, facts: Surroundings, today: date) -> Iterator[Task]:
    """One task for each thing that is still owed within the matter."""
    instance, definition = waiting.instance, waiting.definition
    workflow, indicator, service, subject = waiting.key
    for line in item_lines(definition, instance, facts.organisation, today):
        if line.done_on is not None:
            continue
        late = line.due is not None and line.due < today
        open_moves = moves(definition, instance, subject, facts, today, effects=(ITEM_DONE,), item=line.name)
        elsewhere = "" if open_moves else _dealt_with(waiting, line.name).strip()
        yield Task(
            kind=ITEM,
            ref=waiting.number,
            workflow=workflow,
            indicator=indicator,
            service=service,
            subject=subject,
            item=line.name,
            sentence=f"{line.label}. It is asked of {line.owner}.{_dealt_with(waiting, line.name)}",
            moves=open_moves,
            due=line.due,
            original=line.original,
            deadline=line.label,
            late=late,
            late_days=facts.calendar.working_days_between(line.due, today) if late and line.due else 0,
            body=instance.body or "",
            told=_asked_of(waiting, facts, line.name) if elsewhere else (),
            given_to=line.owner if elsewhere else "",
            why_not=f"{elsewhere} It is done when that has come far enough." if elsewhere else "",
        )


def _asked_of(waiting: Waiting, facts: Surroundings, item: str) -> tuple[str, ...]:
    """The people of whom something is asked that is dealt with in a matter of its own."""
    owner = owner_of(item, waiting.instance.items[item], facts.organisation)
    name = waiting.instance.body if owner == BODY else owner
    return facts.who_may(name) if name else ()


def _dealt_with(waiting: Waiting, item: str) -> str:
    """The matter that an item asked for, and where that stands; empty where it asked for none."""
    ours = (each for each in waiting.links if each.item == item and not each.asked)
    return "".join(f" It is dealt with in {each.matter}: {each.label}." for each in ours)


def _without_items(found: tuple[Move, ...], definition: Definition) -> tuple[Move, ...]:
    """The moves of the matter itself: what is owed within it has tasks of its own."""
    own = {step.name for step in definition.steps if step.effect == ITEM_DONE}
    return tuple(move for move in found if move.step not in own)


def _on_agenda(facts: Surroundings, instance: Instance, agenda: Row | None) -> tuple[str, ...]:
    """The people of the role or body on whose agenda it stands, where that is not the body that it is with."""
    who = str(agenda["who"] or "") if agenda is not None else ""
    return facts.who_may(who) if who and who != instance.body else ()


def _given_to(facts: Surroundings, agenda: Row | None) -> str:
    """The role or body on whose agenda it stands, as people call it."""
    who = str(agenda["who"] or "") if agenda is not None else ""
    return facts.organisation.label(who) if who else ""


def _next_due(instance: Instance) -> tuple[date | None, str | None]:
    own = [each for each in instance.open.values() if not is_item_clock(each.name)]
    if not own:
        return None, None
    first = min(own, key=lambda deadline: deadline.due_at)
    return first.last_day, first.name


def _sentence(label: str, instance: Instance, definition: Definition, agenda: Row | None) -> str:
    said = [f"{label}."]
    if agenda is not None:
        words = str(agenda["words"]).rstrip(".") + "."
        said.append(_opening(words))
    else:
        for name, day in instance.passed.items():
            if is_item_clock(name):
                continue
            said.append(
                f"{deadline_label(definition, name, instance.body or '')}: nothing by {day_shown(day)}."
            )
    return " ".join(said)


def _about(stream: str) -> tuple[str, str]:
    return streams.series_of(stream) if stream.count("/") >= 2 else ("", "")


def refused_consequences(reader: Reader, today: date) -> Iterator[Task]:
    """Consequences that could not be taken: a governance lead has to look at them."""
    leads = reader.work.people().holders(GOVERNANCE_LEAD, today)
    for row in reader.rows(AGENDA, {"kind": "refused"}):
        indicator, service = _about(str(row["stream"]))
        yield Task(
            kind=REFUSED,
            ref=str(row["ref"]),
            indicator=indicator,
            service=service,
            sentence=f"What had to follow could not be done: {row['words']}",
            moves=(Move(step="done", label="Deal with it", by=("Governance lead",), people=leads),),
            body=str(row["who"]),
            since=date.fromisoformat(str(row["since"])),
        )


def waiting_pack(reader: Reader, today: date, names: Names) -> Iterator[Task]:
    """A proposed pack waits for a second governance lead."""
    waiting = reader.framework.waiting
    if waiting is None:
        return
    leads = reader.work.people().holders(GOVERNANCE_LEAD, today)
    yield Task(
        kind=PACK,
        ref=f"{waiting.event.pack} {waiting.event.version}",
        sentence=f"{waiting.event.pack} {waiting.event.version}, proposed by {names.person(waiting.by)} to be in force "
        f"from {day_shown(waiting.event.effective_from)}, waits for another governance lead.",
        moves=(
            Move(
                step="adopt",
                label="Approve the pack",
                by=("Governance lead",),
                people=tuple(lead for lead in leads if lead != waiting.by),
            ),
        ),
    )


def _opening(words: str) -> str:
    """Words that open a sentence: with a capital, but for the name of a workflow, which is written as the pack has it."""
    return words[:1].upper() + words[1:] if words.startswith(streams.INTERVENTION) else words
