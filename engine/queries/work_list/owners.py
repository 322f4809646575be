"""The role or body that a work list is asked for, by its name in a pack or as people call it."""

from __future__ import annotations

from engine.queries.reader import Reader
from engine.states.people import BUILT_IN
from events.errors import NotFound
from events.nearest import did_you_mean


def labels_of(reader: Reader, owner: str) -> frozenset[str]:
    """What every adopted pack calls a role or body: matters keep the pack they began under.

    Raises NotFound where no pack has one of that name or label.
    """
    called: dict[str, set[str]] = {}
    for organisation in (pack.organisation for pack in reader.shelf.all_of(reader.framework)):
        for name in (*BUILT_IN, *organisation.roles, *organisation.bodies):
            called.setdefault(name, set()).add(organisation.label(name))
    asked = owner.casefold()
    found = {
        name for name, labels in called.items() if asked in {each.casefold() for each in (name, *labels)}
    }
    if not found:
        raise NotFound.of(
            "GT-PEOPLE-003",
            f"The pack has no role '{owner}'.{did_you_mean(owner, called)}",
            f"Its roles and bodies are: {', '.join(sorted(called)) or 'none'}.",
        )
    return frozenset(label for name in found for label in called[name])
