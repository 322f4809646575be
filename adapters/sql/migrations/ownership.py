"""Whose tables they are: in PostgreSQL only their owner may change them, and a new one must be the owner's too."""

from __future__ import annotations

from typing import Literal, NamedTuple

from sqlalchemy.engine.interfaces import Dialect

from adapters.sql.database import Cursor
from events.errors import GoldenthreadError, Refused

_ASK = (
    "SELECT pg_get_userbyid(relowner), current_user, pg_has_role(relowner, 'USAGE'), "
    "quote_ident(pg_get_userbyid(relowner)) FROM pg_class WHERE oid = 'meta'::regclass"
)
_SENTENCES = {
    "GT-DB-032": "The tables of this book belong to the role {owner}, and {user} may not change them.",
    "GT-DB-033": "The views of this book were made by another version of goldenthread, and only the role {owner}, "
    "whose tables they are, may make them anew; {user} may not.",
}


class _Rights(NamedTuple):
    owner: str
    user: str
    may: bool
    quoted: str


def check_owner(cursor: Cursor, dialect: Dialect, code: Literal["GT-DB-032", "GT-DB-033"]) -> None:
    """Refuse where the tables belong to a role that this one may not act for. Raises Refused with the code."""
    rights = _rights(cursor, dialect)
    if rights is not None and not rights.may:
        raise not_owner(code, rights.owner, rights.user)


def not_owner(code: Literal["GT-DB-032", "GT-DB-033"], owner: str, user: str) -> GoldenthreadError:
    """The tables are somebody else's."""
    sentence = _SENTENCES[code].format(owner=owner, user=user)
    return Refused.of(code, sentence, f"Have 'goldenthread db migrate' run by {owner}.")


def act_as_owner(cursor: Cursor, dialect: Dialect) -> None:
    """Act as the owner until the end of the transaction, so that what is made is the owner's."""
    rights = _rights(cursor, dialect)
    if rights is not None and rights.owner != rights.user:
        cursor.execute(f"SET LOCAL ROLE {rights.quoted}")


def _rights(cursor: Cursor, dialect: Dialect) -> _Rights | None:
    if dialect.name != "postgresql":
        return None
    cursor.execute(_ASK)
    return _Rights(*cursor.fetchone())
