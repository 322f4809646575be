"""A commit in one turn with the server: whether the book is as expected, and every write, where nobody waits for us.

While the append lock is held, nothing goes to and fro: the server itself compares what stands with what was expected,
and adds the end of the log to every position it is given. Where anything else stands, the comparison fails, and with it
all that comes after it in the turn: nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from psycopg import errors, sql
from sqlalchemy import Table

from adapters.sql.postgres.bulk import AFTER, is_few, types_of, write_together
from adapters.sql.rows import Write
from adapters.sql.schema import SINCE
from adapters.sql.statements import Question, array
from adapters.sql.turns import Expected, Stood
from events.errors import Broken

if TYPE_CHECKING:
    from adapters.sql.postgres.connection import PostgresDatabase

_OTHERWISE = "'somebody else was faster: this is done again'"
"""No number, and so a failure when it is taken for one; whoever keeps the server reads it in its log."""
_AS_EXPECTED = f"""
SELECT set_config('{AFTER}', CASE WHEN
  (SELECT value FROM meta WHERE name = 'views') = %s AND h.recorded_at <= %s
  AND NOT EXISTS (
    SELECT FROM unnest(%s::text[], %s::bigint[]) AS k (stream, version)
    WHERE k.version IS DISTINCT FROM coalesce((SELECT max(e.version) FROM events e WHERE e.stream = k.stream), 0))
  THEN h.position::text ELSE {_OTHERWISE} END, true)::bigint
FROM (SELECT position, recorded_at FROM events ORDER BY position DESC LIMIT 1) AS h
""".strip()
"""Where the log ends, kept for the writes of the transaction; none in an empty log, and its first writes then fail."""
_SOMEBODY_FASTER = (errors.InvalidTextRepresentation, errors.UndefinedObject, errors.UniqueViolation)
"""It is not as expected; the log is empty; or a key stands already, such as that of a command."""
_SENT_BEFORE = 2
"""BEGIN and the lock."""


def write(
    database: PostgresDatabase,
    expected: Expected,
    writes: Sequence[Write],
    sent: Callable[[], None] | None = None,
) -> int | None:
    """Make all writes if the book is as expected; answers after which position, or None where nothing was written."""
    if not all(map(is_few, writes)):
        return None
    try:
        with database.committing as cursor:
            cursor.when_sent = sent
            for question in (_as_expected(expected), *map(_as_read, expected.rows)):
                cursor.line.send(*question)
            write_together(cursor, writes, placed=True)
    except Broken as refused:
        if isinstance(refused.__cause__, _SOMEBODY_FASTER):
            return None
        raise
    ((after,),) = cursor.line.rows(cursor.ended[_SENT_BEFORE])
    return int(after)


def _as_expected(expected: Expected) -> Question:
    versions = expected.versions
    parameters = (expected.views, expected.now, array(list(versions)), array(list(versions.values())))
    return Question(_AS_EXPECTED, parameters)


def _as_read(rows: Stood) -> Question:
    columns = [*zip(*rows.since, strict=True), list(rows.since.values())]
    return Question(_standing(rows.table), [array(column) for column in columns])


@lru_cache(maxsize=256)
def _standing(table: Table) -> str:
    """Fails where some row stands since another position than it did; each is looked up by its key.

    Two that change one row would meet anyhow, in the key under which it is kept as it stood before; but not where one of
    them found nothing to change.
    """
    keys = [column.name for column in table.primary_key]
    names = [f"k{number}" for number in range(len(keys))]
    arrays = ", ".join(f"%s::{kind}[]" for kind in types_of(table, [*keys, SINCE]))
    same = " AND ".join(
        f"v.{sql.Identifier(key).as_string()} = k.{name}" for key, name in zip(keys, names, strict=True)
    )
    stands = f"SELECT v.{SINCE} FROM {sql.Identifier(table.name).as_string()} v WHERE {same}"
    other = f"SELECT FROM unnest({arrays}) AS k ({', '.join(names)}, since) WHERE k.since IS DISTINCT FROM ({stands})"
    return f"SELECT (CASE WHEN EXISTS ({other}) THEN {_OTHERWISE} ELSE '0' END)::bigint"
