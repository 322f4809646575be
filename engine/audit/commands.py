"""Commands and facts must answer each other: every fact lies within its command's positions, and the other way round.

Facts of one command stand together, as a run. What runs are found in the log, and what runs the commands claim, is
summed up while both are read once; where the sums are equal so are the runs, and nothing is looked up. Where they
differ, the log is walked again, and each run and each claim that stands alone is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from engine.audit.faults import Fault, shown
from engine.audit.pages import by_key, each, pages
from engine.ports import CommandRow, Store, Stored
from events.errors import Broken, Unavailable


class Run(NamedTuple):
    """Facts that stand together and say they are of one command."""

    command_id: str
    first: int
    last: int


class _Runs:
    """Cuts rows, as they are read, into runs."""

    def __init__(self) -> None:
        self._command_id: object = self
        self._first = 0

    def take(self, rows: Sequence[Stored]) -> list[Run]:
        """Take the next rows in; answers the runs that ended before the last of them."""
        ended = []
        current, first = self._command_id, self._first
        for row in rows:
            if row.command_id != current:
                if first:
                    ended.append(Run(current, first, row.position - 1))  # type: ignore[arg-type]  # whatever stands there
                current, first = row.command_id, row.position
        self._command_id, self._first = current, first
        return ended

    def last(self, until: int) -> list[Run]:
        """The run that the log ends with, if it has any."""
        first, self._first = self._first, 0
        return [Run(self._command_id, first, until)] if first else []  # type: ignore[arg-type]  # as above


class Commands:
    """Compares commands with the log up to `until`."""

    def __init__(self, store: Store, until: int) -> None:
        self._store = store
        self._until = until
        self._runs = _Runs()
        self._sum = 0
        self.seen = 0

    def take(self, rows: Sequence[Stored]) -> list[Run]:
        """Take the next rows of the log in; answers the runs that ended before the last of them."""
        return self._added(self._runs.take(rows))

    def last(self) -> list[Run]:
        """The run that the log ends with: nothing more is taken in."""
        return self._added(self._runs.last(self._until))

    def _added(self, runs: list[Run]) -> list[Run]:
        self._sum += sum(map(hash, runs))
        return runs

    def faults(self) -> Iterator[Fault]:
        """Every command and every fact that does not answer the other."""
        for row in self._all():
            self.seen += 1
            if not _is_sound(row):
                yield Fault(0, "command", f"Command {shown(row.command_id)} is damaged: it {_claim(row)}.")
            elif row.first_position > self._until:
                yield from self._without_facts(row)
            elif row.first_position:
                self._sum -= hash((row.command_id, row.first_position, row.last_position))
        if self._sum:
            yield from self._named()

    def furthest(self) -> int:
        """The last position that a command claims, as far as commands can be read."""
        last = 0
        try:
            for row in self._all():
                last = max(last, row.last_position) if _is_sound(row) else last
        except Unavailable:
            raise
        except Broken:
            pass  # that they cannot be read to the end is found again, and said, when they are compared with the log
        return last

    def _named(self) -> Iterator[Fault]:
        runs = _Runs()
        for page in pages(self._store, self._until):
            yield from self._unanswered(runs.take(page.rows))
        yield from self._unanswered(runs.last(self._until))
        for row in self._all():
            if _is_sound(row) and 0 < row.first_position <= self._until:
                yield from self._without_facts(row)

    def _unanswered(self, runs: Sequence[Run]) -> Iterator[Fault]:
        names = {run.command_id for run in runs if isinstance(run.command_id, str)}
        known, unreadable = each(self._store.known, names)
        for name, sentence in unreadable.items():
            yield Fault(0, "file", f"Command {shown(name)} cannot be read: {sentence}")
        for run in runs:
            row = known.get(run.command_id) if isinstance(run.command_id, str) else None
            if run.command_id in unreadable:
                continue
            if row is None:
                sentence = f"{_told(run)} of command {shown(run.command_id)}, which is not in the record."
                yield Fault(run.first, "command", sentence)
            elif (row.first_position, row.last_position) != (run.first, run.last):
                odd = run.first if row.first_position != run.first else _end(run, row)
                yield Fault(odd, "command", f"{_told(run)} of command {run.command_id}, which {_claim(row)}.")

    def _without_facts(self, row: CommandRow) -> Iterator[Fault]:
        """A command that claims positions whose facts are not its own."""
        found = self._store.stored(row.first_position - 1, 1)
        if not found or found[0].position != row.first_position or found[0].command_id != row.command_id:
            sentence = f"Command {shown(row.command_id)} {_claim(row)}, which are not its own."
            yield Fault(row.first_position, "command", sentence)

    def _all(self) -> Iterator[CommandRow]:
        for page in by_key(self._store.commands, "", attrgetter("command_id")):
            yield from page


def _is_sound(row: CommandRow) -> bool:
    return (
        isinstance(row.command_id, str)
        and isinstance(row.request_digest, str)
        and isinstance(row.first_position, int)
        and isinstance(row.last_position, int)
        and 0 <= row.first_position <= row.last_position
        and (row.first_position > 0) == (row.last_position > 0)
    )


def _end(run: Run, row: CommandRow) -> int:
    """Where the facts and what their command claims begin to differ."""
    return min(run.last, row.last_position) + 1 if isinstance(row.last_position, int) else run.first


def _told(run: Run) -> str:
    return f"Event {run.first} is" if run.first == run.last else f"Events {run.first} to {run.last} are"


def _claim(row: CommandRow) -> str:
    first, last = shown(row.first_position), shown(row.last_position)
    return f"claims event {first}" if first == last else f"claims events {first} to {last}"
