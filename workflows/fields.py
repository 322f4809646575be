"""The fields of steps: their types, a closed list, and what is wrong with a value.

Free text never stands in a field: people's words come as a reference (`events.text`), the product's own
sentences as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date

import msgspec

from events.errors import Invalid, Problem
from events.kinds.workflow import FieldValue
from events.nearest import did_you_mean
from events.number import parse_number
from events.period import parse_period
from events.text import is_ref
from workflows.checklist import asked_by_checklist, checklist_reasons
from workflows.definition import Definition
from workflows.duration import parse_duration
from workflows.far_days import EARLIEST, far_reasons
from workflows.items import OWED_ITEM, owed
from workflows.menu import PROVIDER, PURPOSE, asked_by, chosen, menu_reasons, offered
from workflows.organisation import MenuItem, Organisation
from workflows.situation import Situation, reason

LATEST = date(2199, 12, 31)
"""Nothing that was ever recorded lies past it."""

LONGEST_TITLE = 120

DURATION = "duration"
CHOICE = " | "
"""Stands between the answers of a field that has a closed list of them."""

Check = Callable[[str, FieldValue, Situation], list[Problem]]


class FieldType(msgspec.Struct, frozen=True):
    """A type of field: what is to be given, and the check."""

    words: str
    check: Check


def types_of(definition: Definition, step: str, organisation: Organisation) -> dict[str, str]:
    """Every field that a step may be given, with its type: a surface then knows which of them are free text."""
    taken = definition.step(step)
    types = {**taken.needs, **taken.may}
    return {
        **types,
        **asked_by_checklist(taken),
        **(offered(organisation) if "menu_items" in types.values() else {}),
    }


def field_reasons(situation: Situation) -> list[Problem]:
    """What is missing, unknown or wrong among the fields given."""
    step, given = situation.step, situation.taking.fields
    asked = asked_by(chosen(situation))
    needs = {**step.needs, **asked}
    known = {**needs, **step.may, **asked_by_checklist(step)}
    reasons = [_missing(situation, name, type_) for name, type_ in needs.items() if not given.get(name)]
    reasons += checklist_reasons(situation)
    for name, value in given.items():
        if name not in known:
            reasons.append(_unknown(step.name, name, known))
        elif value:
            reasons += field_type(known[name]).check(name, value, situation)
    return reasons


def read_date(value: FieldValue | None) -> date | None:
    """A date field's day; None where it is none, or outside all reason."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None


def _missing(situation: Situation, name: str, type_: str) -> Problem:
    fix = f"Give it: {field_type(type_).words}."
    if name in asked_by(items := chosen(situation)):
        answers = [each for item in items for each in _answers(item, type_)]
        fix = f"Give it with --field '{name}=…': {', '.join(answers) or field_type(type_).words}."
    return reason("GT-STEP-012", f"'{situation.step.name}' needs '{name}'.", fix)


def _answers(item: MenuItem, type_: str) -> tuple[str, ...]:
    """What an item of the menu lets choose from; nothing where its field takes words of one's own."""
    return {PURPOSE: tuple(item.purpose), PROVIDER: tuple(item.provider)}.get(type_, ())


def _unknown(step: str, name: str, known: Collection[str]) -> Problem:
    fix = f"It takes {', '.join(known)}." if known else "It takes no fields."
    return reason("GT-STEP-013", f"'{step}' takes no field '{name}'.{did_you_mean(name, known)}", fix)


def _wrong(name: str, type_: str, value: FieldValue) -> list[Problem]:
    shown = value if isinstance(value, str) else ", ".join(value)
    return [
        reason("GT-STEP-014", f"'{shown[:60]}' will not do for '{name}'.", f"Give {field_type(type_).words}.")
    ]


def _text(name: str, value: FieldValue, situation: Situation) -> list[Problem]:
    fits = isinstance(value, str) and (situation.by_system or is_ref(value))
    return [] if fits else _wrong(name, "text", value)


def _date(name: str, value: FieldValue, situation: Situation) -> list[Problem]:
    far = far_reasons(name, value, situation)
    return far or ([] if read_date(value) else _wrong(name, "date", value))


def _past_date(name: str, value: FieldValue, situation: Situation) -> list[Problem]:
    day, far = read_date(value), far_reasons(name, value, situation)
    return far or ([] if day is not None and day <= situation.today else _wrong(name, "past_date", value))


def _number(name: str, value: FieldValue, situation: Situation) -> list[Problem]:
    try:
        parse_number(value if isinstance(value, str) else "")
    except Invalid:
        return _wrong(name, "number", value)
    return []


def _period(name: str, value: FieldValue, situation: Situation) -> list[Problem]:
    try:
        parse_period(value if isinstance(value, str) else "")
    except Invalid:
        return _wrong(name, "period", value)
    return []


def _name(name: str, value: FieldValue, situation: Situation) -> list[Problem]:
    fits = isinstance(value, str) and re.fullmatch(r"[\w./-]{1,80}", value)
    return [] if fits else _wrong(name, "name", value)


def _duration(name: str, value: FieldValue, situation: Situation) -> list[Problem]:
    try:
        parse_duration(value if isinstance(value, str) else "")
    except Invalid:
        return _wrong(name, DURATION, value)
    return []


def _service(name: str, value: FieldValue, situation: Situation) -> list[Problem]:
    known = situation.facts.services()
    if known is None:
        return _name(name, value, situation)
    return _listed("service", lambda at: known)(name, value, situation)


def _yes_no(name: str, value: FieldValue, situation: Situation) -> list[Problem]:
    return [] if value in ("yes", "no") else _wrong(name, "yes_no", value)


def _title(name: str, value: FieldValue, situation: Situation) -> list[Problem]:
    fits = isinstance(value, str) and len(value) <= LONGEST_TITLE and "\n" not in value
    return [] if fits else _wrong(name, "title", value)


def _names(name: str, value: FieldValue, situation: Situation) -> list[Problem]:
    listed = (value,) if isinstance(value, str) else value
    return [problem for each in listed for problem in _name(name, each, situation)]


def _figure(name: str, value: FieldValue, situation: Situation) -> list[Problem]:
    return []


def _listed(what: str, known: Callable[[Situation], Collection[str]]) -> Check:
    def check(name: str, value: FieldValue, situation: Situation) -> list[Problem]:
        choices = known(situation)
        if isinstance(value, str) and value in choices:
            return []
        shown = value if isinstance(value, str) else ", ".join(value)
        listed = ", ".join(choices) or "none"
        sentence = f"There is no {what} '{shown[:60]}'.{did_you_mean(shown, choices)}"
        return [reason("GT-STEP-015", sentence, f"Known: {listed}.")]

    return check


def _rung(name: str, value: FieldValue, situation: Situation) -> list[Problem]:
    wrong = _listed("rung", _rungs)(name, value, situation)
    if not wrong and value == situation.body:
        return [
            reason("GT-STEP-020", f"The matter is already with {value}.", "Name another rung of the ladder.")
        ]
    return wrong


def _rungs(situation: Situation) -> Collection[str]:
    ladder = situation.organisation.ladder
    return ladder.rungs if ladder else ()


def field_type(name: str) -> FieldType:
    """A type by name; answers with bars between them are a type of their own."""
    if CHOICE not in name:
        return FIELD_TYPES[name]
    answers = tuple(name.split(CHOICE))
    return FieldType(f"one of {', '.join(answers)}", _listed("answer", lambda situation: answers))


FIELD_TYPES: dict[str, FieldType] = {
    "text": FieldType("words of your own", _text),
    "date": FieldType("a day as YYYY-MM-DD", _date),
    "past_date": FieldType("a day as YYYY-MM-DD that has come, today at the latest", _past_date),
    "number": FieldType("a plain number such as 57.1", _number),
    DURATION: FieldType("a length of time such as 10 working days, with a number from 1 to 999", _duration),
    "yes_no": FieldType("yes or no", _yes_no),
    "name": FieldType("a name without spaces", _name),
    "title": FieldType("a title of one line, at most 120 characters, that names no person", _title),
    "names": FieldType("one or more names without spaces", _names),
    "period": FieldType("a period such as 2026-Q2", _period),
    "figure": FieldType("a value, a numerator and denominator, or a declared status", _figure),
    "category": FieldType(
        "a report-back category of the pack",
        _listed("report-back category", lambda situation: situation.organisation.intervention.report_back),
    ),
    "menu_items": FieldType("numbers of items of the menu", lambda name, value, at: menu_reasons(at, value)),
    OWED_ITEM: FieldType(
        "something that is still owed",
        _listed("thing still owed", lambda at: owed(at.instance, at.organisation)),
    ),
    "role": FieldType(
        "a role or body of the pack",
        _listed("role or body", lambda at: (*at.organisation.bodies, *at.organisation.roles)),
    ),
    "rung": FieldType("a rung of the ladder", _rung),
    "service": FieldType("a service of the council", _service),
    "body": FieldType("a body of the pack", _listed("body", lambda situation: situation.organisation.bodies)),
    PURPOSE: FieldType(
        "what the chosen item is for",
        _listed("purpose", lambda at: [each for item in chosen(at) for each in item.purpose]),
    ),
    PROVIDER: FieldType(
        "who provides the chosen item",
        _listed("provider", lambda at: [each for item in chosen(at) for each in item.provider]),
    ),
}
"""Type, as definitions write it → what is to be given. `purpose` and `provider` are asked for by menu items."""
