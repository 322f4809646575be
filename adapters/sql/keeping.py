"""What stands beside the log: erasable texts, blobs, the outbox, and small operational values."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.engine.interfaces import Dialect

from adapters.sql.database import Cursor
from adapters.sql.statements import ByKeys, native
from engine.ports import Notice, OutboxRow
from events.instant import Instant
from events.text import Text

_ERASE = "UPDATE texts SET nonce = ?, text = '', erased_at = ? WHERE ref = ? AND erased_at IS NULL"
_BLOB = "SELECT content FROM blobs WHERE digest = ?"
_OUTBOX = "SELECT id, position, recipient, kind, subject, words, sent_at FROM outbox"
_UNSENT = f"{_OUTBOX} WHERE sent_at IS NULL AND id > ? ORDER BY id LIMIT ?"
_ALL = f"{_OUTBOX} WHERE id > ? ORDER BY id LIMIT ?"
_LEAST = -(2**63)
_SENT = "UPDATE outbox SET sent_at = ? WHERE id = ? AND sent_at IS NULL"
_GET = "SELECT value FROM meta WHERE name = ?"
_SET = "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"


class Keeping:
    """Texts, blobs, notices and odds, each on a cursor."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        wanted = "t.ref, t.nonce, t.text, t.erased_at"
        self._texts = ByKeys(wanted, "texts t", "t.ref = k.column1", (str,), dialect)

    def texts(self, cursor: Cursor, refs: Collection[str]) -> dict[str, Text | None]:
        """Texts by reference; None for an erased one."""
        asked = self._texts.ask(cursor, [(ref,) for ref in refs])
        return {ref: None if erased_at else _text(nonce, text) for ref, nonce, text, erased_at in asked}

    def erase(self, cursor: Cursor, ref: str, at: Instant) -> bool:
        """Blank a text and its nonce."""
        cursor.execute(self._native(_ERASE), (b"", at, ref))
        return cursor.rowcount > 0

    def blob(self, cursor: Cursor, digest: str) -> bytes | None:
        """A stored blob."""
        cursor.execute(self._native(_BLOB), (digest,))
        row = cursor.fetchone()
        return _bytes(row[0]) if row else None

    def outbox(self, cursor: Cursor, unsent_only: bool, limit: int, after: int | None) -> list[OutboxRow]:
        """Notices by id, above `after`."""
        above = _LEAST if after is None else after
        cursor.execute(self._native(_UNSENT if unsent_only else _ALL), (above, limit))
        return [
            OutboxRow(
                id=number,
                position=position,
                notice=Notice(to=to, kind=kind, subject=subject, words=words),
                sent_at=sent_at,
            )
            for number, position, to, kind, subject, words, sent_at in cursor.fetchall()
        ]

    def mark_sent(self, cursor: Cursor, ids: Collection[int], at: Instant) -> None:
        """Note that notices have been handed over; the first note stays."""
        cursor.executemany(self._native(_SENT), [(at, number) for number in ids])

    def get_meta(self, cursor: Cursor, name: str) -> str | None:
        """A small operational value."""
        cursor.execute(self._native(_GET), (name,))
        row = cursor.fetchone()
        return str(row[0]) if row else None

    def set_meta(self, cursor: Cursor, name: str, value: str) -> None:
        """Keep a small operational value."""
        cursor.execute(self._native(_SET), (name, value))

    def _native(self, sql: str) -> str:
        return native(sql, self._dialect)


def _text(nonce: object, text: object) -> Text:
    """A text; where damage has made another kind of value of it, one that its reference does not fit."""
    if isinstance(text, str) and (salt := _bytes(nonce)):
        return Text(salt, text)
    return Text(b"", "(this text is damaged)")


def _bytes(value: object) -> bytes:
    """Bytes; where damage has made another kind of value of them, none, which no digest fits."""
    return bytes(value) if isinstance(value, bytes | memoryview) else b""
