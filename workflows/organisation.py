"""How a council works, as its pack says it: calendar, bodies, roles, and what a body may decide.

Definitions of workflows refer to these by name; nothing of it is repeated in them.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from events.errors import Problem
from workflows.node import Node
from workflows.sections.calendar_settings import CalendarSettings, read_calendar
from workflows.sections.interventions import Category, Intervention, Ladder, MenuItem, read_intervention
from workflows.sections.people import Body, check_people, in_words, read_bodies, read_roles

__all__ = [
    "KEYS",
    "Body",
    "CalendarSettings",
    "Category",
    "Intervention",
    "Ladder",
    "MenuItem",
    "Organisation",
    "compile_organisation",
]

KEYS = ("calendar", "bodies", "roles", "intervention")
"""The keys of a pack that belong here."""


class Organisation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Calendar settings, bodies and roles by name, and the intervention section where there is one."""

    calendar: CalendarSettings = CalendarSettings()
    bodies: dict[str, Body] = msgspec.field(default_factory=dict)
    roles: dict[str, str] = msgspec.field(default_factory=dict)
    """Name → label."""
    intervention: Intervention = Intervention()

    def label(self, name: str) -> str:
        """What people call a role or a body."""
        if name in self.bodies:
            return name
        return self.roles.get(name, in_words(name))

    @property
    def ladder(self) -> Ladder | None:
        """The ladder of rungs, where the pack has one."""
        return self.intervention.ladder


def compile_organisation(tree: object) -> tuple[Organisation | None, tuple[Problem, ...]]:
    """Read a whole `pack.yaml`, looking only at `KEYS`. Answers None and every problem where there is an error."""
    problems: list[Problem] = []
    top = Node(tree, (), problems)
    if not isinstance(tree, Mapping):
        top.entries()
        return None, tuple(problems)
    own = {key: top.at(key, tree[key]) for key in KEYS if key in tree}
    bodies = read_bodies(own["bodies"]) if "bodies" in own else {}
    roles = read_roles(own["roles"]) if "roles" in own else {}
    check_people(bodies, roles, top.at("bodies", None))
    organisation = Organisation(
        calendar=read_calendar(own["calendar"]) if "calendar" in own else CalendarSettings(),
        bodies=bodies,
        roles=roles,
        intervention=read_intervention(own["intervention"], bodies, roles)
        if "intervention" in own
        else Intervention(),
    )
    return (None if problems else organisation), tuple(problems)
