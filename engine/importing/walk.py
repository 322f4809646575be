"""One walk over a file, part by part: rows read, repeats found, and each figure's next step decided by its state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Known
from datetime import date
from itertools import groupby

import msgspec

from engine.handle import Engine
from engine.importing.decision import Decides, Deciding, DecidingHistory
from engine.importing.found import Findings, Line, Spoilt
from engine.importing.layout import Layout, rows_below
from engine.importing.lines import Lines, same_figure
from engine.importing.mapping import Mapping
from engine.importing.odd import OddFigures
from engine.importing.planned import MOST_KEPT, NONE, UNCHANGED, Batch, PlannedRow, Rejected
from engine.importing.seen import Seen
from engine.importing.table import Table
from engine.queries.reader import Reader
from events import stream as streams
from events.errors import Invalid, Problem

PART = 500
"""Figures planned together: what stands before them is asked for in one go."""
MOST_SERIES = 192
"""So many series are looked at one after another before older periods may leave memory: it need not hold the whole past
of all the series of a part."""
MOST_FACTS = 60_000
"""So many facts are remembered of the series of earlier parts."""
FigureKey = tuple[str, str, str]
_REPEATED = "GT-IMPORT-029"


class First(msgspec.Struct, frozen=True):
    """Where a figure that is repeated stands for the first time."""

    line: Line
    text: int
    """The line of the file."""


class Walk:
    """One walk. What it found is in `found`; problems are handed out once, by `news`."""

    def __init__(
        self,
        engine: Engine,
        table: Table,
        layout: Layout,
        today: date,
        *,
        mapping: Mapping,
        reason: str | None,
        no_figure: str,
        history: bool = False,
        looks: bool = False,
    ) -> None:
        self._engine = engine
        self._table = table
        self._layout = layout
        self._mapping = mapping
        self._today = today
        self._no_figure = no_figure
        self._reason = reason
        self._history = history
        self._odd = OddFigures(Reader(engine)) if looks and not history else None
        self._lines = Lines(Reader(engine), table, layout, mapping, today, history=history)
        self._seen = Seen()
        self._firsts: Known[FigureKey, First] = {}
        self._news: list[Problem] = []
        self._twice: dict[tuple[int, FigureKey], Line] = {}
        self.rows = 0
        """Rows read so far, those passed over left out."""
        self.last: list[Problem] = []
        """Why the file could not be read to its end."""

    @property
    def found(self) -> Findings:
        """What was found so far."""
        return self._lines.found

    def news(self) -> list[Problem]:
        """The problems found since somebody last asked."""
        told, self._news = self._news, []
        return told

    def batches(self, firsts: Known[FigureKey, First] | None = None) -> Iterator[Batch]:
        """Walk the file; `firsts` are those of an earlier walk, so that repeats can be told in full."""
        self._firsts = firsts or {}
        part: list[Line] = []
        for lines in self._read():
            part += lines
            if len(part) >= PART:
                yield self._planned(part)
                part = []
        yield self._planned(part)

    def _read(self) -> Iterator[list[Line]]:
        """The figures of each row."""
        try:
            for row in rows_below(self._table, self._layout):
                passed = self.found.passed
                lines = self._lines.read(row, self._no_figure)
                self.rows += self.found.passed == passed
                yield lines
        except Invalid as broken:
            self.last = list(broken.problems)

    def _planned(self, part: Sequence[Line]) -> Batch:
        self._engine.memory.trim(MOST_FACTS)
        self._lines.reader = reader = Reader(self._engine)
        deciding: Decides = (
            DecidingHistory(reader, self.found, self._table.digest)
            if self._history
            else Deciding(reader, self.found, self._reason)
        )
        rows: list[PlannedRow] = []
        for run in _runs(part):
            self._engine.memory.trim()
            reader.work.fetch({streams.series(line.indicator, line.service) for line in run})
            for line in run:
                if not self._seen.add(line.key):
                    self._repeated(line)
                elif (planned := deciding.planned(line)) is not None:
                    rows.append(planned)
        if self._odd is not None:
            self._look([line for line in part if line.figure is not None], rows)
        return Batch(tuple(rows), self._rejected(rows))

    def _look(self, part: Sequence[Line], rows: Sequence[PlannedRow]) -> None:
        """Warn of figures that say something new and should be looked at again."""
        news = {(row.row.number, row.group) for row in rows if row.action not in (UNCHANGED, NONE)}
        fresh = [line for line in part if (line.row.number, line.group) in news]
        assert self._odd is not None  # asked by the caller
        for line, problem in self._odd.among(fresh):
            said = (problem.code, problem.sentence, problem.fix)
            self.found.add(line.row, line.group, line.at, said, severity="warning", expected="a usual figure")

    def _rejected(self, rows: Sequence[PlannedRow]) -> tuple[Rejected, ...]:
        """The rows that are left out. Nobody is warned of a figure that the book holds already."""
        known = {(row.row.number, row.group) for row in rows if row.action == UNCHANGED}
        spoilt = [each for each in self.found.spoilt if (each.row.number, each.group) not in known]
        self.found.spoilt = []
        self._news += [each.problem for each in spoilt]
        wrong = [each for each in spoilt if each.problem.severity == "error"]
        wrong.sort(key=lambda each: each.row.number)
        return tuple(
            _left_out(list(together)) for _, together in groupby(wrong, key=lambda each: each.row.number)
        )

    # repeats -------------------------------------------------------------------------------------------------
    def _repeated(self, line: Line) -> None:
        if len(self._twice) < MOST_KEPT:
            self._twice[line.row.line, line.key] = line
        wide = self._layout.groups[line.group].said is not None
        column = line.at if wide else self._layout.keys.get("indicator", line.at)
        said = (
            _REPEATED,
            _again("/".join(line.key), self._firsts.get(line.key), line),
            "Keep one of the two.",
        )
        self.found.add(line.row, line.group, column, said, expected="each figure once")

    def firsts(self, problems: Sequence[Problem]) -> dict[FigureKey, First]:
        """Where the figures that these problems call repeated stand for the first time; the file is read once more."""
        wanted = {_key_of(problem) for problem in problems if problem.code == _REPEATED}
        found: dict[FigureKey, First] = {}
        if not wanted:
            return found
        silent = Lines(
            Reader(self._engine), self._table, self._layout, self._mapping, self._today, history=self._history
        )
        for row in rows_below(self._table, self._layout):
            for line in silent.read(row, self._no_figure):
                if line.key in wanted:
                    found.setdefault(line.key, First(line, row.line))
            silent.found.spoilt.clear()
            if len(found) == len(wanted):
                break
        return found

    def told_again(self, problem: Problem, firsts: Known[FigureKey, First]) -> Problem:
        """A problem about a repeated figure, with the line of the first."""
        if problem.code != _REPEATED:
            return problem
        key = _key_of(problem)
        line = self._twice.get((problem.place.line if problem.place else 0, key))
        return msgspec.structs.replace(problem, sentence=_again("/".join(key), firsts.get(key), line))


def _runs(part: Sequence[Line]) -> Iterator[list[Line]]:
    """A part in order, in pieces of so few series that what is read for one can leave memory before the next."""
    run: list[Line] = []
    series: set[tuple[str, str]] = set()
    for line in part:
        mine = (line.indicator, line.service)
        if len(series) == MOST_SERIES and mine not in series:
            yield run
            run, series = [], set()
        run.append(line)
        series.add(mine)
    yield run


def _left_out(spoilt: Sequence[Spoilt]) -> Rejected:
    groups = frozenset(each.group for each in spoilt if each.group is not None)
    whole = any(each.group is None for each in spoilt)
    return Rejected(spoilt[0].row, None if whole else groups, tuple(each.problem for each in spoilt))


def _again(name: str, first: First | None, line: Line | None) -> str:
    if first is None:
        return f"{name} stands in an earlier line already."
    same = ""
    if line is not None:
        same = (
            ", with the same figure"
            if same_figure(first.line.figure, line.figure)
            else ", with another figure"
        )
    return f"{name} stands in line {first.text} already{same}."


def _key_of(problem: Problem) -> FigureKey:
    indicator, service, period = problem.sentence.split(" ", 1)[0].split("/")
    return indicator, service, period
