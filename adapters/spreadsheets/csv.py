"""Reading CSV: rows of text, each cell with the line and column it began at, as often as somebody asks for them.

How the file is encoded and separated is found by looking, and told. What a spreadsheet saved as something else is
refused with the way to save it. Source: RFC 4180, read strictly.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from functools import partial

from adapters.spreadsheets.encoding import encoding_of
from adapters.spreadsheets.records import LONGEST_ROW, records
from adapters.spreadsheets.separators import DECLARED, separator_of
from engine.importing.table import Table
from events.errors import Invalid, Place, Problem

MOST_BYTES = 50_000_000
_NAMES = {";": "semicolons", "\t": "tabs", "|": "bars", ",": "commas"}


def read_csv(content: bytes, file: str, separator: str | None = None) -> Table:
    """Look at a file's bytes. Raises Invalid where they are no table; rows that cannot be read show as they are read."""
    if len(content) > MOST_BYTES:
        raise Invalid(
            _problem(
                "GT-IMPORT-009",
                f"The file has more than {MOST_BYTES:,} bytes.",
                "Split it into several files.",
                file,
            )
        )
    encoding, notes = encoding_of(content, file)
    lines = partial(_lines, content, encoding)
    found = separator or separator_of(lines())
    if found != "," and separator is None:
        notes = (*notes, f"The columns are separated by {_NAMES[found]}.")
    table = Table(
        file=file,
        digest=hashlib.sha256(content).hexdigest(),
        content=content,
        separator=found,
        notes=notes,
        open=lambda: records(_undeclared(lines()), found, file),
    )
    if next(table.open(), None) is None:
        raise Invalid(
            _problem(
                "GT-IMPORT-004",
                "The file is empty.",
                "Its first line names the columns, and each line below gives a figure.",
                file,
            )
        )
    return table


def _lines(content: bytes, encoding: str) -> Iterator[str]:
    """The lines with their ends, decoded as they are asked for."""
    text = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline="")
    while line := text.readline(LONGEST_ROW + 2):
        yield line


def _undeclared(lines: Iterator[str]) -> Iterator[str]:
    """The lines, Excel's own first one made blank."""
    for line in lines:
        yield "\n" if DECLARED.match(line) else line
        yield from lines


def _problem(code: str, sentence: str, fix: str, file: str) -> Problem:
    return Problem(code=code, sentence=sentence, fix=fix, place=Place(file=file, line=1, column=1))
