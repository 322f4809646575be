"""Whether the due index is what the log says; a worker compares now and then, and whoever asks for health reads it."""

from __future__ import annotations

import msgspec

from engine.ports import Progress, Store
from engine.views import DUE
from events.instant import Instant, moment

_NAME = "due_index"
_MOST = 20


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """The due index beside a fresh one."""

    at: Instant
    position: int = 0
    """Where the log ended: it was compared up to there at least."""
    differences: tuple[str, ...]
    """One sentence for each row that differs, at most twenty; empty where it is the same."""


def compare(store: Store, now: Instant, progress: Progress | None = None) -> Compared:
    """Compare the due index with the log."""
    position = store.head().position
    differences = store.differences([DUE], limit=_MOST, progress=progress)
    return Compared(at=now, position=position, differences=tuple(differences))


def filled_again(store: Store, now: Instant) -> None:
    """Say that the due index was filled from the log just now: it is what a fresh one would be."""
    keep(store, Compared(at=now, position=store.head().position, differences=()))


def keep(store: Store, compared: Compared) -> None:
    """Keep a comparison for whoever asks next."""
    store.set_meta(_NAME, msgspec.json.encode(compared).decode())


def last(store: Store) -> Compared | None:
    """The comparison kept last; None where there is none that can be read."""
    try:
        compared = msgspec.json.decode(store.get_meta(_NAME) or "null", type=Compared | None)
        return compared if compared is None or moment(compared.at) else None
    except (msgspec.DecodeError, ValueError):
        return None
