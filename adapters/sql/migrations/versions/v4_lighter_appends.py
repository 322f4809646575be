"""Less to write for each fact: correlations with another command only are indexed, and notices hold no foreign key."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql, sqlite

revision = "4"
down_revision = "3"

WORDS = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sqlite.INTEGER(), "sqlite")


def upgrade() -> None:
    """Make the index anew, and take the key from the notices; SQLite needs the table made anew for that."""
    op.drop_index("events_by_correlation", "events")
    elsewhere = sa.text("correlation_id != command_id")
    op.create_index(
        "events_by_correlation",
        "events",
        ["correlation_id"],
        sqlite_where=elsewhere,
        postgresql_where=elsewhere,
    )
    if op.get_context().dialect.name != "sqlite":
        op.drop_constraint("outbox_position_fkey", "outbox")
        return
    op.drop_index("outbox_unsent", "outbox")
    op.rename_table("outbox", "outbox_before")
    op.create_table(
        "outbox",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("position", NUMBER, nullable=False),
        sa.Column("recipient", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("subject", WORDS, nullable=False),
        sa.Column("words", WORDS, nullable=False),
        sa.Column("sent_at", WORDS),
        sqlite_strict=True,
    )
    op.execute(
        "INSERT INTO outbox SELECT id, position, recipient, kind, subject, words, sent_at FROM outbox_before"
    )
    op.drop_table("outbox_before")
    unsent = sa.text("sent_at IS NULL")
    op.create_index("outbox_unsent", "outbox", ["id"], sqlite_where=unsent)
