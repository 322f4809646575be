"""Long pieces of work, in units so small that a short life has several of them: a tick, an import, a historic load."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from adapters.spreadsheets.csv import read_csv
from engine.deadlines import tick
from engine.importing import apply, history
from engine.imports import Approving, apply_import, plan_import
from engine.testing.council import Council
from tests.campaigns.deeds import PRIYA, Progress
from tests.office import office_of

FIRINGS_A_UNIT, ROWS_A_CHUNK = 1, 2
FILE = b"indicator,service,period,value\n" + b"".join(
    b"AE6,acute,2017-%02d,9%d\n" % (month, month) for month in range(1, 6)
)
PAST = FILE.replace(b"AE6", b"AE8")
LOAD = "history-past-1"


def ticking(council: Council, progress: Progress) -> None:
    """Time passes, in units of one firing."""
    with smaller(tick, "MOST_FIRINGS", FIRINGS_A_UNIT):
        ticked = tick.tick(council.engine, council.now(), progress=lambda _: progress("between units"))
    assert not ticked.failed, ticked.failed
    assert not ticked.busy, "nobody else ticks this book"


def importing(council: Council, progress: Progress) -> None:
    """A file of five figures, in chunks of two."""
    with smaller(apply, "CHUNK", ROWS_A_CHUNK):
        _import(council, progress)


def loading(council: Council, progress: Progress) -> None:
    """Five figures of history approved and loaded, in chunks of two."""
    office = office_of(council)
    plan = plan_import(office.engine, read_csv(PAST, "past.csv"), office.today(), history=True)
    approving = Approving(office=office, plan=plan, import_id=LOAD, actor="p2")
    with smaller(history, "CHUNK", ROWS_A_CHUNK):
        approving.approve(dry_run=False, progress=lambda *_: progress("between chunks"))


def _import(council: Council, progress: Progress) -> None:
    office = office_of(council)
    plan = plan_import(office.engine, read_csv(FILE, "return.csv"), office.today())
    apply_import(
        office, plan, PRIYA, accept_warnings="As made.", progress=lambda *_: progress("between chunks")
    )


@contextmanager
def smaller(module: Any, name: str, value: int) -> Iterator[None]:
    """A limit of the product, smaller in this block and as it was afterwards."""
    before = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, before)
