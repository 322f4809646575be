"""What a decider has at hand: the desk, the command, the packs, and a way to collect every reason for a refusal."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec
from msgspec import field

from engine.answers import Answers
from engine.commands import Command
from engine.packs.pack import Pack
from engine.packs.shelf import Shelf
from engine.states.people import GOVERNANCE_LEAD
from engine.work import Work
from events.errors import Problem, Refused

if TYPE_CHECKING:
    from engine.deciders.returns import Entry, Page


class Context(msgspec.Struct, kw_only=True):
    """One command being decided."""

    work: Work
    command: Command
    shelf: Shelf
    today: date
    """The local day on which the command was received."""
    effective_on: date
    """The day it takes effect."""
    problems: list[Problem] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    """Groups of firings that people have been told of already, under this command."""
    alike: Answers = field(default_factory=Answers)
    """Answers to steps that others share, of this command and of those before; see `engine.deciders.alike`."""
    held: dict[tuple[str, tuple[str, ...]], dict[str, tuple[bool, ...]]] = field(default_factory=dict)
    """Pack and roles → service → which of these roles whoever acts holds for it."""
    entries: dict[str, Entry] = field(default_factory=dict)
    """Indicator → what its figures have in common; see `engine.deciders.returns`."""
    pages: dict[tuple[str, str | None], dict[str, Page]] = field(default_factory=dict)
    """Frequency and reporting lag → period → what the figures of these indicators have in common."""
    adopting: Pack | None = None
    """The pack that was just adopted: what follows from that begins under it, also before it is in force."""
    quiet: bool = False
    """Nothing follows from what is recorded: it is history."""

    def refuse(self, code: str, sentence: str, fix: str = "") -> None:
        """Add a reason for refusing; all are collected before anything is refused."""
        self.problems.append(Problem(code=code, sentence=sentence, fix=fix))

    def settle(self) -> None:
        """Raise Refused with every reason collected, if there is one."""
        if self.problems:
            raise Refused(*self.problems)

    def need_person(self) -> bool:
        """Whoever acts is a person of this book."""
        known = self.command.actor in self.work.people().names
        if not known:
            self.refuse(
                "GT-PEOPLE-001",
                f"'{self.command.actor}' is not a person of this book.",
                "Say who you are with --as and an id or a full name; 'goldenthread person list' shows them.",
            )
        return known

    def need_governance_lead(self) -> None:
        """Only those who keep the register may do this."""
        actor, people = self.command.actor, self.work.people()
        if self.need_person() and not people.holds(actor, GOVERNANCE_LEAD, self.today):
            leads = ", ".join(people.holders(GOVERNANCE_LEAD, self.today)) or "nobody"
            self.refuse(
                "GT-PEOPLE-002",
                f"Person {actor} is not a governance lead on {self.today.isoformat()}.",
                f"Ask one of: {leads}.",
            )
