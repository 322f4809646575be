"""A rehearsal: everything decides as in earnest, also on what was decided before in it, and nothing is written.

The tick, or any other line of commands, is run on it to foretell what it would do. Streams and the rows of every view
stand in memory as they would after each unit of work; whatever else is read is the book's.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, cast

from engine.commands import Command
from engine.folding import Facts, as_row, changes, touched
from engine.handle import Engine
from engine.memory import Memory, Remembered
from engine.packs.shelf import Shelf
from engine.ports import CommandExists, CommandRow, Incident, Store
from engine.view import Key, Row, View, Where, in_order, last_of_each, matches
from engine.views import VIEWS
from engine.work import Work
from events.fact import Fact
from events.schema import Event

_READ = frozenset(
    {
        *("head", "streams", "page", "stored", "find", "count", "command", "position_at", "texts", "blob"),
        *("outbox", "incidents", "get_meta"),
    }
)
"""What is asked of the book itself; nothing else of it can be reached."""


class Rehearsal(Engine):
    """An engine on the book of another; what it commits stands in memory alone, without positions."""

    def __init__(self, engine: Engine) -> None:
        self._stage = Stage(engine.store)
        store = cast(Store, self._stage)
        super().__init__(store, engine.shelf.holidays)
        self.memory: Memory = _Imagination(store)
        self.shelf = Shelf(store, engine.shelf.holidays)

    def _commit(self, work: Work, commands: Sequence[Command]) -> list[Fact[Event]]:
        for known in self._stage.known([part.command_id for part in work.parts]).values():
            raise CommandExists(known)
        self._stage.suppose({part.command_id: part.drafts for part in work.parts})
        self.memory.adopt(work.decided)
        self.memory.trim()
        return work.imagined


class _Imagination(Memory):
    """States as they would stand, before those of the log."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._imagined: dict[str, Remembered] = {}

    def adopt(self, decided: Mapping[str, Remembered]) -> None:
        """Keep what was decided; it is read nowhere else."""
        self._imagined.update(decided)

    def at(self, stream: str) -> Remembered:
        """A stream's state with everything decided so far."""
        return self._imagined.get(stream) or super().at(stream)


class Stage:
    """A store that reads a book and keeps what would be written to it in memory."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._moved: dict[str, dict[Key, Row | None]] = {view.name: {} for view in VIEWS}
        """View → key → its row as it would stand; None where none would."""
        self._commands: dict[str, CommandRow] = {}

    def __getattr__(self, name: str) -> Any:
        if name not in _READ:
            raise AttributeError(f"A rehearsal does not let anybody at '{name}' of the book.")
        return getattr(self._store, name)

    def suppose(self, commands: Mapping[str, Facts]) -> None:
        """Take in what some commands would record."""
        self._commands |= {each: CommandRow(each, "", 0, 0) for each in commands}
        for view, bearing in zip(VIEWS, touched(VIEWS, commands.values()), strict=True):
            standing = {key: row for key in bearing.keys if (row := self.row(view, key)) is not None}
            current = {key: tuple(row[name] for name in view.columns) for key, row in standing.items()}
            for key, steps in changes(view, bearing, current).items():
                self._moved[view.name][key] = as_row(view.columns, steps[-1].row)

    def known(self, command_ids: Collection[str]) -> dict[str, CommandRow]:
        """Commands of the book, and those of the rehearsal."""
        own = {each: self._commands[each] for each in command_ids if each in self._commands}
        return self._store.known(command_ids) | own

    def row(self, view: View, key: Key, at: int | None = None) -> Row | None:
        """A row as it would stand."""
        moved = self._moved[view.name] if at is None else {}
        return moved[key] if key in moved else self._store.row(view, key, at)

    def rows(
        self,
        view: View,
        where: Where | None = None,
        *,
        at: int | None = None,
        order_by: Sequence[str] = (),
        limit: int | None = None,
        below: Mapping[str, str | int] | None = None,
        only: Sequence[str] = (),
    ) -> list[Row]:
        """Rows as they would stand; where some would have moved, with all their columns."""
        moved = self._moved[view.name] if at is None else {}
        if not moved:
            return self._store.rows(
                view, where, at=at, order_by=order_by, limit=limit, below=below, only=only
            )
        enough = None if limit is None else limit + len(moved)
        standing = self._store.rows(view, where, order_by=order_by, limit=enough, below=below)
        found = [row for row in standing if tuple(row[column] for column in view.key) not in moved]
        found += [row for row in moved.values() if row is not None and matches(row, where or {}, below or {})]
        return in_order(view, found, order_by)[:limit]

    def latest(
        self,
        view: View,
        count: int,
        where: Where | None = None,
        *,
        at: int | None = None,
        below: Mapping[str, str | int] | None = None,
        only: Sequence[str] = (),
    ) -> list[Row]:
        """The last rows of each series as they would stand; where some would have moved, with all their columns."""
        if at is not None or not self._moved[view.name]:
            return self._store.latest(view, count, where, at=at, below=below, only=only)
        return last_of_each(view, self.rows(view, where, below=below), count)

    def alone(self, name: str) -> AbstractContextManager[bool]:
        """Whoever works on the book is in nobody's way here."""
        return nullcontext(True)

    def keep_incident(self, incident: Incident) -> None:
        """What would fail leaves nothing behind."""

    def set_meta(self, name: str, value: str) -> None:
        """A rehearsal leaves nothing behind."""
