"""What stands on the agenda about matters: what waits, what is proposed, and how often a date was missed."""

from __future__ import annotations

from collections.abc import Collection

from engine.queries.matters.numbering import Key, matter_key
from engine.queries.reader import Reader
from engine.view import Row
from engine.views import AGENDA
from events import stream as streams

MOST_ASKED_FOR = 1_000
"""For more matters than this everything on agendas is read at once."""


def agenda_of(reader: Reader, keys: Collection[Key] | None) -> dict[Key, Row]:
    """What the view of agendas says about some matters, or (None) about all; `who` is None where nothing waits."""
    few = keys is not None and len(keys) <= MOST_ASKED_FOR
    where = {"stream": {streams.matters(*key[:3]) for key in keys or ()}} if few else None
    return {matter_key(str(row["stream"]), str(row["subject"])): row for row in reader.rows(AGENDA, where)}


def proposed_rung(agenda: Row | None) -> str | None:
    """The rung that a missed date proposed and nobody has decided yet."""
    return None if agenda is None or agenda["proposed_rung"] is None else str(agenda["proposed_rung"])


def breaches(agenda: Row | None) -> int:
    """How many missed dates proposed a rung."""
    return 0 if agenda is None else int(agenda["breaches"] or 0)
