"""Figures that may be taken in and should be looked at again: the checks of data quality, asked for a part of a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.importing.found import Line
from engine.queries.quality.known import KnownFigures
from engine.queries.quality.warnings import warnings_for
from engine.queries.reader import Reader
from events.errors import Problem


class OddFigures:
    """Looks at figures beside those that the book and the file have before them."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known = KnownFigures(reader)

    def among(self, lines: Sequence[Line]) -> Iterator[tuple[Line, Problem]]:
        """What is odd about these figures, in their order."""
        self._known.fetch(line.key for line in lines)
        for line in lines:
            added = self._reader.work.indicator(line.indicator).added
            if added is None or line.figure is None:
                continue
            for problem in warnings_for(self._known, added, line.service, line.period, line.figure):
                yield line, problem
