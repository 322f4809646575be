"""Restoring a backup while another program has the book open."""

from pathlib import Path

from adapters.sql.backup import back_up
from adapters.sql.restore_file import restore_file
from tests.contract.custody import quiet
from tests.errors.books import NAME, NOW, a_book, a_unit

SAYS = "Another program has the book at book.goldenthread open: nothing was restored."
FIX = "Stop the worker and whatever else uses it, and do the same again."


def provoke():
    file = Path("monday.goldenthread")
    with a_book() as store:
        store.commit(a_unit())
        back_up(store._database, NAME, file, (), force=False, watch=quiet)
        asked = {"check": True, "replace": False, "dry_run": False, "wait_seconds": 0.1}
        restore_file(file, Path(NAME), (), now=NOW, watch=quiet, **asked)
