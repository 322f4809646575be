"""A command that waits for another program says so on stderr, and then does what it was asked to."""

from __future__ import annotations

import io
import threading
from contextlib import closing, redirect_stderr, redirect_stdout

from adapters.cli.app import run
from adapters.sql import open_sqlite
from engine.views import VIEWS
from goldenthread.__main__ import Program

from .conftest import Desk


class Listening(io.StringIO):
    """A stderr on which somebody waits for a word."""

    def __init__(self, word: str, heard: threading.Event) -> None:
        super().__init__()
        self._word, self._heard = word, heard

    def write(self, text: str) -> int:
        if self._word in text:
            self._heard.set()
        return super().write(text)


def test_a_command_says_that_it_waits(desk: Desk) -> None:
    desk.does(
        "init", "--pack", "hampshire-2008", "--council", "Kent", "--proposer", "Ada Lead", "--approver", "Ben Two",
    )  # fmt: skip
    inside, heard = threading.Event(), threading.Event()

    def hold() -> None:
        path = desk.folder / "book.goldenthread"
        with closing(open_sqlite(path, VIEWS, create=False)) as store, store._database.writing:
            inside.set()  # as an import does, or a backup
            assert heard.wait(60)

    holder = threading.Thread(target=hold)
    holder.start()
    assert inside.wait(60)
    out, err = io.StringIO(), Listening("Waiting", heard)
    with redirect_stdout(out), redirect_stderr(err):
        code = run(
            Program(),
            ["-C", str(desk.folder), "--clock", desk.at, "person", "add", "Priya", "--as", "Ada Lead"],
        )
    holder.join(60)
    assert code == 0
    assert err.getvalue().splitlines()[0] == "Waiting for another program to let go of the book…"
    assert "Priya" in desk.does("person", "list")
