"""What reading a row finds: figures, and problems at their cells; and how many cells said nothing."""

from __future__ import annotations

from collections import Counter

import msgspec

from engine.commands import FigureFields
from engine.importing.reading import CellProblem
from engine.importing.table import Table, TableRow, cell_name
from events.period import Period


class Line(msgspec.Struct, frozen=True, gc=False):
    """A figure understood, and where it stood."""

    row: TableRow
    group: int
    """Which figure of the row it is, counted from 0."""
    at: int
    """The column its value stood in."""
    indicator: str
    service: str
    period: Period
    figure: FigureFields | None
    """None where the file says that there is none."""
    absent: str = ""
    """Why there is none."""
    comment: str = ""
    """What is said about it."""

    @property
    def key(self) -> tuple[str, str, str]:
        """Indicator, service and period."""
        return self.indicator, self.service, str(self.period)


class Spoilt(msgspec.Struct, frozen=True):
    """A problem, the row that it keeps out, and which of its figures; `group` None is all of them."""

    row: TableRow
    group: int | None
    problem: CellProblem


class Findings:
    """Collects what is found while rows are read; emptied now and then by whoever reads on."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self.spoilt: list[Spoilt] = []
        self.blanks = 0
        """Figures whose cells are all empty: not supplied, and nothing to do."""
        self.asides: dict[str, list[int]] = {}
        """What a row was passed over as → its lines, the first few."""
        self.passed = 0
        self.comments_known = 0
        """Comments on figures that the book holds already, which are not taken in again."""
        self.spellings: Counter[str] = Counter()
        """How cells were read that were no plain numbers."""
        self.examples: dict[str, tuple[str, str]] = {}
        """Way of reading → (a cell, what it was taken for)."""
        self.errors = 0

    def add(
        self,
        row: TableRow,
        group: int | None,
        column: int,
        said: tuple[str, str, str],
        *,
        severity: str = "error",
        expected: str = "",
        meant: str = "",
    ) -> None:
        """Note a problem of a cell; `said` is its code, sentence and fix."""
        code, sentence, fix = said
        self.errors += severity == "error"
        self.spoilt.append(
            Spoilt(
                row,
                group,
                CellProblem(
                    code=code,
                    sentence=sentence,
                    fix=fix,
                    severity=severity,
                    place=self._table.place(row, column),
                    cell=cell_name(row, column),
                    found=row.cells[column] if column < len(row.cells) else "",
                    expected=expected,
                    meant=meant,
                ),
            )
        )

    def read_as(self, how: str, found: str, taken: str) -> None:
        """Note that a cell was read in a way that loses nothing."""
        self.spellings[how] += 1
        self.examples.setdefault(how, (found, taken))

    def pass_over(self, row: TableRow, why: str) -> None:
        """Note that a row is no figure, and says so."""
        self.passed += 1
        lines = self.asides.setdefault(why, [])
        if len(lines) < MOST_LINES:
            lines.append(row.line)


MOST_LINES = 10
"""So many lines of rows passed over are named."""
