"""Stores that break one promise each, as a wrong build would: what every campaign must notice."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from itertools import count

import msgspec

from adapters.sql import SqlStore
from adapters.sql.append import _notices
from adapters.sql.rows import Write
from adapters.sql.statements import native
from adapters.sql.turns import write_all
from engine.ports import Part, Store, Unit
from events.fact import Fact
from events.kinds.workflow import DeadlinePassed
from events.schema import Event


class Spoilt:
    """A store that does as the real one does, but for its commit."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store
        self._attempts = count(1)

    def commit(self, unit: Unit) -> list[Fact[Event]]:
        """As the real one."""
        return self._store.commit(unit)

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def renamed(self, unit: Unit) -> Unit:
        """The unit under ids that no other attempt has."""
        mark = f"!{os.getpid()}-{next(self._attempts)}"
        return msgspec.structs.replace(unit, parts=[_renamed(part, mark) for part in unit.parts])


class FreshIds(Spoilt):
    """Gives every attempt an id of its own."""

    def commit(self, unit: Unit) -> list[Fact[Event]]:
        """Under another id."""
        return self._store.commit(self.renamed(unit))


class Unchecked(Spoilt):
    """Gives every attempt an id of its own, and does not check what it was decided on."""

    def commit(self, unit: Unit) -> list[Fact[Event]]:
        """Under another id, on whatever stands there now."""
        return self._store.commit(msgspec.structs.replace(self.renamed(unit), read={}))


class WithoutTurns(Unchecked):
    """Lets everybody tick at once besides."""

    def alone(self, name: str) -> AbstractContextManager[bool]:
        """Always."""
        return nullcontext(True)


class MarksFirst(Spoilt):
    """Takes deadlines off the due index in a transaction of their own, before they are passed."""

    def commit(self, unit: Unit) -> list[Fact[Event]]:
        """Two transactions."""
        table = self._store._views.kept["due"].shape.now.name
        sql = f"DELETE FROM {table} WHERE stream = ? AND subject = ? AND name = ?"
        passed = [
            (draft.stream, draft.event.subject, draft.event.name)
            for part in unit.parts
            for draft in part.drafts
            if isinstance(draft.event, DeadlinePassed)
        ]
        if passed:
            with self._store._database.writing as cursor:
                cursor.executemany(native(sql, self._store._database.dialect), passed)
        return self._store.commit(unit)


class NoticesLater(Spoilt):
    """Puts notices in the outbox in a transaction of their own, after the commit."""

    def commit(self, unit: Unit) -> list[Fact[Event]]:
        """Two transactions."""
        bare = [msgspec.structs.replace(part, notices=()) for part in unit.parts]
        facts = self._store.commit(msgspec.structs.replace(unit, parts=bare))
        groups, left = [], list(facts)
        for part in unit.parts:
            groups.append(left[: len(part.drafts)])
            del left[: len(part.drafts)]
        append = self._store._append
        with self._store._database.writing as cursor:
            write_all(cursor, append.dialect, [Write(append.notices, _notices(unit, groups))])
        return facts


def _renamed(part: Part, mark: str) -> Part:
    name = part.command_id + mark
    drafts = [msgspec.structs.replace(draft, command_id=name) for draft in part.drafts]
    return msgspec.structs.replace(part, command_id=name, drafts=drafts)


BROKEN: dict[str, Callable[[SqlStore], Store]] = {
    "gives every attempt an id of its own": FreshIds,  # type: ignore[dict-item]  # a store by delegation
    "decides without checking what it decided on": Unchecked,  # type: ignore[dict-item]  # as above
    "marks as done before it commits": MarksFirst,  # type: ignore[dict-item]  # as above
    "keeps notices in another transaction": NoticesLater,  # type: ignore[dict-item]  # as above
}
"""What a broken build does → the store it would have."""
