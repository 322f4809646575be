"""One walk over a file, part by part: rows read, repeats found, and each figure's next step decided by its state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from engine.handle import Engine
from engine.importing.decision import Decides, Deciding, DecidingHistory
from engine.importing.found import Findings, Line, Spoilt
from engine.importing.layout import Layout, rows_below
from engine.importing.lines import Lines
from engine.importing.mapping import Mapping
from engine.importing.odd import OddFigures
from engine.importing.planned import NONE, UNCHANGED, Batch, PlannedRow, Rejected
from engine.importing.repeats import Repeats
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
        self.repeated = Seen()
        """The figures that stand in the file more than once."""
        self._repeats = Repeats()
        self._news: list[Problem] = []
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

    def batches(self, repeats: Repeats | None = None) -> Iterator[Batch]:
        """Walk the file; `repeats` is what was found of the figures that an earlier walk found repeated."""
        self._repeats = repeats or self._repeats
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
                first = self._seen.add(line.key)
                if not first or self._repeats.contradicted(line):
                    self._repeated(line, first=first)
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
    def _repeated(self, line: Line, *, first: bool) -> None:
        self.repeated.add(line.key)
        wide = self._layout.groups[line.group].said is not None
        column = line.at if wide else self._layout.keys.get("indicator", line.at)
        said = self._repeats.said(line, first=first)
        self.found.add(line.row, line.group, column, said, expected="each figure once")

    def repeats(self) -> Repeats:
        """What there is to know of the figures that were found repeated; the file is read once more."""
        found = Repeats(self.repeated)
        silent = Lines(
            Reader(self._engine), self._table, self._layout, self._mapping, self._today, history=self._history
        )
        try:
            for row in rows_below(self._table, self._layout):
                found.read(silent.read(row, self._no_figure))
                silent.found.spoilt.clear()
        except Invalid:
            pass  # why it could not be read to its end is known from the walk
        return found


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
