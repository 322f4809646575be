"""What a trigger led to: the intervention it began, or the open one it was added to."""

from __future__ import annotations

from engine.queries.reader import Reader
from engine.queries.references import FigureRef, numbered
from engine.queries.shown import day_shown
from engine.queries.state_labels import deadline_label
from events import stream as streams
from events.kinds.workflow import EvidenceAdded, InterventionProposed
from workflows.instance import Instance


def led_to(reader: Reader, ref: FigureRef, fired_at: str) -> tuple[str, str] | None:
    """``INT-0042`` (with what it owes) and how it came there, for a firing cited as ``stream@version``."""
    for fact in reader.facts_of(streams.interventions(ref.indicator, ref.service)):
        event = fact.event
        if isinstance(event, InterventionProposed) and fact.caused_by == fired_at:
            subject, how = event.move.subject, "began"
        elif isinstance(event, EvidenceAdded) and event.caused_by == fired_at:
            subject, how = event.subject, "was added to"
        else:
            continue
        number = numbered(reader).get((ref.indicator, ref.service, subject), f"#{subject}")
        instance = reader.work.interventions(ref.indicator, ref.service).instances[subject]
        return f"{number}{_standing(reader, instance)}", how
    return None


def _standing(reader: Reader, instance: Instance) -> str:
    """What an intervention asks for, and by when."""
    category = instance.fields.get("category")
    said = f", {str(category).replace('_', ' ')}" if category else ""
    found = reader.definition(instance.definition)
    for deadline in sorted(instance.open.values(), key=lambda each: each.due_at)[:1]:
        label = deadline_label(found[1] if found else None, deadline.name, instance.body or "")
        said += f", {label[:1].lower()}{label[1:]} by {day_shown(deadline.last_day)}"
    return said
