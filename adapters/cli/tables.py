"""Lists, in four formats: a table for reading, JSON, JSON Lines, and CSV that no spreadsheet will run."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import click
import msgspec

from adapters.cli.session import Session

MISSING = "–"
_NUMBER = re.compile(r"[+-]?\d[\d,]*(\.\d+)?")
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_GAP = 2


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, what it shows of a row, and whether it is set to the right or coloured."""

    title: str
    of: Callable[[Any], object]
    right: bool = False
    colour: Callable[[Any], str | None] | None = None
    """The row's colour for this column, as ``#rrggbb``."""


def show_list(
    session: Session, kind: str, rows: Iterable[Any], columns: Sequence[Column], empty: str = "Nothing."
) -> None:
    """Print a list. The machine formats give each row whole; `columns` are what people see."""
    rows = list(rows)
    match session.manners.output:
        case "json":
            session.say(as_json(kind, rows=[msgspec.to_builtins(row) for row in rows]))
        case "ndjson":
            for row in rows:
                session.say(msgspec.json.encode(row).decode())
        case "csv":
            session.say(_csv(rows, columns).rstrip("\r\n"))
        case _:
            for line in table(rows, columns, session.colour) if rows else [empty]:
                session.say(line)


def as_json(kind: str, **content: object) -> str:
    """One JSON object with its kind and the version of its shape."""
    return msgspec.json.format(msgspec.json.encode({"version": 1, "kind": kind, **content})).decode()


def show_object(session: Session, kind: str, value: object, lines: Iterable[str]) -> None:
    """Print one thing: whole as JSON, or as lines."""
    if session.manners.output in ("json", "ndjson"):
        plain = msgspec.to_builtins(value)
        session.say(as_json(kind, **(plain if isinstance(plain, dict) else {"value": plain})))
        return
    for line in lines:
        session.say(line)


def table(rows: Sequence[Any], columns: Sequence[Column], colour: bool = False) -> list[str]:
    """Lines of aligned text under headings; the last column is cut at the width of the terminal where there is one."""
    cells = [[_text(column.of(row)) for column in columns] for row in rows]
    widths = [
        max(len(column.title), *(len(line[index]) for line in cells)) for index, column in enumerate(columns)
    ]
    lines = [_line([column.title for column in columns], widths, columns)]
    for row, texts in zip(rows, cells, strict=True):
        painted = [
            _padded(text, width, column.right)
            for text, width, column in zip(texts, widths, columns, strict=True)
        ]
        if colour:
            painted = [
                paint(text, column.colour(row) if column.colour else None)
                for text, column in zip(painted, columns, strict=True)
            ]
        lines.append((" " * _GAP).join(painted).rstrip())
    return lines


def paint(text: str, colour: str | None) -> str:
    """A text in a colour given as ``#rrggbb``; as it is without one."""
    if not colour or not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        return text
    red, green, blue = (int(colour[index : index + 2], 16) for index in (1, 3, 5))
    return click.style(text, fg=(red, green, blue), bold=True)


def width() -> int:
    """How wide to write; 110 where nobody says."""
    return shutil.get_terminal_size((110, 40)).columns


def _line(texts: Sequence[str], widths: Sequence[int], columns: Sequence[Column]) -> str:
    cells = (
        _padded(text, width, column.right) for text, width, column in zip(texts, widths, columns, strict=True)
    )
    return (" " * _GAP).join(cells).rstrip()


def _padded(text: str, width: int, right: bool) -> str:
    return text.rjust(width) if right else text.ljust(width)


def _text(value: object) -> str:
    if value is None or value == "":
        return MISSING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or MISSING
    return _CONTROL.sub("·", str(value))


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def _csv(rows: Sequence[Any], columns: Sequence[Column]) -> str:
    """The columns as CSV; what is missing is an empty cell, and nothing can be taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.title for column in columns])
    for row in rows:
        texts = (_text(column.of(row)) for column in columns)
        writer.writerow(["" if text == MISSING else safe(text) for text in texts])
    return out.getvalue()


def safe(text: str) -> str:
    """A cell that a spreadsheet takes for text or a number, never for a formula."""
    return f"'{text}" if text.startswith(_DANGEROUS) and not _NUMBER.fullmatch(text) else text
