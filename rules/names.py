"""What the other half of a pack offers, so that rules can refer to it and a misspelling is caught."""

from __future__ import annotations

import msgspec


class Names(msgspec.Struct, frozen=True, kw_only=True):
    """The bodies, roles and workflows of a pack, by id."""

    bodies: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    workflows: frozenset[str] = frozenset()
    """Ids under the pack's `workflows`, for example ``intervention``."""
