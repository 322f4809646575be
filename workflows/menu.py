"""Items of the menu of interventions as a body chooses them, and what choosing them asks for.

Source: Hampshire 2008, 4.16 ("individually or in combination") and Appendix Two; items 13–15 move the matter.
"""

from __future__ import annotations

from collections.abc import Mapping

from events.errors import Problem
from events.kinds.workflow import FieldValue
from events.nearest import did_you_mean
from workflows.organisation import MenuItem, Organisation
from workflows.situation import Situation, reason

MENU_ITEMS = "menu_items"
PURPOSE, PROVIDER = "purpose", "provider"


def menu_field(types: Mapping[str, str]) -> str | None:
    """The field of a step that holds menu items."""
    return next((name for name, type_ in types.items() if type_ == MENU_ITEMS), None)


def numbers(value: FieldValue | None) -> tuple[str, ...]:
    """The numbers chosen; one may stand alone."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


def chosen(situation: Situation) -> tuple[MenuItem, ...]:
    """The known items among those that this step chooses."""
    if not situation.taking.fields:
        return ()
    name = menu_field(situation.step.may) or menu_field(situation.step.needs)
    given = numbers(situation.taking.fields.get(name)) if name else ()
    menu = situation.organisation.intervention.menu if given else {}
    return tuple(menu[number] for number in given if number in menu)


def asked_by(items: tuple[MenuItem, ...]) -> dict[str, str]:
    """The fields that chosen items ask for, with their types."""
    asked: dict[str, str] = {}
    for item in items:
        asked |= {PURPOSE: PURPOSE} if item.purpose else {}
        asked |= {PROVIDER: PROVIDER} if item.provider else {}
        asked |= dict.fromkeys(item.records, "text")
    return asked


def offered(organisation: Organisation) -> dict[str, str]:
    """Every field that some item of the menu may ask for, with its type."""
    return asked_by(tuple(organisation.intervention.menu.values()))


def moves_to(items: tuple[MenuItem, ...]) -> str | None:
    """The rung to which the chosen items move the matter."""
    return next((item.moves_to for item in items if item.moves_to), None)


def menu_reasons(situation: Situation, value: FieldValue) -> list[Problem]:
    """What is wrong with a choice of items."""
    given, menu = numbers(value), situation.organisation.intervention.menu
    reasons = [
        reason(
            "GT-STEP-016",
            f"There is no item '{number}' in the menu.{did_you_mean(number, menu)}",
            f"Its items are {_listed(menu)}.",
        )
        for number in given
        if number not in menu
    ]
    if len(set(given)) < len(given):
        reasons.append(reason("GT-STEP-017", "An item of the menu is chosen twice.", "Name each item once."))
    rungs = [item for item in chosen(situation) if item.moves_to]
    if len(rungs) > 1:
        named = " and ".join(f"{item.number} ({item.name})" for item in rungs)
        reasons.append(
            reason("GT-STEP-018", f"Items {named} move the matter to different rungs.", "Choose one of them.")
        )
    if len(rungs) == 1 and rungs[0].moves_to == situation.body:
        item = rungs[0]
        sentence = (
            f"Item {item.number} ({item.name}) moves the matter to {item.moves_to}, where it already is."
        )
        reasons.append(reason("GT-STEP-019", sentence, "Leave it out."))
    return reasons


def _listed(menu: Mapping[str, MenuItem]) -> str:
    return (
        ", ".join(str(item.number) for item in sorted(menu.values(), key=lambda item: item.number)) or "none"
    )
