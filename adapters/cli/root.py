"""What the command line is handed by whoever puts the program together: doors to books, and nothing of how they are built."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from engine.custody import Custody
    from engine.deadlines.worker import Pulse
    from engine.importing.table import Table
    from engine.office import Doorway, Office
    from engine.ports import Documents, Holidays
    from engine.upkeep import Tables


class Place(Protocol):
    """Where a project's book stands."""

    @property
    def shown(self) -> str:
        """How it is named to people; never with a password."""
        ...

    def grant(self, role: str, *, reader: bool) -> None:
        """Let a role of the database's server use the book."""
        ...

    def tables(self, *, write: bool) -> Tables:
        """The tables behind the book, of whatever version they are."""
        ...


class Doors(Protocol):
    """What belongs to one project folder."""

    @property
    def doorway(self) -> Doorway:
        """Opens or makes the project's book."""
        ...

    @property
    def place(self) -> Place:
        """Where the book stands."""
        ...

    @property
    def book(self) -> str:
        """The name of the book."""
        ...

    @property
    def acting_as(self) -> str:
        """Who is acting where ``--as`` does not say; empty for nobody."""
        ...

    @property
    def custody(self) -> Custody:
        """What can be done with the place of the book: moving, backing up, restoring."""
        ...

    def rehearse(self) -> Office:
        """A book in memory, forgotten afterwards: for trying out what makes a book."""
        ...

    def log(self, event: str, **ids: str | int | tuple[str, ...]) -> None:
        """Write a line to the program's log: ids and counts, never free text."""
        ...

    @property
    def worker(self) -> str:
        """Who ticks: the account, the host and the process."""
        ...

    def worker_log(self) -> Callable[..., None]:
        """The log of a worker, with its name in every line: where the settings say, else stderr."""
        ...


class Root(Protocol):
    """The composition root as the command line sees it."""

    def doors(self, project: Path, given: Mapping[str, str], on_wait: Callable[[], None]) -> Doors:
        """Read a project's settings; `given` are those of the command line. Raises NotFound or Invalid.

        `on_wait` is called once, from another thread, where another program holds the book for longer.
        """
        ...

    def documents(self) -> Documents:
        """A reader of YAML."""
        ...

    def read_csv(self, content: bytes, file: str, separator: str | None = None) -> Table:
        """Look at a file of figures; its separator is found by looking. Raises Invalid where it is no table."""
        ...

    def keep_beating(
        self,
        beat: Callable[[Pulse], None],
        *,
        every: timedelta,
        patience: timedelta,
        told: Callable[[str], None],
    ) -> tuple[str | None, bool]:
        """Make a worker beat until it is told to stop; answers why it ended: see `adapters/scheduler/watch.py`."""
        ...

    def holidays(self) -> Holidays:
        """The bank holidays that come with the product."""
        ...

    def packs(self) -> Path:
        """The packs that come with the product."""
        ...

    def demo(self, folder: Path, say: Callable[[str], None], *, force: bool) -> None:
        """Make the demonstration book in a folder; `force` makes it anew where somebody went on with an earlier one."""
        ...
