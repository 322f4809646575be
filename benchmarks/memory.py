"""What it saves to keep folded states between commands: `python -m benchmarks.memory [months]`.

How it is measured. One series on a new SQLite file, WAL and `synchronous=FULL`, is filled with so many months of
entered and confirmed figures (36 by default); then twelve further months are entered and confirmed under two habits,
month by month in turn: the engine keeps its folded states (as a worker does), or forgets them before each command and
folds every stream it needs from the log again (as a new process does, but without starting Python). Timed by
`time.process_time`: CPU in Python, SQLite and the kernel; medians of 24 commands each.
The last lines say how many facts the series holds and what folding it alone costs.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from adapters.holidays import UkHolidays
from adapters.sql import open_sqlite
from adapters.yaml import YamlDocuments
from engine.memory import blank
from engine.packs.load import load_pack
from engine.testing.council import Council
from engine.views import VIEWS
from events.period import parse_period
from goldenthread.resources import examples_folder, packs_folder

MEASURED = 12


def main() -> None:
    filled = int(sys.argv[1]) if len(sys.argv) > 1 else 36
    with tempfile.TemporaryDirectory() as folder:
        council = _council(Path(folder))
        first = parse_period("2016-04")
        for number in range(filled):
            _month(council, str(first.shift(number)), None)
        kept: list[float] = []
        forgotten: list[float] = []
        for number in range(filled, filled + 2 * MEASURED):
            _month(
                council, str(first.shift(number)), forgotten if number % 2 else kept, forget=number % 2 == 1
            )
        _tell(council, filled, kept, forgotten)
        council.store.close()


def _council(folder: Path) -> Council:
    example = examples_folder() / "hospital-waiting" / "example-council"
    pack = load_pack(example, packs_folder() / "library", YamlDocuments())
    store = open_sqlite(folder / "book.goldenthread", VIEWS, create=True)
    council = Council(pack, date(2040, 1, 10), store=store, holidays=UkHolidays())
    council.service("acute")
    council.hire("Analyst", "data_enterer")
    council.hire("Manager", "data_manager")
    council.indicator("AE4", "acute", target="95")
    return council


def _month(council: Council, period: str, spent: list[float] | None, *, forget: bool = False) -> None:
    value = str(80 + int(period[-2:]) * 7 % 18)
    for who, step, given in (("p3", "enter", (value,)), ("p4", "confirm", ())):
        if forget:
            council.engine.memory.forget()
        start = time.process_time()
        council.figure(who, step, f"AE4/acute/{period}", *given)
        if spent is not None:
            spent.append(time.process_time() - start)


def _tell(council: Council, filled: int, kept: list[float], forgotten: list[float]) -> None:
    with_memory, without = statistics.median(kept), statistics.median(forgotten)
    print(f"one command on a series of {filled} months and more, median CPU of {len(kept)} each")
    print(f"  states kept      {with_memory * 1e6:7.0f} µs")
    print(f"  states forgotten {without * 1e6:7.0f} µs   forgotten / kept {without / with_memory:.1f}")
    start = time.process_time()
    facts = council.store.streams({"series/AE4/acute": 0})["series/AE4/acute"]
    read = time.process_time() - start
    start = time.process_time()
    state = blank("series/AE4/acute").state
    for fact in facts:
        state.apply(fact)
    folded = time.process_time() - start
    print(
        f"  the series: {len(facts)} facts, read and decoded in {read * 1e3:.1f} ms, folded in {folded * 1e3:.1f} ms"
    )


if __name__ == "__main__":
    main()
