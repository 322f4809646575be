"""What importing a file would do, decided by the state of each figure, never by row numbers; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from engine.commands import FigureFields, Step
from engine.deciders.subjects import SUBMISSION
from engine.handle import Engine
from engine.importing.columns import read_header
from engine.importing.lines import Line, Lines
from engine.importing.planned import (
    CORRECTION,
    NEW,
    RESTATEMENT,
    UNCHANGED,
    Plan,
    PlannedRow,
    count_rows,
)
from engine.importing.table import Table
from engine.queries.reader import Reader
from engine.queries.submission_matters import FigureKey, Matter, Matters
from engine.states.series import EMPTY, Standing
from engine.views import SUBMISSIONS
from events import stream as streams
from events.errors import Problem
from events.kinds.figures import FigureConfirmed, FigureEntered, RestatementProposed
from workflows.definition import Step as DefinedStep
from workflows.machine import legal_moves
from workflows.situation import standing as state_of

__all__ = ["Plan", "plan_import"]

MOST_ASKED = 400
"""So many codes are asked for by name; beyond that the whole view is read."""


def plan_import(engine: Engine, table: Table, today: date, *, reason: str | None = None) -> Plan:
    """Check a whole file and decide what each row would do. Never raises for what is wrong in the file."""
    columns, problems = read_header(table)
    rows: tuple[PlannedRow, ...] = ()
    if not problems:
        planner = _Planner(Reader(engine), table, columns, today, reason)
        rows = planner.rows()
        problems = planner.problems
    ordered = tuple(sorted(problems, key=_by_place))
    return Plan(
        file=table.file,
        digest=table.digest,
        rows=rows,
        problems=ordered,
        counts=count_rows(len(table.rows), rows, ordered),
        reason=reason,
    )


class _Planner:
    def __init__(
        self, reader: Reader, table: Table, columns: dict[str, int], today: date, reason: str | None
    ) -> None:
        self._reader = reader
        self._table = table
        self._reason = reason
        self._matters = Matters(reader, today)
        index = columns["indicator"]
        codes = {row.cells[index].text for row in table.rows if index < len(row.cells)}
        reader.work.fetch(streams.indicator(code) for code in codes if code)
        self._lines = Lines(reader, table, columns, today)

    @property
    def problems(self) -> list[Problem]:
        return self._lines.problems

    def rows(self) -> tuple[PlannedRow, ...]:
        lines = [line for row in self._table.rows if (line := self._lines.read(row)) is not None]
        if not self._table.rows:
            self._lines.problem(
                self._table.header,
                "indicator",
                "GT-IMPORT-025",
                "There is a header and no figure.",
                "Add a row for each figure.",
            )
        once = self._without_repeats(lines)
        known = self._known(once)
        self._matters.fetch(known)
        return tuple(planned for line in once if (planned := self._planned(line, known)) is not None)

    def _without_repeats(self, lines: Sequence[Line]) -> list[Line]:
        first: dict[FigureKey, Line] = {}
        for line in lines:
            seen = first.setdefault(line.key, line)
            if seen is not line:
                same = "with the same figure" if seen.figure == line.figure else "with another figure"
                self._lines.problem(
                    line.row,
                    "indicator",
                    "GT-IMPORT-029",
                    f"{'/'.join(line.key)} stands in line {seen.row.line} already, {same}.",
                    "Keep one of the two.",
                )
        return list(first.values())

    def _known(self, lines: Sequence[Line]) -> set[FigureKey]:
        """Which of the figures the book has heard of."""
        wanted = {line.key for line in lines}
        asked = {
            name: values
            for name, values in (
                ("indicator", {key[0] for key in wanted}),
                ("period", {key[2] for key in wanted}),
            )
            if len(values) <= MOST_ASKED
        }
        rows = self._reader.rows(SUBMISSIONS, asked) if wanted else []
        return wanted & {(str(row["indicator"]), str(row["service"]), str(row["period"])) for row in rows}

    def _planned(self, line: Line, known: set[FigureKey]) -> PlannedRow | None:
        matter = self._matters.of(line.key) if line.key in known else None
        matter = matter or self._matters.fresh((line.indicator, line.service), line.period, EMPTY)
        if matter is None:
            sentence = f"The pack in force at the end of {line.period} has no workflow for figures."
            fix = "Propose a version that has one; 'goldenthread pack check' finds what a pack lacks."
            self._lines.problem(line.row, "period", "GT-IMPORT-032", sentence, fix)
            return None
        if _said_already(matter.standing, line.figure):
            return _row(line, UNCHANGED, None)
        step = _step(matter)
        if step is None:
            self._lines.problem(
                line.row,
                "period",
                "GT-IMPORT-024",
                f"{matter.ref} is {_state_words(matter)} and takes no other figure now.",
                f"Take the line out; 'goldenthread explain {matter.ref}' says how it came about.",
            )
            return None
        action = RESTATEMENT if step.effect == "restatement_proposed" else NEW
        if action == NEW and matter.standing.entry is not None:
            action = CORRECTION
        if action == RESTATEMENT and not self._reason:
            self._lines.problem(
                line.row,
                "value",
                "GT-IMPORT-023",
                f"{matter.ref} is {_state_words(matter)} already: another figure restates it, and that needs a reason.",
                "Give one reason for the whole file with --reason, or take the line out.",
            )
            return None
        return _row(line, action, step.name)


def _state_words(matter: Matter) -> str:
    """Where a figure stands, inside a sentence."""
    state = state_of(matter.definition, matter.standing.submission)
    label = matter.definition.state(state).label if state else "there"
    return label[:1].lower() + label[1:]


def _step(matter: Matter) -> DefinedStep | None:
    """The step by which a figure can be given now: entering it or, once it is confirmed, restating it."""
    state = state_of(matter.definition, matter.standing.submission)
    steps = legal_moves(matter.definition, state) if state is not None else ()
    for effect in ("figure_entered", "restatement_proposed"):
        found = next((step for step in steps if step.effect == effect), None)
        if found is not None:
            return found
    return None


def _said_already(standing: Standing, figure: FigureFields) -> bool:
    """Whether this very figure is entered, or confirmed, or waits as a restatement."""
    held = [each[0] for each in (standing.entry, standing.confirmed) if each is not None]
    return any(_fields(event) == figure for event in held)


def _fields(event: FigureEntered | RestatementProposed | FigureConfirmed) -> FigureFields:
    return FigureFields(
        value=event.value,
        numerator=event.numerator,
        denominator=event.denominator,
        declared_status=event.declared_status,
        reported_as=event.reported_as,
    )


def _row(line: Line, action: str, step: str | None) -> PlannedRow:
    taken = None
    if step is not None:
        taken = Step(
            workflow=SUBMISSION,
            indicator=line.indicator,
            service=line.service,
            subject=str(line.period),
            step=step,
            figure=line.figure,
        )
    return PlannedRow(
        line=line.row.line,
        indicator=line.indicator,
        service=line.service,
        period=str(line.period),
        action=action,
        step=taken,
    )


def _by_place(problem: Problem) -> tuple[int, int, str]:
    return (problem.place.line, problem.place.column, problem.code) if problem.place else (0, 0, problem.code)
