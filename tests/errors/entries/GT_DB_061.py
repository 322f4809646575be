"""Two backups to the same file at the same time."""

from pathlib import Path

from adapters.sql.sqlite.part import part_of
from tests.errors.books import a_folder

SAYS = "Another program is writing monday.goldenthread already."
FIX = "Wait until it is done."


def provoke():
    with a_folder(), part_of(Path("monday.goldenthread")), part_of(Path("monday.goldenthread")):
        pass
