"""What is owed within a matter: by whom, until when, and whether it is done; each thing still owed is a task."""

from __future__ import annotations

from datetime import date

import msgspec

from workflows.definition import BODY, Definition
from workflows.instance import Instance
from workflows.items import is_task, owner_of
from workflows.organisation import Organisation

ITEM_DONE = "item_done"
REPORT_BACK = "report_back"
"""The deadline with which an item of the menu falls due."""


class ItemLine(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was asked for within a matter."""

    name: str
    """Its number in the menu, or the name that the plan gives it."""
    label: str
    """What it is, and what it delivers."""
    owner: str
    """The role or body that owes it, as people call it."""
    due: date | None = None
    original: date | None = None
    """The day that was given first, where it is another one."""
    done_on: date | None = None
    slipped_days: int | None = None
    """Days after the day that was given first: of what is done when it was, of anything else as it is due or overdue now."""


def item_lines(
    definition: Definition, instance: Instance, organisation: Organisation, today: date
) -> tuple[ItemLine, ...]:
    """Everything asked for, done or not, in the order in which it was asked for.

    Nothing where the definition that the matter began under has no step by which anything is done.
    """
    if all(step.effect != ITEM_DONE for step in definition.steps):
        return ()
    return tuple(
        _line(name, instance, organisation, today) for name in instance.items if is_task(name, organisation)
    )


def _line(name: str, instance: Instance, organisation: Organisation, today: date) -> ItemLine:
    item = instance.items[name]
    owner = owner_of(name, item, organisation)
    running = instance.open.get(REPORT_BACK)
    due = item.until or (running.last_day if running else instance.passed.get(REPORT_BACK))
    first = item.original or instance.originals.get(REPORT_BACK) or due
    return ItemLine(
        name=name,
        label=_label(name, organisation),
        owner=organisation.label(instance.body or "the body" if owner == BODY else owner),
        due=due,
        original=first if first != due else None,
        done_on=item.done_on,
        slipped_days=_slipped(first, due, item.done_on, today),
    )


def _slipped(first: date | None, due: date | None, done_on: date | None, today: date) -> int | None:
    if first is None:
        return None
    end = done_on or max(today, due or today)
    late = done_on is not None or (due is not None and due > first) or today > first
    return max((end - first).days, 0) if late else 0


def _label(name: str, organisation: Organisation) -> str:
    item = organisation.intervention.menu.get(name)
    if item is None:
        return name.replace("_", " ").replace("-", " ")
    named = f"{name} {item.name}"
    return f"{named}: {item.delivers}" if item.delivers else named
