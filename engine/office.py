"""Everything a surface is handed: an open book, the clock, and the few shorthands every surface needs.

The composition root makes an `Office`; the command line, and later the web, use nothing else of the machine.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from engine.commands import Command, Request
from engine.handle import Answer, Engine
from engine.namesakes import NAME_ERASED
from engine.ports import Clock, Documents, Ids, Store
from engine.work import Work
from events.errors import Invalid, NotFound, Problem
from events.instant import Instant, instant
from events.nearest import did_you_mean
from events.text import Text


@dataclass(slots=True, kw_only=True)
class Office:
    """One book, open."""

    engine: Engine
    clock: Clock
    simulated: bool = False
    """The clock is set by hand and stands still."""
    ids: Ids
    account: str
    """Operating-system account and host, recorded with every command."""
    documents: Documents
    folder: Path
    """The project folder the book stands in."""
    packs: Path
    """The folder of packs that come with the product; its `library` holds shared workflows."""

    @property
    def store(self) -> Store:
        """The book's store."""
        return self.engine.store

    def now(self) -> Instant:
        """This instant by the injected clock."""
        return instant(self.clock.now())

    def today(self) -> date:
        """The local day by the calendar of the newest pack."""
        memory = self.engine.memory
        memory.catch_up()

        return self.engine.shelf.local_day(Work(memory).framework(), self.now())

    def text(self, words: str) -> Text:
        """Free text, salted, ready to travel with a command. Raises Invalid for empty words and for what no page shows."""
        problem = _unsayable(words)
        if problem is not None:
            raise Invalid(problem)
        return Text(self.ids.nonce(), words)

    def ask(
        self,
        request: Request,
        *,
        actor: str,
        on: date | None = None,
        texts: Sequence[Text] = (),
        blobs: Mapping[str, bytes] | None = None,
        command_id: str | None = None,
        dry_run: bool = False,
    ) -> Answer:
        """Send one command as a person, now. Raises what `Engine.handle` raises."""
        command = Command(
            command_id=command_id or self.ids.command_id(),
            request=request,
            actor=actor,
            account=self.account,
            received_at=self.now(),
            effective_on=on,
            texts=tuple(texts),
            blobs=dict(blobs or {}),
        )
        return self.engine.handle(command, dry_run=dry_run)

    def directory(self) -> dict[str, str]:
        """Person id → name; one that was erased reads `NAME_ERASED`."""

        self.engine.memory.catch_up()
        people = Work(self.engine.memory).people()
        texts = self.store.texts(set(people.names.values()))
        return {
            person: (text.text if (text := texts.get(ref)) is not None else NAME_ERASED)
            for person, ref in people.names.items()
        }

    def person(self, who: str) -> str:
        """The id of a person given by id or by full name. Raises NotFound, with the nearest name."""
        names = self.directory()
        if who in names:
            return who
        found = [person for person, name in names.items() if name.casefold() == who.casefold()]
        if len(found) == 1:
            return found[0]
        known = [*names, *names.values()]
        raise NotFound(
            Problem(
                code="GT-PEOPLE-009",
                sentence=f"More than one person is called '{who}'."
                if found
                else f"Nobody in this book is called '{who}'.{did_you_mean(who, known)}",
                fix=f"Use an id: {', '.join(found)}."
                if found
                else "'goldenthread person list' shows everybody.",
            )
        )


def _unsayable(words: str) -> Problem | None:
    if not words.strip():
        return Problem(
            code="GT-USE-031",
            sentence="The words given are empty.",
            fix="Say it in a few words, or leave it out.",
        )
    hidden = [c for c in words if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"]
    if hidden:
        return Problem(
            code="GT-USE-032",
            sentence=f"The words given hold a character that cannot be shown (U+{ord(hidden[0]):04X}).",
            fix="Type them again as plain text in UTF-8.",
        )
    return None


class Doorway(Protocol):
    """How a surface gets an office; the composition root implements it from settings."""

    def open(self, *, write: bool) -> Office:
        """Open the book that is there. Raises NotFound or Broken."""
        ...

    def create(self) -> Office:
        """Make a new, empty book. Raises Refused where there is one."""
        ...
