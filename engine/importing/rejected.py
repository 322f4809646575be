"""The rows that were left out, as CSV to be put right and imported again: the file's own columns, and what is wrong."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from typing import TextIO

from engine.importing.layout import Layout
from engine.importing.planned import Rejected
from engine.importing.protected import protected

PROBLEM = "# problem"
"""Its column is of a comment, so the importer passes over it."""


class RejectedRows:
    """Writes rows to a file that is opened for the first of them, the headings before it.

    The same mapping file reads it: the columns are separated as in the file the rows come from, and the headings stand
    no higher than in the line `header`.
    """

    def __init__(
        self, opened: Callable[[], TextIO], layout: Layout, separator: str = ",", header: int | None = None
    ) -> None:
        self._opened = opened
        self._layout = layout
        self._separator = separator
        self._above = (header or 1) - 1
        self._columns = [n for n, heading in enumerate(layout.header.cells) if heading != PROBLEM]
        self.count = 0

    def take(self, left_out: Rejected) -> None:
        """Write a row with the cells that are left out, and why. What a spreadsheet would run is protected, and read back."""
        if not self.count:
            self._begin()
        self.count += 1
        why = " ".join(f"{each.cell}: {each.sentence} {each.fix}".strip() for each in left_out.problems)
        self._write([*self._kept(left_out), why])

    def _begin(self) -> None:
        """The headings. Other separators than a comma are told apart from those in the problems by quotation marks."""
        file = self._opened()
        file.write("\r\n" * self._above)
        self._writer = csv.writer(
            file,
            delimiter=self._separator,
            quoting=csv.QUOTE_MINIMAL if self._separator == "," else csv.QUOTE_ALL,
            lineterminator="\r\n",
        )
        self._write([*(self._layout.header.cells[n] for n in self._columns), PROBLEM])

    def _write(self, cells: list[str]) -> None:
        self._writer.writerow([protected(cell) for cell in cells])

    def _kept(self, left_out: Rejected) -> Iterator[str]:
        """The cells of the row, those of its figures that were taken blank, and those beyond the headings too."""
        taken = set(_taken(self._layout, left_out.groups))
        row = left_out.row
        for index in self._columns:
            yield "" if index in taken else row.text(index)
        yield from row.cells[self._layout.width :]


def _taken(layout: Layout, left_out: frozenset[int] | None) -> Iterator[int]:
    for number, group in enumerate(layout.groups if left_out is not None else ()):
        if left_out is not None and number not in left_out:
            yield from group.cells.values()
