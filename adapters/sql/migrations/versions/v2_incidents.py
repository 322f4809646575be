"""A table of incidents: firings that failed, kept until they have passed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql, sqlite

revision = "2"
down_revision = "1"

WORDS = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sqlite.INTEGER(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "incidents",
        sa.Column("firing", WORDS, primary_key=True),
        sa.Column("stream", WORDS, nullable=False),
        sa.Column("subject", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("n", NUMBER, nullable=False),
        sa.Column("due_at", WORDS, nullable=False),
        sa.Column("reminder", NUMBER, nullable=False),
        sa.Column("attempts", NUMBER, nullable=False),
        sa.Column("first_failed_at", WORDS, nullable=False),
        sa.Column("last_failed_at", WORDS, nullable=False),
        sa.Column("next_try_at", WORDS, nullable=False),
        sa.Column("code", WORDS, nullable=False),
        sa.Column("sentence", WORDS, nullable=False),
        sa.Column("ended_at", WORDS),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    still_open = sa.text("ended_at IS NULL")
    op.create_index(
        "incidents_open",
        "incidents",
        ["first_failed_at"],
        sqlite_where=still_open,
        postgresql_where=still_open,
    )
