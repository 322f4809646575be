"""Where every key and value of a document stood, so that a problem found much later can point at its line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from events.errors import Place

Path = tuple[str | int, ...]
Spot = tuple[int, int]
"""Line and column, counted from 0."""

LINE_ENDS = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""What YAML counts as the end of a line."""
WIDEST_EXCERPT = 5_000


class Lines:
    """The lines of one text, for showing the one a problem stands on."""

    def __init__(self, text: str, file: str) -> None:
        self._file = file
        self._lines = LINE_ENDS.split(text)

    def place(self, spot: Spot, into: int = 0) -> Place:
        """A spot as a place with its excerpt; `into` so many characters of the value that begins there."""
        line, column = spot
        excerpt = self._lines[line] if line < len(self._lines) else ""
        column += _written(excerpt[column:], into)
        return Place(file=self._file, line=line + 1, column=column + 1, excerpt=excerpt[:WIDEST_EXCERPT])


class MarkedDocument:
    """A document as read: the tree, and where each part of it stood."""

    def __init__(self, tree: object, lines: Lines, keys: dict[Path, Spot], values: dict[Path, Spot]) -> None:
        self._tree = tree
        self._lines = lines
        self._keys = keys
        self._values = values

    @property
    def tree(self) -> Any:
        """dict[str, …], list[…] and str only: every scalar is text until a schema types it."""
        return self._tree

    def place(self, path: Sequence[str | int], key: bool = False, into: int = 0) -> Place:
        """Where the value at a path (or its key) stands; the nearest parent where the path does not exist.

        `into`: so many characters into the value, where it stands on one line.
        """
        wanted = tuple(path)
        for length in range(len(wanted), 0, -1):
            part = wanted[:length]
            if part in self._values:
                whole = length == len(wanted)
                if key and whole and part in self._keys:
                    return self._lines.place(self._keys[part])
                return self._lines.place(self._values[part], into if whole else 0)
        return self._lines.place(self._values.get((), (0, 0)))


def _written(text: str, into: int) -> int:
    """How far a character of a value stands from where the value begins: quotes are written, and escapes are longer.

    The beginning, for a value that goes on below, where nobody can say.
    """
    if not into or text[:1] in ("|", ">"):
        return 0
    quote = text[:1] if text[:1] in ("'", '"') else ""
    escape = {"'": "''", '"': "\\"}.get(quote)
    at = len(quote)
    for _ in range(into):
        at += 2 if escape and text.startswith(escape, at) else 1
    return at if at < len(text) + (not quote) else 0
