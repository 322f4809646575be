"""Commands and facts must answer each other: every fact lies within its command's positions, and the other way round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from engine.audit_pages import by_key, each
from engine.faults import Fault, shown
from engine.ports import CommandRow, Store, Stored
from events.errors import Broken, Unavailable


class _Run(NamedTuple):
    """Facts that stand together and say they are of one command."""

    command_id: str
    first: int
    last: int


class Commands:
    """Follows the runs of facts of one command each, as the log is walked up to `until`."""

    def __init__(self, store: Store, until: int) -> None:
        self._store = store
        self._until = until
        self._run: _Run | None = None
        self._answered = 0
        self.seen = 0

    def take(self, rows: Sequence[Stored]) -> Iterator[Fault]:
        """Take the next rows in; answers what is wrong with the commands that ended before the last of them."""
        ended = []
        run = self._run
        for row in rows:
            if run is not None and run.command_id == row.command_id:
                continue
            if run is not None:
                ended.append(run._replace(last=row.position - 1))
            run = _Run(row.command_id, row.position, row.position)
        self._run = run
        return self._compare(ended)

    def last(self) -> Iterator[Fault]:
        """What is wrong with the command whose facts were read last."""
        run, self._run = self._run, None
        return self._compare([] if run is None else [run._replace(last=self._until)])

    def _compare(self, runs: Sequence[_Run]) -> Iterator[Fault]:
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
            elif (row.first_position, row.last_position) == (run.first, run.last):
                self._answered += 1
            else:
                odd = run.first if row.first_position != run.first else self._end(run, row)
                yield Fault(odd, "command", f"{_told(run)} of command {run.command_id}, which {_claim(row)}.")

    def _end(self, run: _Run, row: CommandRow) -> int:
        """Where the facts and what their command claims begin to differ."""
        return min(run.last, row.last_position) + 1 if isinstance(row.last_position, int) else run.first

    def without_facts(self) -> Iterator[Fault]:
        """Commands that claim positions whose facts are not theirs.

        Each run of facts was answered by one command at most; where as many commands claim positions as runs
        were answered, none claims too much, and nothing needs to be looked up.
        """
        claiming = 0
        for row in self._all():
            self.seen += 1
            if not _is_sound(row):
                yield Fault(0, "command", f"Command {shown(row.command_id)} is damaged: it {_claim(row)}.")
            elif row.first_position > self._until:
                yield from self._checked(row)
            elif row.first_position:
                claiming += 1
        if claiming != self._answered:
            for row in self._all():
                if _is_sound(row) and 0 < row.first_position <= self._until:
                    yield from self._checked(row)

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

    def _checked(self, row: CommandRow) -> Iterator[Fault]:
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


def _told(run: _Run) -> str:
    return f"Event {run.first} is" if run.first == run.last else f"Events {run.first} to {run.last} are"


def _claim(row: CommandRow) -> str:
    first, last = shown(row.first_position), shown(row.last_position)
    return f"claims event {first}" if first == last else f"claims events {first} to {last}"
