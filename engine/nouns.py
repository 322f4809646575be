"""The nouns that decisions and judgements ask for, each the state of one stream."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TypeVar

from engine.memory import State
from engine.states.framework import Book, Framework
from engine.states.matters import Matters
from engine.states.people import People
from engine.states.periods import Periods
from engine.states.register import Indicator, Meetings, Services, Targets
from engine.states.series import Series
from events import stream as streams

S = TypeVar("S", bound=State)


class Nouns(ABC):
    """Whoever holds states by stream: the desk of a command, or a replay of the log."""

    @abstractmethod
    def state(self, stream: str, kind: type[S]) -> S:
        """A stream's state. Do not change it."""

    def people(self) -> People:
        """Persons and roles."""
        return self.state(streams.PEOPLE, People)

    def services(self) -> Services:
        """The council's tree."""
        return self.state(streams.SERVICES, Services)

    def meetings(self) -> Meetings:
        """Meetings of bodies."""
        return self.state(streams.MEETINGS, Meetings)

    def periods(self) -> Periods:
        """Closed periods."""
        return self.state(streams.PERIODS, Periods)

    def framework(self) -> Framework:
        """Adopted packs."""
        return self.state(streams.FRAMEWORK, Framework)

    def book(self) -> Book:
        """The book itself."""
        return self.state(streams.BOOK, Book)

    def indicator(self, code: str) -> Indicator:
        """A register entry."""
        return self.state(streams.indicator(code), Indicator)

    def targets(self, code: str) -> Targets:
        """An indicator's targets."""
        return self.state(streams.targets(code), Targets)

    def series(self, indicator: str, service: str) -> Series:
        """A series."""
        return self.state(streams.series(indicator, service), Series)

    def interventions(self, indicator: str, service: str) -> Matters:
        """A series' interventions."""
        return self.state(streams.interventions(indicator, service), Matters)

    def matters(self, workflow: str, indicator: str, service: str) -> Matters:
        """The matters of any workflow but submissions, about one thing."""
        return self.state(streams.matters(workflow, indicator, service), Matters)
