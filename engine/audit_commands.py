"""Commands and facts must answer each other: every fact lies within its command's positions, and the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from engine.faults import Fault
from engine.ports import CommandRow, Store, Stored

PAGE = 1_000


class Commands:
    """Follows the runs of facts of one command each, as the log is walked."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._run: tuple[str, int, int] | None = None
        self.seen = 0

    def faults(self, row: Stored) -> Iterator[Fault]:
        """Take the next row in; answers what is wrong with the command that ended before it."""
        run = self._run
        if run is not None and run[0] == row.command_id:
            self._run = (run[0], run[1], row.position)
            return
        yield from self.last()
        self._run = (row.command_id, row.position, row.position)

    def last(self) -> Iterator[Fault]:
        """What is wrong with the command whose facts were read last."""
        if self._run is None:
            return
        name, first, last = self._run
        self._run = None
        known = self._store.command(name)
        if known is None:
            yield Fault(
                first, "command", f"{_told(first, last)} of command {name}, which is not in the record."
            )
        elif (known.first_position, known.last_position) != (first, last):
            says = _told(known.first_position, known.last_position, "claims")
            odd = first if known.first_position != first else min(last, known.last_position) + 1
            yield Fault(odd, "command", f"{_told(first, last)} of command {name}, which {says}.")

    def without_facts(self) -> Iterator[Fault]:
        """Commands that claim positions whose facts are not theirs."""
        for command in self._all():
            self.seen += 1
            if not command.first_position:
                continue
            found = self._store.stored(command.first_position - 1, 1)
            if not found or found[0].command_id != command.command_id:
                says = _told(command.first_position, command.last_position, "claims")
                yield Fault(
                    command.first_position,
                    "command",
                    f"Command {command.command_id} {says}, which are not its own.",
                )

    def _all(self) -> Iterator[CommandRow]:
        after = ""
        while page := self._store.commands(after, PAGE):
            yield from page
            after = page[-1].command_id


def _told(first: int, last: int, verb: str = "") -> str:
    events = f"event {first}" if first == last else f"events {first} to {last}"
    if verb:
        return f"{verb} {events}"
    return f"{events[0].upper()}{events[1:]} {'is' if first == last else 'are'}"
