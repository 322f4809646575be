"""The views that a book was opened with: whether one may be asked as it is, and who answers then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from adapters.sql.view_latest import ViewLatest
from adapters.sql.view_queries import ViewQueries
from adapters.sql.view_tables import ViewTable
from engine.folding import check_history
from engine.view import View
from events.errors import Broken


class KeptViews:
    """Tables of views, by name. Everything raises Broken GT-DB-015 for a view that is not among them."""

    def __init__(self, tables: Mapping[str, ViewTable]) -> None:
        self.kept = tables
        """View → its table."""
        self._queries = {name: ViewQueries(table) for name, table in tables.items()}

    def rows(self, view: View, at: int | None) -> ViewQueries:
        """Whom to ask for rows now or at a position. Raises Broken GT-DB-009 for the past of a view that keeps none."""
        self._check_asked(view, at)
        return self._queries[view.name]

    def latest(self, view: View, at: int | None) -> ViewLatest:
        """Whom to ask for the last rows of each series; raises as `rows` does."""
        self._check_asked(view, at)
        return ViewLatest(self.kept[view.name])

    def tables(self, views: Sequence[View]) -> list[ViewTable]:
        """The tables of some views."""
        for view in views:
            self._check_kept(view)
        return [self.kept[view.name] for view in views]

    def _check_asked(self, view: View, at: int | None) -> None:
        if at is not None:
            check_history(view)
        self._check_kept(view)

    def _check_kept(self, view: View) -> None:
        if view.name not in self.kept:
            raise Broken.of(
                "GT-DB-015",
                f"This book was opened without the view {view.name}.",
                "Open it again with that view.",
            )
