"""The proof that bands leave nothing out: every value a pack can compare falls in one band, and none is idle.

The number line is cut at every edge into points and open intervals; within each piece all values fall in the same
band, so one look at each piece decides them all. Where the pack rounds, only multiples of its step can occur. Where
edges hang on a tolerance, the order of edges changes only as the tolerance passes one of the numbers in the bands:
one tolerance from each such region stands for all. With `floor` the line is proven twice: floor met, and missed.
Bands with conditions are left out of the proof that nothing falls through, since a condition may not hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal

import msgspec

from events.number import plain
from rules.banding import edge_at, within
from rules.exact import ONE, ZERO, Ratio
from rules.ir import Band

WORLDS = ("met", "missed")
NONE_HELD: AbstractSet[int] = frozenset()


class Piece(msgspec.Struct, frozen=True):
    """A stretch of the number line between two edges; None is without end."""

    low: Decimal | None
    high: Decimal | None
    closed: bool = False
    """Whether its own ends belong to it: a single point, or the outermost multiples where the pack rounds."""

    @property
    def sample(self) -> Decimal:
        """A number in it; all of its numbers fall in the same band."""
        if self.low is None:
            return ZERO if self.high is None else self.high - 1
        return self.low + 1 if self.high is None else (self.low + self.high) / 2


class Cover(msgspec.Struct, frozen=True):
    """What one line of pieces falls in: piece by piece upwards, the index of a band or None."""

    floor: str
    """``met``, ``missed``, or empty where no band asks for a floor."""
    tolerance: Decimal | None
    pieces: tuple[Piece, ...]
    bands: tuple[int | None, ...]


def covers(bands: Sequence[Band], step: Decimal | None, held: AbstractSet[int] = NONE_HELD) -> list[Cover]:
    """Every line that has to be proven, with the band that each of its pieces falls in.

    A band with a condition takes values only where its index is `held`, so that it never closes a gap by itself.
    """
    floors = WORLDS if any(band.floor for band in bands) else ("",)
    found = []
    for tolerance in tolerances(bands, step):
        pieces = tuple(_pieces(bands, tolerance, step))
        for floor in floors:
            first = tuple(_first(bands, piece.sample, tolerance, floor, held) for piece in pieces)
            found.append(Cover(floor, tolerance, pieces, first))
    return found


def gaps(cover: Cover) -> list[tuple[Piece, ...]]:
    """The runs of neighbouring pieces that fall in no band."""
    runs: list[list[Piece]] = []
    before = False
    for piece, band in zip(cover.pieces, cover.bands, strict=True):
        if band is None:
            if not before:
                runs.append([])
            runs[-1].append(piece)
        before = band is None
    return [tuple(run) for run in runs]


def idle(bands: Sequence[Band], step: Decimal | None, proven: Sequence[Cover]) -> list[int]:
    """The bands in which nothing ever falls, on any line; one with a condition, not even where it alone holds."""
    used = {band for cover in proven for band in cover.bands}
    for index, band in enumerate(bands):
        if band.when is not None:
            used |= {each for cover in covers(bands, step, {index}) for each in cover.bands if each == index}
    return [index for index in range(len(bands)) if index not in used]


def empty(band: Band, step: Decimal | None) -> bool:
    """Whether a band holds no value at all, even on its own."""
    alone = [msgspec.structs.replace(band, when=None)]
    return idle(alone, step, covers(alone, step)) == [0]


def _first(
    bands: Sequence[Band], number: Decimal, tolerance: Decimal | None, floor: str, held: AbstractSet[int]
) -> int | None:
    for index, band in enumerate(bands):
        if band.when is not None and index not in held:
            continue
        if band.floor in ("", floor) and within(band, Ratio(number, ONE), tolerance):
            return index
    return None


def tolerances(bands: Sequence[Band], step: Decimal | None) -> list[Decimal | None]:
    """One tolerance for each order in which the edges can stand; with a step, those that reach most and least."""
    edges = [edge for band in bands for edge in (band.lower, band.upper) if edge is not None]
    if not any(edge.tolerance for edge in edges):
        return [None]
    marks = sorted({ZERO, *(abs(edge.at) for edge in edges if not edge.tolerance)})
    found = {*marks}
    for low, high in zip(marks, [*marks[1:], marks[-1] + 4 * (step or ONE)], strict=True):
        found.add((low + high) / 2)
        if step is not None:
            found |= set(_near_multiples(low, high, step))
    return [*sorted(found)]


def _near_multiples(low: Decimal, high: Decimal, step: Decimal) -> Iterator[Decimal]:
    """Tolerances between two numbers with none, one or more rounded values on either side of them, or on one."""
    little = min(step, high - low) / 4
    first, last = next_multiple(low, step), -next_multiple(-high, step)
    near = (low, first, first + step, last - step, last, high)
    for each in near:
        yield from (at for at in (each - little, each, each + little) if low < at < high)


def _pieces(bands: Sequence[Band], tolerance: Decimal | None, step: Decimal | None) -> Iterator[Piece]:
    """The number line upwards, cut at every edge, without the pieces that no value can lie in."""
    places = (
        edge_at(edge, tolerance) for band in bands for edge in (band.lower, band.upper) if edge is not None
    )
    before: Decimal | None = None
    for cut in sorted({place for place in places if place is not None}):
        yield from _if_reached(Piece(before, cut), step)
        yield from _if_reached(Piece(cut, cut, closed=True), step)
        before = cut
    yield from _if_reached(Piece(before, None), step)


def _if_reached(piece: Piece, step: Decimal | None) -> Iterator[Piece]:
    """A piece narrowed to the rounded values in it, or nothing where there are none."""
    if step is None:
        yield piece
    elif piece.closed:
        if piece.low is not None and piece.low % step == 0:
            yield piece
    else:
        low = None if piece.low is None else next_multiple(piece.low, step)
        high = None if piece.high is None else -next_multiple(-piece.high, step)
        if low is None or high is None or low <= high:
            yield Piece(low, high, closed=True)


def next_multiple(number: Decimal, step: Decimal) -> Decimal:
    """The first multiple of `step` above a number."""
    whole = number // step
    if whole * step > number:
        whole -= 1
    return (whole + 1) * step


def said(run: Sequence[Piece], unit: str) -> str:
    """A run of neighbouring pieces in words: "values above -10 % and below -9.9 %", or its single value."""
    first, last = run[0], run[-1]
    if first.low is not None and first.low == last.high:
        return f"the value {plain(first.low)}{unit}"
    ends = []
    if first.low is not None:
        ends.append(f"{'from' if first.closed else 'above'} {plain(first.low)}{unit}")
    if last.high is not None:
        ends.append(f"{'up to' if last.closed else 'below'} {plain(last.high)}{unit}")
    return f"values {' and '.join(ends)}" if ends else "any value"
