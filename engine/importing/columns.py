"""The header of a file of figures: which columns there are, in any order, and what is wrong with their names."""

from __future__ import annotations

from engine.importing.table import Cell, Table
from events.errors import Problem
from events.nearest import did_you_mean

KEYS = ("indicator", "service", "period")
"""Columns that name a figure; all must be there."""
NUMBERS = ("value", "numerator", "denominator")
WORDS = ("declared_status", "reported_as")
COLUMNS = (*KEYS, *NUMBERS, *WORDS)
"""Every column a file may have."""


def read_header(table: Table) -> tuple[dict[str, int], list[Problem]]:
    """Column → its place in a row, and every problem with the header."""
    found: dict[str, int] = {}
    problems: list[Problem] = []
    for index, cell in enumerate(table.header.cells):
        if cell.text not in COLUMNS:
            problems.append(_unknown(table, cell))
        elif cell.text in found:
            problems.append(
                _problem(
                    table,
                    cell,
                    "GT-IMPORT-012",
                    f"The column '{cell.text}' stands twice.",
                    "Take one of them away.",
                )
            )
        else:
            found[cell.text] = index
    missing = [name for name in KEYS if name not in found]
    if missing:
        problems.append(
            _problem(
                table,
                table.header.cells[0],
                "GT-IMPORT-011",
                f"The header has no column {' and no column '.join(repr(name) for name in missing)}.",
                f"A file of figures has the columns {', '.join(KEYS)} and one or more of {', '.join((*NUMBERS, *WORDS))}.",
            )
        )
    elif not any(name in found for name in (*NUMBERS, *WORDS)):
        problems.append(
            _problem(
                table,
                table.header.cells[0],
                "GT-IMPORT-028",
                "The file has no column with figures.",
                f"Add one or more of: {', '.join((*NUMBERS, *WORDS))}.",
            )
        )
    return found, problems


def _unknown(table: Table, cell: Cell) -> Problem:
    name = f"'{cell.text}'" if cell.text else "A column without a name"
    return _problem(
        table,
        cell,
        "GT-IMPORT-010",
        f"{name} is not a column of a file of figures.{did_you_mean(cell.text.replace(' ', '_'), COLUMNS)}",
        f"Columns are: {', '.join(COLUMNS)}. Take others out of the file.",
    )


def _problem(table: Table, cell: Cell, code: str, sentence: str, fix: str) -> Problem:
    return Problem(code=code, sentence=sentence, fix=fix, place=table.place(table.header, cell))
