"""Which files were accepted or put forward as history, and which of them still have rows to be applied."""

from __future__ import annotations

from dataclasses import dataclass, field

from events.fact import Fact
from events.kinds.imports import (
    HistoryApproved,
    HistoryDeclined,
    HistoryProposed,
    ImportAccepted,
    ImportFinished,
    ImportGivenUp,
)
from events.schema import Event


@dataclass(frozen=True, slots=True)
class Accepted:
    """An accepted file, or an approved historic load, and who accepted or approved it."""

    event: ImportAccepted | HistoryProposed
    by: str
    position: int
    ref: str = ""
    """The acceptance or the approval, as ``stream@version``."""


@dataclass(slots=True)
class Imports:
    """Imports by id, those that are not finished, and historic loads that wait for a second person."""

    accepted: dict[str, Accepted] = field(default_factory=dict)
    unfinished: dict[str, Accepted] = field(default_factory=dict)
    waiting: dict[str, Accepted] = field(default_factory=dict)
    """Historic loads put forward, and by whom."""

    def copy(self) -> Imports:
        """An independent copy."""
        return Imports(dict(self.accepted), dict(self.unfinished), dict(self.waiting))

    def apply(self, fact: Fact[Event]) -> None:
        """Take a fact in."""
        match fact.event:
            case ImportAccepted() as event:
                accepted = Accepted(event, fact.actor, fact.position, fact.ref)
                self.accepted[event.import_id] = self.unfinished[event.import_id] = accepted
            case HistoryProposed() as event:
                self.waiting[event.import_id] = Accepted(event, fact.actor, fact.position, fact.ref)
            case HistoryApproved(import_id=import_id):
                proposed = self.waiting.pop(import_id)
                approved = Accepted(proposed.event, fact.actor, fact.position, fact.ref)
                self.accepted[import_id] = self.unfinished[import_id] = approved
            case HistoryDeclined(import_id=import_id):
                self.accepted[import_id] = self.waiting.pop(import_id)
            case ImportFinished(import_id=import_id) | ImportGivenUp(import_id=import_id):
                self.unfinished.pop(import_id, None)
            case _:
                pass

    def interrupted(self, digest: str, mapping: str | None = None) -> Accepted | None:
        """An accepted import of the same file, read in the same way, that was not finished; no historic load."""
        same = (each for each in self.unfinished.values() if isinstance(each.event, ImportAccepted))
        return next(
            (each for each in same if (each.event.digest, each.event.mapping) == (digest, mapping)), None
        )

    def begun_load(self, digest: str) -> Accepted | None:
        """An approved historic load of a file that has figures left."""
        loads = (each for each in self.unfinished.values() if isinstance(each.event, HistoryProposed))
        return next((each for each in loads if each.event.digest == digest), None)

    def next_id(self, digest: str, kind: str = "import") -> str:
        """The id of the next acceptance of a file: its digest, and how often it was accepted before."""
        every = {**self.accepted, **self.waiting}
        before = sum(1 for name in every if name.startswith(f"{kind}-{digest[:12]}-"))
        return f"{kind}-{digest[:12]}-{before + 1}"
