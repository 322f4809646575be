"""A commit in one turn with the server: whether the book is as expected, and every write, where nobody waits for us.

While the append lock is held, nothing goes to and fro: the server itself compares what stands with what was expected, and
keeps the end of the log, to which every write adds the positions it is given. Where anything else stands it keeps none,
and no write finds a row to write: nobody reads of it in the server's log. Where the log ends a little later than our clock,
because another was faster or its clock goes before ours, the facts bear its time: the server writes that into them, and hashes
them anew.

Rows of views were read before the lock, and are not compared. Each belongs to one stream: no fact of another bears on
it. A unit writes only to streams that it read, so where their versions stand as they did, so do the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from adapters.sql.postgres.bulk import AFTER, NOW, is_few, write_together
from adapters.sql.rows import Write
from adapters.sql.statements import Question, array
from adapters.sql.turns import Expected
from engine.ports import Head
from events.errors import Broken, NotFound, Unavailable
from events.instant import Instant

if TYPE_CHECKING:
    from adapters.sql.postgres.connection import PostgresDatabase

_VIEWS = "(SELECT value FROM meta WHERE name = 'views') = %s"
_VERSIONS = """
NOT EXISTS (
    SELECT FROM unnest(%s::text[], %s::bigint[]) AS k (stream, version)
    WHERE k.version IS DISTINCT FROM coalesce((SELECT max(e.version) FROM events e WHERE e.stream = k.stream), 0))
""".strip()
_IN_TIME = "coalesce(h.recorded_at, '') <= %s"
_TIME = "greatest(h.recorded_at, %s::text)"
_AS_EXPECTED = f"""
SELECT set_config('{AFTER}',
  CASE WHEN {_VIEWS} AND {_IN_TIME} AND {_VERSIONS} THEN coalesce(h.position, 0)::text ELSE '' END, true),
  set_config('{NOW}', {_TIME}, true)
FROM (VALUES (1)) AS always
LEFT JOIN (SELECT position, recorded_at FROM events ORDER BY position DESC LIMIT 1) AS h ON true
""".strip()
"""Where the log ends, kept for the writes of the transaction; nothing, where anything is otherwise. And the time its facts bear."""
_SENT_BEFORE = 2
"""BEGIN and the lock."""


def write(
    database: PostgresDatabase,
    expected: Expected,
    writes: Sequence[Write],
    sent: Callable[[], None] | None = None,
) -> Head | None:
    """Make all writes if the book is as expected; answers after which position, and when; None where nothing was written."""
    if not all(map(is_few, writes)):
        return None
    try:
        with database.committing as cursor:
            cursor.when_sent = sent
            cursor.line.send(*_as_expected(expected))
            write_together(cursor, writes, placed=True)
    except Unavailable:
        raise
    except (Broken, NotFound):  # a key stands already, such as that of a command, or tables have changed
        return None
    ((after, now),) = cursor.line.rows(cursor.ended[_SENT_BEFORE])
    return Head(int(after), Instant(now)) if after else None


def _as_expected(expected: Expected) -> Question:
    versions = expected.versions
    parameters = (
        expected.views,
        expected.latest,
        array(list(versions)),
        array(list(versions.values())),
        expected.now,
    )
    return Question(_AS_EXPECTED, parameters)
