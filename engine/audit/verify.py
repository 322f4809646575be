"""Verifying the record: every row against its body, every body against its hash, and everything against its neighbours.

This finds what was done to a book without rewriting the hashes; a forger who recomputes those, or cuts off the end
with everything that belongs to it, is caught by what stands outside the book. The digest of a request is not derived
from facts and is not checked; nor are the small operational values.

Memory is bounded by a page of rows and the faults listed, whatever the book holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from engine.audit.commands import Commands
from engine.audit.faults import Fault, Faults, shown
from engine.audit.notices import Notices
from engine.audit.pages import Page, Unreadable, as_far_as_readable, pages
from engine.audit.rows import is_sound, row_faults
from engine.audit.streams import Streams
from engine.audit.texts import Texts
from engine.ports import Progress, Store, Stored
from engine.view import View
from events.errors import Broken, Unavailable
from events.instant import EARLIEST, Instant

NOT_PROVEN: Final = (
    "Not proven: that nothing was cut off at the end or rewritten together with its hashes; "
    "nothing signed stands outside the book yet to compare it with."
)
"""What a clean verdict does not say, in one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What a verification found; `faults` are in the order of their positions, the first thousand of them."""

    events: int
    commands: int
    streams: int
    faults: Sequence[Fault] = ()
    count: int = 0
    """How many faults there are, listed or not."""
    views: str = "not asked"
    """``equal`` to a rebuild, ``differ``, ``not asked``, or ``not compared`` since the log itself is faulty."""
    rebuild_helps: bool = False
    """Whether nothing is wrong but views, which can be filled from the log again."""

    @property
    def first_fault(self) -> Fault | None:
        """The first fault, or None where all is well."""
        return self.faults[0] if self.faults else None


def verify(
    store: Store, progress: Progress | None = None, views: Sequence[View] = (), *, notices: bool = False
) -> Verification:
    """Walk the whole log and answer every fault; with `views`, compare these with a fresh rebuild too.

    With `notices`, the outbox is compared with what the facts tell, where the log is sound; a book that the engine has
    written holds nothing else there.

    `progress` is told of each event once, and once more where views are compared. Facts recorded meanwhile are left
    for next time. What the database cannot read is a fault too; raises Unavailable where it cannot be reached.
    """
    found = Faults()
    found.add(as_far_as_readable("The file", _physical(store, bool(views))))
    until = _end(store, found)
    steps = until * 2 if views else until
    walk, commands, streams, texts = _Walk(), Commands(store, until), Streams(store, until), Texts(store)
    outbox = Notices(store, until) if notices else None
    rows = 0
    for page in pages(store, until):
        rows += len(page.rows)
        found.add(walk.faults(page))
        ended = commands.take(page.rows)
        found.add(texts.faults(page.rows))
        if outbox is not None and not found.count:
            outbox.take(page.rows, ended)
        if progress is not None:
            progress(page.reaches, steps)
    found.add(walk.last(until))
    ended = commands.last()
    found.add(as_far_as_readable("The list of commands", commands.faults()))
    found.add(as_far_as_readable("The index of streams", streams.faults(rows)))
    sound = not found.count
    outcome = _compare_views(store, views, found, until, progress)
    if outbox is not None and sound:
        found.join(outbox.found_with(ended))
    return Verification(
        events=until,
        commands=commands.seen,
        streams=streams.seen,
        faults=found.in_order(),
        count=found.count,
        views=outcome,
        rebuild_helps=found.kinds == {"view"},
    )


class _Walk:
    """What has to be remembered from row to row: the last position and time."""

    def __init__(self) -> None:
        self._position = 0
        self._recorded_at: Instant = EARLIEST

    def faults(self, page: Page) -> Iterator[Fault]:
        """What is wrong with the rows of a page, and beside the rows before them."""
        for row in page.rows:
            position = self._position
            if is_sound(row) and row.position == position + 1 and row.recorded_at >= self._recorded_at:
                self._recorded_at = row.recorded_at
            else:
                yield from self._slowly(row, page.unreadable)
            self._position = row.position
        for damage in page.unreadable:
            yield damage.fault()
            self._position = max(self._position, damage.last)

    def last(self, until: int) -> Iterator[Fault]:
        """What is missing between the last row read and where the log ends."""
        if self._position < until:
            yield _missing(self._position + 1, until)

    def _slowly(self, row: Stored, unreadable: Sequence[Unreadable]) -> Iterator[Fault]:
        first, last = self._position + 1, row.position - 1
        if last < first - 1:
            yield Fault(row.position, "missing", f"Event {row.position} stands where event {first} belongs.")
        elif first <= last:
            yield from _gaps(first, last, unreadable)
        yield from row_faults(row)
        recorded_at = row.recorded_at
        if isinstance(recorded_at, str):
            if recorded_at < self._recorded_at:
                yield Fault(
                    row.position,
                    "time",
                    f"Event {row.position} says it was recorded at {shown(recorded_at)}, before the event that "
                    f"precedes it ({self._recorded_at}).",
                )
            self._recorded_at = max(recorded_at, self._recorded_at)


def _gaps(first: int, last: int, unreadable: Sequence[Unreadable]) -> Iterator[Fault]:
    """What is missing between two rows, besides what is there and cannot be read."""
    for damage in unreadable:
        if first <= damage.first <= last:
            if first < damage.first:
                yield _missing(first, damage.first - 1)
            first = damage.last + 1
    if first <= last:
        yield _missing(first, last)


def _missing(first: int, last: int) -> Fault:
    which = f"Event {first} is" if first == last else f"Events {first} to {last} are"
    return Fault(first, "missing", f"{which} missing.")


def _end(store: Store, found: Faults) -> int:
    """The last position; where the end of the log cannot be read, the last one that a command claims."""
    try:
        return store.head().position
    except Unavailable:
        raise
    except Broken as problem:
        found.add([Fault(0, "file", f"The end of the log cannot be read: {problem.problems[0].sentence}")])
        return Commands(store, 0).furthest()


def _physical(store: Store, views: bool) -> Iterator[Fault]:
    for sentence in store.physical(views):
        yield Fault(0, "file", sentence)


def _compare_views(
    store: Store, views: Sequence[View], found: Faults, until: int, progress: Progress | None
) -> str:
    if not views:
        return "not asked"
    if found.count:
        return "not compared"

    def differences() -> Iterator[Fault]:
        on = None if progress is None else lambda done, _: progress(until + done, until * 2)
        for sentence in store.differences(views, progress=on):
            yield Fault(until, "view", f"The view {sentence}")

    found.add(as_far_as_readable("The views", differences()))
    return "differ" if found.count else "equal"
