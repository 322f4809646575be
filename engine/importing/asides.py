"""Rows that are no figures and say so: totals, footnotes, comments, headings again. Any other odd row is a problem, never passed over."""

from __future__ import annotations

import re
from collections.abc import Callable

from engine.importing.layout import Layout
from engine.importing.mapping import Mapping, folded
from engine.importing.numbers import ERROR
from engine.importing.table import TableRow

TOTAL, FOOTNOTE, COMMENT, AGAIN, SAID = (
    "total",
    "footnote",
    "comment",
    "headings again",
    "said to be passed over",
)
_TOTALS = frozenset({"total", "totals", "grand total", "subtotal", "sub-total", "sub total", "sum"})
_FOOTNOTE = re.compile(
    r"(?:sources?|notes?|key|footnotes?|contains (?:public sector|os) |©|crown copyright|prepared by|produced by|"
    r"last updated|updated on|end of)\b|[*†‡§¹²³⁴-⁹]|\[\w{1,2}\]|\(\w\)",  # footnote marks as they come
    re.IGNORECASE,
)


def aside(row: TableRow, layout: Layout, mapping: Mapping, known: Callable[[str], bool]) -> str | None:
    """What a row is, where it is no figure; `known` says whether a text is the code of an indicator."""
    first = row.cells[0]
    if first.startswith("#") and not ERROR.fullmatch(first):
        return COMMENT
    if row.cells == layout.header.cells:
        return AGAIN
    if mapping.skip_rows and any(folded(cell) in mapping.skip_rows for cell in row.cells if cell):
        return SAID
    where = layout.keys.get("indicator"), layout.keys.get("service")
    names = [row.cells[index] for index in where if index is not None and index < len(row.cells)]
    if any(name.casefold() in _TOTALS and not known(name) for name in names):
        return TOTAL
    if lonely(row) is not None and _FOOTNOTE.match(lonely(row) or ""):
        return FOOTNOTE
    return None


def lonely(row: TableRow) -> str | None:
    """The text of the only cell of a row that has any."""
    texts = [cell for cell in row.cells if cell]
    return texts[0] if len(texts) == 1 else None
