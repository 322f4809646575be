"""Rights of a role of a server are asked for on a file."""

from pathlib import Path

from goldenthread.places import FilePlace

SAYS = "The book book.goldenthread is a file: who may use it is decided by the rights on the file and its folder."
FIX = "Give the account rights on both, or move the book to PostgreSQL with 'goldenthread db to-postgres'."


def provoke():
    FilePlace(Path("book.goldenthread")).grant("reports", reader=True)
