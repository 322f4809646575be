"""Figures that a file gives more than once: where each stands first, and which are given as one thing and as another."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from engine.importing.found import Line
from engine.importing.planned import MOST_KEPT
from engine.importing.seen import Seen

FigureKey = tuple[str, str, str]
ONE_OF_THEM = "Keep one of the two."


class Place(msgspec.Struct):
    """Where a figure that is repeated stands, in lines of the file."""

    first: Line
    other: int = 0
    """Where it is given for the first time as another figure; 0 where it never is."""


class Repeats:
    """What one reading of a file finds of the figures that an earlier one found `repeated`.

    Of a figure given twice alike the first is taken. Of one that is given differently none is, for nobody has said which
    of them holds; all of these are known, while the places are kept of so many as are told.
    """

    def __init__(self, repeated: Seen | None = None) -> None:
        self._repeated = Seen() if repeated is None else repeated
        self._met = Seen()
        self._said = Seen()
        self._contradicted = Seen()
        self._places: dict[FigureKey, Place] = {}

    def read(self, lines: Iterable[Line]) -> None:
        """Look at more of the file, in its order."""
        for line in lines:
            if line.key in self._repeated:
                self._look(line)

    def _look(self, line: Line) -> None:
        first, new = self._met.add(line.key), self._said.add((line.key, line.figure))
        if first and len(self._places) < MOST_KEPT:
            self._places[line.key] = Place(line)
        if new and not first:
            self._contradicted.add(line.key)
            place = self._places.get(line.key)
            if place is not None:
                place.other = place.other or line.row.line

    def contradicted(self, line: Line) -> bool:
        """Whether the file gives this figure as another one too."""
        return line.key in self._contradicted

    def said(self, line: Line, *, first: bool) -> tuple[str, str, str]:
        """What is told of a line whose figure stands in the file once more: a code, a sentence and the way out."""
        name, place = "/".join(line.key), self._places.get(line.key)
        if first:
            where = f"in line {place.other}" if place and place.other else "in a later line"
            return "GT-IMPORT-350", f"{name} stands {where} too, with another figure.", ONE_OF_THEM
        if place is None:
            return "GT-IMPORT-029", f"{name} stands in an earlier line already.", ONE_OF_THEM
        how = "the same" if place.first.figure == line.figure else "another"
        where = f"line {place.first.row.line}"
        return "GT-IMPORT-029", f"{name} stands in {where} already, with {how} figure.", ONE_OF_THEM
