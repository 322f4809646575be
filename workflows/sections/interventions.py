"""The pack's `intervention:` section: report-back categories, the menu, and the ladder.

Source: Hampshire 2008, 4.16 and Appendix Two (a menu of twenty, the first four being categories).
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from workflows import keys as words
from workflows.duration import ONE_MONTH, Duration
from workflows.node import Node

MODES = ("propose", "automatic")
_LISTS = ("purpose", "provider", "records")


class Category(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How soon the service must report back."""

    name: str
    within: Duration
    menu: int | None = None
    """Its number in the printed menu, where it has one."""
    label: str = ""


class MenuItem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something a body can ask for, alone or in combination."""

    number: int
    name: str
    asks: str | None = None
    """The role or body that is asked."""
    moves_to: str | None = None
    """The rung to which choosing it moves the matter, there and then."""
    purpose: tuple[str, ...] = ()
    """What it can be for; one is said when it is chosen."""
    provider: tuple[str, ...] = ()
    """Who can provide it; one is said when it is chosen."""
    records: tuple[str, ...] = ()
    """Fields that must be given when it is chosen."""
    delivers: str = ""
    begins: str | None = None
    """The workflow of which choosing it begins a matter."""
    done_at: str | None = None
    """The state of that matter in which the item is done; None for its end."""


class Ladder(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The bodies to which an unanswered matter climbs, lowest first."""

    rungs: tuple[str, ...]
    mode: str = "propose"
    """``propose``: a person decides. ``automatic``: it climbs by itself."""
    each_rung: Duration = ONE_MONTH
    """How long each rung has to answer."""
    clause: str = ""
    assumption: str = ""

    def above(self, body: str | None) -> str | None:
        """The rung above a body; None at the top, and for a body that is not on the ladder."""
        if body not in self.rungs[:-1]:
            return None
        return self.rungs[self.rungs.index(body) + 1]


class Intervention(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a body may decide about a matter that was referred to it."""

    answers: tuple[str, ...] = ()
    """The steps by which it may answer; empty for all."""
    report_back: dict[str, Category] = msgspec.field(default_factory=dict)
    menu: dict[str, MenuItem] = msgspec.field(default_factory=dict)
    """Printed number → item."""
    ladder: Ladder | None = None
    clause: str = ""
    assumption: str = ""


def read_intervention(node: Node, bodies: Collection[str], roles: Collection[str]) -> Intervention:
    """Read the section and check every name in it."""
    keys = node.table(words.INTERVENTION)
    ladder = _ladder(keys["ladder"], bodies) if "ladder" in keys else None
    report_back = _categories(keys["report_back"]) if "report_back" in keys else {}
    rungs = ladder.rungs if ladder else ()
    menu = _menu(keys["menu"], (*bodies, *roles), rungs) if "menu" in keys else {}
    for name, category in report_back.items():
        if str(category.menu) in menu:
            at = node.at("report_back", None).at(name, None)
            at.problem("GT-FLOW-014", f"Menu number {category.menu} is both a category and a menu item.")
    return Intervention(
        answers=keys["answers"].names() if "answers" in keys else (),
        report_back=report_back,
        menu=menu,
        ladder=ladder,
        **{key: keys[key].text() for key in ("clause", "assumption") if key in keys},
    )


def _categories(node: Node) -> dict[str, Category]:
    categories: dict[str, Category] = {}
    for name, below in node.entries().items():
        keys = below.table(words.CATEGORY)
        categories[name] = Category(
            name=name,
            within=keys["within"].duration() if "within" in keys else ONE_MONTH,
            menu=keys["menu"].whole_number() if "menu" in keys else None,
            label=keys["label"].text() if "label" in keys else "",
        )
    return categories


def _menu(node: Node, people: Collection[str], rungs: Collection[str]) -> dict[str, MenuItem]:
    menu: dict[str, MenuItem] = {}
    for number, below in node.entries().items():
        keys = below.table(words.MENU_ITEM)
        if not (number.isascii() and number.isdigit() and str(int(number)) == number):
            below.problem(
                "GT-FLOW-013",
                f"'{number}' is not a number of the menu.",
                "Number items 1, 2, 3 …",
                at_key=True,
            )
            continue
        if "asks" in keys:
            keys["asks"].choice(people, "role or body", "GT-FLOW-030")
        if "moves_to" in keys:
            keys["moves_to"].choice(rungs, "rung", "GT-FLOW-015")
        texts = {key: value.text() for key, value in keys.items() if key not in _LISTS}
        lists = {key: keys[key].names() for key in _LISTS if key in keys}
        menu[number] = msgspec.convert({"name": "", **texts, **lists, "number": int(number)}, MenuItem)
    return menu


def _ladder(node: Node, bodies: Collection[str]) -> Ladder:
    keys = node.table(words.LADDER)
    rungs = keys["rungs"].choices(bodies, "body", "GT-FLOW-030") if "rungs" in keys else ()
    return Ladder(
        rungs=rungs,
        mode=keys["mode"].choice(MODES, "mode of the ladder") if "mode" in keys else "propose",
        each_rung=keys["each_rung"].duration() if "each_rung" in keys else ONE_MONTH,
        **{key: keys[key].text() for key in ("clause", "assumption") if key in keys},
    )
