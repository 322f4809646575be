"""The program's own log: JSON lines with ids bound to each, and never free text.

A log line says which command, which request, which positions; what people wrote and what they are called stays in
the book. Names of values come from a closed list, and a value that could be prose is withheld.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import Any

import structlog

NAMES = frozenset({
    "applied", "beat", "book", "changed", "code", "command_id", "confirmed", "differences", "ended", "error", "event", "events",
    "every", "facts", "failed", "fired", "firing", "first_position", "found", "import_id", "incident", "known", "lag",
    "last_position", "lost", "position", "request", "rows", "series", "size", "skipped", "stopped", "timestamp", "trace",
    "views", "worker",
})  # fmt: skip
"""What a line may say."""
WITHHELD = "(withheld)"

_ID = re.compile(r"[\w./#@:+~-]{1,200}", re.ASCII)
_EVENT = re.compile(r"[a-z][a-z ]{0,60}")


class _Lines:
    """Writes lines to stderr, or to a file that is open only while a line is written."""

    def __init__(self, file: Path | None) -> None:
        self._file = file

    def msg(self, line: str) -> None:
        if self._file is None:
            sys.stderr.write(line + "\n")
            return
        with self._file.open("a", encoding="utf-8") as out:
            out.write(line + "\n")


def open_log(file: Path | None, **ids: str) -> Callable[..., None]:
    """A function that writes one line: ``log("recorded", command_id=…)``. Without a file, to stderr."""
    logger = structlog.wrap_logger(
        _Lines(file),
        processors=[
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            ids_only,
            structlog.processors.JSONRenderer(sort_keys=True),
        ],
        wrapper_class=structlog.BoundLogger,
    ).bind(**ids)
    write: Callable[..., None] = logger.msg
    return write


def ids_only(logger: Any, method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Leave out every name that is not on the list, and withhold every value that could be prose."""
    return {name: value if _fits(name, value) else WITHHELD for name, value in line.items() if name in NAMES}


def _fits(name: str, value: object) -> bool:
    if isinstance(value, int):
        return True
    if isinstance(value, tuple):
        return all(_fits(name, each) for each in value)
    wanted = _EVENT if name == "event" else _ID
    return isinstance(value, str) and wanted.fullmatch(value) is not None
