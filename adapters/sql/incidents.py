"""Firings that failed, in a table of their own: never facts, and never in the way of the log."""

from __future__ import annotations

from msgspec.structs import astuple
from sqlalchemy.engine.interfaces import Dialect

from adapters.sql.database import Cursor
from adapters.sql.schema import INCIDENTS
from adapters.sql.statements import native
from engine.ports import Incident

_NAMES = tuple(INCIDENTS.c.keys())
_READ = f"SELECT {', '.join(_NAMES)} FROM incidents"
_OPEN = f"{_READ} WHERE ended_at IS NULL ORDER BY first_failed_at, firing LIMIT ?"
_ALL = f"{_READ} ORDER BY first_failed_at, firing LIMIT ?"
_KEEP = (
    f"INSERT INTO incidents ({', '.join(_NAMES)}) VALUES ({', '.join('?' * len(_NAMES))}) "
    f"ON CONFLICT (firing) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _NAMES[1:])}"
)


class Incidents:
    """The incidents of one book, each question on a cursor."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect

    def all(self, cursor: Cursor, open_only: bool, limit: int) -> list[Incident]:
        """Incidents, the oldest failure first."""
        cursor.execute(native(_OPEN if open_only else _ALL, self._dialect), (limit,))
        return [Incident(**dict(zip(_NAMES, row, strict=True))) for row in cursor.fetchall()]

    def keep(self, cursor: Cursor, incident: Incident) -> None:
        """Put an incident in place of what was known of it before."""
        cursor.execute(native(_KEEP, self._dialect), astuple(incident))
