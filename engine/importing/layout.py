"""Where a file's figures stand: the row of headings, found among titles, and what each column holds.

A long file has a figure in each row; a wide one has periods as columns, and a figure in each of their cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice

import msgspec

from engine.importing.headings import Heading, read_heading
from engine.importing.mapping import COLUMNS, COMMENT, IGNORE, KEYS, NUMBERS, WORDS, Mapping
from engine.importing.periods import Spelled, no_year
from engine.importing.reading import CellProblem
from engine.importing.table import Table, TableRow, cell_name
from events.errors import Invalid, Problem
from events.nearest import did_you_mean

MOST_TITLES = 40
"""The headings stand among the first rows, or nowhere."""


MOST_LOOKED_AT = 100
"""So many cells of a row are enough to know whether it is the row of headings."""
MOST_COLUMNS = 2_000
MOST_UNKNOWN = 50
"""So many headings that mean nothing are told."""


class Group(msgspec.Struct, frozen=True):
    """The cells of a row that make one figure."""

    cells: dict[str, int]
    """Our column → its place in the row."""
    said: Spelled | None = None
    """The period, where it stands in the heading."""
    heading: str = ""
    fractions: dict[str, bool] = msgspec.field(default_factory=dict)


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """A file's columns."""

    header: TableRow
    keys: dict[str, int]
    groups: tuple[Group, ...]
    ignored: frozenset[int]
    """Columns that nobody reads."""
    nameless: frozenset[int]
    """Columns without a heading."""
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def at(self, row: TableRow, group: Group) -> int:
        """The column that shows a figure of a row best: its value's, or the first that is not empty, a comment last."""
        value = group.cells.get("value")
        if value is not None and row.text(value):
            return value
        cells = [index for column, index in group.cells.items() if column != COMMENT]
        return next(filter(row.text, cells), cells[0] if cells else 0)

    @property
    def width(self) -> int:
        """How many columns have headings."""
        return len(self.header.cells)


def read_layout(table: Table, mapping: Mapping, start_month: int) -> Layout:
    """Find the row of headings and read it; every problem with it is collected."""
    header, headings, passed = _find(table, mapping, start_month)
    reader = _Headings(table, header, headings, mapping)
    reader.read()
    return Layout(
        header=header,
        keys=reader.keys,
        groups=reader.groups(),
        ignored=frozenset(reader.ignored),
        nameless=frozenset(reader.nameless),
        notes=_told(header, passed),
        problems=tuple(reader.problems),
    )


def _told(header: TableRow, passed: Sequence[TableRow]) -> tuple[str, ...]:
    if not passed:
        return ()
    above = f"line {passed[0].line}" if len(passed) == 1 else f"lines {passed[0].line} to {passed[-1].line}"
    return (
        f"The headings stand in line {header.line}; {above} above them {'was' if len(passed) == 1 else 'were'} passed over.",
    )


def _find(
    table: Table, mapping: Mapping, start_month: int
) -> tuple[TableRow, list[Heading], Sequence[TableRow]]:
    """The first row that has most headings we know; the first row at all where none has two."""
    rows = list(_first_rows(table))
    if mapping.header is not None:
        best = next((n for n, row in enumerate(rows) if row.line >= mapping.header), 0)
    else:
        scores = [
            _score([read_heading(text, mapping, start_month) for text in row.cells[:MOST_LOOKED_AT]])
            for row in rows
        ]
        best = scores.index(max(scores)) if max(scores) > 1 else 0
    headings = [read_heading(text, mapping, start_month) for text in rows[best].cells[:MOST_COLUMNS]]
    return rows[best], headings, rows[:best]


def _first_rows(table: Table) -> Iterator[TableRow]:
    """The rows among which the headings stand; one that cannot be read ends them, and is told by whoever reads on."""
    rows = islice(table.open(), MOST_TITLES)
    yield next(rows)
    with suppress(Invalid):
        yield from rows


def _score(headings: Sequence[Heading]) -> int:
    """How many different things the headings of a row mean; rows of figures mean few."""
    columns = {each.column for each in headings if each.column and each.said is None}
    periods = {each.text for each in headings if each.said is not None}
    names_a_figure = bool(columns & {"indicator", "service"})
    return len(columns) + (len(periods) if names_a_figure else 0)


class _Headings:
    """Reads the row of headings."""

    def __init__(self, table: Table, header: TableRow, headings: Sequence[Heading], mapping: Mapping) -> None:
        self._table = table
        self._header = header
        self._headings = headings
        self._mapping = mapping
        self.keys: dict[str, int] = {}
        self.ignored: set[int] = set()
        self.nameless: set[int] = set()
        self.problems: list[Problem] = []
        self._cells: dict[str, int] = {}
        self._periods: dict[str, Group] = {}

    def read(self) -> None:
        """Every heading, then what is missing."""
        if len(self._header.cells) > MOST_COLUMNS:
            sentence = (
                f"The file has {len(self._header.cells):,} columns; no more than {MOST_COLUMNS:,} are read."
            )
            self._problem(MOST_COLUMNS, "GT-IMPORT-070", sentence, "Split it into several files.")
            return
        for index, heading in enumerate(self._headings):
            self._take(index, heading)
        if not self._missing():
            self._figures()

    def groups(self) -> tuple[Group, ...]:
        """The cells that make a figure, for every figure of a row."""
        if self._periods:
            return tuple(self._periods.values())
        return (Group(self._cells, None, "", self._fractions(self._cells)),)

    def _take(self, index: int, heading: Heading) -> None:
        if heading.column == IGNORE:
            self.ignored.add(index)
        elif not heading.text:
            self.nameless.add(index)
        elif not heading.known:
            self._unknown(index, heading)
        elif heading.said is not None:
            self._of_period(index, heading, heading.said)
        elif heading.column in self.keys or heading.column in self._cells:
            self._twice(index, heading)
        else:
            (self.keys if heading.column in KEYS else self._cells)[heading.column] = index

    def _of_period(self, index: int, heading: Heading, said: Spelled) -> None:
        refused = no_year(heading.text) if said.part else said.refused
        if refused is not None:
            self._problem(index, refused.code, refused.sentence, refused.fix)
            return
        name = str(said.period or said.last_day)
        group = self._periods.setdefault(name, Group({}, said, heading.text))
        if heading.column in group.cells:
            self._twice(index, heading)
            return
        group.cells[heading.column] = index
        if heading.fraction is not None:
            group.fractions[heading.column] = heading.fraction

    def _fractions(self, cells: dict[str, int]) -> dict[str, bool]:
        said = {column: self._headings[index].fraction for column, index in cells.items()}
        return {column: fraction for column, fraction in said.items() if fraction is not None}

    def _missing(self) -> bool:
        here = {*self.keys, *self._mapping.fixed, *(("period",) if self._periods else ())}
        missing = [name for name in KEYS if name not in here]
        if missing:
            self._problem(
                0,
                "GT-IMPORT-011",
                f"The header has no column {' and no column '.join(repr(name) for name in missing)}.",
                f"A file of figures has the columns {', '.join(KEYS)} and one or more of {', '.join((*NUMBERS, *WORDS))}; "
                "a mapping file (--mapping) says what other headings mean, or what is the same in the whole file.",
            )
        return bool(missing)

    def _figures(self) -> None:
        if not self._cells.keys() - {COMMENT} and not self._periods:
            self._problem(
                0,
                "GT-IMPORT-028",
                "The file has no column with figures.",
                f"Add one or more of: {', '.join((*NUMBERS, *WORDS))}.",
            )
        if self._periods and (self._cells or "period" in {*self.keys, *self._mapping.fixed}):
            other = next(iter({**self._cells, **self.keys}), "period")
            index = next((i for i, each in enumerate(self._headings) if each.said is not None), 0)
            odd = "period" if "period" in {*self.keys, *self._mapping.fixed} else other
            self._problem(
                index,
                "GT-IMPORT-049",
                f"Periods stand in the headings, and there is '{odd}' besides: it cannot be said of which period.",
                f"Say in the mapping file that one of them is '{IGNORE}'.",
            )

    def _unknown(self, index: int, heading: Heading) -> None:
        if len(self.problems) >= MOST_UNKNOWN:
            return
        guess = did_you_mean(heading.text.casefold().replace(" ", "_"), COLUMNS)
        self._problem(
            index,
            "GT-IMPORT-010",
            f"'{heading.text}' is not a column of a file of figures.{guess}",
            f"Columns are: {', '.join(COLUMNS)}. Say in a mapping file (--mapping) what it means, or that it is '{IGNORE}'.",
        )

    def _twice(self, index: int, heading: Heading) -> None:
        sentence = f"The column '{heading.text}' stands twice."
        self._problem(index, "GT-IMPORT-012", sentence, "Take one of them away.")

    def _problem(self, index: int, code: str, sentence: str, fix: str) -> None:
        self.problems.append(
            CellProblem(
                code=code,
                sentence=sentence,
                fix=fix,
                place=self._table.place(self._header, index),
                cell=cell_name(self._header, index),
                found=self._header.cells[index],
                expected=f"one of: {', '.join(COLUMNS)}, or a period",
            )
        )


def rows_below(table: Table, layout: Layout) -> Iterator[TableRow]:
    """The rows under the headings."""
    for row in table.open():
        if row.number > layout.header.number:
            yield row
