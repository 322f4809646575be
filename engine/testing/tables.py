"""View rows kept in memory, with their ranges: what a database table is to the store in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from engine.folding import Change, Facts, Touched, as_row, changes, check_history, difference, touched
from engine.view import Key, Row, View, Where, in_order, matches


class Ranged(NamedTuple):
    """A row as it stood in ``[from_position, to_position)``; None: it stands there now."""

    from_position: int
    to_position: int | None
    row: Row


class Table:
    """The rows of one view, oldest range first for each key."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.ranges: dict[Key, list[Ranged]] = {}
        self._beginning: dict[str | int, list[Key]] = {}
        """The first value of a key → the keys that begin with it, as an index of a database has them."""
        self._owners: dict[Key, str] = {}
        """The stream that each row belongs to, where streams share none."""

    def fold(self, commands: Iterable[Facts]) -> dict[Key, list[Change]]:
        """What some commands would change; nothing is changed yet."""
        bearing: Touched = touched([self.view], commands)[0]
        if not getattr(self.view, "shared", False):
            self._hold_to_streams(bearing)
        current = {
            key: tuple(row.values()) for key in bearing.keys if (row := self.row(key, None)) is not None
        }
        return changes(self.view, bearing, current)

    def _hold_to_streams(self, bearing: Touched) -> None:
        """A row belongs to one stream, or the view must say otherwise: databases rest on it."""
        for _, key, facts in bearing.moves:
            for fact in facts:
                owner = self._owners.setdefault(key, fact.stream)
                assert owner == fact.stream, f"{owner} and {fact.stream} share {key} of {self.view.name}"

    def write(self, found: Mapping[Key, Sequence[Change]]) -> None:
        """Take changes in."""
        for key, steps in found.items():
            for change in steps if self.view.ranged else steps[-1:]:
                self._write(key, change)

    def __len__(self) -> int:
        return sum(len(ranges) for ranges in self.ranges.values())

    def _write(self, key: Key, change: Change) -> None:
        if key not in self.ranges:
            self.ranges[key] = []
            self._beginning.setdefault(key[0], []).append(key)
        ranges = self.ranges[key]
        if not self.view.ranged:
            ranges.clear()
        elif ranges and ranges[-1].to_position is None:
            ranges[-1] = ranges[-1]._replace(to_position=change.position)
        if (row := as_row(self.view.columns, change.row)) is not None:
            ranges.append(Ranged(change.position, None, row))

    def row(self, key: Key, at: int | None) -> Row | None:
        """The row of a key now, or at a position."""
        return next(
            (ranged.row for ranged in reversed(self.ranges.get(key, ())) if self._stands(ranged, at)), None
        )

    def rows(
        self, where: Where, below: Mapping[str, str | int], order_by: Sequence[str], at: int | None
    ) -> list[Row]:
        """Rows that match, ordered by `order_by` and then by key; None sorts first."""
        found = [
            ranged.row
            for key in self._keys(where)
            for ranged in self.ranges[key]
            if self._stands(ranged, at) and matches(ranged.row, where, below)
        ]
        return in_order(self.view, found, order_by)

    def _keys(self, where: Where) -> Iterable[Key]:
        """Every key whose rows may match."""
        first = where.get(self.view.key[0])
        return self._beginning.get(first, ()) if isinstance(first, str | int) else self.ranges

    def _stands(self, ranged: Ranged, at: int | None) -> bool:
        if at is None:
            return ranged.to_position is None
        check_history(self.view)
        return ranged.from_position <= at and (ranged.to_position is None or ranged.to_position > at)

    def differences(self, fresh: Table) -> list[str]:
        """Sentences about rows or ranges that differ from a fresh table."""
        found = []
        for key in sorted({*self.ranges, *fresh.ranges}, key=repr):
            live, other = self._spans(key), fresh._spans(key)
            found += [
                difference(
                    self.view, key, live.get(span), other.get(span), span[0] if self.view.ranged else None
                )
                for span in sorted({*live, *other}, key=repr)
                if live.get(span) != other.get(span)
            ]
        return found

    def _spans(self, key: Key) -> dict[tuple[int, int | None], Row]:
        spans = {ranged[:2]: ranged.row for ranged in self.ranges.get(key, ())}
        return spans if self.view.ranged else {(0, None): row for row in spans.values()}  # noqa: B035  # one at most
