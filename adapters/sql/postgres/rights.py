"""Who may do what in a book's schema: the owner everything, an application to add, a reader to read.

The owner makes and migrates the tables. The program and its workers run as a role that may only insert into and
select from the log: not even a faulty or stolen program can change what is recorded. Rights are read back from the
catalogue, so that tables made later get the same.
"""

from __future__ import annotations

from shlex import quote
from typing import Any, Literal

from psycopg import sql

from adapters.sql.schema import APPEND_ONLY
from events.errors import Invalid, NotFound, Refused

Kind = Literal["application", "reader"]

_OF_APPLICATION = {
    **dict.fromkeys(APPEND_ONLY, "SELECT, INSERT"),
    "blobs": "SELECT, INSERT",
    "texts": "SELECT, INSERT, UPDATE",
    "outbox": "SELECT, INSERT, UPDATE (sent_at)",
    "incidents": "SELECT, INSERT, UPDATE",
    "meta": "SELECT, INSERT, UPDATE",
}
_OF_VIEWS = "SELECT, INSERT, UPDATE, DELETE"
"""Views can be filled again from the log at any time."""

_TABLES = """
SELECT c.relname, c.relkind FROM pg_class c WHERE c.relnamespace = %s::regnamespace AND c.relkind IN ('r', 'S')
ORDER BY c.relkind, c.relname
"""
_GRANTED = """
SELECT r.rolname, bool_or(a.privilege_type = 'INSERT')
FROM pg_class c, aclexplode(c.relacl) a JOIN pg_roles r ON r.oid = a.grantee
WHERE c.oid = coalesce(to_regclass('events'), to_regclass('commands')) AND a.grantee <> c.relowner GROUP BY r.rolname ORDER BY r.rolname
"""


def grant(cursor: Any, schema: str, role: str, kind: Kind) -> None:
    """Give a role the rights of its kind, and take from it every other on this book.

    Raises NotFound GT-DB-070, Refused 072, Invalid 241 and 242.
    """
    _check_name(role)
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,))
    if cursor.fetchone() is None:
        raise NotFound.of(
            "GT-DB-070",
            f"This PostgreSQL server knows no role '{role}'.",
            f"Have it made with 'createuser {quote(role)}', then do the same again.",
        )
    cursor.execute(
        "SELECT pg_has_role(%s, relowner, 'USAGE') FROM pg_class WHERE oid = 'meta'::regclass", (role,)
    )
    if (cursor.fetchone() or (False,))[0]:
        raise Refused.of(
            "GT-DB-072",
            f"The role '{role}' owns the book, or acts for its owner: it may do everything already.",
            "Give rights to another role, made for the program or for whoever reads.",
        )
    of = {"schema": sql.Identifier(schema), "role": sql.Identifier(role)}
    for every in ("ALL ON ALL TABLES IN SCHEMA", "ALL ON ALL SEQUENCES IN SCHEMA", "ALL ON SCHEMA"):
        # with what it gave on to others
        cursor.execute(sql.SQL(f"REVOKE {every} {{schema}} FROM {{role}} CASCADE").format(**of))
    cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA {schema} TO {role}").format(**of))
    cursor.execute(_TABLES, (f'"{schema}"',))
    for name, relation in cursor.fetchall():
        if rights := _rights(name, relation, kind):
            on = "SEQUENCE" if relation in ("S", b"S") else "TABLE"
            statement = sql.SQL(f"GRANT {rights} ON {on} {{schema}}.{{name}} TO {{role}}")
            cursor.execute(statement.format(name=sql.Identifier(name), **of))


def _check_name(role: str) -> None:
    if not role.strip():
        raise Invalid.of(
            "GT-DB-241",
            "The name of the role is missing.",
            "Name a role of the PostgreSQL server: goldenthread db grant ROLE.",
        )
    if role.casefold() == "public":
        raise Invalid.of(
            "GT-DB-242",
            f"'{role}' is no role: to PostgreSQL it means everybody, and a book is not opened to everybody.",
            "Name the role that the program uses or, with --reader, that of whoever reads.",
        )


def grant_again(cursor: Any, schema: str) -> None:
    """Give every role that has rights on the log the same on tables made since."""
    for role, adds in granted(cursor):
        grant(cursor, schema, role, "application" if adds else "reader")


def granted(cursor: Any) -> list[tuple[str, bool]]:
    """Roles with rights on the log besides its owner, and whether they may add to it."""
    cursor.execute(_GRANTED)
    return list(cursor.fetchall())


def _rights(name: str, relation: str | bytes, kind: Kind) -> str:
    if relation in ("S", b"S"):
        return "USAGE" if kind == "application" else ""
    return _OF_APPLICATION.get(name, _OF_VIEWS) if kind == "application" else "SELECT"
