"""A million rows in bounded memory: `python -m benchmarks.imports [rows] [return|history] [series|month] [DATABASE-URL]`.

How it is measured. A file of so many rows (1,000,000 by default) in long layout is checked and taken in on a new SQLite
file, or on a PostgreSQL database where its address is given, in this one process: `return` enters every figure by its
workflow, `history` confirms and judges every figure as a historic load does. The file has its rows one series after
another, or one month after another. CPU is `time.process_time`, which does not count a database server; memory is the
most that this process ever held (`ru_maxrss`), before the file is read and at the end: their difference must not grow
with the number of rows beyond the file's own bytes.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

from adapters.holidays import UkHolidays
from adapters.spreadsheets.csv import read_csv
from adapters.sql import open_postgres, open_sqlite
from adapters.yaml import YamlDocuments
from engine.imports import Approving, Plan, apply_import, plan_import, propose_load
from engine.office import Office
from engine.packs.load import load_pack
from engine.ports import Store
from engine.testing.council import Council
from engine.views import VIEWS
from events.period import parse_period
from goldenthread.resources import examples_folder, packs_folder

SERVICES = 20
MONTHS = 120
FIRST = parse_period("2016-04")
T = TypeVar("T")
ANALYST, SECOND = "p3", "p2"


def main() -> None:
    """Fill a file, take it in, and say what it took."""
    words = sys.argv[1:]
    rows = int(words[0]) if words else 1_000_000
    history = "history" in words
    with tempfile.TemporaryDirectory() as folder:
        council = council_of(_store(Path(folder), words), indicators=-(-rows // (SERVICES * MONTHS)))
        content = file_of(rows, by_month="month" in words)
        print(f"{rows:,} rows, {len(content):,} bytes, {'history' if history else 'return'}, "
              f"{'month' if 'month' in words else 'series'} order")  # fmt: skip
        before = _most_memory()
        take(council, content, history)
        print(
            f"peak memory {_most_memory():.0f} MB, {_most_memory() - before:.0f} MB more than before it began"
        )
        print(f"{council.store.head().position:,} events in the book")
        council.store.close()


def _store(folder: Path, words: list[str]) -> Store:
    address = next((word for word in words if "://" in word), None)
    if address is None:
        return open_sqlite(folder / "book.goldenthread", VIEWS, create=True)
    return open_postgres(address, "imports", VIEWS, create=True)


def take(council: Council, content: bytes, history: bool) -> None:
    """Check a file and take it in: every figure entered, or, as history, proposed by one and approved by another."""
    office = Office(
        engine=council.engine,
        clock=council.clock,
        ids=council.ids,
        account="benchmark@here",
        documents=YamlDocuments(),
        folder=Path(),
        packs=Path(),
    )
    table = read_csv(content, "figures.csv")
    plan = _timed("checked", lambda: plan_import(council.engine, table, office.today(), history=history))
    print(f"  {plan.counts}")
    if history:
        _timed("loaded", lambda: _load(office, plan))
        return
    _timed("applied", lambda: apply_import(office, plan, ANALYST, accept_warnings="As made up."))


def _load(office: Office, plan: Plan) -> int:
    proposed = propose_load(office, plan, ANALYST, "Made up.", accept_warnings="As made up.")
    assert proposed.import_id is not None
    approving = Approving(office=office, plan=plan, import_id=proposed.import_id, actor=SECOND)
    return approving.approve(dry_run=False).loaded


def _timed(what: str, do: Callable[[], T]) -> T:
    cpu, wall = time.process_time(), time.monotonic()
    found = do()
    print(
        f"  {what} in {time.process_time() - cpu:.1f} s of CPU, {time.monotonic() - wall:.1f} s by the clock"
    )
    return found


def council_of(store: Store, indicators: int, on: date = date(2030, 1, 10)) -> Council:
    """A new book with so many indicators, each returned by every service."""
    example = examples_folder() / "hospital-waiting" / "example-council"
    pack = load_pack(example, packs_folder() / "library", YamlDocuments())
    council = Council(pack, on, store=store, holidays=UkHolidays())
    services = [f"S{number}" for number in range(SERVICES)]
    for service in services:
        council.service(service)
    for number in range(indicators):
        council.indicator(f"AE{number}", *services, target="95")
    council.hire("Analyst", "data_enterer")
    council.hire("Manager", "data_manager")
    return council


def file_of(rows: int, *, by_month: bool) -> bytes:
    """A file of so many figures, one series after another or one month after another."""
    return b"indicator,service,period,value\n" + b"".join(_rows(rows, by_month=by_month))


def _rows(rows: int, *, by_month: bool) -> Iterator[bytes]:
    """Figures that go up and down, none like the one before it."""
    series = -(-rows // MONTHS)
    for number in range(rows):
        one, month = (number % series, number // series) if by_month else divmod(number, MONTHS)
        value = 60 + (one * 7 + month * 13) % 39 + (month % 7) / 10
        yield f"AE{one // SERVICES},S{one % SERVICES},{FIRST.shift(month)},{value:.1f}\n".encode()


def _most_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
