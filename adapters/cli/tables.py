"""Lists, in four formats: a table for reading, JSON, JSON Lines, and CSV that no spreadsheet will run."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from adapters.cli.columns import MISSING, columns_of, laid_out, paint
from adapters.cli.door import clean, escaped
from adapters.cli.session import Session
from engine.importing.protected import protected

__all__ = ["MISSING", "Column", "as_json", "paint", "show_list", "show_object", "table"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, what it shows of a row, and how."""

    title: str
    of: Callable[[Any], object]
    right: bool = False
    colour: Callable[[Any], str | None] | None = None
    """The row's colour for this column, as ``#rrggbb``."""
    wraps: bool = False
    """Its texts may be long: they are broken where the line ends."""


def show_list(
    session: Session,
    kind: str,
    rows: Iterable[Any],
    columns: Sequence[Column],
    empty: str = "Nothing.",
    headings: bool = True,
) -> None:
    """Print a list. The machine formats give each row whole; `columns` are what people see."""
    rows = list(rows)
    match session.manners.output:
        case "json":
            session.say(as_json(kind, rows=rows))
        case "ndjson":
            for row in rows:
                session.say(escaped(msgspec.json.encode(row).decode()))
        case "csv":
            session.say(_csv(rows, columns).rstrip("\r\n"))
        case _:
            for line in table(rows, columns, session.colour, headings) if rows else [empty]:
                session.say(line, painted=session.colour)


def as_json(kind: str, **content: object) -> str:
    """One JSON object with its kind and the version of its shape."""
    return escaped(msgspec.json.format(msgspec.json.encode({"version": 1, "kind": kind, **content})).decode())


def show_object(
    session: Session, kind: str, value: object, lines: Iterable[str], *, painted: bool = False
) -> None:
    """Print one thing: whole as JSON, or as lines. `painted`: coloured, from texts that were cleaned before."""
    if session.manners.output in ("json", "ndjson"):
        plain = msgspec.to_builtins(value)
        session.say(as_json(kind, **(plain if isinstance(plain, dict) else {"value": plain})))
        return
    for line in lines:
        session.say(line, painted=painted)


def table(
    rows: Sequence[Any], columns: Sequence[Column], colour: bool = False, headings: bool = True
) -> list[str]:
    """Lines of aligned text under headings; where the terminal is too narrow, the column that wraps gives way."""
    cells = [[_text(column.of(row)) for column in columns] for row in rows]
    widths = columns_of([[column.title for column in columns], *cells], [column.wraps for column in columns])
    rights = [column.right for column in columns]
    lines = laid_out([column.title for column in columns], widths, rights) if headings else []
    for row, texts in zip(rows, cells, strict=True):
        colours = [column.colour(row) if colour and column.colour else None for column in columns]
        lines += laid_out(texts, widths, rights, colours)
    return lines


def _text(value: object) -> str:
    if value is None or value == "":
        return MISSING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(clean(str(each)) for each in value) or MISSING
    return clean(str(value))


def _csv(rows: Sequence[Any], columns: Sequence[Column]) -> str:
    """The columns as CSV; what is missing is an empty cell, and nothing can be taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.title for column in columns])
    for row in rows:
        texts = (_text(column.of(row)) for column in columns)
        writer.writerow(["" if text == MISSING else protected(text) for text in texts])
    return out.getvalue()
