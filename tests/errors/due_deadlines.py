"""A council in which a deadline has gone by, for messages about what cannot be passed."""

from __future__ import annotations

from datetime import date
from typing import Any

from engine.testing.council import Council
from tests.errors.council import a_council, confirm


class Broken:
    """A store in which no deadline can be passed."""

    def __init__(self, store: Any, error: Exception) -> None:
        self._store, self._error = store, error

    def commit(self, unit: Any) -> Any:
        if any("@" in part.command_id for part in unit.parts):
            raise self._error
        return self._store.commit(unit)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def with_a_due_deadline(broken_by: Exception | None = None) -> Council:
    """The board should have answered by 6 August 2026, and it is the day after."""
    council = a_council()
    confirm(council, "2026-04", "96")
    confirm(council, "2026-05", "70")
    council.at(date(2026, 8, 7))
    if broken_by is not None:
        council.engine.store = Broken(council.store, broken_by)  # type: ignore[assignment]  # a store for one message
    return council
