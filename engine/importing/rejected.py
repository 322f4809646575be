"""The rows that were left out, as CSV to be put right and imported again: the file's own columns, and what is wrong."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from typing import TextIO

from engine.importing.layout import Layout
from engine.importing.planned import Rejected
from engine.importing.table import TableRow

PROBLEM = "# problem"
"""Its column is of a comment, so the importer passes over it."""
_NUMBER = re.compile(r"[+-]?\d[\d,]*(\.\d+)?")
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


class RejectedRows:
    """Writes rows to a file that is opened for the first of them, the headings before it."""

    def __init__(self, opened: Callable[[], TextIO], layout: Layout) -> None:
        self._opened = opened
        self._layout = layout
        self.count = 0

    def take(self, left_out: Rejected) -> None:
        """Write a row with the cells that are left out, and why. Cells that a spreadsheet would run are made text."""
        if not self.count:
            self._writer = csv.writer(self._opened(), lineterminator="\r\n")
            self._writer.writerow([*self._layout.header.cells, PROBLEM])
        self.count += 1
        width = self._layout.width
        cells = [_safe(cell) for cell in self._kept(left_out)]
        why = " ".join(f"{each.cell}: {each.sentence} {each.fix}".strip() for each in left_out.problems)
        self._writer.writerow([*cells, *[""] * (width - len(cells)), _safe(why)])

    def _kept(self, left_out: Rejected) -> Iterator[str]:
        """The cells of the row; those of its figures that were taken are blank."""
        taken = set(_taken(self._layout, left_out.groups))
        row: TableRow = left_out.row
        for index, cell in enumerate(row.cells):
            yield "" if index in taken else cell


def _taken(layout: Layout, left_out: frozenset[int] | None) -> Iterator[int]:
    for number, group in enumerate(layout.groups if left_out is not None else ()):
        if left_out is not None and number not in left_out:
            yield from group.cells.values()


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_DANGEROUS) and not _NUMBER.fullmatch(text) else text
