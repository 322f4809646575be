"""A cursor on the line to the server: one statement is one turn, in the binary form, prepared the first time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import islice
from typing import Any

import psycopg
from psycopg import pq

from adapters.sql.postgres.line import Connection, Line, Query

_TOGETHER = 500
"""So many statements of `executemany` go in one turn."""


class LineCursor:
    """What a block on a PostgreSQL book answers."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.rowcount = -1
        """How many rows the last statement answered or changed; of `executemany`, in all."""
        self.ended: Sequence[pq.abc.PGresult] = ()
        """What was answered in the turn that ended the block, COMMIT last."""
        self.when_sent: Callable[[], None] | None = None
        """Called where COMMIT is on its way to the server, before its answer is waited for."""
        self._rows: Iterator[tuple[Any, ...]] = iter(())

    @property
    def connection(self) -> Connection:
        """The driver's own, for whoever makes or changes tables."""
        self.line.tables_change()
        return self.line.connection

    def execute(self, query: Query, parameters: Sequence[Any] = (), /) -> LineCursor:
        """Run one statement, after whatever was sent before it."""
        self.line.send(query, parameters)
        answers = self.line.answers()
        self.line.check(answers)
        self.rowcount = answers[-1].command_tuples or 0
        self._rows = iter(self.line.rows(answers[-1]))
        return self

    def executemany(self, query: Query, parameters: Iterable[Sequence[Any]], /) -> None:
        """Run one statement for many rows."""
        rows, self.rowcount = iter(parameters), 0
        while some := list(islice(rows, _TOGETHER)):
            for each in some:
                self.line.send(query, each)
            answers = self.line.answers()
            self.line.check(answers)
            self.rowcount += sum(answer.command_tuples or 0 for answer in answers[-len(some) :])

    def copy(self, into: Query) -> AbstractContextManager[psycopg.Copy]:
        """COPY, which takes turns of its own."""
        self.settle()
        return self.line.connection.cursor().copy(into)  # type: ignore[arg-type]  # our own words, never a person's

    def settle(self) -> None:
        """Wait for what was sent and not answered yet."""
        self.line.check(self.line.answers())

    def fetchone(self) -> tuple[Any, ...] | None:
        """The next row."""
        return next(self._rows, None)

    def fetchall(self) -> list[tuple[Any, ...]]:
        """The rows that are left."""
        return list(self._rows)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return self._rows
