"""A book with something in every table, and what the tests of moving, backing up and restoring ask of two of them."""

from __future__ import annotations

import hashlib
import itertools
import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from adapters.sql import SqlStore, open_sqlite
from adapters.sql.carrying import anew
from adapters.sql.schema import LOG
from engine.custody import Watch
from engine.ports import Incident, Notice
from engine.view import View
from events.errors import GoldenthreadError
from events.text import Text

NOW: Any = "2026-06-01T12:00:00.000000Z"
OF_THE_PLACE = ("schema", "views", "arriving", "moved", "restored")


def quiet(_: str, __: int, ___: int) -> None:
    """Nobody watches."""


def a_file(folder: Path, desk: Any, views: Sequence[View], commands: int = 40) -> Path:
    """A book in a file: facts, commands, texts (one erased), blobs, notices (one sent), an incident, odds."""
    path = folder / "book.goldenthread"
    store = open_sqlite(path, views, create=True)
    fill(store, desk, commands)
    store.close()
    return path


def fill(store: SqlStore, desk: Any, commands: int = 40) -> None:
    """Record something in every table."""
    texts = [Text(bytes([n]) * 16, f"words {n} – “é” 😀") for n in range(12)]
    for n in range(commands):
        body = f"body {n % 7}"
        events = [
            desk.added(body, 1 + n % 28),
            desk.cancelled(body, 1 + n % 28),
            desk.added(body, 1 + n % 28),
        ]
        notice = Notice(to=body, kind="reminder", subject=f"meetings@{n}", words="soon")
        part = desk.part(*events[: 1 + n % 3], stream=f"meetings/{n % 5}", notices=[(0, notice)])
        content = bytes([n]) * (50 * n)
        blobs = {hashlib.sha256(content).hexdigest(): content} if n % 10 == 0 else None
        store.commit(desk.unit(part, texts=texts[n : n + 1], blobs=blobs))
    store.commit(desk.unit(desk.part()))  # a command that wrote nothing
    store.erase(texts[3].ref, desk.at())
    store.mark_sent([2, 5], desk.at())
    store.set_meta("last_tick", NOW)
    store.keep_incident(
        Incident(
            firing="F1", stream="interventions/CH04/childrens", subject="1", name="report_back", n=1, due_at=NOW,
            reminder=0, attempts=2, first_failed_at=NOW, last_failed_at=NOW, next_try_at=NOW, code="GT-X", sentence="No.",
        )
    )  # fmt: skip


def rows(store: SqlStore) -> dict[str, list[Any]]:
    """Every row that belongs to a book, as the database has it, table by table."""
    ask = anew(store._database)
    found = {}
    for table in LOG.sorted_tables:
        key = next(iter(table.primary_key)).name
        columns = ", ".join(column.name for column in table.c)
        found[table.name] = ask(f"SELECT {columns} FROM {table.name} ORDER BY {key}", ())
    found["meta"] = [row for row in found["meta"] if row[0] not in OF_THE_PLACE]
    return found


def views_of(store: SqlStore, views: Sequence[View]) -> dict[str, list[Any]]:
    """Every row of every view."""
    return {view.name: store.rows(view, order_by=view.key) for view in views}


def refused(do: Callable[[], Any]) -> list[str]:
    """The codes that something is refused with; empty where it is not."""
    try:
        do()
    except GoldenthreadError as error:
        return [problem.code for problem in error.problems]
    return []


def killed_when(moment: Callable[[str, int, int], bool], task: Callable[[Watch], Any]) -> str | None:
    """Run a task in a process that kills itself once it is told of that moment; answers at which, None where it never came."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:

        def watch(stage: str, done: int, total: int) -> None:
            if moment(stage, done, total):
                os.write(writer, stage.encode())
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            task(watch)
        except BaseException:  # noqa: BLE001  # the parent is told by the exit code
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as told:
        stage = told.read()
    status = os.waitpid(child, 0)[1]
    assert status in (0, signal.SIGKILL), "see the traceback above"
    return stage if status else None


def killed_at(call: int, task: Callable[[Watch], Any]) -> str | None:
    """The same at the nth thing that is told."""
    numbers = itertools.count(1)
    return killed_when(lambda *_: next(numbers) == call, task)


def at(stage: str, do: Callable[[], Any]) -> Watch:
    """Do something the first time that a stage is told of."""
    pending = [do]

    def watch(now: str, _: int, __: int) -> None:
        if now == stage and pending:
            pending.pop()()

    return watch
