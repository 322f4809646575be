"""The line to the server: statements go down it together, and are answered together.

What a commit waits for, others wait for too. So statements are only put in order here until somebody asks for answers:
BEGIN, the append lock, every comparison, every write and COMMIT are one turn with the server (`outright`), or else all
questions are one and all writes another.
Each statement still begins when the one before it has ended, and under READ COMMITTED sees what was committed by then.
If one fails, the server passes over all others of that turn, COMMIT among them.

This speaks to libpq through `psycopg.pq`, which costs a quarter of psycopg's cursors. Statements are prepared the first
time; psycopg itself prepares none on these connections, so nobody else's statements are ever mistaken for them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import count
from typing import Any

import psycopg
from psycopg import pq, sql
from psycopg.abc import PQGen
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.waiting import READY_R, WAIT_R, WAIT_RW

Connection = psycopg.Connection[tuple[Any, ...]]
Query = str | bytes | sql.Composable

MOST = 300
"""So many statements stay prepared; then all are forgotten."""
_BINARY = pq.Format.BINARY
_GOOD = (pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK, pq.ExecStatus.EMPTY_QUERY)
_PREPARED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "BEGIN", "COMMIT")
_PLACES = re.compile("%[s%]")
_CHANGES_TABLES = ("DROP", "ALTER")

_Key = tuple[str, tuple[int, ...]]


class Line:
    """One connection, for one thread at a time."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._pgconn = connection.pgconn
        self._giving, self._taking = Transformer(connection), Transformer(connection)
        self._names: dict[_Key, bytes] = {}
        self._made = 0
        self._forgetting = False
        self._sent: list[_Key | None] = []
        """Of every message whose answer is still to come: the statement that it prepares, or None where it runs one."""

    def send(self, query: Query, parameters: Sequence[Any] = (), as_columns: bool = False) -> None:
        """Put a statement in order; it has run when `answers` has answered.

        `as_columns`: the values go to columns of their type, which the server need not be told. So the statement stays the
        same where some of them are NULL, which has no type.
        """
        text = query if isinstance(query, str) else _text(query, self.connection)
        if not self._sent and (self._forgetting or len(self._names) > MOST):
            self._forget()
        values, types, formats = self._given(parameters)
        if as_columns:
            types = (0,) * len(values)
        if not self._sent:
            self._pgconn.enter_pipeline_mode()
        if text.startswith(_PREPARED):
            self._pgconn.send_query_prepared(self._name(text, types), values, formats, _BINARY)
        else:
            self._pgconn.send_query_params(_numbered(text, len(values)), values, types, formats, _BINARY)
            if text.startswith(_CHANGES_TABLES):
                self.tables_change()
        self._sent.append(None)

    def push(self) -> None:
        """Let the server begin with what was sent, without waiting for it."""
        if self._sent:
            self._pgconn.flush()

    def tables_change(self) -> None:
        """Somebody may change tables: what was prepared before might no longer answer as it did."""
        self._forgetting = True

    def answers(self) -> list[pq.abc.PGresult]:
        """What the server answers to each statement sent since the last time, in order; failures are answers too.

        Raises psycopg.OperationalError where the connection broke.
        """
        if not self._sent:
            return []
        try:
            self._pgconn.pipeline_sync()
            came = self.connection.wait(self._coming())
            self._pgconn.exit_pipeline_mode()
        except BaseException:  # interrupted by hand, or lost: where the next answer begins is not known
            self.connection.close()
            raise
        finally:
            sent, self._sent = self._sent, []
        return self._of_statements(sent, came)

    def check(self, answers: Sequence[pq.abc.PGresult]) -> None:
        """Raise what the server said to the first statement that failed."""
        for answer in answers:
            if answer.status not in _GOOD:
                raise error_from_result(answer)

    def rows(self, answer: pq.abc.PGresult) -> list[tuple[Any, ...]]:
        """The rows of an answer."""
        self.check((answer,))
        if not answer.ntuples:
            return []
        self._taking.set_pgresult(answer)
        found: list[tuple[Any, ...]] = self._taking.load_rows(0, answer.ntuples, tuple)
        return found

    def _given(self, parameters: Sequence[Any]) -> tuple[Any, tuple[int, ...], Any]:
        if not parameters:
            return (), (), ()
        values = self._giving.dump_sequence(parameters, [PyFormat.AUTO] * len(parameters))
        return values, self._giving.types or (), self._giving.formats

    def _name(self, text: str, types: tuple[int, ...]) -> bytes:
        """The name of a prepared statement; where there is none yet, it is prepared on the way."""
        key = (text, types)
        name = self._names.get(key)
        if name is None:
            self._made += 1
            name = self._names[key] = b"goldenthread_%d" % self._made
            self._pgconn.send_prepare(name, _numbered(text, len(types)), types)
            self._sent.append(key)
        return name

    def _forget(self) -> None:
        """Have the server forget every statement; names are never used twice, so it does no harm where it fails."""
        self._names.clear()
        self._forgetting = False
        self.send("DEALLOCATE ALL")
        self.answers()

    def _coming(self) -> PQGen[list[pq.abc.PGresult]]:
        """Send everything, then wait for the answers up to the end of the turn."""
        pgconn = self._pgconn
        while pgconn.flush():
            if (yield WAIT_RW) & READY_R:
                pgconn.consume_input()
        came: list[pq.abc.PGresult] = []
        while True:
            while pgconn.is_busy():
                yield WAIT_R
                pgconn.consume_input()
            answer = pgconn.get_result()
            if answer is not None:
                if answer.status == pq.ExecStatus.PIPELINE_SYNC:
                    return came
                came.append(answer)
            elif pgconn.status != pq.ConnStatus.OK:
                self.check(came)
                raise psycopg.OperationalError("the connection to the server broke off")

    def _of_statements(
        self, sent: Sequence[_Key | None], came: Sequence[pq.abc.PGresult]
    ) -> list[pq.abc.PGresult]:
        """Answers without those to preparations; one that failed stands for the statement it was for."""
        found: list[pq.abc.PGresult] = []
        failed = None
        for key, answer in zip(sent, came, strict=True):
            if key is None:
                found.append(failed or answer)
                failed = None
            elif answer.status not in _GOOD:
                self._names.pop(key, None)
                failed = answer
        return found


def _text(query: bytes | sql.Composable, connection: Connection) -> str:
    return query.decode() if isinstance(query, bytes) else query.as_string(connection)


@lru_cache(maxsize=1024)
def _numbered(text: str, parameters: int) -> bytes:
    """A statement with ``$1`` and so on in place of ``%s``; without parameters every sign stands for itself."""
    if not parameters:
        return text.encode()
    numbers = count(1)
    return _PLACES.sub(lambda found: f"${next(numbers)}" if found[0] == "%s" else "%", text).encode()
