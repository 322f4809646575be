"""The time for figures that is over: which series gave none before their window closed, each to be passed once.

A window follows from period, calendar and pack, so nothing is kept for a figure that is awaited. Only when a day of the
council has ended is it worked out which windows have closed since it was last looked, and only then are series read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from engine.commands import PassDeadline
from engine.figures import lag_of
from engine.handle import Engine
from engine.judging.windows import WINDOW, awaits_figure, window_that_asks
from engine.ports import Store
from engine.queries.figures.due_periods import due_periods, last_ended
from engine.queries.reader import Reader
from engine.stamp import runs_ahead
from engine.view import Row
from engine.views import INDICATORS
from events import stream as streams
from events.instant import Instant, instant, moment
from events.kinds.register import IndicatorAdded
from events.period import Period

FIRST_LOOK = timedelta(days=31)
"""In a book that was never looked through, so far back may windows have closed that are still passed."""
PART = 500
"""Series read together."""
MOST_FACTS = 60_000
_MARK = "submission_windows"
"""Up to which instant it was looked which windows have closed."""


def windows_closed(engine: Engine, now: Instant, until: Instant | None = None) -> list[PassDeadline] | None:
    """What is to be passed for windows that have closed since it was last looked, up to now or before, the oldest first.

    None where no day has ended since, so that nothing was looked at; nothing where no rule of an adopted pack asks
    whether a figure is overdue.
    """
    reader = Reader(engine)
    pack = reader.newest
    if pack is None:
        return None
    mark, calendar = _looked_until(engine.store, now), reader.shelf.calendar(pack)
    since, until = mark or _first(engine.store, now), until or now
    if mark and until < calendar.due_at(calendar.local_date(since)):
        return None
    if not any(each.rules.asks_late for each in reader.shelf.all_of(reader.framework)):
        return []
    today = calendar.local_date(until)
    found = [
        deadline
        for row in reader.rows(INDICATORS)
        if row["retired_on"] is None
        for deadline in _of_indicator(engine, reader, row, since, until, today)
    ]
    return sorted(found, key=lambda each: each.due_at)


def looked(store: Store, now: Instant) -> None:
    """Nothing is left to be passed of what had closed by now."""
    store.set_meta(_MARK, now)


def _looked_until(store: Store, now: Instant) -> Instant | None:
    """Up to when it was looked, if that can be true: a clock that ran ahead has looked at days that are still to come.

    What it passed then is not passed twice, since a command id is taken once.
    """
    mark = store.get_meta(_MARK)
    return Instant(mark) if mark and not runs_ahead(Instant(mark), now) else None


def _first(store: Store, now: Instant) -> Instant:
    """Since when windows are looked at where nobody knows up to when it was looked."""
    opened = next((fact.received_at for fact in store.page(0, 1)), now)
    return max(opened, instant(moment(now) - FIRST_LOOK))


def _of_indicator(
    engine: Engine, reader: Reader, row: Row, since: Instant, now: Instant, today: date
) -> Iterator[PassDeadline]:
    """The series of an indicator that gave no figure in time; they are read only where a window has closed."""
    entry = reader.work.indicator(str(row["indicator"]))
    closed = [] if entry.added is None else list(_closed(reader, entry.added, since, now, today))
    if not closed or entry.added is None:
        return
    services = entry.added.services
    names = {service: streams.series(entry.added.indicator, service) for service in services}
    for start in range(0, len(services), PART):
        reader.work.fetch(names[service] for service in services[start : start + PART])
    own = {
        service: {str(period) for period in reader.work.series(entry.added.indicator, service).order}
        for service in services
    }
    if row["first_period"] is None and not any(own.values()):
        return  # nobody has said since when figures are owed
    owed = frozenset(due_periods(row, own, today, reader.calendar.year_starts))
    for period, due_at in closed:
        for service in services if period in owed else ():
            series = reader.work.series(entry.added.indicator, service)
            if awaits_figure(series.at(str(period))):
                yield PassDeadline(
                    stream=names[service], subject=str(period), name=WINDOW, n=1, due_at=due_at
                )
    engine.memory.trim(MOST_FACTS)


def _closed(
    reader: Reader, added: IndicatorAdded, since: Instant, now: Instant, today: date
) -> Sequence[tuple[Period, Instant]]:
    """Live periods of an indicator whose window closed after `since`, by a pack whose rules ask about it; oldest first."""
    found: list[tuple[Period, Instant]] = []
    live_from = reader.framework.live_from
    year_starts = reader.calendar.year_starts
    period = last_ended(added.frequency, today, year_starts)
    while live_from is not None and period.last_day(year_starts) >= live_from:
        pack = reader.pack_for(period)
        window = None if pack is None else window_that_asks(reader.shelf, pack, period, lag_of(added))
        if window is not None and window.due_at <= since:
            break
        if window is not None and window.due_at <= now:
            found.append((period, window.due_at))
        period = period.previous()
    return found[::-1]
