"""From lines to rows: cells split at the separator, quoted cells that hold separators, quotes and line breaks."""

from __future__ import annotations

from collections.abc import Iterator

from engine.importing.protected import bared
from engine.importing.table import LONGEST_EXCERPT, TableRow
from events.errors import Invalid, Place, Problem

LONGEST_ROW = 100_000
"""A row of more characters is a quotation mark that was forgotten."""


def records(lines: Iterator[str], separator: str, file: str) -> Iterator[TableRow]:
    """Every row that has any text, oldest first. Raises Invalid at the first one that cannot be read."""
    line_number = number = 0
    for line in lines:
        line_number += 1
        number += 1
        if len(line) > LONGEST_ROW:
            raise Invalid(_too_long(line, line_number, file))
        if '"' not in line:
            text = line.rstrip("\r\n")
            cells = tuple(map(str.strip, text.split(separator)))
            if "'" in text:
                cells = tuple(map(bared, cells))
            if any(cells):
                yield TableRow(_without_empty_ends(cells), line_number, number, text)
            continue
        quoted = _Quoted(lines, separator, file, line_number, line)
        quoted.read()
        if any(quoted.cells):
            found = _without_empty_ends(tuple(map(bared, quoted.cells)))
            excerpt = line.rstrip("\r\n") if quoted.line == line_number else ""
            yield TableRow(found, line_number, number, excerpt, tuple(quoted.spots))
        line_number = quoted.line


def _too_long(line: str, number: int, file: str) -> Problem:
    return Problem(
        code="GT-IMPORT-033",
        sentence=f"This line has more than {LONGEST_ROW:,} characters.",
        fix="A file of figures has one row on each line; save it as CSV again.",
        place=Place(file=file, line=number, column=1, excerpt=line[:LONGEST_EXCERPT]),
    )


class _Quoted:
    """One row with quotation marks in it, read cell by cell; it takes further lines where a cell runs over several."""

    def __init__(self, lines: Iterator[str], separator: str, file: str, line: int, text: str) -> None:
        self._lines = lines
        self._separator = separator
        self._file = file
        self.line = line
        self._text = text
        self._at = 0
        self.cells: list[str] = []
        self.spots: list[tuple[int, int]] = []

    def read(self) -> None:
        """Read every cell."""
        length = 0
        while True:
            self.spots.append((self.line, self._at + 1))
            begins = self._text[self._at : self._at + 1] == '"'
            self.cells.append((self._quoted_cell() if begins else self._bare_cell()).strip())
            length += len(self.cells[-1])
            if length > LONGEST_ROW:
                raise self._never_closed(*self.spots[-1], self._text)
            if not self._text.startswith(self._separator, self._at):
                return
            self._at += 1

    def _bare_cell(self) -> str:
        start = self._at
        end = self._text.find(self._separator, start)
        self._at = end if end >= 0 else len(self._text)
        return self._text[start : self._at]

    def _quoted_cell(self) -> str:
        line, start, opened = self.line, self._at, self._text
        parts: list[str] = []
        length, at = 0, start + 1
        while True:
            closing = self._text.find('"', at)
            if closing < 0:
                parts.append(self._text[at:])
                length += len(parts[-1])
                following = next(self._lines, None) if length <= LONGEST_ROW else None
                if following is None:
                    raise self._never_closed(line, start + 1, opened)
                self._text, at = following, 0
                self.line += 1
            elif self._text.startswith('""', closing):
                parts.append(self._text[at : closing + 1])
                at = closing + 2
            else:
                parts.append(self._text[at:closing])
                self._after_closing(closing + 1, line, start + 1, opened)
                return "".join(parts)

    def _after_closing(self, at: int, line: int, column: int, opened: str) -> None:
        end = self._text.find(self._separator, at)
        self._at = end if end >= 0 else len(self._text)
        if self._text[at : self._at].strip():
            raise self._refused(
                "GT-IMPORT-008",
                "After the closing quotation mark there is more text before the next cell.",
                line,
                column,
                opened,
            )

    def _never_closed(self, line: int, column: int, opened: str) -> Invalid:
        return self._refused(
            "GT-IMPORT-007", "A quotation mark is opened here and never closed.", line, column, opened
        )

    def _refused(self, code: str, sentence: str, line: int, column: int, opened: str) -> Invalid:
        place = Place(
            file=self._file, line=line, column=column, excerpt=opened.rstrip("\r\n")[:LONGEST_EXCERPT]
        )
        fix = 'Put quotation marks around whole cells only, and write one inside a cell twice: "".'
        return Invalid(Problem(code=code, sentence=sentence, fix=fix, place=place))


def _without_empty_ends(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Without the empty cells that spreadsheets leave at the end of a row."""
    if cells[-1]:
        return cells
    end = len(cells)
    while end > 1 and not cells[end - 1]:
        end -= 1
    return cells[:end]
