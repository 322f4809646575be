"""Whether somebody has to be woken: the few checks that a monitor asks for every minute."""

from __future__ import annotations

from engine.handle import Engine
from engine.queries.checks import index, machine, matters, time
from engine.queries.checks.visit import Check, run_checks
from engine.queries.finding import Finding
from engine.queries.names import Names
from events.instant import Instant

ALARMS: tuple[Check, ...] = (
    time.head_in_the_future,
    time.tick_in_the_future,
    time.unreadable_heartbeat,
    time.standing_incidents,
    time.overdue_rows,
    time.windows_not_passed,
    time.stale_tick,
    time.failing_worker,
    index.index_differed,
    machine.unsafe_file_system,
    machine.forgetful_server,
    machine.open_to_change,
    machine.bank_holidays_ahead,
    matters.interrupted_imports,
    matters.unfinished_rejudging,
)
"""What a monitor is told about; what only waits for a person's decision is left to the doctor."""


def health(engine: Engine, now: Instant, *, names: Names | None = None) -> list[Finding]:
    """Every alarm, the worst first; an empty list where all is well. Changes nothing."""
    return run_checks(engine, now, ALARMS, names, unattended=True)
