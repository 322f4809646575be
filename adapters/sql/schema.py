"""The tables of a book, for any database: the log and what stands beside it, and the tables of views.

Text is compared byte by byte everywhere, so that order is the same in every database. Indexes are only those
that a query needs: positions at a moment are found by halving, commands' facts by their positions.
"""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    LargeBinary,
    MetaData,
    Subquery,
    Table,
    Text,
    UniqueConstraint,
    null,
    select,
    text,
    union_all,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeEngine

from engine.view import View
from events.errors import Broken

VERSION = 4
"""The version of everything below; a book written by a newer one is not opened."""

WORDS: TypeEngine[str] = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
NUMBER: TypeEngine[int] = BigInteger().with_variant(sqlite.INTEGER(), "sqlite")
BYTES: TypeEngine[bytes] = LargeBinary()

LOG = MetaData()


def _table(name: str, *parts: Any, metadata: MetaData = LOG, **options: Any) -> Table:
    return Table(name, metadata, *parts, sqlite_strict=True, **options)


def _words(name: str, **options: Any) -> Column[str]:
    return Column(name, WORDS, nullable=options.pop("nullable", False), **options)


def _number(name: str, **options: Any) -> Column[int]:
    options.setdefault("autoincrement", False)
    return Column(name, NUMBER, nullable=options.pop("nullable", False), **options)


EVENTS = _table(
    "events",
    _number("position", primary_key=True),
    _words("stream"),
    _number("version"),
    _words("type"),
    _number("schema_version"),
    _words("recorded_at"),
    _words("effective_on"),
    _words("actor"),
    _words("command_id"),
    _words("correlation_id"),
    _words("caused_by", nullable=True),
    Column("body", BYTES, nullable=False),
    Column("leaf", BYTES, nullable=False),
    UniqueConstraint("stream", "version"),
)
ELSEWHERE = EVENTS.c.correlation_id != EVENTS.c.command_id
"""A fact is correlated with another command than its own; those of a command itself are found by its positions."""
Index("events_by_correlation", EVENTS.c.correlation_id, sqlite_where=ELSEWHERE, postgresql_where=ELSEWHERE)
_CORRECTIONS = EVENTS.c.type == "clock.corrected"
Index("events_clock_corrected", EVENTS.c.position, sqlite_where=_CORRECTIONS, postgresql_where=_CORRECTIONS)
BEGINNINGS = text("type IN ('intervention.proposed', 'matter.begun')")
"""A matter began: what these conditions let through is counted, since matters are numbered in their order."""
Index(
    "events_begun",
    EVENTS.c.position,
    EVENTS.c.stream,
    EVENTS.c.type,
    sqlite_where=BEGINNINGS,
    postgresql_where=BEGINNINGS,
)

COMMANDS = _table(
    "commands",
    _words("command_id", primary_key=True),
    _words("request_digest"),
    _number("first_position"),
    _number("last_position"),
    sqlite_with_rowid=False,
)
TEXTS = _table(
    "texts",
    _words("ref", primary_key=True),
    Column("nonce", BYTES, nullable=False),
    _words("text"),
    _words("erased_at", nullable=True),
)
BLOBS = _table("blobs", _words("digest", primary_key=True), Column("content", BYTES, nullable=False))
OUTBOX = _table(
    "outbox",
    _number("id", primary_key=True, autoincrement=True),
    _number("position"),
    _words("recipient"),
    _words("kind"),
    _words("subject"),
    _words("words"),
    _words("sent_at", nullable=True),
)
_UNSENT = OUTBOX.c.sent_at.is_(None)
Index("outbox_unsent", OUTBOX.c.id, sqlite_where=_UNSENT, postgresql_where=_UNSENT)
INCIDENTS = _table(
    "incidents",
    _words("firing", primary_key=True),
    _words("stream"),
    _words("subject"),
    _words("name"),
    _number("n"),
    _words("due_at"),
    _number("reminder"),
    _number("attempts"),
    _words("first_failed_at"),
    _words("last_failed_at"),
    _words("next_try_at"),
    _words("code"),
    _words("sentence"),
    _words("ended_at", nullable=True),
    sqlite_with_rowid=False,
)
_OPEN = INCIDENTS.c.ended_at.is_(None)
Index("incidents_open", INCIDENTS.c.first_failed_at, sqlite_where=_OPEN, postgresql_where=_OPEN)
META = _table("meta", _words("name", primary_key=True), _words("value"), sqlite_with_rowid=False)

APPEND_ONLY = (EVENTS.name, COMMANDS.name)
"""Tables whose rows are never changed and never deleted; each database has its own way of refusing."""

SINCE, UNTIL = "from_position", "to_position"
"""An earlier row of a view stood from the first to before the second; one that stands now has no end."""
_LAYOUT = 3
"""Raised where the tables of every view change: they are then made and filled anew."""


class ViewShape:
    """The tables of one view: `now` has the rows that stand, `before` those that stood earlier, in a ranged view.

    What stands now is found by its key and changed where it lies, so that an index that names nothing of what changed
    is not touched. Earlier rows are only ever added. Rows lie in the order they came in, and keys lead to them: rows are
    too long to lie in the tree of keys itself, where few would fit on a page. `fresh` names temporary tables of the same shape, to compare with.
    """

    def __init__(self, view: View, fresh: bool = False) -> None:
        if view.name in LOG.tables:
            raise Broken.of(
                "GT-DB-010",
                f"A view cannot be called {view.name}: the log has a table of that name.",
                "Give it another name.",
            )
        name = f"fresh_{view.name}" if fresh else view.name
        since, began = _number(SINCE), _number(SINCE, primary_key=True)
        options = {"prefixes": ["TEMPORARY"] if fresh else []}
        standing = (*_columns(view), since) if view.ranged else _columns(view)
        earlier = (*_columns(view), began, _number(UNTIL))
        self.now = _table(name, *standing, metadata=MetaData(), **_room(view), **options)
        self.before = _table(before(name), *earlier, metadata=MetaData(), **options) if view.ranged else None
        for number, indexed in enumerate(() if fresh else view.indexes, 1):
            Index(f"{name}_{number}", *(self.now.c[column] for column in indexed))

    @property
    def tables(self) -> list[Table]:
        """Every table of the view."""
        return [self.now] if self.before is None else [self.now, self.before]

    @property
    def everything(self) -> Table | Subquery:
        """All rows; in a ranged view with where each begins and ends."""
        if self.before is None:
            return self.now
        return union_all(select(*self.now.c, null().label(UNTIL)), select(*self.before.c)).subquery()


def _room(view: View) -> dict[str, dict[str, int]]:
    """Room on each page, so that a row that changes stays on its own, and so do its entries in indexes.

    A view may say of how many percent, where its rows change many at a time; a book keeps what it was made with.
    """
    return {"postgresql_with": {"fillfactor": 100 - getattr(view, "room", 20)}}


def _columns(view: View) -> list[Column[Any]]:
    return [
        (_words if kind is str else _number)(
            column, nullable=column not in view.key, primary_key=column in view.key
        )
        for column, kind in view.columns.items()
    ]


def before(view: str) -> str:
    """What the table of a view's earlier rows is called."""
    return f"{view}_before"


def definition(view: View) -> str:
    """A digest of a view's shape: where it changes, the tables are made and filled anew.

    A view may carry a `version` of its own, to be raised when its fold changes and its shape does not.
    """
    columns = [(name, kind.__name__) for name, kind in view.columns.items()]
    shape = [columns, view.key, view.ranged, view.indexes, getattr(view, "version", 1), _LAYOUT]
    return hashlib.sha256(msgspec.json.encode(shape)).hexdigest()
