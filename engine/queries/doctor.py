"""What is not as it should be with a book: one check a function, each finding with the way out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, runtime_checkable

from engine.handle import Engine, just_after
from engine.queries.duties import duty_findings
from engine.queries.finding import ERROR, NOTE, WARNING, Finding
from engine.queries.names import Names
from engine.queries.reader import Reader
from engine.queries.shown import counted, day_shown, time_shown
from engine.stamp import MOST_AHEAD
from engine.states.imports import Imports
from engine.views import AGENDA, DUE
from events import stream as streams
from events.instant import Instant, moment

__all__ = ["Finding", "TellsAboutItself", "doctor"]

SAFE_SQLITE = (3, 51, 3)
STALE = timedelta(hours=25)
"""A daily job has missed its turn after this long."""
AHEAD_YEARS = 2
"""Deadlines may reach so many years ahead; bank holidays must be known for them."""
MOST_UNSENT = 1_000


@runtime_checkable
class TellsAboutItself(Protocol):
    """A store that can say what it runs on, for example ``{"sqlite": "3.46.1"}``; optional."""

    def about(self) -> Mapping[str, str]:
        """Name → version or setting."""
        ...


@dataclass(frozen=True, slots=True)
class Visit:
    """What every check is handed."""

    reader: Reader
    now: Instant
    today: date
    names: Names


def doctor(engine: Engine, now: Instant, *, names: Names | None = None) -> list[Finding]:
    """Everything found, errors first; an empty list where all is well. Changes nothing."""
    reader = Reader(engine)
    visit = Visit(reader, now, reader.shelf.local_day(reader.framework, now), names or Names())
    found = [finding for check in CHECKS for finding in check(visit)]
    return sorted(found, key=lambda finding: (ERROR, WARNING, NOTE).index(finding.severity))


def head_in_the_future(visit: Visit) -> Iterator[Finding]:
    """The record must not end after now."""
    head, zone = visit.reader.store.head(), visit.reader.calendar.time_zone
    if moment(head.recorded_at) - moment(visit.now) > MOST_AHEAD:
        yield Finding(
            code="GT-CLOCK-101",
            severity=ERROR,
            sentence=f"The record ends on {time_shown(head.recorded_at, zone)}, and this machine's clock says "
            f"{time_shown(visit.now, zone)}.",
            fix="Set the machine's clock right; if the record was written under a clock that had run ahead, say so: "
            "goldenthread clock correct --reason WORDS.",
        )


def overdue_rows(visit: Visit) -> Iterator[Finding]:
    """What fell due must have been passed by a tick."""
    rows = visit.reader.rows(DUE, below={"due_at": just_after(visit.now)}, order_by=("due_at",))
    if rows:
        oldest = time_shown(Instant(str(rows[0]["due_at"])), visit.reader.calendar.time_zone)
        yield Finding(
            code="GT-CLOCK-102",
            severity=WARNING,
            sentence=f"{counted(len(rows), 'deadline or reminder', 'deadlines and reminders')} fell due and "
            f"{'was' if len(rows) == 1 else 'were'} not passed; the oldest on {oldest}.",
            fix="Run 'goldenthread tick' now, and let cron, systemd or another timer run it from here on.",
        )


def stale_tick(visit: Visit) -> Iterator[Finding]:
    """Somebody or something has to tick."""
    last = visit.reader.store.get_meta("last_tick")
    if last is None and visit.reader.rows(DUE):
        yield Finding(
            code="GT-CLOCK-103",
            severity=WARNING,
            sentence="Deadlines are set, and nothing has ever looked whether they have passed.",
            fix="Run 'goldenthread tick' every day, from cron, systemd or another timer.",
        )
    elif last is not None and moment(visit.now) - moment(Instant(last)) > STALE:
        when = time_shown(Instant(last), visit.reader.calendar.time_zone)
        yield Finding(
            code="GT-CLOCK-104",
            severity=WARNING,
            sentence=f"The last tick ran on {when}.",
            fix="Run 'goldenthread tick' now, and see why the timer that should run it every day does not.",
        )


def old_sqlite(visit: Visit) -> Iterator[Finding]:
    """Older SQLite libraries can corrupt a WAL file under two writers."""
    store = visit.reader.store
    version = store.about().get("sqlite") if isinstance(store, TellsAboutItself) else None
    if version is not None and tuple(int(part) for part in version.split(".")) < SAFE_SQLITE:
        yield Finding(
            code="GT-DB-101",
            severity=NOTE,
            sentence=f"The SQLite library is {version}; before 3.51.3 two writers at once could damage a book.",
            fix="Writers take turns on a lock file, so the book is safe; a newer library makes that needless.",
        )


def bank_holidays_ahead(visit: Visit) -> Iterator[Finding]:
    """Deadlines counted in working days need the bank holidays of their years."""
    calendar = visit.reader.calendar
    for year in range(visit.today.year, visit.today.year + AHEAD_YEARS + 1):
        if not calendar.holidays(year):
            yield Finding(
                code="GT-DATE-102",
                severity=WARNING,
                sentence=f"No bank holidays of {calendar.nation} are known for {year}.",
                fix="Update goldenthread, or enter them in the file that 'one_off_days' names in goldenthread.toml.",
            )


def pack_waiting(visit: Visit) -> Iterator[Finding]:
    """A book without a pack judges nothing; a proposed one waits for somebody."""
    framework = visit.reader.framework
    waiting = framework.waiting
    if waiting is not None:
        yield Finding(
            code="GT-PACK-120",
            severity=NOTE if framework.adopted else WARNING,
            sentence=f"The pack {waiting.event.pack} {waiting.event.version}, proposed by {visit.names.person(waiting.by)}, "
            f"waits for another governance lead; it would be in force from {day_shown(waiting.event.effective_from)}.",
            fix="Approve it with 'goldenthread pack adopt', or turn it down with 'goldenthread pack decline'.",
        )
    elif not framework.adopted:
        yield Finding(
            code="GT-PACK-121",
            severity=WARNING,
            sentence="No pack is adopted: figures can be neither entered nor judged.",
            fix="Propose one with 'goldenthread pack propose PACK'; another governance lead approves it.",
        )


def refused(visit: Visit) -> Iterator[Finding]:
    """Consequences that could not follow wait for a person."""
    rows = visit.reader.rows(AGENDA, {"kind": "refused"})
    if rows:
        yield Finding(
            code="GT-STEP-120",
            severity=ERROR,
            sentence=f"{counted(len(rows), 'consequence')} that had to follow could not be taken, for example: "
            f"{rows[0]['words']}",
            fix="Look at them with 'goldenthread task list' and do by hand what should have followed.",
        )


def interrupted_imports(visit: Visit) -> Iterator[Finding]:
    """An accepted file must be applied whole."""
    unfinished = visit.reader.work.state(streams.IMPORTS, Imports).unfinished
    visit.names.fetch(accepted.event.name for accepted in unfinished.values())
    for import_id, accepted in unfinished.items():
        yield Finding(
            code="GT-IMPORT-101",
            severity=ERROR,
            sentence=f"The import of “{visit.names.text(accepted.event.name)}” by {visit.names.person(accepted.by)} "
            f"({import_id}, event {accepted.position}) was interrupted.",
            fix="Import the same file again: it goes on where it stopped.",
        )


def unsent(visit: Visit) -> Iterator[Finding]:
    """Notices wait in the outbox until something hands them over."""
    rows = visit.reader.store.outbox(unsent_only=True, limit=MOST_UNSENT + 1)
    if rows:
        count = f"more than {MOST_UNSENT}" if len(rows) > MOST_UNSENT else str(len(rows))
        yield Finding(
            code="GT-BOOK-120",
            severity=NOTE,
            sentence=f"{count} {'notice waits' if len(rows) == 1 else 'notices wait'} to be handed over.",
            fix="Nothing hands notices over yet; what they are about stands in 'goldenthread task list'.",
        )


def duties(visit: Visit) -> Iterator[Finding]:
    """Every role a workflow needs must be held, and not everything by one person."""
    return duty_findings(visit.reader, visit.today, visit.names)


CHECKS: tuple[Callable[[Visit], Iterator[Finding]], ...] = (
    head_in_the_future,
    overdue_rows,
    stale_tick,
    old_sqlite,
    bank_holidays_ahead,
    pack_waiting,
    duties,
    refused,
    interrupted_imports,
    unsent,
)
"""Every check, in the order in which findings of one severity are listed."""
