"""What a view is: a pure fold of facts into rows, which any store can keep, rebuild and compare.

A view is disposable: it holds nothing that the log does not say, no text of people, no "mine" and no
"overdue" (those depend on who reads, and on which day).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol, get_args

import msgspec

from events.fact import Fact
from events.schema import Event

Value = str | int | None
Key = tuple[str | int, ...]
Row = Mapping[str, Value]
"""A row as questions see it: column → value."""
Values = tuple[Value, ...]
"""The same row on its way into a store and out of it: the values of all columns, in their order."""
Where = Mapping[str, str | int | Collection[str]]
"""Column → the value that is asked for, or those of which it may be one."""


class Line(msgspec.Struct, gc=False):
    """A row as a fold sees and makes it: a field for each column, those of the key first."""


def columns_of(line: type[Line]) -> Mapping[str, type[str] | type[int]]:
    """Column → type, as the fields of a line say it."""
    return {field.name: (get_args(field.type) or (field.type,))[0] for field in msgspec.structs.fields(line)}


class View(Protocol):
    """One view. `engine/views` has one file each; a registry line makes the store keep it."""

    @property
    def name(self) -> str:
        """Table name, for example ``statuses``."""
        ...

    @property
    def line(self) -> type[Line]:
        """What its rows are."""
        ...

    @property
    def columns(self) -> Mapping[str, type[str] | type[int]]:
        """Column → type, key columns first: those of `line`. Decimals and dates are kept as text."""
        ...

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that name a row."""
        ...

    @property
    def ranged(self) -> bool:
        """Whether old rows are kept with ``[from_position, to_position)``, so that as-of is a filter."""
        ...

    @property
    def indexes(self) -> tuple[tuple[str, ...], ...]:
        """Sets of columns that rows are looked up by, besides the key."""
        ...

    @property
    def heeds(self) -> tuple[type[Event], ...]:
        """The types of event that may bear on it, those below them included: it is asked about no other."""
        ...

    def touches(self, fact: Fact[Event]) -> Collection[Key]:
        """The rows a fact bears on, each once: by what it says and where it belongs, never by its position or when it was
        recorded, which it is told last.

        Each row belongs to one stream: no fact of another bears on it, so that it stands as long as its stream does not grow.
        A view whose rows streams share says so (`shared = True`); commits that bear on it hold their lock for longer.
        """
        ...

    def fold(self, row: Any, key: Key, fact: Fact[Event]) -> Any:
        """The row after a fact: a new `line`, or None where no such row stands any more. `row` is the `line` that stood
        before, or None; it is never changed, and the fact's position and recorded time are never heeded."""
        ...


def matches(row: Row, where: Where, below: Mapping[str, str | int]) -> bool:
    """Whether a row is one of those that `Store.rows` is asked for."""
    for column, wanted in where.items():
        accepted = (wanted,) if isinstance(wanted, str | int) else wanted
        if row[column] not in accepted:
            return False
    return all((value := row[column]) is not None and value < limit for column, limit in below.items())  # type: ignore[operator]  # a column holds one type


def in_order(view: View, rows: Iterable[Row], order_by: Sequence[str]) -> list[Row]:
    """Rows by some columns and then by key, as every store answers them; None sorts first."""
    columns = (*order_by, *view.key)
    return sorted(rows, key=lambda row: [((value := row[column]) is not None, value) for column in columns])


def last_of_each(view: View, rows: Iterable[Row], count: int) -> list[Row]:
    """Of rows by key the last `count` of each series: of the rows that agree on all of the key but its last column."""
    series: dict[tuple[Value, ...], list[Row]] = {}
    for row in rows:
        series.setdefault(tuple(row[name] for name in view.key[:-1]), []).append(row)
    return [row for together in series.values() for row in together[-count:]]
