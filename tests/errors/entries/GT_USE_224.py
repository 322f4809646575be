"""A demonstration made where the environment names another book or another clock."""

import os
from pathlib import Path

from goldenthread.demo import run
from tests.errors.books import a_folder

SAYS = "The demonstration has a book and a clock of its own, and GOLDENTHREAD_DB would come before them."
FIX = "Leave that out for the demonstration and its book: unset GOLDENTHREAD_DB."


def provoke():
    with a_folder():
        os.environ["GOLDENTHREAD_DB"] = "book.goldenthread"
        try:
            run.prepare(Path("demo"))
        finally:
            del os.environ["GOLDENTHREAD_DB"]
