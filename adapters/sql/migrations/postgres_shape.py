"""What the catalogue of PostgreSQL says of a book's schema, column by column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from adapters.sql.database import Cursor, Database, create_table
from adapters.sql.migrations.comparing import ORDER, Part, Shape
from adapters.sql.schema import APPEND_ONLY, LOG
from adapters.sql.view_tables import ViewTable

_RELATIONS = """
SELECT CASE c.relkind WHEN 'r' THEN 'table' WHEN 'S' THEN 'sequence' WHEN 'v' THEN 'view' ELSE 'relation' END,
       c.relname, coalesce(owner.relname, c.relname),
       concat_ws(', ', CASE c.relkind WHEN 'r' THEN 'table' ELSE c.relkind::text END,
                 CASE WHEN c.relpersistence = 'u' THEN 'unlogged' END,
                 CASE WHEN c.relhasrules AND c.relkind = 'r' THEN 'with rules' END,
                 CASE WHEN c.relrowsecurity THEN 'with row security' END)
FROM pg_class c
LEFT JOIN pg_depend d ON c.relkind = 'S' AND d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'a'
LEFT JOIN pg_class owner ON owner.oid = d.refobjid
WHERE c.relnamespace = {schema} AND c.relkind NOT IN ('i', 'I', 't', 'c')
"""
_COLUMNS = """
SELECT 'column', c.relname || '.' || a.attname, c.relname,
       concat_ws(', ', format_type(a.atttypid, a.atttypmod),
                 CASE WHEN a.attcollation <> t.typcollation THEN 'collated ' || o.collname END,
                 CASE WHEN a.attnotnull THEN 'not null' END,
                 'default ' || pg_get_expr(d.adbin, d.adrelid),
                 CASE WHEN a.attidentity <> '' THEN 'identity' END)
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_collation o ON o.oid = a.attcollation
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE c.relnamespace = {schema} AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
"""
_ORDER = """
SELECT '{order}', c.relname, c.relname, string_agg(a.attname, ', ' ORDER BY a.attnum)
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE c.relnamespace = {schema} AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
GROUP BY c.relname
"""
_INDEXES = """
SELECT 'index', c.relname, own.relname,
       pg_get_indexdef(i.indexrelid) || CASE WHEN i.indisvalid THEN '' ELSE ', not valid' END
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class own ON own.oid = i.indrelid
WHERE own.relnamespace = {schema} AND own.relkind IN ('r', 'p')
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.conrelid = i.indrelid)
"""
_CONSTRAINTS = """
SELECT 'constraint', k.conname, c.relname, pg_get_constraintdef(k.oid)
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
WHERE c.relnamespace = {schema} AND k.contype <> 'n'
"""
_TRIGGERS = """
SELECT 'trigger', g.tgname, c.relname,
       CASE g.tgenabled WHEN 'O' THEN '' ELSE 'disabled: ' END || pg_get_triggerdef(g.oid) || ': ' || btrim(p.prosrc)
FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_proc p ON p.oid = g.tgfoid
WHERE c.relnamespace = {schema} AND NOT g.tgisinternal
"""
_QUESTIONS = (_RELATIONS, _COLUMNS, _ORDER, _INDEXES, _CONSTRAINTS, _TRIGGERS)
_FUNCTION = re.compile(r"(EXECUTE FUNCTION )(\w+)")


def live(cursor: Cursor) -> Shape:
    """The shape of the book."""
    return _shape(cursor, "current_schema()::regnamespace", _name(cursor, "quote_ident(current_schema())"))


def made_anew(cursor: Cursor, database: Database, views: Iterable[ViewTable]) -> Shape:
    """The shape of a new book with these views, made of temporary tables; a role that may only read can do that."""
    cursor.execute("SET LOCAL search_path TO pg_temp")
    for table in [*LOG.sorted_tables, *(table for view in views for table in view.shape.tables)]:
        create_table(cursor, table, database.dialect)
    for name in APPEND_ONLY:
        for statement in database.append_only(name):
            # functions are never looked for among what is temporary, unless they are asked for by their place
            cursor.execute(_FUNCTION.sub(r"\1pg_temp.\2", statement))
    return _shape(cursor, "pg_my_temp_schema()", _name(cursor, "pg_my_temp_schema()::regnamespace"))


def _shape(cursor: Cursor, schema: str, name: str) -> Shape:
    prefixes = re.compile(rf"(?<![\w.])(?:{re.escape(name)}|pg_temp)\.")
    shape: dict[Part, str] = {}
    for question in _QUESTIONS:
        cursor.execute(question.format(schema=schema, order=ORDER))
        for kind, part, table, said in cursor.fetchall():
            shape[Part(kind, part, table)] = prefixes.sub("", said)
    return shape


def _name(cursor: Cursor, asked: str) -> Any:
    cursor.execute(f"SELECT {asked}::text")
    return cursor.fetchone()[0]
