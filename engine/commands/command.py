"""A request with who asked, when and from where; its digest tells a retry from something new."""

from __future__ import annotations

import hashlib
from datetime import date

import msgspec

from engine.commands.request import Request
from events.instant import Instant
from events.text import PREFIX, Text


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """A request with who, when, from where, and the texts and blobs that it brings."""

    command_id: str
    request: Request
    actor: str
    account: str
    received_at: Instant
    effective_on: date | None = None
    """The day it takes effect; the local day it was received where none is given."""
    texts: tuple[Text, ...] = ()
    blobs: dict[str, bytes] = msgspec.field(default_factory=dict)

    @property
    def digest(self) -> str:
        """SHA-256 of the request, its actor and effective day, with every text reference blanked.

        A retry salts its texts anew, so texts are compared as texts, through the directory.
        """
        on = self.effective_on.isoformat() if self.effective_on else None
        said = _sorted.encode([self.actor, on, self.request])
        if _PREFIX in said:
            plain = _blank(msgspec.to_builtins(self.request, order="sorted"))
            said = _sorted.encode([self.actor, on, plain])
        return hashlib.sha256(said).hexdigest()


_sorted = msgspec.json.Encoder(order="sorted")
_PREFIX = PREFIX.encode()


def _blank(value: object) -> object:
    if isinstance(value, str):
        return PREFIX if value.startswith(PREFIX) else value
    if isinstance(value, dict):
        return {key: _blank(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_blank(inner) for inner in value]
    return value
