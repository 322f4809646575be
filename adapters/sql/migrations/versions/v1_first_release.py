"""The log, and beside it texts, blobs, the outbox and small values."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql, sqlite

revision = "1"
down_revision = None

WORDS = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sqlite.INTEGER(), "sqlite")
BYTES = sa.LargeBinary()


def upgrade() -> None:
    """Make the tables of the first release."""
    _events()
    op.create_table(
        "commands",
        sa.Column("command_id", WORDS, primary_key=True),
        sa.Column("request_digest", WORDS, nullable=False),
        sa.Column("first_position", NUMBER, nullable=False),
        sa.Column("last_position", NUMBER, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "texts",
        sa.Column("ref", WORDS, primary_key=True),
        sa.Column("nonce", BYTES, nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("erased_at", WORDS),
        sqlite_strict=True,
    )
    op.create_table(
        "blobs",
        sa.Column("digest", WORDS, primary_key=True),
        sa.Column("content", BYTES, nullable=False),
        sqlite_strict=True,
    )
    _outbox()
    op.create_table(
        "meta",
        sa.Column("name", WORDS, primary_key=True),
        sa.Column("value", WORDS, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    _append_only("events")
    _append_only("commands")


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("position", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("stream", WORDS, nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("type", WORDS, nullable=False),
        sa.Column("schema_version", NUMBER, nullable=False),
        sa.Column("recorded_at", WORDS, nullable=False),
        sa.Column("effective_on", WORDS, nullable=False),
        sa.Column("actor", WORDS, nullable=False),
        sa.Column("command_id", WORDS, nullable=False),
        sa.Column("correlation_id", WORDS, nullable=False),
        sa.Column("caused_by", WORDS),
        sa.Column("body", BYTES, nullable=False),
        sa.Column("leaf", BYTES, nullable=False),
        sa.UniqueConstraint("stream", "version"),
        sqlite_strict=True,
    )
    op.create_index("events_by_correlation", "events", ["correlation_id"])
    corrections = sa.text("type = 'clock.corrected'")
    op.create_index(
        "events_clock_corrected",
        "events",
        ["position"],
        sqlite_where=corrections,
        postgresql_where=corrections,
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("position", NUMBER, sa.ForeignKey("events.position"), nullable=False),
        sa.Column("recipient", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("subject", WORDS, nullable=False),
        sa.Column("words", WORDS, nullable=False),
        sa.Column("sent_at", WORDS),
        sqlite_strict=True,
    )
    unsent = sa.text("sent_at IS NULL")
    op.create_index("outbox_unsent", "outbox", ["id"], sqlite_where=unsent, postgresql_where=unsent)


def _append_only(table: str) -> None:
    if op.get_context().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the record is only ever added to'); END"
            )
        return
    op.execute(
        """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN RAISE EXCEPTION 'the record is only ever added to'; END$$
"""
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
