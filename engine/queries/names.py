"""Names of people and texts of comments, which stand outside the facts and can be erased."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping

from engine.namesakes import NAME_ERASED, one_name, told_apart
from engine.office import Office
from engine.states.people import SYSTEM
from events.text import PREFIX, Text, is_ref

_ACTOR, _TEXT = re.compile(r"(?<=\bby )p\d+(?= on )"), re.compile(re.escape(PREFIX) + r"[0-9a-f]{64}")

Lookup = Callable[[Collection[str]], Mapping[str, Text | None]]

ERASED = "(text erased)"
NOT_KEPT = "(text not in this book)"


class Names:
    """Person id → name and text reference → text. Without a directory, ids and references stand for themselves."""

    def __init__(self, people: Mapping[str, str] | None = None, texts: Lookup | None = None) -> None:
        self._people = people or {}
        self._apart: dict[str, str] | None = None
        self._texts = texts
        self._read: dict[str, str] = {}

    @classmethod
    def of(cls, office: Office, said: Iterable[Text] = ()) -> Names:
        """The directory and the texts of an open book; and what was `said` in a command that is not written."""
        names = cls(office.directory(), office.store.texts)
        names._read.update({text.ref: text.text for text in said})
        return names

    def person(self, person: str) -> str:
        """A person's name, with the id where somebody else is called so too; the id where no name is known."""
        if person == SYSTEM:
            return "the system"
        if self._apart is None:
            self._apart = told_apart(self._people)
        return self._apart.get(person, person)

    def name(self, person: str) -> str:
        """A person's name alone, where the id stands beside it anyway."""
        return self._people.get(person, person)

    def same_name(self, one: str, other: str) -> bool:
        """Whether two people are called alike."""
        known = [self._people.get(person, NAME_ERASED) for person in (one, other)]
        return one != other and NAME_ERASED not in known and one_name(known[0]) == one_name(known[1])

    def acted(self, person: str, acting_for: str | None) -> str:
        """Whoever did something, and for whom they did it."""
        return f"{self.person(person)} for {self.person(acting_for)}" if acting_for else self.person(person)

    def people(self, persons: Iterable[str]) -> tuple[str, ...]:
        """Several people's names."""
        return tuple(self.person(person) for person in persons)

    def fetch(self, refs: Iterable[str]) -> None:
        """Read several texts in one go; those asked for later one by one are then at hand."""
        missing = {ref for ref in refs if is_ref(ref) and ref not in self._read}
        if missing and self._texts is not None:
            found = self._texts(missing)
            for ref in missing:
                text = found.get(ref)
                self._read[ref] = text.text if text is not None else (ERASED if ref in found else NOT_KEPT)

    def text(self, ref: str) -> str:
        """The text of a reference; anything that is no reference stands for itself."""
        if not is_ref(ref):
            return ref
        self.fetch([ref])
        return self._read.get(ref, f"{ref[:13]}…")

    def told(self, sentence: str) -> str:
        """A sentence of the record with whoever it says acted by name, and with its texts in full."""
        named = _ACTOR.sub(lambda found: self.person(found[0]), sentence)
        return _TEXT.sub(lambda found: self.text(found[0]), named)
