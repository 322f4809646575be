"""Verifying the record: every row against its body, every body against its hash, and everything against its neighbours.

This finds what was done to a book without rewriting the hashes; a forger who recomputes those is caught by the
checkpoints that stand outside the book. The digest of a request is not derived from facts and is not checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from engine.audit_bodies import body_faults
from engine.audit_commands import Commands
from engine.audit_texts import text_faults
from engine.faults import Fault
from engine.ports import Store, Stored
from engine.view import View
from events.instant import EARLIEST, Instant

PAGE = 1_000
MOST_FAULTS = 1_000
"""So many faults are listed; all are counted."""

Progress = Callable[[int, int], None]
"""Called after each page with (events seen, events in all)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What a verification found; `faults` are in the order of their positions, at most `MOST_FAULTS` of them."""

    events: int
    commands: int
    streams: int
    faults: Sequence[Fault] = ()
    count: int = 0
    """How many faults there are, listed or not."""

    @property
    def first_fault(self) -> Fault | None:
        """The first fault, or None where all is well."""
        return self.faults[0] if self.faults else None


@dataclass(slots=True)
class _Walk:
    """What has to be remembered from row to row: the last position and time, and where each stream stands."""

    position: int = 0
    recorded_at: Instant = EARLIEST
    versions: dict[str, int] = field(default_factory=dict)

    def faults(self, row: Stored) -> Iterator[Fault]:
        """What is wrong with a row beside the rows before it."""
        if row.position != self.position + 1:
            yield Fault(
                self.position + 1, "missing", f"Event {_span(self.position + 1, row.position - 1)} missing."
            )
        if row.recorded_at < self.recorded_at:
            yield Fault(
                row.position,
                "time",
                f"Event {row.position} says it was recorded at {row.recorded_at}, before the event that precedes it "
                f"({self.recorded_at}).",
            )
        expected = self.versions.get(row.stream, 0) + 1
        if row.version != expected:
            yield Fault(
                row.position,
                "stream",
                f"Event {row.position} is number {row.version} of {row.stream}, where number {expected} belongs.",
            )
        self.position = row.position
        self.recorded_at = max(row.recorded_at, self.recorded_at)
        self.versions[row.stream] = row.version


def verify(store: Store, progress: Progress | None = None, views: Sequence[View] = ()) -> Verification:
    """Walk the whole log and answer every fault; with `views`, compare these with a fresh rebuild too.

    Memory is bounded by a page of events and one number per stream. Facts recorded meanwhile are left for next time.
    """
    until = store.head().position
    walk, commands = _Walk(), Commands(store)
    faults: list[Fault] = []
    count = 0
    for page in _pages(store, until):
        found = [
            fault for row in page for fault in (*walk.faults(row), *body_faults(row), *commands.faults(row))
        ]
        found += text_faults(store, page)
        count += len(found)
        faults += found[: MOST_FAULTS - len(faults)]
        if progress is not None:
            progress(walk.position, until)
    rest = [*commands.last(), *commands.without_facts()]
    if not rest and not faults and views:
        rest += [Fault(until, "view", f"The view {sentence}") for sentence in store.differences(views)]
    count += len(rest)
    faults += rest[: MOST_FAULTS - len(faults)]
    return Verification(
        events=until,
        commands=commands.seen,
        streams=len(walk.versions),
        faults=sorted(faults, key=lambda fault: fault.position),
        count=count,
    )


def _pages(store: Store, until: int) -> Iterator[list[Stored]]:
    after = 0
    while page := [row for row in store.stored(after, PAGE) if row.position <= until]:
        yield page
        after = page[-1].position


def _span(first: int, last: int) -> str:
    return f"{first} is" if first >= last else f"{first} to {last} are"
