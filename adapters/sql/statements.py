"""Statements compiled once and run on the driver's connection: plain Core costs 3.7 times the driver on one append.

Asking for many keys at once uses a few fixed sizes, padded with NULL, so that the database meets few texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.sql.elements import ClauseElement

SIZES = (1, 4, 16, 64, 256)
"""How many keys one statement asks for; more go in several statements."""


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


@lru_cache(maxsize=1024)
def for_keys(sql: str, width: int, size: int, dialect: Dialect) -> str:
    """Put a list of `size` keys of `width` columns (``k.column1`` …) where the statement says ``{keys}``."""
    one = "(" + ", ".join("?" * width) + ")"
    return native(sql.replace("{keys}", f"(VALUES {', '.join([one] * size)}) AS k"), dialect)


def portions(keys: Sequence[Sequence[Any]]) -> Iterator[tuple[int, list[Any]]]:
    """Cut keys into portions of the fixed sizes: (size, flat parameters padded with None, which equals nothing)."""
    if len(keys) == 1:
        yield 1, list(keys[0])
        return
    for start in range(0, len(keys), SIZES[-1]):
        part = keys[start : start + SIZES[-1]]
        size = next(size for size in SIZES if size >= len(part))
        flat = [value for key in part for value in key]
        flat.extend([None] * (len(part[0]) * (size - len(part))))
        yield size, flat
