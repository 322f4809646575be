"""Read the life of a trigger: how long it is held, what gaps are to it, who hears of it together, what suppresses it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rules.ir import Then, Trigger
from rules.reading.sheet import Path, Sheet, near

MOST_HELD = 24
GROUPS = ("service", "indicator", "body")
_PERIODS = re.compile(r"([1-9]\d{0,3}) periods?")


def read_hold(sheet: Sheet, block: Mapping[str, object], path: Path) -> int:
    """A number of periods, with the word."""
    if "hold" not in block:
        return 0
    text = sheet.text(block["hold"], (*path, "hold"), "'hold'")
    found = _PERIODS.fullmatch(text) if text is not None else None
    if found is not None and int(found[1]) <= MOST_HELD:
        return int(found[1])
    if text is not None:
        sheet.report("GT-RULE-087", (*path, "hold"), text=text, most=MOST_HELD)
    return 0


def read_gaps(sheet: Sheet, block: Mapping[str, object], path: Path) -> tuple[str, str]:
    """The way with gaps, and the status that a gap counts as."""
    node, at = block.get("gaps", "break"), (*path, "gaps")
    if isinstance(node, Mapping) and set(node) == {"count_as"}:
        below = (*at, "count_as")
        status = sheet.one_of(node["count_as"], below, "'count_as'", sheet.statuses, "a status of this pack")
        if status is not None and not sheet.statuses[status].judged:
            sheet.report("GT-RULE-089", below, status=status, known=", ".join(sheet.judged()))
        return ("count_as", status) if status is not None else ("break", "")
    if node in ("break", "look_through"):
        return str(sheet.text(node, at, "'gaps'")), ""
    shown = ", ".join(map(str, node)) if isinstance(node, Mapping | list | tuple) else node
    sheet.report("GT-RULE-095", at, text=shown)
    return "break", ""


def read_group(sheet: Sheet, id_: str, block: Mapping[str, object], path: Path, then: Then) -> str:
    """What firings share that people are told of once; only where somebody is told."""
    if "group_by" not in block:
        return ""
    at = (*path, "group_by")
    group = sheet.one_of(block["group_by"], at, "'group_by'", GROUPS, "something to group by") or ""
    if not then.notify:
        sheet.report("GT-RULE-092", at, trigger=id_)
    elif group == "body" and then.refer_to is None:
        sheet.report("GT-RULE-093", at, trigger=id_)
    return group


def suppressors(sheet: Sheet, block: Mapping[str, object], path: Path) -> tuple[str, ...]:
    """The names under ``suppressed_by``; whether they exist is checked when all triggers are read."""
    if "suppressed_by" not in block:
        return ()
    node, at = block["suppressed_by"], (*path, "suppressed_by")
    given = [*enumerate(node)] if isinstance(node, list | tuple) else [("", node)]
    texts = (sheet.text(each, (*at, i) if i != "" else at, "'suppressed_by'") for i, each in given)
    return tuple(dict.fromkeys(text for text in texts if text is not None))


def check_suppression(sheet: Sheet, node: object, triggers: Sequence[Trigger], path: Path) -> None:
    """Every suppressor is a trigger of the pack and another one, and none suppresses itself in a round."""
    known = [str(each) for each in node] if isinstance(node, Mapping) else []
    by = {trigger.id: trigger.suppressed_by for trigger in triggers}
    for trigger in triggers:
        at = (*path, trigger.id, "suppressed_by")
        for other in trigger.suppressed_by:
            if other == trigger.id:
                sheet.report("GT-RULE-090", at, trigger=other)
            elif other not in known:
                sheet.report(
                    "GT-RULE-007", at, text=other, what="a trigger of this pack", hint=near(other, known)
                )
    circle = _circle(by)
    if circle:
        sheet.report("GT-RULE-091", (*path, circle[0], "suppressed_by"), circle=" → ".join(circle))


def _circle(by: Mapping[str, Sequence[str]]) -> list[str]:
    """The first way that leads back to where it began, through others."""
    done: set[str] = set()

    def walk(trigger: str, way: list[str]) -> list[str]:
        if trigger in way:
            return [*way[way.index(trigger) :], trigger]
        if trigger in done:
            return []
        done.add(trigger)
        for other in by.get(trigger, ()):
            found = [] if other == trigger else walk(other, [*way, trigger])
            if found:
                return found
        return []

    return next((found for each in by if (found := walk(each, []))), [])
