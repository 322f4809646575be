"""What a person ended although it was never given: it settles nothing where the pack says so, and is named with its reason."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from engine.packs.closing import Settled
from engine.queries.matters.state_labels import state_label
from engine.queries.reader import Reader
from engine.view import Row
from events import stream as streams
from events.fact import Fact
from events.kinds.workflow import StepTaken
from events.schema import Event
from workflows.definition import SYSTEM
from workflows.instance import Instance


class Excused(msgspec.Struct, frozen=True, kw_only=True):
    """A matter that somebody ended without what it asked for."""

    ordinal: str
    label: str
    """The state in which it ended, as people call it."""
    by: str
    on: str
    reason: str
    """A reference to what was said, or empty."""

    @property
    def sentence(self) -> str:
        """What became of it, and in whose words."""
        because = f": {self.reason}" if self.reason else ""
        return f"{self.label.rstrip('.')}, by {self.by} on {self.on}{because}."


def excused(
    reader: Reader, rule: Settled, rows: Collection[Row], instances: dict[str, Instance]
) -> Excused | None:
    """How the last of these matters about one thing was ended; None where one of them is open, or was settled once."""
    found = [_ended(reader, rule, row, instances[str(row["ordinal"])]) for row in rows]
    return found[-1] if found and all(found) else None


def _ended(reader: Reader, rule: Settled, row: Row, instance: Instance) -> Excused | None:
    if not row["ended"] or instance.state not in rule.not_settled_by:
        return None
    last = _last(reader, row)
    if last is None or last.actor == SYSTEM or not isinstance(last.event, StepTaken):
        return None
    held = reader.definition(instance.definition)
    definition = held[1] if held else None
    before = last.event.move.source
    if definition is not None and definition.state(before).rests and before not in rule.waiting_in:
        return None
    return Excused(
        ordinal=str(row["ordinal"]),
        label=state_label(definition, instance.state, instance.body or ""),
        by=last.actor,
        on=last.effective_on.isoformat(),
        reason=str(last.event.fields.get("reason", "")),
    )


def _last(reader: Reader, row: Row) -> Fact[Event] | None:
    """The step that ended a matter."""
    stream = streams.matters(str(row["workflow"]), str(row["indicator"]), str(row["service"]))
    for fact in reversed(reader.facts_of(stream)):
        event = fact.event
        if isinstance(event, StepTaken) and event.move.subject == row["ordinal"] and event.move.ends:
            return fact
    return None
