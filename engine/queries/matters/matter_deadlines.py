"""Every deadline a matter was ever given, and what became of it."""

from __future__ import annotations

from datetime import date

import msgspec

from engine.queries.matters.state_labels import deadline_label
from events.fact import Fact
from events.kinds.workflow import DeadlinePassed, DeadlineSet, StepTaken
from events.schema import Event
from workflows.definition import Definition


class DeadlineLine(msgspec.Struct, frozen=True, kw_only=True):
    """A deadline of the matter, each time it was set."""

    name: str
    label: str
    n: int
    last_day: date
    original: date | None
    counted_from: date
    rule: str
    state: str
    """``open``, ``passed``, ``met`` or ``replaced``."""
    position: int
    """The event that set it."""
    working_days_late: int | None = None
    """How late its passing was recorded."""


def deadline_lines(
    facts: list[Fact[Event]], definition: Definition | None, body: str
) -> tuple[DeadlineLine, ...]:
    """Every setting of every deadline, oldest first, and what became of it."""
    lines: dict[tuple[str, int], DeadlineLine] = {}
    for fact in facts:
        event = fact.event
        if isinstance(event, DeadlinePassed):
            _close(lines, event.name, "passed", event.working_days_late)
            sets, clears = event.sets, event.clears
        elif isinstance(event, StepTaken):
            sets, clears = event.move.sets, event.move.clears
        else:
            continue
        for name in clears:
            _close(lines, name, "met")
        for each in sets:
            _close(lines, each.name, "replaced")
            lines[each.name, each.n] = _set(each, definition, body, fact.position)
    return tuple(lines.values())


def _close(
    lines: dict[tuple[str, int], DeadlineLine], name: str, state: str, late: int | None = None
) -> None:
    for key, line in lines.items():
        if key[0] == name and line.state == "open":
            lines[key] = msgspec.structs.replace(line, state=state, working_days_late=late)


def _set(each: DeadlineSet, definition: Definition | None, body: str, position: int) -> DeadlineLine:
    return DeadlineLine(
        name=each.name,
        label=deadline_label(definition, each.name, body),
        n=each.n,
        last_day=each.last_day,
        original=each.original,
        counted_from=each.counted_from,
        rule=each.rule,
        state="open",
        position=position,
    )
