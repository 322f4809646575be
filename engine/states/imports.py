"""Which files were accepted, and which of them still have rows to be applied."""

from __future__ import annotations

from dataclasses import dataclass, field

from events.fact import Fact
from events.kinds.imports import ImportAccepted, ImportFinished
from events.schema import Event


@dataclass(frozen=True, slots=True)
class Accepted:
    """An accepted file and who accepted it."""

    event: ImportAccepted
    by: str
    position: int


@dataclass(slots=True)
class Imports:
    """Imports by id, and those that are not finished."""

    accepted: dict[str, Accepted] = field(default_factory=dict)
    unfinished: dict[str, Accepted] = field(default_factory=dict)

    def copy(self) -> Imports:
        """An independent copy."""
        return Imports(dict(self.accepted), dict(self.unfinished))

    def apply(self, fact: Fact[Event]) -> None:
        """Take a fact in."""
        match fact.event:
            case ImportAccepted() as event:
                accepted = Accepted(event, fact.actor, fact.position)
                self.accepted[event.import_id] = self.unfinished[event.import_id] = accepted
            case ImportFinished(import_id=import_id):
                self.unfinished.pop(import_id, None)
            case _:
                pass

    def interrupted(self, digest: str, mapping: str | None = None) -> Accepted | None:
        """An accepted import of the same file, read in the same way, that was not finished."""
        same = (each for each in self.unfinished.values() if each.event.digest == digest)
        return next((each for each in same if each.event.mapping == mapping), None)

    def next_id(self, digest: str) -> str:
        """The id of the next acceptance of a file: its digest, and how often it was accepted before."""
        before = sum(1 for each in self.accepted.values() if each.event.digest == digest)
        return f"import-{digest[:12]}-{before + 1}"
