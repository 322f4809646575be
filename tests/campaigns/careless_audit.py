"""Audits that leave something out, which the campaign must notice: the same `verify`, told less than the truth."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from adapters.sql import open_sqlite
from engine.audit.verify import verify
from engine.ports import Store, Stored
from engine.view import View
from engine.views import VIEWS
from events.codec import decode, leaf
from events.errors import Broken
from events.text import Text


class Careless:
    """A store that hands everything on as it is."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


class NoHashes(Careless):
    """Whatever stands in a body, its hash is right."""

    def stored(self, after: int, limit: int) -> list[Stored]:
        """Rows whose hash is made from what is there."""
        return [
            replace(row, leaf=leaf(row.body)) if isinstance(row.body, bytes) else row
            for row in self._store.stored(after, limit)
        ]


class NoColumns(Careless):
    """Whatever stands in a column, it is what the body says."""

    def stored(self, after: int, limit: int) -> list[Stored]:
        """Rows whose columns are made from their bodies, and what the database thinks of the columns is not asked."""
        return [_from_body(row) for row in self._store.stored(after, limit)]

    def physical(self, views: bool = True) -> list[str]:
        """All is well."""
        return []


class NoTexts(Careless):
    """Whatever stands in a text, nobody looks."""

    def texts(self, refs: Sequence[str]) -> dict[str, Text | None]:
        """Every one of them erased."""
        return dict.fromkeys(refs)


class NoPages(Careless):
    """Whatever SQLite thinks of its pages and indexes, it is not asked."""

    def physical(self, views: bool = True) -> list[str]:
        """All is well."""
        return []


class NoViews(Careless):
    """Whatever stands in a view, it is what the log gives."""

    def differences(self, views: Sequence[View], limit: int = 20, progress: object = None) -> list[str]:
        """None."""
        return []


def _from_body(row: Stored) -> Stored:
    try:
        fact = decode(row.position, row.type, row.schema, row.body)
    except (Broken, TypeError):
        return row
    return Stored(
        row.position,
        fact.stream,
        fact.version,
        fact.type,
        fact.schema,
        fact.recorded_at,
        fact.effective_on.isoformat(),
        fact.actor,
        fact.command_id,
        fact.correlation_id,
        fact.caused_by,
        row.body,
        row.leaf,
    )


def _ask(careless: Callable[[Store], Any]) -> Callable[[Path], tuple[int, Mapping[str, Any]]]:
    def ask(path: Path) -> tuple[int, Mapping[str, Any]]:
        try:
            store = open_sqlite(path, VIEWS, create=False, read_only=True)
        except Broken as damaged:
            return 1, {"problems": [{"sentence": str(damaged)}]}
        try:
            found = verify(careless(store), views=VIEWS, notices=True)
        finally:
            store.close()
        return int(bool(found.count)), {"faults": [fault._asdict() for fault in found.faults]}

    return ask


BROKEN: Mapping[str, Callable[[Path], tuple[int, Mapping[str, Any]]]] = {
    "trusts every hash": _ask(NoHashes),
    "trusts every column": _ask(NoColumns),
    "looks at no text": _ask(NoTexts),
    "compares no view": _ask(NoViews),
    "never asks SQLite about its pages": _ask(NoPages),
}
"""Way to be careless → how such a build answers. One that compares no notice: `tests/integration/test_notices_in_proof.py`, since
few bits of a drawn book are a notice's."""
