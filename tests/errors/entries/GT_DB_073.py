"""A backup is to be put where the file of a book stands that has been moved to PostgreSQL."""

from adapters.sql.restoring import Standing, check_allowed

SAYS = "The book at book.goldenthread was moved to postgresql://app@db.example/figures, schema kent; restored here, there would be two of it."
FIX = "Name its new place in goldenthread.toml and restore there, or add --replace if this one is to go on."


def provoke():
    moved = Standing(taken=True, moved_to="postgresql://app@db.example/figures, schema kent")
    check_allowed("book.goldenthread", moved)
