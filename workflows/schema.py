"""The format of workflows, and of the organisational half of a pack, as plain data: for the generated reference.

Everything is taken from the tables that the readers themselves use.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping

import msgspec

from workflows import keys
from workflows.duration import UNITS
from workflows.effects import EFFECTS
from workflows.fields import FIELD_TYPES
from workflows.guards import GUARDS
from workflows.keys import Key, Keys
from workflows.menu import PROVIDER, PURPOSE
from workflows.upon import UPON


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One block, as the reference shows it."""

    name: str
    about: str
    keys: Keys
    example: str = ""


def workflow_pages() -> tuple[Page, ...]:
    """The blocks of a workflow's file, in reading order."""
    return (*_moves(), *_clocks())


def _moves() -> tuple[Page, ...]:
    return (
        Page(name="workflow", about="The keys at the top of a workflow's file.", keys=keys.WORKFLOW),
        Page(
            name="states",
            about="One entry for each state, by name.",
            keys=keys.STATE,
            example="closed: {label: Closed, final: yes}",
        ),
        Page(
            name="steps",
            about="A list. One step stands once; `from` may name several states.",
            keys=keys.STEP,
            example="{do: report, from: reporting, to: reported, by: service_manager, needs: {report: text}}",
        ),
        Page(
            name="only_when",
            about="A list of conditions; all must hold.",
            keys=keys.CONDITION,
            example="{guard: restatement_open, else: No restatement is waiting.}",
        ),
        Page(
            name="only_when, of a field",
            about="A condition may ask a field of the matter instead of a guard.",
            keys=keys.FIELD_CONDITION,
            example="{field: change, is: removal, else: No removal is proposed.}",
        ),
        Page(
            name="upon",
            about="What makes the product take a step by itself; one word, at a step by system.",
            keys={word: Key(words) for word, words in UPON.items()},
            example="{do: release, from: stands, to: ended, by: system, upon: cleared}",
        ),
        Page(
            name="start",
            about="How it begins: by a trigger, or by a person.",
            keys=keys.START,
            example="start: {needs: {refer_to: body}, effect: intervention_proposed}",
        ),
    )


def _clocks() -> tuple[Page, ...]:
    return (
        Page(
            name="deadlines",
            about="One entry for each clock, by name. A duration is written "
            + ", ".join(f"10 {unit}" for unit in UNITS)
            + ".",
            keys=keys.DEADLINE,
            example="answer: {in: proposed, until: next_meeting, on_pass: {propose: next_rung}}",
        ),
        Page(
            name="remind",
            about="A list of reminders.",
            keys=keys.REMINDER,
            example="{before: 5 days, to: clerk}",
        ),
        Page(name="on_pass", about="One of the three.", keys=keys.ON_PASS, example="on_pass: {task: body}"),
        Page(
            name="window",
            about="For submissions only.",
            keys=keys.WINDOW,
            example="window: {opens_on: data_requests, within: 10 working days, covers: [enter, confirm]}",
        ),
    )


def pack_pages() -> tuple[Page, ...]:
    """The blocks of a pack that say how the council works, in reading order."""
    return (
        Page(
            name="calendar",
            about="Time, bank holidays and request days.",
            keys=keys.CALENDAR,
            example="calendar: {bank_holidays: England, data_requests: [1 April, 1 July]}",
        ),
        Page(
            name="bodies",
            about="One entry for each body, by the name that everybody uses.",
            keys=keys.BODY,
            example="CMT: {label: Corporate Management Team}",
        ),
        Page(
            name="intervention",
            about="What a body may decide. `roles` is a list of names, or names with labels.",
            keys=keys.INTERVENTION,
        ),
        Page(
            name="report_back",
            about="One entry for each category, by name.",
            keys=keys.CATEGORY,
            example="category_2: {menu: 2, within: 3 months}",
        ),
        Page(
            name="menu",
            about="One entry for each item, by its printed number.",
            keys=keys.MENU_ITEM,
            example="13: {name: CMT support, moves_to: CMT}",
        ),
        Page(
            name="ladder",
            about="Where an unanswered matter goes.",
            keys=keys.LADDER,
            example="ladder: {rungs: [CPEG, CMT], mode: propose, each_rung: 1 month}",
        ),
    )


def guards() -> Mapping[str, str]:
    """Guard → what it asks."""
    return {name: inspect.cleandoc(guard.__doc__ or "") for name, guard in GUARDS.items()}


def effects() -> Mapping[str, str]:
    """Effect → what it means, and the fields it is made of."""
    return {name: effect.words + _made_of(effect.needs) for name, effect in EFFECTS.items()}


def field_types() -> Mapping[str, str]:
    """Type of a field → what is to be given. Those that only items of the menu ask for are left out."""
    return {name: field.words for name, field in FIELD_TYPES.items() if name not in (PURPOSE, PROVIDER)}


def _made_of(needs: Mapping[str, str]) -> str:
    fields = ", ".join(f"{name}: {type_}" for name, type_ in needs.items())
    return f" The step needs {fields}." if needs else ""
