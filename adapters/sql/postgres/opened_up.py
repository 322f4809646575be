"""Who besides the owner may change or delete what is recorded: rights on the log that `db grant` never gives.

Triggers refuse a change all the same, whoever asks; rights are the second lock, and whoever opened it is to be known.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from psycopg import sql

from adapters.sql.schema import APPEND_ONLY
from events.errors import Problem

_CHANGING = ["UPDATE", "DELETE", "TRUNCATE", "TRIGGER"]
"""Of these, a trigger could change what is added."""
_ASK = """
WITH log AS (
    SELECT c.oid, c.relname, c.relowner, c.relacl
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = %s AND c.relname = ANY(%s)
), granted AS (
    SELECT log.oid, a.* FROM log, aclexplode(log.relacl) a
    UNION ALL
    SELECT log.oid, a.* FROM log JOIN pg_attribute t ON t.attrelid = log.oid, aclexplode(t.attacl) a
)
SELECT coalesce(r.rolname::text, ''), log.relname::text, g.privilege_type,
       CASE WHEN g.grantor = log.relowner THEN '' ELSE pg_get_userbyid(g.grantor)::text END
FROM granted g JOIN log USING (oid) LEFT JOIN pg_roles r ON r.oid = g.grantee
WHERE g.privilege_type = ANY(%s) AND (g.grantee = 0 OR NOT pg_has_role(g.grantee, log.relowner, 'USAGE'))
"""


class _Right(NamedTuple):
    role: str
    """Empty for PUBLIC."""
    table: str
    verb: str
    given_on_by: str
    """Empty where the owner gave it, or an administrator in the owner's name."""


def open_to_change(cursor: Any, schema: str) -> list[Problem]:
    """A warning for each role that may change the log, and for PUBLIC; not for its owner, nor for who acts for it."""
    cursor.execute(_ASK, (schema, list(APPEND_ONLY), _CHANGING))
    rights = sorted({_Right(*row) for row in cursor.fetchall()}, key=_order)
    return [
        _problem(schema, role, list(each)) for role, each in groupby(rights, key=lambda right: right.role)
    ]


def _order(right: _Right) -> tuple[str, int, int, str]:
    return (right.role, APPEND_ONLY.index(right.table), _CHANGING.index(right.verb), right.given_on_by)


def _problem(schema: str, role: str, rights: list[_Right]) -> Problem:
    who = f"The role '{role}'" if role else "Every role of the server (PUBLIC)"
    what = " and ".join(f"{verbs} on {table}" for table, verbs in _by_table(rights))
    return Problem(
        code="GT-DB-224",
        sentence=f"{who} has rights to change what is recorded: {what}.",
        fix=_way_out(schema, role, rights),
        severity="warning",
    )


def _way_out(schema: str, role: str, rights: list[_Right]) -> str:
    if givers := sorted({right.given_on_by for right in rights} - {""}):
        return (
            f"The role '{givers[0]}' gave them on: run 'goldenthread db grant {givers[0]}' as the owner of the book, with "
            "--reader if it only reads. That takes every other right from it, and from those it gave them to."
        )
    if role:
        return (
            f"Run 'goldenthread db grant {role}' as the owner of the book, with --reader if it only reads: that takes every "
            "other right from it."
        )
    place = sql.Identifier(schema).as_string(None)
    revoked = "; ".join(
        f"REVOKE {verbs} ON {place}.{table} FROM PUBLIC" for table, verbs in _by_table(rights)
    )
    return f"Let the owner of the book, or an administrator of the database, take them away: {revoked}."


def _by_table(rights: list[_Right]) -> Iterator[tuple[str, str]]:
    for table, each in groupby(rights, key=lambda right: right.table):
        yield table, ", ".join(dict.fromkeys(right.verb for right in each))
