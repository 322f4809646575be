"""What is owed within one matter: items of the menu that a body chose, and actions that a plan names.

An item of the menu is owed by whom the menu asks (by the body itself where it asks nobody) and falls due with the
report; an item that moves the matter to a rung is done by being chosen. An action has an owner and a day of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from events.kinds.workflow import FieldValue, InterventionAgreed, ItemDone, ItemOwed
from events.schema import Event
from workflows.definition import ASKED, BODY, Step
from workflows.effects import ITEM_DONE
from workflows.instance import Instance, Owed
from workflows.menu import numbers
from workflows.organisation import Organisation

MENU, ITEM, OWNER, UNTIL = "menu", "item", "owner", "until"
OWED_ITEM = "owed_item"
"""The type of a field that names something which is still owed."""


def items_after(items: dict[str, Owed], event: Event, on: date) -> dict[str, Owed]:
    """What is owed after a fact."""
    match event:
        case InterventionAgreed(fields=fields):
            return items_by("intervention_agreed", items, fields, on)
        case ItemOwed(fields=fields):
            return items_by("item_owed", items, fields, on)
        case ItemDone(fields=fields):
            return items_by(ITEM_DONE, items, fields, on)
        case _:
            return items


def items_by(
    effect: str | None, items: dict[str, Owed], fields: Mapping[str, FieldValue], on: date
) -> dict[str, Owed]:
    """What is owed after a step with this effect; an item that is chosen again is owed anew."""
    match effect:
        case "intervention_agreed":
            return {**items, **{number: Owed() for number in numbers(fields.get(MENU))}}
        case "item_owed":
            return {**items, str(fields[ITEM]): _owed(items.get(str(fields[ITEM])), fields)}
        case "item_done":
            item = str(fields[ITEM])
            return {**items, item: msgspec.structs.replace(items.get(item, Owed()), done_on=on)}
        case _:
            return items


def _owed(before: Owed | None, fields: Mapping[str, FieldValue]) -> Owed:
    """An item as it is owed now; the day given first stays."""
    owner, until = fields.get(OWNER), date.fromisoformat(str(fields[UNTIL]))
    return Owed(
        owner=str(owner) if owner else before.owner if before else None,
        until=until,
        original=(before.original if before else None) or until,
    )


def owed(instance: Instance | None, organisation: Organisation) -> dict[str, Owed]:
    """What is still owed."""
    return still_owed(instance.items if instance else {}, organisation)


def still_owed(items: Mapping[str, Owed], organisation: Organisation) -> dict[str, Owed]:
    """Those of them that are not done and that somebody has to do."""
    return {
        name: each for name, each in items.items() if each.done_on is None and is_task(name, organisation)
    }


def is_task(name: str, organisation: Organisation) -> bool:
    """Whether an item is something that somebody has to do: one that moves the matter to a rung is not."""
    item = organisation.intervention.menu.get(name)
    return item is None or item.moves_to is None


def owner_of(name: str, item: Owed, organisation: Organisation) -> str:
    """The role or body that owes an item; ``body`` where nobody else is named."""
    asked = organisation.intervention.menu.get(name)
    return item.owner or (asked.asks if asked and asked.asks else BODY)


def for_whom_is_asked(
    step: Step, instance: Instance | None, organisation: Organisation, fields: Mapping[str, FieldValue]
) -> Step:
    """The step with ``asked`` put as the owner of the item it names; of every item where it names none."""
    if ASKED not in step.by:
        return step
    open_items = owed(instance, organisation)
    named = str(fields.get(ITEM, ""))
    chosen = {named: open_items[named]} if named in open_items else open_items
    owners = tuple(owner_of(name, each, organisation) for name, each in chosen.items()) or (BODY,)
    by = (name for each in step.by for name in (owners if each == ASKED else (each,)))
    return msgspec.structs.replace(step, by=tuple(dict.fromkeys(by)))
