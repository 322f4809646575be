"""Reading CSV: comma-separated UTF-8 text, each cell with the line and column it began at, nothing guessed.

What a spreadsheet saves in another form is refused with the way to save it so that it can be read.
Source: RFC 4180, read strictly.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from itertools import islice

from engine.importing.table import Cell, Table, TableRow
from events.errors import Invalid, Place, Problem

MOST_BYTES = 20_000_000
MOST_ROWS = 200_000

_CELL = re.compile(r'(?:"((?:[^"]|"")*)"[ \t]*|([^",\r\n][^,\r\n]*|))(,|\r\n|\r|\n|\Z)')
_OTHER = re.compile(r"[;\t|]")
_SAVE = "In Excel choose 'Save as' and the type 'CSV UTF-8 (Comma delimited)'."


def read_csv(content: bytes, file: str) -> Table:
    """Read a file's bytes. Raises Invalid with every problem of its form, each with line and column."""
    text = _decoded(content, file)
    _check_separator(text, file)
    records = list(islice(_records(text, file), MOST_ROWS + 2))
    if not records:
        raise _invalid(
            "GT-IMPORT-004",
            "The file is empty.",
            "Its first line names the columns, and each line below gives a figure.",
            file,
        )
    header, *rows = records
    if len(rows) > MOST_ROWS:
        raise _invalid(
            "GT-IMPORT-009",
            f"The file has more than {MOST_ROWS:,} rows.",
            "Split it into several files.",
            file,
        )
    header = _without_empty_ends(header)
    return Table(
        file=file,
        digest=hashlib.sha256(content).hexdigest(),
        header=header,
        rows=tuple(_without_empty_ends(row) for row in rows),
    )


def _decoded(content: bytes, file: str) -> str:
    """The text, without a byte order mark."""
    if len(content) > MOST_BYTES:
        raise _invalid(
            "GT-IMPORT-009",
            f"The file has more than {MOST_BYTES:,} bytes.",
            "Split it into several files.",
            file,
        )
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise _invalid("GT-IMPORT-002", f"The file {file} is a workbook, not CSV.", _SAVE, file)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content:
        raise _invalid("GT-IMPORT-003", f"The file {file} is UTF-16 text, or no text at all.", _SAVE, file)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        raise Invalid(_not_utf8(content, trouble.start, file)) from None


def _not_utf8(content: bytes, at: int, file: str) -> Problem:
    before = content[:at]
    line = before.count(b"\n") + 1
    start = before.rfind(b"\n") + 1
    end = content.find(b"\n", at)
    excerpt = (
        content[start : end if end >= 0 else len(content)].decode("cp1252", errors="replace").rstrip("\r")
    )
    return Problem(
        code="GT-IMPORT-001",
        sentence="The file is not UTF-8 text; it may have been saved as Windows-1252, Excel's plain 'CSV'.",
        fix=_SAVE,
        place=Place(file=file, line=line, column=at - start + 1, excerpt=excerpt),
    )


def _check_separator(text: str, file: str) -> None:
    first = text.lstrip("\r\n").splitlines()[:1]
    if first and "," not in first[0] and (found := _OTHER.search(first[0])):
        name = {";": "semicolons", "\t": "tabs", "|": "bars"}[found[0]]
        place = Place(file=file, line=1, column=found.start() + 1, excerpt=first[0])
        problem = Problem(
            code="GT-IMPORT-005",
            sentence=f"The columns are separated by {name}, not by commas.",
            fix=_SAVE,
            place=place,
        )
        raise Invalid(problem)


def _records(text: str, file: str) -> Iterator[TableRow]:
    """Every row that has any text, oldest first."""
    at, line, line_start = 0, 1, 0
    cells: list[Cell] = []
    while at < len(text) or cells:
        found = _CELL.match(text, at)
        if found is None:
            raise Invalid(_broken_quote(text, at, line, line_start, file))
        quoted, bare, end = found.groups()
        cells.append(
            Cell(_unquoted(quoted) if quoted is not None else bare.strip(), line, at - line_start + 1)
        )
        line += _breaks(quoted) if quoted else 0
        if (
            quoted
            and (last := max(text.rfind("\n", at, found.end(1)), text.rfind("\r", at, found.end(1)))) >= 0
        ):
            line_start = last + 1
        at = found.end()
        if end == ",":
            continue
        if any(cell.text for cell in cells):
            yield TableRow(tuple(cells), _line_of(text, cells[0], line, at, line_start))
        cells = []
        line, line_start = line + 1, at


def _line_of(text: str, first: Cell, line: int, at: int, line_start: int) -> str:
    """The line a row began on; nothing for a row that runs over several lines."""
    return text[line_start:at].rstrip("\r\n") if first.line == line else ""


def _unquoted(text: str) -> str:
    return text.replace('""', '"').strip()


def _breaks(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _broken_quote(text: str, at: int, line: int, line_start: int, file: str) -> Problem:
    end = text.find("\n", at)
    excerpt = text[line_start : end if end >= 0 else len(text)].rstrip("\r")
    place = Place(file=file, line=line, column=at - line_start + 1, excerpt=excerpt[:200])
    closes = text.find('"', at + 1)
    if closes < 0:
        sentence, code = "A quotation mark is opened here and never closed.", "GT-IMPORT-007"
    else:
        sentence, code = (
            "After the closing quotation mark there is more text before the next comma.",
            "GT-IMPORT-008",
        )
    return Problem(
        code=code,
        sentence=sentence,
        fix='Put quotation marks around whole cells only, and write one inside a cell twice: "".',
        place=place,
    )


def _without_empty_ends(row: TableRow) -> TableRow:
    """Without the empty cells that spreadsheets leave at the end of a row."""
    cells = row.cells
    while len(cells) > 1 and not cells[-1].text:
        cells = cells[:-1]
    return TableRow(cells, row.excerpt)


def _invalid(code: str, sentence: str, fix: str, file: str) -> Invalid:
    return Invalid(Problem(code=code, sentence=sentence, fix=fix, place=Place(file=file, line=1, column=1)))
