"""A PostgreSQL server that goes away at an awkward moment: it is said so, and the same may succeed later."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from adapters.sql import open_postgres
from events.errors import Unavailable

READY = b"R\x00\x00\x00\x08\x00\x00\x00\x00" + b"Z\x00\x00\x00\x05I"
"""AuthenticationOk and ReadyForQuery, as the protocol spells them."""


@contextmanager
def letting_in_and_leaving() -> Iterator[str]:
    """The URL of a server that lets one client in, and is gone when it is asked something."""

    def serve() -> None:
        client, _ = listening.accept()
        with client:
            length = int.from_bytes(client.recv(4), "big")
            client.recv(length - 4)
            client.sendall(READY)
            client.recv(1)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve)
        thread.start()
        port = listening.getsockname()[1]
        yield f"postgresql://anybody@127.0.0.1:{port}/book?sslmode=disable&gssencmode=disable"
        thread.join()


def test_a_server_that_goes_away_while_a_book_is_opened_may_come_back() -> None:
    with letting_in_and_leaving() as url, pytest.raises(Unavailable, match="broke off"):
        open_postgres(url, "book", [], create=False)
