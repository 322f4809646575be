"""The program's own log: JSON lines with ids bound to each, and never free text.

A log line says which command, which request, which positions; what people wrote and what they are called stays in
the book. Anything that is not an id, a word of the program or a number is left out of the line.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import Any

import structlog

_ID = re.compile(r"[\w./#@:+~-]{1,200}")
_EVENT = re.compile(r"[a-z][a-z ]{0,60}")
WITHHELD = "(withheld)"


def open_log(file: Path | None, **ids: str) -> Callable[..., None]:
    """A function that writes one line: ``log("recorded", command_id=…)``. Without a file, to stderr."""
    stream = sys.stderr if file is None else file.open("a", encoding="utf-8", buffering=1)
    logger = structlog.wrap_logger(
        structlog.PrintLogger(stream),
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
    """Withhold every value that could be something a person wrote."""
    for name, value in line.items():
        if name == "event":
            fits = isinstance(value, str) and _EVENT.fullmatch(value) is not None
        else:
            fits = isinstance(value, int) or (isinstance(value, str) and _ID.fullmatch(value) is not None)
        if not fits:
            line[name] = WITHHELD
    return line
