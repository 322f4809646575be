"""A file of which some figures are refused: what is left of its plan, with those among the rows left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import msgspec

from engine.importing.planned import (
    CORRECTION,
    NEW,
    NONE,
    RESTATEMENT,
    Batch,
    Counts,
    Plan,
    PlannedRow,
    Rejected,
)
from engine.importing.reading import CellProblem
from engine.importing.table import cell_name
from events.errors import Place, Problem

Refusal = tuple[PlannedRow, tuple[Problem, ...]]
"""A figure, and every reason against it."""
Refusals = Mapping[tuple[int, int], tuple[CellProblem, ...]]
"""(row, which of its figures) → every reason against it."""

_COUNTED = {NEW: "new", CORRECTION: "corrections", RESTATEMENT: "restatements", NONE: "no_figures"}


def at_row(plan: Plan, row: PlannedRow, reason: Problem) -> CellProblem:
    """A reason against a figure, at the cell that gives it."""
    column = plan.layout.at(row.row, plan.layout.groups[row.group])
    return CellProblem(
        code=reason.code,
        sentence=reason.sentence,
        fix=reason.fix,
        severity=reason.severity,
        place=plan.table.place(row.row, column),
        cell=cell_name(row.row, column),
        found=row.row.text(column),
        expected="a figure that this person may give",
    )


def without(plan: Plan, refused: Sequence[Refusal]) -> Plan:
    """The plan without the figures that were refused: they count as left out, each with its reasons."""
    if not refused:
        return plan
    found = {
        (row.row.number, row.group): tuple(at_row(plan, row, reason) for reason in reasons)
        for row, reasons in refused
    }
    told = [reason for reasons in found.values() for reason in reasons]
    return msgspec.structs.replace(
        plan,
        problems=tuple(sorted((*plan.problems, *told), key=_by_place)),
        counts=_counts(plan, refused, len(told), found),
        batches=lambda: (_batch(batch, found) for batch in plan.batches()),
    )


def _counts(plan: Plan, refused: Sequence[Refusal], reasons: int, found: Refusals) -> Counts:
    counts = msgspec.structs.asdict(plan.counts)
    for row, _ in refused:
        counts[_COUNTED[row.action]] -= 1
        counts["figures"] -= 1
    out = {number for number, _ in found}
    known = {row.row.number for batch in plan.batches() for row in batch.rejected if row.row.number in out}
    counts["left_out"] += len(out - known)
    counts["errors"] += reasons
    return Counts(**counts)


def _batch(batch: Batch, refused: Refusals) -> Batch:
    gone = [row for row in batch.rows if (row.row.number, row.group) in refused]
    if not gone:
        return batch
    out = {each.row.number: each for each in batch.rejected}
    for number, rows in groupby(gone, key=lambda row: row.row.number):
        out[number] = _more(out.get(number), list(rows), refused)
    return Batch(
        tuple(row for row in batch.rows if (row.row.number, row.group) not in refused),
        tuple(out[number] for number in sorted(out)),
    )


def _more(known: Rejected | None, rows: list[PlannedRow], refused: Refusals) -> Rejected:
    """A row that is left out for these figures too."""
    groups = frozenset(row.group for row in rows)
    problems: Iterator[CellProblem] = (
        reason for row in rows for reason in refused[row.row.number, row.group]
    )
    if known is None:
        return Rejected(rows[0].row, groups, tuple(problems))
    together = None if known.groups is None else known.groups | groups
    return Rejected(known.row, together, (*known.problems, *problems))


def _by_place(problem: Problem) -> tuple[int, int, str]:
    place = problem.place or Place(file="", line=0, column=0)
    return place.line, place.column, problem.code
