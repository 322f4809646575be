"""Laying texts out in columns: widths, alignment, wrapping, and colour that never carries meaning alone."""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Sequence

import click

MISSING = "–"
GAP = "  "
NARROWEST = 24
"""A column that wraps is never narrower than this; then lines are longer than the terminal."""
ENDLESS = 100_000
READABLE = 110
"""Sentences are broken here where there is no terminal to say otherwise."""
STATUS_COLOURS = {"red": "#991814", "amber": "#f9b31d", "green": "#28a382", "blue": "#093886"}
"""Status → its colour where the pack gives none: told apart under the common colour-vision deficiencies."""
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def columns_of(rows: Sequence[Sequence[str]], wraps: Sequence[bool]) -> list[int]:
    """How wide each column is; one that wraps takes what the others leave of the line."""
    widths = [max(len(row[index]) for row in rows) for index in range(len(wraps))]
    if any(wraps):
        index = list(wraps).index(True)
        others = sum(widths) - widths[index] + len(GAP) * (len(widths) - 1)
        widths[index] = min(widths[index], max(NARROWEST, _width() - others))
    return widths


def laid_out(
    texts: Sequence[str],
    widths: Sequence[int],
    rights: Sequence[bool] | None = None,
    colours: Sequence[str | None] | None = None,
) -> list[str]:
    """One row as lines: more than one where a text is wider than its column."""
    rights = rights or [False] * len(texts)
    colours = colours or [None] * len(texts)
    parts = [_broken(text, width) for text, width in zip(texts, widths, strict=True)]
    lines = []
    for number in range(max(map(len, parts))):
        cells = []
        for part, width, right, colour in zip(parts, widths, rights, colours, strict=True):
            text = part[number] if number < len(part) else ""
            cells.append(paint(text.rjust(width) if right else text.ljust(width), colour))
        lines.append(GAP.join(cells).rstrip())
    return lines


def stacked(rows: Sequence[tuple[str, str]]) -> list[str]:
    """Sentences, each with a remark: beside it where all of them fit on the line, below it where not."""
    most = min(_width(), READABLE)
    widths = [max((len(row[side]) for row in rows), default=0) for side in (0, 1)]
    if sum(widths) + 2 * len(GAP) <= most:
        return [f"{GAP}{what.ljust(widths[0])}{GAP}{remark}".rstrip() for what, remark in rows]
    lines = []
    for what, remark in rows:
        lines += textwrap.wrap(what, most, initial_indent=GAP, subsequent_indent=GAP)
        lines += textwrap.wrap(remark, most, initial_indent=GAP * 4, subsequent_indent=GAP * 4)
    return lines


def paint(text: str, colour: str | None) -> str:
    """A text in a colour given as ``#rrggbb``; as it is without one."""
    if not colour or not _COLOUR.fullmatch(colour):
        return text
    red, green, blue = (int(colour[index : index + 2], 16) for index in (1, 3, 5))
    return click.style(text, fg=(red, green, blue), bold=True)


def _broken(text: str, width: int) -> list[str]:
    if len(text) <= width:
        return [text]
    indent = text[: len(text) - len(text.lstrip())]
    return textwrap.wrap(text, width, subsequent_indent=indent, break_on_hyphens=False) or [""]


def _width() -> int:
    """The terminal's; where nobody watches, lines are left whole for whoever reads them."""
    return shutil.get_terminal_size((ENDLESS, 40)).columns
