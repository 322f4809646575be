"""Whoever waits long for another program to let go of the book is told so, once, and gets their turn."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from adapters.sql import SqlStore, open_postgres, open_sqlite
from adapters.sql.patience import Patience
from engine.view import View
from tests import postgres

Open = Callable[..., SqlStore]


@pytest.fixture(params=["sqlite", "postgres"])
def open_again(request: pytest.FixtureRequest, tmp_path: Path, meetings: View) -> Iterator[Open]:
    """Opens the same book, as often as wanted."""
    if request.param == "sqlite":
        path = tmp_path / "book.goldenthread"

        def opened(create: bool = False, **more: Any) -> SqlStore:
            return open_sqlite(path, [meetings], create=create, **more)
    else:
        url, schema = postgres.server(), postgres.schema()

        def opened(create: bool = False, **more: Any) -> SqlStore:
            return open_postgres(url, schema, [meetings], create=create, **more)

    opened(create=True).close()
    with ExitStack() as stack:

        def closing(**more: Any) -> SqlStore:
            store = opened(**more)
            stack.callback(store.close)
            return store

        yield closing


@contextmanager
def held(open_again: Open, desk: Any, released: threading.Event) -> Iterator[None]:
    """Another program stands in the middle of a commit until it is released."""
    inside = threading.Event()

    def stand(point: str) -> None:
        if point == "before append":
            inside.set()
            assert released.wait(60)

    holder = open_again(failpoint=stand)
    thread = threading.Thread(target=lambda: holder.commit(desk.of(desk.added(), command_id="holder")))
    thread.start()
    try:
        assert inside.wait(60)
        yield
    finally:
        released.set()
        thread.join(60)


def test_a_long_wait_is_told_once_and_ends(open_again: Open, desk: Any) -> None:
    released, told = threading.Event(), []

    def tell() -> None:
        told.append("waiting")
        released.set()

    waiter = open_again(on_wait=tell)
    with held(open_again, desk, released):
        waiter.commit(desk.of(desk.added(), command_id="waiter"))
    waiter.commit(desk.of(desk.added(), command_id="again"))
    assert told == ["waiting"]
    assert [fact.command_id for fact in waiter.page(0, 10)] == ["holder", "waiter", "again"]


def test_nothing_is_said_where_nobody_stands_in_the_way(open_again: Open, desk: Any) -> None:
    told: list[str] = []
    store = open_again(on_wait=lambda: told.append("waiting"))
    store.commit(desk.of(desk.added()))
    assert told == []


def test_work_inside_a_block_is_no_waiting() -> None:
    told = threading.Event()

    @contextmanager
    def block() -> Iterator[str]:
        yield "inside"

    with Patience(told.set, seconds=0.01).entering(block()) as got:
        assert got == "inside"
        assert not told.wait(0.1)
