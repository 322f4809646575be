"""A table as a spreadsheet reader hands it over: text with the line and column it stood at, nothing interpreted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

import msgspec

from events.errors import Place

LONGEST_EXCERPT = 2_000


class TableRow(msgspec.Struct, frozen=True, gc=False):
    """One row; it may have fewer cells than the header, or, by mistake, more."""

    cells: tuple[str, ...]
    """The text of each cell, trimmed, without the apostrophe that keeps spreadsheets from running it."""
    line: int
    """The line of the file that it begins on, counted from 1."""
    number: int
    """The row as which a spreadsheet shows it: a cell that runs over several lines is still one row."""
    excerpt: str
    """The line that it begins on, for showing problems."""
    spots: tuple[tuple[int, int], ...] = ()
    """(line, column) of each cell; empty where the separators of `excerpt` say it."""

    def text(self, index: int) -> str:
        """The text of a cell; empty where the row has no such cell."""
        return self.cells[index] if index < len(self.cells) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A file of rows, read from the top as often as somebody asks; no list of all rows is ever made."""

    file: str
    digest: str
    """SHA-256 of the file, in hex."""
    content: bytes = field(repr=False)
    """The file as it came."""
    separator: str
    notes: tuple[str, ...] = ()
    """What had to be found out by looking, a sentence each."""
    open: Callable[[], Iterator[TableRow]] = field(repr=False)
    """Every row that has any text. Raises Invalid where a row cannot be read."""

    def place(self, row: TableRow, index: int | None = None) -> Place:
        """Where a cell, or else its row, stands."""
        line, column = self._spot(row, index or 0)
        excerpt = row.excerpt[:LONGEST_EXCERPT] if line == row.line else ""
        return Place(file=self.file, line=line, column=column, excerpt=excerpt)

    def _spot(self, row: TableRow, index: int) -> tuple[int, int]:
        if row.spots:
            return row.spots[min(index, len(row.spots) - 1)]
        starts = _starts(row.excerpt, self.separator)
        return row.line, starts[min(index, len(starts) - 1)]


@lru_cache(maxsize=8)
def _starts(line: str, separator: str) -> tuple[int, ...]:
    """The columns at which the cells of a line begin; kept, since a wide row may be wrong in all of them."""
    return tuple(accumulate((len(cell) + 1 for cell in line.split(separator)), initial=1))


def cell_name(row: TableRow, index: int) -> str:
    """What a spreadsheet calls a cell: ``C14``."""
    letters, left = "", index + 1
    while left:
        left, digit = divmod(left - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return f"{letters}{row.number}"
