"""The one door through which words leave for a terminal: nothing that anybody typed or stored can move its cursor.

What comes from a file, an argument or the record may hold the characters by which terminals are told to clear the
screen, retitle the window or turn the reading direction. They are shown as a dot here, whoever forgot to.
"""

from __future__ import annotations

import errno
import io
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO

import click

_TURNING = "\u2028\u2029\u202a-\u202e\u2066-\u2069"
_SEEN = re.compile(rf"[\x00-\x1f\x7f-\x9f{_TURNING}\ud800-\udfff]")
_BUT_LINES = re.compile(rf"(?!\r\n)[\x00-\x08\x0b-\x1f\x7f-\x9f{_TURNING}\ud800-\udfff]")
_NOT_ESCAPED = re.compile(rf"[\x7f-\x9f{_TURNING}]")


def clean(text: str) -> str:
    """One line without characters that could move the cursor or turn the reading direction."""
    return _SEEN.sub("·", text)


class Unheard(Exception):
    """The standard output takes no more: its disk is full, or it was closed before anything was said."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def say(text: str, *, colour: bool, painted: bool = False) -> None:
    """Words of the result. `painted`: coloured by us, from texts that were cleaned before. Raises Unheard."""
    with _heard():
        click.echo(text if painted else _lines(text), color=colour)


def give(content: bytes) -> None:
    """Bytes as they are, for another program or a file. Raises Unheard."""
    with _heard():
        sys.stdout.buffer.write(content)
        sys.stdout.flush()


def leave() -> None:
    """Hand over what is still held back. Raises Unheard."""
    with _heard():
        sys.stdout.flush()


def aside(text: str) -> None:
    """Words beside the result: a hint, an error. Where nobody can hear them, that changes nothing about the result."""
    try:
        click.echo(_lines(text), err=True)
    except OSError:
        forget(sys.stderr)


class Closed(io.RawIOBase):
    """What stands for a standard output that was closed before the program began."""

    forgotten = False
    """Nobody is to be told again that it is closed."""

    def writable(self) -> bool:
        """It is asked like any other."""
        return True

    def write(self, content: Any, /) -> int:
        """Nothing can be written."""
        if not self.forgotten:
            raise OSError(errno.EBADF, "it was closed before the program began")
        return len(content)


def forget(stream: TextIO) -> None:
    """Let what is still held back for an output that takes nothing go nowhere."""
    raw = getattr(getattr(stream, "buffer", None), "raw", None)
    if isinstance(raw, Closed):
        raw.forgotten = True
        return
    with suppress(OSError, ValueError):  # what is no file of the system holds nothing back
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


@contextmanager
def _heard() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise  # the reader has left, as `head` does
    except OSError as trouble:
        raise Unheard(trouble.strerror or type(trouble).__name__) from trouble


def escaped(json: str) -> str:
    """JSON in which nothing acts on a terminal: what its encoder leaves as it is, written as ``\\u009b``."""
    return _NOT_ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json)


def _lines(text: str) -> str:
    """Text of several lines, cleaned."""
    return _BUT_LINES.sub("·", text)
