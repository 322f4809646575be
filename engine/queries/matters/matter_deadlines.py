"""Every deadline a matter was ever given, and what became of it."""

from __future__ import annotations

from datetime import date

import msgspec

from engine.queries.late import days_after
from engine.queries.matters.state_labels import deadline_label
from events.fact import Fact
from events.kinds.workflow import DeadlinePassed, DeadlineSet, StepTaken
from events.schema import Event
from workflows.calendar import Calendar
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
    """How many working days after the last one it was noticed; None where that was at once."""
    noticed_on: date | None = None
    """The day on which its passing was noticed, where that was not at once."""


def deadline_lines(
    facts: list[Fact[Event]], definition: Definition | None, body: str, calendar: Calendar
) -> tuple[DeadlineLine, ...]:
    """Every setting of every deadline, oldest first, and what became of it."""
    lines: dict[tuple[str, int], DeadlineLine] = {}
    for fact in facts:
        event = fact.event
        if isinstance(event, DeadlinePassed):
            noticed = fact.effective_on if days_after(fact) else None
            late = calendar.working_days_between(event.last_day, noticed) if noticed else None
            _close(lines, event.name, state="passed", noticed_on=noticed, working_days_late=late)
            sets, clears = event.sets, event.clears
        elif isinstance(event, StepTaken):
            sets, clears = event.move.sets, event.move.clears
        else:
            continue
        for name in clears:
            _close(lines, name, state="met")
        for each in sets:
            _close(lines, each.name, state="replaced")
            lines[each.name, each.n] = _set(each, definition, body, fact.position)
    return tuple(lines.values())


def _close(lines: dict[tuple[str, int], DeadlineLine], name: str, **became: object) -> None:
    for key, line in lines.items():
        if key[0] == name and line.state == "open":
            lines[key] = msgspec.structs.replace(line, **became)


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
