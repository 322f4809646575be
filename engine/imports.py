"""Importing files of figures, and confirming whole returns: what a surface calls.

``table = read_csv(content, name)`` (an adapter) → ``plan = plan_import(engine, table, today, reason=None)``: every
problem of the file, what each row would do, nothing written → ``apply_import(office, plan, actor)``. Then another
person: ``confirm_return(office, actor=…, period=…)``.
"""

from __future__ import annotations

from engine.importing.apply import CHUNK, ImportResult, apply_import
from engine.importing.columns import COLUMNS
from engine.importing.confirm_return import ConfirmResult, Skipped, confirm_return
from engine.importing.plan import plan_import
from engine.importing.planned import Counts, Plan, PlannedRow
from engine.importing.table import Cell, Table, TableRow

__all__ = [
    "CHUNK",
    "COLUMNS",
    "Cell",
    "ConfirmResult",
    "Counts",
    "ImportResult",
    "Plan",
    "PlannedRow",
    "Skipped",
    "Table",
    "TableRow",
    "apply_import",
    "confirm_return",
    "plan_import",
]
