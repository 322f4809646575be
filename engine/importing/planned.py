"""The outcome of checking a file: what its figures would do, every problem, what was found out, and the totals."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from engine.commands import Step
from engine.importing.layout import Layout
from engine.importing.mapping import NO_MAPPING, Mapping
from engine.importing.reading import CellProblem
from engine.importing.table import Table, TableRow
from engine.queries.shown import counted
from events.errors import Problem

UNCHANGED, NEW, CORRECTION, RESTATEMENT, NONE = (
    "unchanged",
    "new",
    "correction",
    "restatement",
    "no figure",
)
MOST_KEPT = 20_000
"""So many problems are kept to be shown; all are counted."""


class PlannedRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One figure of the file and what it would do."""

    line: int
    group: int
    """Which figure of its row it is, counted from 0."""
    row: TableRow
    indicator: str
    service: str
    period: str
    action: str
    """``unchanged``, ``new``, ``correction``, ``restatement`` or ``no figure``."""
    step: Step | None
    """None where nothing is to be done."""
    absent: str = ""
    """Why there is no figure."""
    comment: str = ""
    """What is said about the figure."""
    comments: Step | None = None
    """The step that says it, once the figure is given."""


class Rejected(msgspec.Struct, frozen=True):
    """A row that is left out, whole or but for some of its figures."""

    row: TableRow
    groups: frozenset[int] | None
    """The figures left out, counted from 0; None for the whole row."""
    problems: tuple[CellProblem, ...]


class Batch(msgspec.Struct, frozen=True):
    """A part of the file, planned."""

    rows: tuple[PlannedRow, ...]
    rejected: tuple[Rejected, ...]


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of a file, and its figures by what they would do."""

    rows: int
    figures: int = 0
    """Figures understood; a row of a wide file has several."""
    new: int = 0
    corrections: int = 0
    restatements: int = 0
    no_figures: int = 0
    """Figures said not to be there, with a reason."""
    unchanged: int = 0
    blank: int = 0
    """Figures not supplied: their cells are empty."""
    passed_over: int = 0
    """Rows that are totals, footnotes or comments."""
    left_out: int = 0
    """Rows with an error."""
    errors: int = 0
    warnings: int = 0

    @property
    def changes(self) -> int:
        """Figures that say something new."""
        return self.new + self.corrections + self.restatements + self.no_figures

    @property
    def all_refused(self) -> bool:
        """Whether there is an error in every row, and nothing in any that could be taken or is there already."""
        return 0 < self.rows == self.left_out and not self.changes and not self.unchanged

    def __str__(self) -> str:
        said = [f"{self.new} new"]
        said += [counted(self.corrections, "correction")] if self.corrections else []
        said += [counted(self.restatements, "restatement")] if self.restatements else []
        said += [f"{self.no_figures} without a figure"] if self.no_figures else []
        said += [f"{self.unchanged} unchanged"] if self.unchanged else []
        said += [f"{self.blank} not supplied"] if self.blank else []
        found = [counted(self.errors, "error")] if self.errors else []
        found += [counted(self.warnings, "warning")] if self.warnings else []
        if self.all_refused:
            which = "The only row was" if self.rows == 1 else f"All {self.rows} rows were"
            return f"{which} refused · {', '.join(found)}"
        return f"{counted(self.rows, 'row')}: {', '.join(said)}" + (f" · {', '.join(found)}" if found else "")


class ReadAs(msgspec.Struct, frozen=True):
    """A way of writing numbers that was read as what alone it can mean."""

    how: str
    """For example ``a percent sign``."""
    count: int
    found: str
    """One of the cells."""
    taken: str
    """What it was taken for."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A file checked as a whole. Its figures are planned again, part by part, whenever somebody asks for them."""

    table: Table
    problems: tuple[Problem, ...]
    """Every problem up to `MOST_KEPT`, errors and warnings, each with its line and column, in the order of the file."""
    counts: Counts
    notes: tuple[str, ...] = ()
    """What had to be found out by looking, a sentence each."""
    read_as: tuple[ReadAs, ...] = ()
    periods: frozenset[str] = frozenset()
    """Every period that the file has a figure for."""
    reason: str | None = None
    """Why confirmed figures are restated; one for the whole file."""
    mapping: Mapping = NO_MAPPING
    layout: Layout
    unreadable: bool = False
    """The headings, or a row, cannot be read, so that no part of the file can be taken."""
    batches: Callable[[], Iterator[Batch]]

    @property
    def file(self) -> str:
        """The file's name."""
        return self.table.file

    @property
    def digest(self) -> str:
        """SHA-256 of the file, in hex."""
        return self.table.digest

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Those that keep the file from being imported."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    def rows(self) -> Iterator[PlannedRow]:
        """Every figure that was understood, in the order of the file."""
        for batch in self.batches():
            yield from batch.rows
