"""An unusual amount of time since the last tick: a clock that runs far ahead looks like that, and so does a book left alone.

The program cannot tell the two apart, and what has passed is never taken back; so a person says which it is.
"""

from __future__ import annotations

from datetime import timedelta

from engine.deadlines.heartbeat import last_heartbeat
from engine.handle import Engine
from engine.queries.reader import Reader
from engine.stamp import in_words
from events.errors import Broken, Problem, Refused
from events.instant import Instant, moment

LONG = timedelta(days=120)
"""Longer than a quarter by four weeks, so that a book which is opened once a quarter is never asked."""


def leap(engine: Engine, now: Instant) -> Problem | None:
    """What a tick has to be told before it passes so much time at once; None where it is nothing unusual.

    A book that is kept under a clock set by hand moves as that is set. Where nobody ever ticked, nothing is usual.
    """
    try:
        last = last_heartbeat(engine.store)
    except Broken:
        return None  # told by health, and written anew by the tick
    if last is None or moment(now) - moment(last.at) <= LONG or Reader(engine).work.book().simulated:
        return None
    days = (moment(now) - moment(last.at)).days
    return Problem(
        code="GT-CLOCK-211",
        sentence=f"The last tick ran at {in_words(last.at)}, and this machine's clock says {in_words(now)}: {days} days would "
        "pass at once, and what has passed is not taken back.",
        fix="See that the clock is right; then let them pass: goldenthread tick --catch-up.",
    )


def check_leap(engine: Engine, now: Instant) -> None:
    """Whether a tick may go on unasked. Raises Refused GT-CLOCK-211."""
    if (unusual := leap(engine, now)) is not None:
        raise Refused(unusual)
