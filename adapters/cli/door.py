"""The one door through which words leave for a terminal: nothing that anybody typed or stored can move its cursor.

What comes from a file, an argument or the record may hold the characters by which terminals are told to clear the
screen, retitle the window or turn the reading direction. They are shown as a dot here, whoever forgot to.
"""

from __future__ import annotations

import re

import click

_TURNING = "\u2028\u2029\u202a-\u202e\u2066-\u2069"
_SEEN = re.compile(rf"[\x00-\x1f\x7f-\x9f{_TURNING}\ud800-\udfff]")
_BUT_LINES = re.compile(rf"(?!\r\n)[\x00-\x08\x0b-\x1f\x7f-\x9f{_TURNING}\ud800-\udfff]")
_NOT_ESCAPED = re.compile(rf"[\x7f-\x9f{_TURNING}]")


def clean(text: str) -> str:
    """One line without characters that could move the cursor or turn the reading direction."""
    return _SEEN.sub("·", text)


def say(text: str, *, colour: bool, painted: bool = False) -> None:
    """Words of the result. `painted`: coloured by us, from texts that were cleaned before."""
    click.echo(text if painted else _lines(text), color=colour)


def aside(text: str) -> None:
    """Words beside the result: a hint, an error."""
    click.echo(_lines(text), err=True)


def escaped(json: str) -> str:
    """JSON in which nothing acts on a terminal: what its encoder leaves as it is, written as ``\\u009b``."""
    return _NOT_ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json)


def _lines(text: str) -> str:
    """Text of several lines, cleaned."""
    return _BUT_LINES.sub("·", text)
