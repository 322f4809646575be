"""A table as a spreadsheet reader hands it over: text with the line and column it stood at, nothing interpreted."""

from __future__ import annotations

import msgspec

from events.errors import Place


class Cell(msgspec.Struct, frozen=True):
    """One cell's text, trimmed, and where it began; line and column count from 1."""

    text: str
    line: int
    column: int


class TableRow(msgspec.Struct, frozen=True):
    """One row; it may have fewer cells than the header, or, by mistake, more."""

    cells: tuple[Cell, ...]
    excerpt: str
    """The line it begins on, for showing problems."""

    @property
    def line(self) -> int:
        """The line it begins on."""
        return self.cells[0].line


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A file's header and rows; rows without any text are left out."""

    file: str
    digest: str
    """SHA-256 of the file, in hex."""
    header: TableRow
    rows: tuple[TableRow, ...]

    def place(self, row: TableRow, cell: Cell | None = None) -> Place:
        """Where a cell, or else its row, stands."""
        at = cell or row.cells[0]
        return Place(
            file=self.file, line=at.line, column=at.column, excerpt=row.excerpt if at.line == row.line else ""
        )
