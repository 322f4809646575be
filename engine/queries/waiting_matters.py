"""Interventions that wait for somebody, what stands on the agendas of bodies, and a pack that waits for approval."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from engine.queries.moves import Move, moves
from engine.queries.names import Names
from engine.queries.reader import Reader
from engine.queries.references import numbered
from engine.queries.shown import day_shown
from engine.queries.state_labels import deadline_label, state_label
from engine.queries.task import MATTER, PACK, REFUSED, Task
from engine.states.people import GOVERNANCE_LEAD
from engine.surroundings import Surroundings
from engine.view import Row
from engine.views import AGENDA, INTERVENTIONS
from events import stream as streams
from workflows.definition import Definition
from workflows.instance import Instance

Key = tuple[str, str, str]


def waiting_matters(reader: Reader, today: date) -> Iterator[Task]:
    """One task for every open intervention, with what its body's agenda says about it."""
    rows = reader.rows(INTERVENTIONS, {"ended": 0})
    keys: list[Key] = [(str(row["indicator"]), str(row["service"]), str(row["ordinal"])) for row in rows]
    if not keys:
        return
    reader.work.fetch(
        name for key in keys for name in (streams.interventions(*key[:2]), streams.series(*key[:2]))
    )
    agenda = {(row["stream"], row["subject"]): row for row in reader.rows(AGENDA)}
    numbers = numbered(reader)
    for key in keys:
        instance = reader.work.interventions(*key[:2]).instances[key[2]]
        yield _matter(
            reader,
            key,
            instance,
            numbers.get(key, ""),
            agenda.get((streams.interventions(*key[:2]), key[2])),
            today,
        )


def _matter(
    reader: Reader, key: Key, instance: Instance, number: str, agenda: Row | None, today: date
) -> Task:
    pack, definition = reader.shelf.for_instance(reader.framework, instance)
    period = instance.fields.get("period")
    facts = Surroundings(
        reader.work, reader.shelf, pack, key[:2], today, since=period if isinstance(period, str) else None
    )
    due, name = _next_due(instance)
    late_since = min(instance.passed.values(), default=None)
    body = instance.body or ""
    label = state_label(definition, instance.state, body)
    return Task(
        kind=MATTER,
        ref=number,
        indicator=key[0],
        service=key[1],
        subject=key[2],
        sentence=_sentence(label, instance, definition, agenda),
        moves=moves(definition, instance, key[2], facts, today),
        due=due or late_since,
        original=instance.originals.get(name) if name and instance.originals.get(name) != due else None,
        deadline=deadline_label(definition, name or next(iter(instance.passed), ""), body)
        if name or instance.passed
        else "",
        late=late_since is not None,
        late_days=facts.calendar.working_days_between(late_since, today) if late_since else 0,
        body=body,
        proposes=instance.proposed_rung,
        since=date.fromisoformat(str(agenda["since"])) if agenda else instance.started_on,
    )


def _next_due(instance: Instance) -> tuple[date | None, str | None]:
    if not instance.open:
        return None, None
    first = min(instance.open.values(), key=lambda deadline: deadline.due_at)
    return first.last_day, first.name


def _sentence(label: str, instance: Instance, definition: Definition, agenda: Row | None) -> str:
    said = [f"{label}."]
    if agenda is not None:
        said.append(str(agenda["words"]).rstrip(".") + ".")
    else:
        for name, day in instance.passed.items():
            said.append(
                f"{deadline_label(definition, name, instance.body or '')}: nothing by {day_shown(day)}."
            )
    return " ".join(said)


def refused_consequences(reader: Reader, today: date) -> Iterator[Task]:
    """Consequences that could not be taken: a governance lead has to look at them."""
    leads = reader.work.people().holders(GOVERNANCE_LEAD, today)
    for row in reader.rows(AGENDA, {"kind": "refused"}):
        parts = str(row["stream"]).split("/", 2)
        yield Task(
            kind=REFUSED,
            ref=str(row["ref"]),
            indicator=parts[1] if len(parts) == 3 else "",
            service=parts[2] if len(parts) == 3 else "",
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
