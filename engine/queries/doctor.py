"""What is not as it should be with a book, and what to do about it: for a person who looks it over."""

from __future__ import annotations

from engine.handle import Engine
from engine.queries.checks import index, machine, matters, time
from engine.queries.checks.visit import Check, TellsAboutItself, run_checks
from engine.queries.finding import Finding
from engine.queries.names import Names
from events.instant import Instant

__all__ = ["Finding", "TellsAboutItself", "doctor"]

CHECKS: tuple[Check, ...] = (
    time.head_in_the_future,
    time.tick_in_the_future,
    time.unreadable_heartbeat,
    time.standing_incidents,
    time.overdue_rows,
    time.windows_not_passed,
    time.stale_tick,
    time.failing_worker,
    index.index_differs,
    machine.unsafe_file_system,
    machine.forgetful_server,
    machine.open_to_change,
    machine.old_sqlite,
    machine.bank_holidays_ahead,
    matters.pack_waiting,
    matters.duties,
    matters.refused,
    matters.interrupted_imports,
    matters.unfinished_rejudging,
    matters.unsent,
)
"""Every check, in the order in which findings of one severity are listed."""


def doctor(engine: Engine, now: Instant, *, names: Names | None = None) -> list[Finding]:
    """Everything found, errors first; an empty list where all is well. Changes nothing."""
    return run_checks(engine, now, CHECKS, names)
