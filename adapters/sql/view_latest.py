"""The last rows of every series of a view: the rows that agree on all of the key but its last column.

An index leads from one series to the next and, in each, from its end backwards, so that what lies before is not read:
such a question costs what it answers, however long the book has been kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from adapters.sql.database import Cursor
from adapters.sql.schema import SINCE, UNTIL
from adapters.sql.statements import native, portions
from adapters.sql.view_queries import Below, Where
from adapters.sql.view_tables import ViewTable
from engine.view import Key, Row

Accepted = Mapping[str, Sequence[str | int]]
"""Column → the values that a row may have there."""


class _Told(NamedTuple):
    """Conditions on the rows ``e`` of a table, in words of the database, and the values they compare with."""

    words: tuple[str, ...] = ()
    values: tuple[Any, ...] = ()

    def and_(self, words: str, *values: Any) -> _Told:
        return _Told((*self.words, words), (*self.values, *values))

    @property
    def sql(self) -> str:
        return f"WHERE {' AND '.join(self.words)}" if self.words else ""


class ViewLatest:
    """Reading the ends of the series of one view."""

    def __init__(self, table: ViewTable) -> None:
        self._of = table
        self._quote = table.dialect.identifier_preparer.quote
        self._series, self._last = table.view.key[:-1], table.view.key[-1]

    def rows(
        self, cursor: Cursor, count: int, where: Where, below: Below, at: int | None, only: Sequence[str]
    ) -> list[Row]:
        """Of the rows that match the last `count` of each series, by key; `only` some of their columns."""
        accepted = {n: [v] if isinstance(v, str | int) else sorted(v) for n, v in where.items()}
        if not all(accepted.values()):
            return []
        key, columns = self._of.view.key, tuple(only or self._of.columns)
        ends: dict[Key, dict[Key, tuple[Any, ...]]] = {}
        # each table tells its own ends; a row may be moved from the one to the other between the two questions
        for table, stands in self._sides(at):
            series = self._named(cursor, table, accepted)
            told = self._asked(stands, accepted, below)
            for row in self._ends(cursor, table, (*key, *columns), told, series, count):
                ends.setdefault(row[: len(key) - 1], {})[row[: len(key)]] = row[len(key) :]
        last = (each for rows in ends.values() for each in sorted(rows.items())[-count:])
        return [dict(zip(columns, values, strict=True)) for _, values in sorted(last)]

    def _sides(self, at: int | None) -> Iterator[tuple[str, _Told]]:
        """The tables with rows that stand now, or that stood at a position."""
        now, before = self._of.shape.now, self._of.shape.before
        if at is None or before is None:
            yield now.name, _Told()
            return
        since = _Told().and_(f"e.{SINCE} <= ?", at)
        yield now.name, since
        yield before.name, since.and_(f"e.{UNTIL} > ?", at)

    def _asked(self, told: _Told, accepted: Accepted, below: Below) -> _Told:
        for name, values in accepted.items():
            if name not in self._series:
                told = told.and_(f"e.{self._quote(name)} IN ({', '.join('?' * len(values))})", *values)
        for name, value in below.items():
            told = told.and_(f"e.{self._quote(name)} < ?", value)
        return told

    def _ends(
        self,
        cursor: Cursor,
        table: str,
        wanted: Sequence[str],
        told: _Told,
        series: Sequence[Key],
        count: int,
    ) -> Iterator[tuple[Any, ...]]:
        """The last rows of each of some series."""
        quote = self._quote
        told = _Told((*self._begins(len(self._series), "k"), *told.words), told.values)
        from_end = f"FROM {quote(table)} e {told.sql} ORDER BY e.{quote(self._last)} DESC LIMIT ?"
        if self._of.dialect.name == "postgresql":
            columns = ", ".join(f"e.{quote(name)}" for name in wanted)
            joined = f"SELECT f.* FROM {{keys}} CROSS JOIN LATERAL (SELECT {columns} {from_end}) AS f"
        else:
            columns = ", ".join(f"v.{quote(name)}" for name in wanted)
            joined = f"SELECT {columns} FROM {{keys}} CROSS JOIN {quote(table)} v WHERE v.rowid IN (SELECT e.rowid {from_end})"
        yield from self._each(cursor, joined, series, (*told.values, count))

    def _named(self, cursor: Cursor, table: str, accepted: Accepted) -> list[Key]:
        """The series asked about, one column of their names after another: as it is named, or as it is there."""
        found: list[Key] = [()]
        for name in self._series:
            if name in accepted:
                found = [(*each, value) for each in found for value in accepted[name]]
            else:
                found = list(self._there(cursor, table, found))
        return found

    def _there(self, cursor: Cursor, table: str, beginnings: Sequence[Key]) -> Iterator[Key]:
        """The names that begin so and are one column longer, from each to the next in the index."""
        width = len(beginnings[0]) if beginnings else 0
        column = f"e.{self._quote(self._series[width])}"
        known = ", ".join(f"column{number}" for number in range(1, width + 2))
        same = "".join(f"{{of}}.column{number}, " for number in range(1, width + 1))

        def least(of: str, *more: str) -> str:
            told = _Told((*self._begins(width, of), *more))
            least_one = f"(SELECT {column} FROM {self._quote(table)} e {told.sql} ORDER BY {column} LIMIT 1)"
            return f"SELECT {same.format(of=of)}{least_one}"

        newest = f"s.column{width + 1}"
        sql = (
            f"WITH RECURSIVE s ({known}) AS ({least('k')} FROM {{keys}} UNION ALL "
            f"{least('s', f'{column} > {newest}')} FROM s WHERE {newest} IS NOT NULL) "
            f"SELECT {known} FROM s WHERE {newest} IS NOT NULL"
        )
        yield from self._each(cursor, sql, beginnings, ())

    def _begins(self, width: int, of: str) -> list[str]:
        """That a row's name begins as `of` has it."""
        names = enumerate(self._series[:width], 1)
        return [f"e.{self._quote(name)} = {of}.column{number}" for number, name in names]

    def _each(self, cursor: Cursor, sql: str, names: Sequence[Key], values: Sequence[Any]) -> Iterator[Any]:
        """The rows that a question answers for names or beginnings of names, which may be empty."""
        width = len(names[0]) if names else 0
        kinds = tuple(self._of.view.columns[name] for name in self._series[:width]) or (int,)
        keys = [name or (0,) for name in names]
        for part in portions(keys, kinds, self._of.dialect) if keys else ():
            cursor.execute(
                native(sql.replace("{keys}", part.sql), self._of.dialect), (*part.parameters, *values)
            )
            yield from cursor.fetchall()
