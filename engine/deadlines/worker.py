"""A worker's beats: each passes what is due, says that it did, and never dies of what goes wrong.

The beats come from outside, from a heart that knows about threads and time; here is what one beat does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Protocol

from engine.deadlines import index as due_index
from engine.deadlines.heartbeat import Trouble, keep_trouble, last_trouble, promise_of, take_promise_back
from engine.deadlines.incidents import mistake, ref_of, trace_of
from engine.deadlines.leap import check_leap
from engine.deadlines.tick import Ticked, tick
from engine.office import Office
from events.errors import GoldenthreadError, Unavailable
from events.instant import Instant, moment

COMPARE_EVERY = timedelta(days=1)
"""How often a worker compares the due index with the log."""
OTHER_VIEWS = "GT-DB-008"
"""Another version has changed the views: opening the book again would change them back under its hands."""

Log = Callable[..., None]
"""Writes one line: an event, and ids and counts by name."""


class Pulse(Protocol):
    """How a beat and whoever makes it happen talk to each other."""

    def stopping(self) -> bool:
        """Whether the worker was told to stop: the unit of work at hand is finished, and no other begun."""
        ...

    def alive(self) -> None:
        """Say that work goes on."""
        ...


class _ToldToStop(Exception):
    """What was under way was left in the middle; it changes nothing, and whoever comes next does it."""


class Worker:
    """One worker of one book; beats come one after another, from whichever thread."""

    def __init__(self, open_book: Callable[[], Office], *, name: str, every: timedelta, log: Log) -> None:
        self._open_book = open_book
        self._name = name
        self._promise = promise_of(every)
        self._log = log
        self._office: Office | None = None
        self._beats = 0

    def beat(self, pulse: Pulse) -> None:
        """Pass what is due. Whatever goes wrong is logged and kept; the next beat tries again."""
        self._beats += 1
        try:
            with self._book() as office:
                check_leap(office.engine, office.now())
                done = tick(
                    office.engine,
                    office.now(),
                    lambda _: pulse.alive(),
                    clock=office.now,
                    by=self._name,
                    promise=self._promise,
                    stop=pulse.stopping,
                )
                self._tell(done, office)
                self._compare(office, pulse)
        except Exception as error:  # noqa: BLE001 - as broad as can be: a beat that fails must not be the last one
            self._failed(error)

    def leave(self) -> None:
        """Take back the promise of a next tick, and close the book."""
        try:
            if self._office is not None:
                take_promise_back(self._office.store, self._name, self._office.now())
        except GoldenthreadError as error:
            self._line("farewell failed", code=_code(error))
        self._close()

    @contextmanager
    def _book(self) -> Iterator[Office]:
        """The book, opened where it is not open; after a failure it is opened anew, in case the server was."""
        if self._office is None:
            self._office = self._open_book()
        try:
            yield self._office
        except Exception as error:
            self._note_trouble(self._office, error)
            if _code(error) != OTHER_VIEWS:
                self._close()
            raise

    def _close(self) -> None:
        office, self._office = self._office, None
        if office is not None:
            with suppress(GoldenthreadError):
                office.store.close()

    def _compare(self, office: Office, pulse: Pulse) -> None:
        """Compare the due index with the log, at the start and once a day; whichever worker comes first does it."""
        store, now = office.store, office.now()
        known = due_index.last(store)
        first = self._beats == 1
        if pulse.stopping() or not (first or known is None or _age(known.at, now) > COMPARE_EVERY):
            return
        with store.alone("compare") as alone:
            if not alone:
                return
            try:
                compared = due_index.compare(store, now, lambda *_: _go_on(pulse))
            except _ToldToStop:
                self._line("comparison broken off")
                return
            if due_index.last(store) == known:  # else it was filled again meanwhile
                due_index.keep(store, compared)
            self._line("compared", differences=len(compared.differences))

    def _tell(self, done: Ticked, office: Office) -> None:
        if done.busy:
            self._line("another worker ticks")
            return
        self._line(
            "ticked",
            fired=done.fired,
            facts=len(done.facts),
            failed=len(done.failed),
            ended=done.ended,
            lag=done.lag,
            stopped=done.stopped,
            **({"first_position": done.facts[0].position} if done.facts else {}),
        )
        for failed in done.failed:
            firing = failed.deadline.command_id
            self._line(
                "firing failed", incident=ref_of(firing), firing=firing, code=failed.code, trace=failed.trace
            )

    def _failed(self, error: Exception) -> None:
        self._line("beat failed", code=_code(error), error=type(error).__name__, trace=trace_of(error))

    def _note_trouble(self, office: Office, error: Exception) -> None:
        """Keep it where health looks; a book that cannot be reached cannot take it, and is an alarm by itself."""
        if isinstance(error, Unavailable):
            return
        with suppress(Exception):  # the failure itself is what is told
            now = office.now()
            before = last_trouble(office.store)
            mine = before is not None and before.by == self._name
            sentence = str(error) if isinstance(error, GoldenthreadError) else mistake(error).sentence
            trouble = Trouble(
                by=self._name,
                since=before.since if before and mine else now,
                beats=before.beats + 1 if before and mine else 1,
                code=_code(error),
                sentence=sentence,
            )
            keep_trouble(office.store, trouble)

    def _line(self, event: str, **ids: object) -> None:
        with suppress(OSError, ValueError):  # a full disk or a closed stderr must not stop the deadlines
            self._log(event, beat=self._beats, **ids)


def _go_on(pulse: Pulse) -> None:
    """Say that work goes on. Raises _ToldToStop where it must not."""
    pulse.alive()
    if pulse.stopping():
        raise _ToldToStop


def _code(error: Exception) -> str:
    problems = error.problems if isinstance(error, GoldenthreadError) else ()
    return problems[0].code if problems else mistake(error).code


def _age(at: Instant, now: Instant) -> timedelta:
    return abs(moment(now) - moment(at))
