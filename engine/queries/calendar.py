"""What is coming: deadlines, reminders, meetings, requests for data, windows that close; and bank holidays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain

import msgspec

from engine.deciders.subjects import SUBMISSION
from engine.handle import Engine, just_after
from engine.queries.figures.due_periods import last_ended
from engine.queries.matters.gone_by import gone_by
from engine.queries.matters.numbering import key_of, matter_key, numbered
from engine.queries.matters.state_labels import deadline_label
from engine.queries.reader import Reader
from engine.queries.shown import counted
from engine.view import Row
from engine.views import DUE, INDICATORS, MATTERS
from engine.views.due import reminders
from events.period import Period
from workflows.duration import parse_duration
from workflows.window import SubmissionWindow, submission_window

DEADLINE, REMINDER, MEETING, REQUEST, CLOSES = (
    "deadline",
    "reminder",
    "meeting",
    "data request",
    "window closes",
)
_LONGEST = 24
"""No window of a period stays open longer than this many periods; where one did, its end would not be listed."""


class CalendarEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Something on a day."""

    on: date
    """The last permitted day of a deadline; the day itself of everything else."""
    kind: str
    words: str
    ref: str = ""
    """What `explain` takes, where there is something to explain."""
    body: str = ""
    original: date | None = None
    rule: str = ""
    overdue: bool = False
    """A deadline whose day has gone by and that no tick has passed yet."""


class BankHolidays(msgspec.Struct, frozen=True, kw_only=True):
    """The bank holidays that deadlines are computed with."""

    nation: str
    year: int
    days: tuple[tuple[date, str], ...]


def next_deadlines(engine: Engine, today: date, until: date, *, at: int | None = None) -> list[CalendarEntry]:
    """Everything from today to a day, that day included, oldest first; overdue deadlines stand before it all."""
    reader = Reader(engine, at)
    found = chain(
        _deadlines(reader, today, until), _meetings(reader, today, until), _windows(reader, today, until)
    )
    return sorted(found, key=lambda entry: (entry.on, entry.kind, entry.ref, entry.words))


def unanswered(engine: Engine, *, at: int | None = None) -> int:
    """Of how many open matters a deadline has passed and is not answered: these are coming no more, and wait."""
    reader = Reader(engine, at)
    return len(gone_by(reader, [key_of(row) for row in reader.rows(MATTERS, {"ended": 0})]))


def bank_holidays(engine: Engine, year: int) -> BankHolidays:
    """The bank holidays of a year in the nation of the newest pack."""
    calendar = Reader(engine).calendar
    return BankHolidays(
        nation=calendar.nation, year=year, days=tuple(sorted(calendar.holidays(year).items()))
    )


def _deadlines(reader: Reader, today: date, until: date) -> Iterator[CalendarEntry]:
    end = reader.calendar.due_at(until)
    rows = reader.rows(DUE, below={"due_at": just_after(end)}, order_by=("due_at",))
    if not rows:
        return
    numbers = numbered(reader)
    bodies = {key_of(row): row for row in reader.rows(MATTERS, {"ended": 0})}
    for row in rows:
        key = matter_key(str(row["stream"]), str(row["subject"]))
        ref, matter = numbers.get(key, str(row["stream"])), bodies.get(key)
        yield from (each for each in _of_one(reader, row, ref, matter, today) if each.on <= until)


def _of_one(reader: Reader, row: Row, ref: str, matter: Row | None, today: date) -> Iterator[CalendarEntry]:
    """One open deadline: its day, unless it was passed, and every reminder of it that is still to be sent."""
    found = reader.definition(str(matter["definition"])) if matter else None
    body = str(matter["body"] or "") if matter else ""
    label = deadline_label(found[1] if found else None, str(row["name"]), body)
    last_day = date.fromisoformat(str(row["last_day"]))
    original = date.fromisoformat(str(row["original"])) if row["original"] else None
    rule = str(row["rule"])
    if not row["passed"]:
        yield CalendarEntry(
            on=last_day,
            kind=DEADLINE,
            words=label,
            ref=ref,
            body=body,
            original=original if original != last_day else None,
            rule=rule,
            overdue=today > last_day,
        )
    for reminder in reminders(str(row["pending"])):
        if today > last_day and reminder.at < str(row["deadline_at"]):
            continue  # a reminder before a deadline is not sent after it
        on = reader.calendar.local_date(reminder.at)
        yield CalendarEntry(
            on=on, kind=REMINDER, words=f"Reminder of: {label}", ref=ref, body=body, rule=rule
        )


def _meetings(reader: Reader, today: date, until: date) -> Iterator[CalendarEntry]:
    for body, days in reader.work.meetings().days.items():
        for day in days:
            if today <= day <= until:
                yield CalendarEntry(on=day, kind=MEETING, words=f"{body} meets", body=body)


def _windows(reader: Reader, today: date, until: date) -> Iterator[CalendarEntry]:
    series: dict[tuple[str, str], int] = {}
    for row in reader.rows(INDICATORS):
        alike = str(row["frequency"]), str(row["lag"] or "")
        series[alike] = series.get(alike, 0) + len(str(row["services"]).split())
    for (frequency, lag), count in series.items():
        for period, window in _around(reader, frequency, lag, today, until):
            figures = counted(count, "figure")
            if today <= window.opens_on <= until:
                words = f"Data for {period} is asked for: {figures}"
                yield CalendarEntry(on=window.opens_on, kind=REQUEST, words=words, rule=window.rule)
            if today <= window.last_day <= until:
                words = f"Last day for figures of {period}: {figures}"
                yield CalendarEntry(on=window.last_day, kind=CLOSES, words=words, rule=window.rule)


def _around(
    reader: Reader, frequency: str, lag: str, today: date, until: date
) -> Iterator[tuple[Period, SubmissionWindow]]:
    """Periods whose windows may open or close between two days."""
    later = parse_duration(lag) if lag else None
    period = last_ended(frequency, today, reader.calendar.year_starts).shift(-_LONGEST)
    while period.last_day(reader.calendar.year_starts) < until + timedelta(days=1):
        pack = reader.pack_for(period)
        definition = pack.workflows.get(SUBMISSION) if pack else None
        if pack is not None and definition is not None and definition.window is not None:
            settings = pack.organisation.calendar
            calendar = reader.shelf.calendar(pack)
            yield period, submission_window(definition.window, period, settings, calendar, later)
        period = period.next()
