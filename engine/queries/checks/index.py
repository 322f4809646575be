"""Whether the due index is what the log says: without it a deadline is never looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from engine.deadlines import index as due_index
from engine.deadlines.heartbeat import DAILY
from engine.deadlines.index import Compared
from engine.queries.checks.visit import Visit
from engine.queries.finding import ERROR, Finding
from engine.queries.shown import counted
from events.instant import moment


def index_differs(visit: Visit) -> Iterator[Finding]:
    """Compare now."""
    yield from _told(due_index.compare(visit.reader.store, visit.now))


def index_differed(visit: Visit) -> Iterator[Finding]:
    """What a worker found lately in this log; without that, compare now."""
    known = due_index.last(visit.reader.store)
    if known is None or not _still_says_something(known, visit):
        known = due_index.compare(visit.reader.store, visit.now)
    yield from _told(known)


def _still_says_something(known: Compared, visit: Visit) -> bool:
    """Neither of yesterday, nor of a log that went further than this one: a backup may stand here since."""
    fresh = timedelta(0) <= moment(visit.now) - moment(known.at) <= DAILY
    return fresh and known.position <= visit.reader.store.head().position


def _told(compared: Compared) -> Iterator[Finding]:
    if compared.differences:
        yield Finding(
            code="GT-CLOCK-108",
            severity=ERROR,
            sentence=f"The due index differs from the log in {counted(len(compared.differences), 'row')}, for example: "
            f"{compared.differences[0].partition(';')[0].rstrip('.')}.",
            fix="'goldenthread db rebuild --verify' shows them whole. Fill it again with 'goldenthread db rebuild'; what is missing from it never falls due until then.",
        )
