"""The kinds of condition: one file each, and one line here."""

from __future__ import annotations

from collections.abc import Mapping

from rules.kinds import (
    all_of,
    any_of,
    consecutive,
    direction,
    expression,
    field,
    first_status,
    no_data,
    not_so,
    out_of,
    overdue,
    reported,
    status,
    turned,
)
from rules.kinds.kind import Kind

REGISTRY: Mapping[str, Kind] = {
    "status": status.KIND,
    "turned": turned.KIND,
    "first_status": first_status.KIND,
    "consecutive": consecutive.KIND,
    "out_of": out_of.KIND,
    "direction": direction.KIND,
    "no_data": no_data.KIND,
    "overdue": overdue.KIND,
    "reported_as": reported.KIND,
    "field": field.KIND,
    "expression": expression.KIND,
    "any": any_of.KIND,
    "all": all_of.KIND,
    "not": not_so.KIND,
}
"""The key in a pack → the kind."""
