"""Statements compiled once and run on the driver's connection: plain Core costs 3.7 times the driver on one append.

Asking for many keys at once gives each database few texts to meet: SQLite a few fixed sizes, padded with NULL;
PostgreSQL one text, since it takes arrays.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.sql.elements import ClauseElement

from adapters.sql.database import Cursor

SIZES = (1, 4, 8, 16, 32, 64, 128, 256)
"""How many keys one statement asks SQLite for; more go in several statements. A place that stays empty costs half a key."""
_LONGEST = 10_000
"""The same for PostgreSQL."""
_ARRAYS: Mapping[type, str] = {str: "text[]", int: "bigint[]"}

Key = Sequence[Any]


class Prepared(NamedTuple):
    """A statement as text, the names of its parameters in order, and the values fixed in it."""

    sql: str
    names: tuple[str, ...]
    fixed: Mapping[str, Any]

    def bind(self, values: Mapping[str, Any]) -> list[Any]:
        """Parameters in order."""
        fixed = self.fixed
        return [values[name] if name in values else fixed[name] for name in self.names]


def prepare(statement: ClauseElement, dialect: Dialect) -> Prepared:
    """Compile a Core statement for a database."""
    compiled: Any = statement.compile(dialect=dialect)
    return Prepared(str(compiled), tuple(compiled.positiontup or ()), dict(compiled.params))


@lru_cache(maxsize=1024)
def native(sql: str, dialect: Dialect) -> str:
    """A statement written by hand with ``?``, as the driver wants it."""
    return sql if dialect.paramstyle == "qmark" else sql.replace("?", "%s")


class Keys(NamedTuple):
    """Keys as a table ``k`` with ``column1`` …: how it is written where tables are named, and its parameters."""

    sql: str
    parameters: list[Any]


def portions(keys: Sequence[Key], kinds: tuple[type, ...], dialect: Dialect) -> Iterator[Keys]:
    """Keys, as many at a time as one statement takes; `kinds` says which columns are text and which numbers.

    No keys at all are one portion that equals nothing.
    """
    if _takes_arrays(dialect):
        for start in range(0, len(keys) or 1, _LONGEST):
            part = keys[start : start + _LONGEST]
            columns = zip(*part, strict=True) if part else [()] * len(kinds)
            yield Keys(_unnested(kinds), [array(column) for column in columns])
        return
    for start in range(0, len(keys) or 1, SIZES[-1]):
        part = keys[start : start + SIZES[-1]]
        size = SIZES[bisect_left(SIZES, len(part))]
        flat = list(chain.from_iterable(part))
        flat.extend([None] * (len(kinds) * (size - len(part))))  # NULL equals nothing
        yield Keys(_listed(len(kinds), size), flat)


def name_portions(names: Sequence[str], dialect: Dialect) -> list[Keys]:
    """The same for keys that are one name each."""
    if len(names) > SIZES[-1]:
        return list(portions([(name,) for name in names], (str,), dialect))
    if _takes_arrays(dialect):
        return [Keys(_unnested((str,)), [array(names)])]
    size = SIZES[bisect_left(SIZES, len(names))]
    return [Keys(_listed(1, size), [*names, *[None] * (size - len(names))])]


class Question(NamedTuple):
    """A statement that answers rows, and its parameters."""

    sql: str
    parameters: Sequence[Any]


class ByKeys:
    """A question asked for many keys at once, in which every key is looked up by itself, in an index.

    `wanted` of `table` where it is the `same` as ``k.column1`` and so on. SQLite joins in the order in which tables are named.
    PostgreSQL is held to it by a lateral question that it may not merge with the rest (OFFSET 0): it would else
    read whole tables that it believes to be small. What it answers goes `into` a table, if that is named.
    """

    def __init__(
        self,
        wanted: str,
        table: str,
        same: str,
        kinds: tuple[type, ...],
        dialect: Dialect,
        *,
        into: str = "",
    ) -> None:
        self._kinds = kinds
        self._dialect = dialect
        each = f"SELECT {wanted} FROM {table} WHERE {same}"
        joined = f"{into}SELECT {wanted} FROM {{keys}} CROSS JOIN {table} WHERE {same}"
        self._one = native(joined.replace("{keys}", _listed(len(kinds), 1)), dialect)
        lateral = f"{into}SELECT f.* FROM {{keys}} CROSS JOIN LATERAL ({each} OFFSET 0) AS f"
        self._many = lateral if _takes_arrays(dialect) else joined

    def questions(self, keys: Sequence[Key]) -> list[Question]:
        """What to ask about these keys: nothing about none, and mostly one question about all."""
        if len(keys) == 1:
            return [Question(self._one, keys[0])]
        parts = portions(keys, self._kinds, self._dialect) if keys else ()
        return [Question(_with_keys(self._many, part.sql, self._dialect), part.parameters) for part in parts]

    def ask(self, cursor: Cursor, keys: Sequence[Key]) -> Iterator[Any]:
        """The rows of all keys; read them before the cursor is used again."""
        for question in self.questions(keys):
            cursor.execute(*question)
            yield from cursor.fetchall()


def array(values: Sequence[Any]) -> str:
    """Texts or numbers as PostgreSQL writes an array: one text, many times cheaper than a list given to the driver."""
    try:
        joined = '","'.join(values)
    except TypeError:  # numbers, or nothing in some place
        return "{" + ",".join(map(_element, values)) + "}"
    if "\\" in joined or joined.count('"') != 2 * max(len(values) - 1, 0):
        return "{" + ",".join(map(_element, values)) + "}"
    return '{"' + joined + '"}' if values else "{}"


def _element(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(value)


def _takes_arrays(dialect: Dialect) -> bool:
    return dialect.name == "postgresql"


@lru_cache(maxsize=1024)
def _with_keys(sql: str, keys: str, dialect: Dialect) -> str:
    return native(sql.replace("{keys}", keys), dialect)


@lru_cache(maxsize=64)
def _listed(width: int, size: int) -> str:
    one = "(" + ", ".join("?" * width) + ")"
    return f"(VALUES {', '.join([one] * size)}) AS k"


@lru_cache(maxsize=64)
def _unnested(kinds: tuple[type, ...]) -> str:
    columns = ", ".join(f"column{number}" for number in range(1, len(kinds) + 1))
    return f"unnest({', '.join(f'?::{_ARRAYS[kind]}' for kind in kinds)}) AS k ({columns})"
