"""Days and instants as people read them, and an as-of day as a prefix of the log."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from events.instant import instant, moment

if TYPE_CHECKING:
    from engine.office import Office
    from events.instant import Instant
    from workflows.calendar import Calendar


def day_words(day: date) -> str:
    """``Tue 6 Jan 2009``."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def calendar_of(office: Office) -> Calendar:
    """The calendar of the newest adopted pack, or of the house where there is none yet."""
    from engine.work import Work

    engine = office.engine
    engine.memory.catch_up()
    framework = Work(engine.memory).framework()
    return engine.shelf.calendar(
        engine.shelf.pack(framework.adopted[-1].digest) if framework.adopted else None
    )


def instant_words(at: Instant, calendar: Calendar) -> str:
    """An instant in local time: ``5 Oct 2026 09:14``."""
    local = moment(at).astimezone(ZoneInfo(calendar.time_zone))
    return f"{local.day} {local:%b %Y %H:%M}"


def position_at_end_of(office: Office, day: date) -> int:
    """The last position recorded by the end of a local day."""
    if not 1900 <= day.year <= 9000:
        raise click.UsageError(f"{day.isoformat()} is too far off for --as-of.")
    after = calendar_of(office).start_of(day + timedelta(days=1))
    last = moment(after) - timedelta(microseconds=1)
    return office.store.position_at(instant(last))
