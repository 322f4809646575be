"""An index of the facts by which matters began, which are counted to number them."""

import sqlalchemy as sa
from alembic import op

revision = "3"
down_revision = "2"


def upgrade() -> None:
    """Make the index."""
    begun = sa.text("type IN ('intervention.proposed', 'matter.begun')")
    op.create_index(
        "events_begun",
        "events",
        ["position", "stream", "type"],
        sqlite_where=begun,
        postgresql_where=begun,
    )
