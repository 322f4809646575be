"""What importing a file would do, decided by the state of each figure, never by row numbers; nothing is written.

The file is walked from top to bottom in parts, once to check it and once to take it in; no list of its rows is made. One
that gives a figure twice is checked again, with what it says of that figure elsewhere.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from engine.handle import Engine
from engine.importing.layout import Layout, read_layout
from engine.importing.mapping import NO_MAPPING, Mapping
from engine.importing.planned import (
    CORRECTION,
    MOST_KEPT,
    NEW,
    NONE,
    RESTATEMENT,
    UNCHANGED,
    Batch,
    Counts,
    Plan,
    ReadAs,
)
from engine.importing.repeats import Repeats
from engine.importing.table import Table
from engine.importing.walk import Walk
from engine.queries.reader import Reader
from engine.queries.shown import counted
from events.errors import Place, Problem

__all__ = ["Plan", "plan_import"]


def plan_import(
    engine: Engine,
    table: Table,
    today: date,
    *,
    reason: str | None = None,
    mapping: Mapping = NO_MAPPING,
    no_figure: str = "",
    history: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Plan:
    """Check a whole file and decide what each figure would do. Never raises for what is wrong in the file.

    `reason`: why confirmed figures are restated. `no_figure`: why a word like n/a stands for no figure. `history`: the
    figures are from before the book. `progress` is told how many more rows are checked.
    """
    layout = read_layout(table, mapping, Reader(engine).calendar.year_starts[0])
    if layout.problems:
        counts = Counts(rows=0, errors=len(layout.problems))
        return Plan(
            table=table,
            problems=layout.problems,
            counts=counts,
            notes=(*table.notes, *layout.notes),
            reason=reason,
            mapping=mapping,
            layout=layout,
            unreadable=True,
            batches=lambda: iter(()),
        )
    begin = partial(
        Walk,
        engine,
        table,
        layout,
        today,
        mapping=mapping,
        reason=reason,
        no_figure=no_figure,
        history=history,
    )
    check = _Check(begin(looks=True))
    for rows in check.parts():
        if progress is not None:
            progress(rows)
    if (repeats := check.repeats()) is not None:
        check = _Check(begin(looks=True))
        deque(check.parts(repeats), maxlen=0)
    return check.plan(lambda: begin().batches(repeats), table, layout, mapping, reason)


class _Check:
    """The first walk: everything is counted, problems are kept, and nothing else."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._problems: list[Problem] = []
        self._counted: Counter[str] = Counter()
        self._severities: Counter[str] = Counter()
        self._left_out = 0
        self._periods: set[str] = set()

    def parts(self, repeats: Repeats | None = None) -> Iterator[int]:
        """Walk; answers the number of rows of each part."""
        before = 0
        for batch in self._walk.batches(repeats):
            self._take(batch)
            yield self._walk.rows - before
            before = self._walk.rows
        self._take_problems(self._walk.last)

    def _take(self, batch: Batch) -> None:
        self._counted.update(row.action for row in batch.rows)
        self._periods.update(row.period for row in batch.rows)
        self._left_out += len(batch.rejected)
        self._take_problems(self._walk.news())

    def _take_problems(self, problems: list[Problem]) -> None:
        self._severities.update(problem.severity for problem in problems)
        self._problems += problems[: max(0, MOST_KEPT - len(self._problems))]

    def repeats(self) -> Repeats | None:
        """What the file says of the figures that stand in it more than once; None where none does."""
        return self._walk.repeats() if len(self._walk.repeated) else None

    def plan(
        self,
        batches: Callable[[], Iterator[Batch]],
        table: Table,
        layout: Layout,
        mapping: Mapping,
        reason: str | None,
    ) -> Plan:
        """The outcome."""
        walk = self._walk
        if not walk.rows and not self._severities:
            self._nothing(table, layout)
        problems = sorted(self._problems, key=_by_place)
        return Plan(
            table=table,
            problems=tuple(problems),
            counts=self._counts(),
            notes=(*table.notes, *layout.notes, *_asides(walk), *_comments_known(walk)),
            read_as=_read_as(walk),
            periods=frozenset(self._periods),
            reason=reason,
            mapping=mapping,
            layout=layout,
            unreadable=bool(walk.last) or not walk.rows,
            batches=batches,
        )

    def _nothing(self, table: Table, layout: Layout) -> None:
        place = table.place(layout.header, 0)
        self._severities["error"] += 1
        self._problems.append(
            Problem(
                code="GT-IMPORT-025",
                sentence="There is a header and no figure.",
                fix="Add a row for each figure.",
                place=place,
            )
        )

    def _counts(self) -> Counts:
        found = self._walk.found
        return Counts(
            rows=self._walk.rows,
            figures=sum(self._counted.values()),
            new=self._counted[NEW],
            corrections=self._counted[CORRECTION],
            restatements=self._counted[RESTATEMENT],
            no_figures=self._counted[NONE],
            unchanged=self._counted[UNCHANGED],
            blank=found.blanks,
            passed_over=found.passed,
            left_out=self._left_out,
            errors=self._severities["error"],
            warnings=self._severities["warning"],
        )


def _read_as(walk: Walk) -> tuple[ReadAs, ...]:
    found = walk.found
    return tuple(ReadAs(how, count, *found.examples[how]) for how, count in found.spellings.most_common())


def _asides(walk: Walk) -> tuple[str, ...]:
    """Which rows were passed over, and as what."""
    told = []
    for why, lines in walk.found.asides.items():
        more = " and others" if len(lines) >= 10 else ""
        where = f"line{'' if len(lines) == 1 else 's'} {', '.join(map(str, lines))}{more}"
        told.append(f"Passed over as {why}: {where}.")
    return tuple(told)


def _comments_known(walk: Walk) -> tuple[str, ...]:
    """That comments on figures of which the file says nothing new are not said again."""
    left = walk.found.comments_known
    if not left:
        return ()
    figures = counted(left, "figure")
    return (f"Comments on {figures} that the book holds already are not taken in again.",)


def _by_place(problem: Problem) -> tuple[int, int, str]:
    place = problem.place or Place(file="", line=0, column=0)
    return place.line, place.column, problem.code
