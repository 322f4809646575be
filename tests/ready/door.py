"""Asking a stand for a command: ``python -I -S tests/ready/door.py SOCKET WORD…`` is the command, at a tenth of its price.

It hands over its arguments, folder, environment and streams, and leaves as the command left. It loads next to nothing:
a page of the documentation asks so forty times.
"""

from __future__ import annotations

import _socket
import os
import sys
from collections.abc import Mapping, Sequence


def ask(
    stand: str,
    words: Sequence[str],
    folder: str,
    environment: Mapping[str, str],
    streams: Sequence[int],
    patience: float | None = None,
) -> int:
    """What a command left with that ran so, for so many seconds at the most; below zero, the signal that ended it."""
    said = "\0".join(
        [folder, str(len(words)), *words, *(f"{name}={value}" for name, value in environment.items())]
    )
    content = said.encode("utf-8", "surrogateescape")
    with_it = b"".join(each.to_bytes(4, sys.byteorder) for each in streams)
    caller = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    try:
        caller.settimeout(patience)
        caller.connect(stand)
        caller.sendmsg([len(content).to_bytes(4, "big")], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, with_it)])
        caller.sendall(content)
        left = caller.recv(4)
    finally:
        caller.close()
    assert left, "the stand went away"
    return int.from_bytes(left, "big", signed=True)


if __name__ == "__main__":
    code = ask(sys.argv[1], sys.argv[2:], os.getcwd(), os.environ, (0, 1, 2))
    sys.exit(code if code >= 0 else 128 - code)
