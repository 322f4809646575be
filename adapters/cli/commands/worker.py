"""A worker: it ticks the book every so often until it is told to stop."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import timedelta

import click

from adapters.cli.failures import OK, tell_error
from adapters.cli.intervals import INTERVAL
from adapters.cli.session import Session
from adapters.cli.verbs import plain
from events.errors import Broken, GoldenthreadError, Refused, Unavailable

WHY = {
    "thread": "the thread that keeps its time has died",
    "beats": "no beat has begun or gone on for too long",
}


@plain("worker")
@click.option(
    "--every",
    type=INTERVAL,
    default="30s",
    metavar="TIME",
    show_default=True,
    help="How often to tick: 30s, 5m, 1h.",
)
def worker(session: Session, every: timedelta) -> int:
    """Pass everything that falls due, for as long as this runs.

    Any number may run beside each other on one book; one of them ticks at a time. SIGTERM, or Ctrl-C, ends it with 0
    after the unit of work at hand. Its log goes to stderr, a JSON object a line, or where 'log' in the settings says.
    """
    from engine.deadlines.heartbeat import promise_of
    from engine.deadlines.worker import Worker

    doors = session.doors
    log = doors.worker_log()
    _check(session, log)
    log("worker started", every=int(every.total_seconds()))
    working = Worker(lambda: doors.doorway.open(write=True), name=doors.worker, every=every, log=log)
    trouble, rested = session.root.keep_beating(
        working.beat, every=every, patience=promise_of(every), told=lambda event: log(event)
    )
    if rested:
        working.leave()
    log("worker left")
    if trouble is not None:
        _alarm(session, trouble, rested)
    return OK


def _check(session: Session, log: Callable[..., None]) -> None:
    """Refuse at once what could never work. Raises NotFound, Invalid or Refused; a server that is away may come back."""
    try:
        office = session.doors.doorway.open(write=True)
    except Unavailable as away:
        log("book unavailable", code=away.problems[0].code)
        return
    stands_still = office.simulated
    office.store.close()
    if stands_still:
        raise Refused.of(
            "GT-CLOCK-114",
            "The clock was set by hand and stands still: a worker would wait for ever.",
            "Run 'goldenthread tick' whenever the clock has been moved, or let the worker use the machine's clock.",
        )


def _alarm(session: Session, trouble: str, rested: bool) -> None:
    """Leave so that whatever watches over the process starts it again."""
    error: GoldenthreadError = Broken.of(
        "GT-CLOCK-115",
        f"The worker's heart has failed: {WHY[trouble]}. Nothing that was recorded is lost.",
        "Start it again; systemd does so by itself with Restart=on-failure.",
    )
    if rested:
        raise error
    code = tell_error(error, session.manners)
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(code)  # a thread hangs, and waiting for it would never end
