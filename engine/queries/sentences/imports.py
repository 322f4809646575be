"""Imports of files, told."""

from __future__ import annotations

from engine.queries.names import Names
from engine.queries.sentences.telling import tells
from events.fact import Fact
from events.kinds import imports as kinds
from events.schema import Event


@tells(kinds.ImportAccepted)
def accepted(event: kinds.ImportAccepted, fact: Fact[Event], names: Names) -> str:
    """A file was accepted."""
    rows = f"{event.rows} row{'' if event.rows == 1 else 's'}, {event.changes} of them new"
    return f"{names.person(fact.actor)} accepted the file “{names.text(event.name)}” with {rows}, as {event.import_id}"


@tells(kinds.ImportFinished)
def finished(event: kinds.ImportFinished, fact: Fact[Event], names: Names) -> str:
    """All of it is in."""
    return f"Every row of {event.import_id} has been applied"
