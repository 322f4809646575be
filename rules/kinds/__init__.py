"""The kinds of condition: one file each, and one line here."""

from __future__ import annotations

from collections.abc import Mapping

from rules.kinds import all_of, any_of, consecutive, field, not_so, reported, status, turned
from rules.kinds.kind import Kind

REGISTRY: Mapping[str, Kind] = {
    "status": status.KIND,
    "turned": turned.KIND,
    "consecutive": consecutive.KIND,
    "reported_as": reported.KIND,
    "field": field.KIND,
    "any": any_of.KIND,
    "all": all_of.KIND,
    "not": not_so.KIND,
}
"""The key in a pack → the kind."""
