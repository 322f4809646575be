"""The composition root: which adapter stands behind which port. One line per adapter, and nothing else decides it.

Everything is imported when it is needed, so that asking for help costs nothing.
"""

from __future__ import annotations

import getpass
import os
import socket
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path

from engine.handle import Engine
from engine.office import Doorway, Office
from engine.ports import Clock, Documents, Holidays, Store
from engine.simulation import check_clock
from engine.views import VIEWS
from events.errors import Refused
from goldenthread import resources
from goldenthread.custody import ProjectCustody
from goldenthread.places import Place
from goldenthread.settings import Settings, read_settings


class Project:
    """A project folder with its settings; implements the engine's `Doorway`."""

    def __init__(
        self, folder: Path, given: Mapping[str, str], on_wait: Callable[[], None] | None = None
    ) -> None:
        self._folder = folder
        self._on_wait = on_wait
        self._settings: Settings = read_settings(folder, given)

    @property
    def doorway(self) -> Doorway:
        """Opens or makes the project's book."""
        return self

    @property
    def book(self) -> str:
        """The name of the book."""
        return self._settings.book

    @property
    def acting_as(self) -> str:
        """Who is acting where the command line does not say."""
        return self._settings.acting_as

    @property
    def place(self) -> Place:
        """Where the book stands."""
        return self._settings.place(self._folder)

    def open(self, *, write: bool) -> Office:
        """Open the book that is there. Raises NotFound or Broken."""
        office = self._office(self.place.open(VIEWS, write=write, on_wait=self._on_wait))
        try:
            if write:
                check_clock(office)
        except BaseException:
            office.store.close()
            raise
        return office

    def create(self) -> Office:
        """Make a new, empty book, or take one that was made and never opened. Raises Refused where there is one."""
        if not self.place.taken():
            return self._office(self.place.create(VIEWS))
        office = self.open(write=True)
        if office.store.head().position:
            office.store.close()
            raise Refused.of(
                "GT-USE-014",
                f"There is already a book at {self.place.shown}.",
                "Use another folder (-C) or another name (--book) for another council's book.",
            )
        return office

    @property
    def custody(self) -> ProjectCustody:
        """What can be done with the place of the book."""
        folder = self._folder
        return ProjectCustody(
            self.place,
            lambda db, book: read_settings(folder, {"db": db, "book": book}).place(folder),
            self._clock,
        )

    def rehearse(self) -> Office:
        """A book in memory, forgotten afterwards."""
        from engine.testing.store import InMemoryStore

        return self._office(InMemoryStore(VIEWS))

    def log(self, event: str, **ids: str | int | tuple[str, ...]) -> None:
        """Write a line to the program's log, where the settings ask for one."""
        if self._settings.log:
            self._logger(event, **ids)

    @property
    def worker(self) -> str:
        """Who ticks: the account, the host and the process."""
        return f"{account()}:{os.getpid()}"

    def worker_log(self) -> Callable[..., None]:
        """A worker's log, where the settings say; stderr where they say nothing."""
        return self._open_log(worker=self.worker)

    def _office(self, store: Store) -> Office:
        from adapters.clock import SystemIds

        return Office(
            engine=Engine(store, self._holidays),
            clock=self._clock,
            simulated=self._settings.frozen_at is not None,
            ids=SystemIds(),
            account=account(),
            documents=documents(),
            folder=self._folder,
            packs=resources.packs_folder(),
        )

    @property
    def _clock(self) -> Clock:
        from adapters.clock import SystemClock

        frozen = self._settings.frozen_at
        if frozen is None:
            return SystemClock()
        from engine.testing import FrozenClock

        return FrozenClock(frozen)

    @property
    def _holidays(self) -> Holidays:
        overlay = self._settings.one_off_days
        return _HolidaysWhenAsked(self._folder / overlay if overlay else None)

    @cached_property
    def _logger(self) -> Callable[..., None]:
        return self._open_log()

    def _open_log(self, **ids: str) -> Callable[..., None]:
        from adapters.logs import open_log

        to = self._settings.log
        return open_log(None if to in ("", "stderr") else self._folder / to, book=self.book, **ids)


class _HolidaysWhenAsked:
    """Bank holidays, read when the first working day is asked for: most commands never ask."""

    def __init__(self, overlay: Path | None) -> None:
        self._overlay = overlay

    def days(self, nation: str, year: int) -> Mapping[date, str]:
        """Day → name, for one calendar year. Raises Invalid for a nation it does not know, or a faulty overlay."""
        return self._known.days(nation, year)

    @cached_property
    def _known(self) -> Holidays:
        from adapters.holidays import UkHolidays, read_overlay
        from engine.packs.folder import read_text

        if self._overlay is None:
            return UkHolidays()
        text = read_text(self._overlay.parent, self._overlay.name)
        return UkHolidays(read_overlay(documents().read(text, str(self._overlay))))


def documents() -> Documents:
    """The reader of YAML."""
    from adapters.yaml import YamlDocuments

    return YamlDocuments()


def account() -> str:
    """The operating-system account and host: what stands behind an identity that is only declared."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError):
        user = "unknown"
    return f"{user}@{socket.gethostname()}"
