"""What a tick would find due now, without passing it; what would follow from that is not foretold."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from engine.commands import PassDeadline
from engine.deadlines.data_requests import data_requests
from engine.deadlines.windows import windows_closed
from engine.handle import Engine, deadline_of, just_after
from engine.queries.reader import Reader
from engine.stamp import check_head
from engine.views import DUE
from events import stream as streams
from events.instant import Instant


class Foretold(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a tick would do."""

    due_at: Instant
    """When it fell due; for figures to be asked for, when their window opened."""
    what: str
    """Its name in words."""
    about: str
    """The matter and its number, the figure, or the period."""
    stream: str
    subject: str
    name: str
    """The deadline's own name; ``window`` and ``data_request`` for figures."""
    n: int = 0
    """Which setting of the deadline."""
    reminder: int = 0


def foretell(engine: Engine, now: Instant) -> list[Foretold]:
    """Deadlines and reminders, windows that have closed, and figures to be asked for; the oldest first. Writes nothing.

    Raises Broken GT-CLOCK-001 where a tick would.
    """
    reader = Reader(engine)
    check_head(engine.store.head().recorded_at, now, lambda: reader.work.book().corrected)
    found = [*_set(engine, now), *_windows(engine, now), *_requests(reader, now)]
    return sorted(found, key=lambda each: each.due_at)


def _set(engine: Engine, now: Instant) -> Iterator[Foretold]:
    rows = engine.store.rows(DUE, below={"due_at": just_after(now)}, order_by=("due_at",))
    for each in (deadline_of(row, now) for row in rows):
        words = each.name.replace("_", " ")
        about = f"{each.stream.partition('/')[2]}#{each.subject}"
        yield _told(each, f"reminder of {words}" if each.reminder else words, about)


def _windows(engine: Engine, now: Instant) -> Iterator[Foretold]:
    closed = windows_closed(engine, now) or []
    passed = engine.store.known([each.command_id for each in closed])
    for each in closed:
        if each.command_id not in passed:
            yield _told(
                each, "window closed without a figure", f"{each.stream.partition('/')[2]}/{each.subject}"
            )


def _told(deadline: PassDeadline, what: str, about: str) -> Foretold:
    return Foretold(
        due_at=deadline.due_at,
        what=what,
        about=about,
        stream=deadline.stream,
        subject=deadline.subject,
        name=deadline.name,
        n=deadline.n,
        reminder=deadline.reminder,
    )


def _requests(reader: Reader, now: Instant) -> Iterator[Foretold]:
    if reader.newest is None:
        return
    for request in data_requests(reader, reader.calendar.local_date(now)):
        yield Foretold(
            due_at=reader.calendar.start_of(request.opens_on),
            what="figures asked for",
            about=request.period + (f", known after {request.lag}" if request.lag else ""),
            stream=streams.REQUESTS,
            subject=request.period,
            name="data_request",
        )
