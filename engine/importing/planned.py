"""The outcome of checking a file: what each row would do, every problem, and the totals."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from engine.commands import Step
from engine.queries.shown import counted
from events.errors import Problem

UNCHANGED, NEW, CORRECTION, RESTATEMENT = "unchanged", "new", "correction", "restatement"


class PlannedRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the file and what it would do."""

    line: int
    indicator: str
    service: str
    period: str
    action: str
    """``unchanged``, ``new``, ``correction`` or ``restatement``."""
    step: Step | None
    """None where nothing is to be done."""


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """Rows by what they would do."""

    rows: int
    new: int = 0
    corrections: int = 0
    restatements: int = 0
    unchanged: int = 0
    errors: int = 0
    warnings: int = 0

    def __str__(self) -> str:
        said = [f"{self.new} new"]
        said += [counted(self.corrections, "correction")] if self.corrections else []
        said += [counted(self.restatements, "restatement")] if self.restatements else []
        said += [f"{self.unchanged} unchanged"] if self.unchanged else []
        found = [counted(self.errors, "error")] if self.errors else []
        found += [counted(self.warnings, "warning")] if self.warnings else []
        return f"{counted(self.rows, 'row')}: {', '.join(said)}" + (f" · {', '.join(found)}" if found else "")


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A file checked as a whole."""

    file: str
    digest: str
    rows: tuple[PlannedRow, ...]
    """Rows that were understood, in the order of the file."""
    problems: tuple[Problem, ...]
    """Every problem, errors and warnings, each with its line and column."""
    counts: Counts
    reason: str | None = None
    """Why confirmed figures are restated; one for the whole file."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Those that keep the file from being imported."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def count_rows(total: int, rows: Sequence[PlannedRow], problems: Sequence[Problem]) -> Counts:
    """The totals of a file."""
    actions = [row.action for row in rows]
    severities = [problem.severity for problem in problems]
    return Counts(
        rows=total,
        new=actions.count(NEW),
        corrections=actions.count(CORRECTION),
        restatements=actions.count(RESTATEMENT),
        unchanged=actions.count(UNCHANGED),
        errors=severities.count("error"),
        warnings=severities.count("warning"),
    )
