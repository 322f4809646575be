"""Importing files of figures, and confirming whole returns: what a surface calls.

``table = read_csv(content, name)`` (an adapter) → ``plan = plan_import(engine, table, today, reason=None)``: every
problem of the file, what each row would do, nothing written → ``apply_import(office, plan, actor)``. Then another
person: ``confirm_return(office, actor=…, period=…)``.
"""

from __future__ import annotations

from engine.importing.apply import CHUNK, ImportResult, apply_import
from engine.importing.confirm_return import ConfirmResult, Skipped, confirm_return
from engine.importing.history import (
    Approving,
    Loaded,
    decline_load,
    find_load,
    give_up,
    imports_of,
    propose_load,
)
from engine.importing.mapping import COLUMNS, NO_MAPPING, Mapping, read_mapping
from engine.importing.plan import plan_import
from engine.importing.planned import Batch, Counts, Plan, PlannedRow, ReadAs, Rejected
from engine.importing.reading import CellProblem
from engine.importing.table import Table, TableRow

__all__ = [
    "CHUNK",
    "COLUMNS",
    "NO_MAPPING",
    "Approving",
    "Batch",
    "CellProblem",
    "ConfirmResult",
    "Counts",
    "ImportResult",
    "Loaded",
    "Mapping",
    "Plan",
    "PlannedRow",
    "ReadAs",
    "Rejected",
    "Skipped",
    "Table",
    "TableRow",
    "apply_import",
    "confirm_return",
    "decline_load",
    "find_load",
    "give_up",
    "imports_of",
    "plan_import",
    "propose_load",
    "read_mapping",
]
