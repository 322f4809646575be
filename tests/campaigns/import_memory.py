"""One process that takes in a file of figures, and says what memory that took: `python -m tests.campaigns.import_memory`.

In a process of its own, since the most that a process ever held tells nothing about its later work. What the product
keeps in memory is limited more than usual, so that files of a few thousand rows go beyond it.
"""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from pathlib import Path

from benchmarks.imports import MONTHS, SERVICES, council_of, file_of, take
from engine.importing import apply, history, walk
from tests.campaigns.homes import PostgresHome, SqliteHome
from tests.campaigns.long_work import smaller

MOST_FACTS, MOST_PERIODS = 1_500, 500
"""What is kept of the series of earlier rows."""
CHUNK = 500
"""So many figures of a historic load go into one command."""
PAGES = 1_024
"""So many KB of pages SQLite keeps."""
STATUS = Path("/proc/self/status")
"""Where Linux says how much memory a process holds, and held at most."""


def main(where: str, rows: int, what: str, order: str, broken: bool) -> None:
    """Take in so many rows, as `return` or `history`, in `series` or `month` order; `broken` forgets to forget."""
    home = PostgresHome(where) if "://" in where else SqliteHome(Path(where))
    store = home.make()
    if isinstance(
        home, SqliteHome
    ):  # its own cache of pages fills up with the first rows, and would hide all else
        store._database.open_connection().execute(f"PRAGMA cache_size=-{PAGES}")  # type: ignore[attr-defined]  # a file's
    council = council_of(store, indicators=-(-rows // (SERVICES * MONTHS)))
    if broken:
        council.engine.memory.trim = lambda most_facts=None: None  # type: ignore[method-assign]  # the fault to be noticed
    council.engine.memory.most_periods = MOST_PERIODS
    content = file_of(rows, by_month=order == "month")
    before = _most()
    with ExitStack() as limits:
        for module in (apply, history, walk):
            limits.enter_context(smaller(module, "MOST_FACTS", MOST_FACTS))
        limits.enter_context(smaller(history, "CHUNK", CHUNK))
        take(council, content, history=what == "history")
    print(json.dumps({"grown": _most() - before, "events": store.head().position}))
    home.cleanup()


def _most() -> float:
    """The most that this process ever held, in MB."""
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4], broken="broken" in sys.argv)
