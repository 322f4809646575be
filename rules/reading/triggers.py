"""Read `triggers`: when something follows from a status, only if what, and what follows."""

from __future__ import annotations

from collections.abc import Mapping

from rules.ir import OnlyIf, Then, Trigger
from rules.reading.lives import check_suppression, read_gaps, read_group, read_hold, suppressors
from rules.reading.sheet import PROVENANCE, Key, Keys, Path, Sheet

TRIGGER: Keys = {
    "when": Key("The condition.", "block", True),
    "then": Key("What follows.", "block", True),
    "label": Key("What people read; the id in words where left out."),
    "only_if": Key(
        "What must also hold, and under 'otherwise' the sentence recorded where it does not.", "block"
    ),
    "fires": Key(
        "every_period: in each period the condition holds, but not in the one in which it is back during a 'hold'. once: "
        "not again until it has cleared.",
        "every_period | once",
    ),
    "clears_when": Key(
        "When a trigger that fired has cleared; left out, as soon as its condition does not hold.", "block"
    ),
    "hold": Key(
        "For so many periods it is kept active after its condition has gone, for example 2 periods; it clears in the "
        "next. Where the condition is back before it has cleared, that is the same firing: it does not fire again then. "
        "Where the condition simply goes on, 'fires: every_period' fires in each further period, with a hold or without."
    ),
    "gaps": Key(
        "What a period without a judgement is to conditions that look back. break: it ends a run and nothing turns from "
        "it. look_through: it is left out. {count_as: STATUS}: it counts as that status, but nothing turns from it.",
        "block",
    ),
    "group_by": Key(
        "Those under 'notify' are told once, and not once for each firing, of all firings of one command (a return "
        "confirmed, a chunk of an import) that share this.",
        "service | indicator | body",
    ),
    "suppressed_by": Key(
        "Triggers: while one of them fires or is active for the series, this one is only recorded.", "list"
    ),
    "enabled": Key("'no' keeps a trigger in the pack without using it.", "yes or no"),
    **PROVENANCE,
}

THEN: Keys = {
    "start": Key("A workflow of the pack that is started (an intervention is proposed; a body answers)."),
    "refer_to": Key("The body it is put before."),
    "require": Key("What somebody owes.", "decision | commentary | action"),
    "within": Key("The time allowed for what is required, for example 10 working days."),
    "notify": Key("The roles or bodies told.", "list"),
    "record": Key("A sentence for the record."),
}

REQUIRED = ("decision", "commentary", "action")


def read_triggers(sheet: Sheet, node: object, path: Path) -> tuple[Trigger, ...]:
    """The triggers in the pack's order."""
    triggers = []
    for id_, each in (sheet.mapping(node, path, "'triggers'") or {}).items():
        if sheet.name(id_, (*path, id_)):
            trigger = _read_one(sheet, id_, each, (*path, id_))
            if trigger is not None:
                triggers.append(trigger)
    check_suppression(sheet, node, triggers, path)
    return tuple(triggers)


def _read_one(sheet: Sheet, id_: str, node: object, path: Path) -> Trigger | None:
    block = sheet.block(node, path, TRIGGER, f"Trigger '{id_}'")
    if block is None:
        return None
    label = sheet.text(block["label"], (*path, "label"), "'label'") if "label" in block else None
    fires = "every_period"
    if "fires" in block:
        words = ("every_period", "once")
        fires = sheet.one_of(block["fires"], (*path, "fires"), "'fires'", words, "a way to fire") or fires
    when = sheet.condition(block["when"], (*path, "when")) if "when" in block else None
    clears = sheet.condition(block["clears_when"], (*path, "clears_when")) if "clears_when" in block else None
    only_if = _read_only_if(sheet, block["only_if"], (*path, "only_if")) if "only_if" in block else None
    then = _read_then(sheet, id_, block["then"], (*path, "then")) if "then" in block else None
    enabled = sheet.yes_no(block["enabled"], (*path, "enabled"), "'enabled'") if "enabled" in block else True
    clause, assumption = sheet.provenance(block, path)
    hold = read_hold(sheet, block, path)
    gaps, gaps_as = read_gaps(sheet, block, path)
    if when is None or then is None:
        return None
    asked = (when, clears, only_if.test if only_if else None)
    if "gaps" in block and not any(each.back for each in asked if each is not None):
        sheet.report("GT-RULE-088", (*path, "gaps"), trigger=id_)
    return Trigger(
        id=id_,
        label=label or id_.replace("_", " "),
        when=when,
        then=then,
        only_if=only_if,
        fires=fires,
        clears_when=clears,
        hold=hold,
        gaps=gaps,
        gaps_as=gaps_as,
        group_by=read_group(sheet, id_, block, path, then),
        suppressed_by=suppressors(sheet, block, path),
        enabled=enabled is not False,
        clause=clause,
        assumption=assumption,
    )


def _read_only_if(sheet: Sheet, node: object, path: Path) -> OnlyIf | None:
    """A condition with the sentence `otherwise` standing among its keys."""
    block = sheet.mapping(node, path, "'only_if'")
    if block is None:
        return None
    sentence = None
    if "otherwise" in block:
        sentence = sheet.text(block["otherwise"], (*path, "otherwise"), "'otherwise'")
    else:
        sheet.report("GT-RULE-057", path)
    test = sheet.condition({key: each for key, each in block.items() if key != "otherwise"}, path)
    return OnlyIf(test=test, otherwise=sentence) if test is not None and sentence is not None else None


def _read_then(sheet: Sheet, id_: str, node: object, path: Path) -> Then | None:
    block = sheet.block(node, path, THEN, "'then'")
    if block is None:
        return None
    if not any(key in block for key in THEN if key != "within"):
        sheet.report("GT-RULE-056", path, trigger=id_)
    if "within" in block and "require" not in block:
        sheet.report("GT-RULE-059", (*path, "within"))
    people = sheet.names.bodies | sheet.names.roles
    notify: tuple[str, ...] = ()
    if "notify" in block:
        notify = sheet.some_of(
            block["notify"], (*path, "notify"), "'notify'", people, "a body or role of this pack"
        )
    return Then(
        start=_known(sheet, block, path, "start", sheet.names.workflows, "a workflow of this pack"),
        refer_to=_known(sheet, block, path, "refer_to", sheet.names.bodies, "a body of this pack"),
        require=_known(sheet, block, path, "require", frozenset(REQUIRED), "something that can be required"),
        within=sheet.duration(block["within"], (*path, "within"), "'within'") if "within" in block else None,
        notify=notify,
        record=sheet.text(block["record"], (*path, "record"), "'record'") if "record" in block else None,
    )


def _known(
    sheet: Sheet, block: Mapping[str, object], path: Path, key: str, known: frozenset[str], what: str
) -> str | None:
    return sheet.one_of(block[key], (*path, key), f"'{key}'", known, what) if key in block else None
