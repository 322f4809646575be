"""Somebody has dropped or renamed tables of a book in PostgreSQL."""

from adapters.sql.postgres.failures import mutilated

BOOK = "postgresql://app@db.example/figures, schema kent"
SAYS = f"The book {BOOK} is damaged: the tables texts, outbox are not there any more."
FIX = (
    "See who dropped or renamed what; then bring the last good backup back with 'goldenthread db restore', under another "
    "name (--book) where this one is refused."
)


def provoke():
    raise mutilated(BOOK, ["texts", "outbox"])
