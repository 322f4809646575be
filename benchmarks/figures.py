"""100,000 figures, entered, confirmed and judged with five triggers, against as many bare events of `eventsourcing`.

`python -m benchmarks.figures [figures]`. How it is measured. Each side runs in a process of its own on a new SQLite
file on the same disk, with WAL and `synchronous=FULL`; CPU time is of the whole process from the first figure to the
last (Python, SQLite and the kernel; waiting for the disk is not counted), and so is the peak of resident memory.

What is written. Figures shaped like those of nine accident and emergency departments, invented and seeded: months,
times indicators, times nine services, each a numerator and a denominator, measured in percent against a target. A
chunk of 500 is entered by one person, as an import does, and then confirmed by another, as a return is; every figure
is judged by a pack with five triggers, with its sentence; interventions begin, deadlines are set, all views move
along in the same transactions. Series order: all months of a series, then the next. Month order: all series of a
month, then the next month.
Step by step: every figure is entered by a command of its own, and each month confirmed by return; the first tenth of
the figures, which are whole months of every series.
Theirs: one event a figure, of the same content as `benchmarks/log.py`, on one aggregate, saved by the thousand. They
judge nothing and keep no view: it is the least that anybody can do who keeps events.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

FIGURES = 100_000
SERVICES, MONTHS = 9, 120
CHUNK, BATCH = 500, 1_000
SEED = 1948
TRIGGERS = """triggers:
  turned_red: {when: {turned: {from: amber, to: red}}, then: {refer_to: CPEG, start: intervention}, assumption: E2}
  fell: {when: {turned: {from: green, to: red}}, then: {notify: [service_manager]}, assumption: E2}
  three_red: {when: {consecutive: {status: red, reaching: 3}}, then: {notify: [CPEG]}, assumption: E2}
  never_green: {when: {consecutive: {status: [red, amber], at_least: 12}}, fires: once, then: {record: Twelve months}, assumption: E2}
  a_risk: {when: {all: [{status: red}, {reported_as: risk}]}, then: {refer_to: CMT}, assumption: E2}
"""


def figures(count: int, order: str) -> Iterator[tuple[str, str, str, int, int]]:
    """(indicator, service, period, numerator, denominator), as many as asked for."""
    series = -(-count // MONTHS)
    names = [(f"AE{number // SERVICES}", f"trust{number % SERVICES}") for number in range(series)]
    months = [f"{2009 + number // 12}-{1 + number % 12:02d}" for number in range(MONTHS)]
    both = (
        ((name, month) for name in names for month in months)
        if order == "series"
        else ((name, month) for month in months for name in names)
    )
    for (indicator, service), month in list(both)[:count]:
        yield indicator, service, month, *drawn(indicator, service, month)


def drawn(indicator: str, service: str, month: str) -> tuple[int, int]:
    """Attendances, and how many of them within the time: worse in winter, and worse over the years."""
    chance = random.Random(f"{SEED}/{indicator}/{service}/{month}")
    usual = 0.97 - 0.012 * (int(month[:4]) - 2009) - (0.04 if month[-2:] in ("12", "01", "02") else 0.0)
    attended = chance.randint(4_000, 16_000)
    return int(attended * min(1.0, max(0.5, chance.gauss(usual, 0.02)))), attended


# ours -------------------------------------------------------------------------------------------------------------


def council(folder: Path, count: int) -> Any:
    from adapters.holidays import UkHolidays
    from adapters.sql import open_sqlite
    from adapters.yaml import YamlDocuments
    from engine.packs.load import load_pack
    from engine.testing.council import Council
    from engine.views import VIEWS
    from goldenthread.resources import examples_folder, packs_folder

    text = (examples_folder() / "hospital-waiting" / "example-council" / "pack.yaml").read_text("utf-8")
    before, _, rest = text.partition("\ntriggers:\n")
    after = rest[rest.index("\nintervention:") :]
    pack_folder = folder / "pack"
    pack_folder.mkdir()
    dated = before.replace("from: 2016-04-01", "from: 2008-04-01")
    (pack_folder / "pack.yaml").write_text(f"{dated}\n{TRIGGERS}{after}", "utf-8")
    pack = load_pack(pack_folder, packs_folder() / "library", YamlDocuments())
    store = open_sqlite(folder / "ours.goldenthread", VIEWS, create=True)
    made = Council(pack, date(2020, 1, 10), store=store, holidays=UkHolidays())
    for number in range(SERVICES):
        made.service(f"trust{number}")
    made.hire("Analyst", "data_enterer")
    made.hire("Manager", "data_manager")
    for number in range(-(-count // (MONTHS * SERVICES))):
        made.indicator(f"AE{number}", *(f"trust{each}" for each in range(SERVICES)), target="95")
    return made


def steps(rows: Sequence[tuple[str, str, str, int, int]], step: str) -> Any:
    from engine.commands import FigureFields, Step, TakeSteps

    return TakeSteps(
        steps=tuple(
            Step(
                workflow="submission",
                indicator=indicator,
                service=service,
                subject=period,
                step=step,
                figure=FigureFields(numerator=Decimal(top), denominator=Decimal(bottom))
                if step == "enter"
                else None,
            )
            for indicator, service, period, top, bottom in rows
        )
    )


def in_chunks(made: Any, rows: Sequence[tuple[str, str, str, int, int]]) -> None:
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        made.ask(steps(chunk, "enter"), "p3")
        made.ask(steps(chunk, "confirm"), "p4")


def step_by_step(made: Any, rows: Sequence[tuple[str, str, str, int, int]]) -> None:
    from engine.importing.confirm_return import confirm_return
    from engine.office import Office

    office = Office(
        engine=made.engine,
        clock=made.clock,
        ids=made.ids,
        account="tester@here",
        documents=None,  # type: ignore[arg-type]  # nothing is read
        folder=Path(),
        packs=Path(),
    )
    waiting = ""
    for row in rows:
        if waiting and row[2] != waiting:
            confirm_return(office, actor="p4", period=waiting)
        waiting = row[2]
        made.ask(steps([row], "enter"), "p3")
    confirm_return(office, actor="p4", period=waiting)


def ours(folder: Path, how: str, order: str, count: int) -> dict[str, float]:
    whole = count if how == "chunks" else FIGURES
    made = council(folder, whole)
    rows = list(figures(whole, order))[:count]
    base = memory()
    do = in_chunks if how == "chunks" else step_by_step
    spent = cpu(lambda: do(made, rows))
    held = made.store.head().position
    made.store.close()
    return {"cpu": spent, "rss": memory(), "base": base, "facts": held}


# theirs -----------------------------------------------------------------------------------------------------------


def theirs(folder: Path, how: str, order: str, count: int) -> dict[str, float]:
    from benchmarks.log import Theirs

    side = Theirs(folder)
    rows = list(figures(count, order))
    base = memory()

    def append() -> None:
        for start in range(0, count, BATCH):
            for number in range(start, min(start + BATCH, count)):
                side.confirm(number)
            side.app.save(side.series)

    spent = cpu(append)
    side.close()
    return {"cpu": spent, "rss": memory(), "base": base, "facts": len(rows)}


def cpu(task: Callable[[], None]) -> float:
    start = time.process_time()
    task()
    return time.process_time() - start


def memory() -> float:
    """The peak of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# both -------------------------------------------------------------------------------------------------------------


def apart(side: str, how: str, order: str, count: int) -> dict[str, float]:
    """One side in a process of its own."""
    said = subprocess.run(
        [sys.executable, "-m", "benchmarks.figures", side, how, order, str(count)],
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    ).stdout
    found: dict[str, float] = json.loads(said)
    return found


def alone(side: str, how: str, order: str, count: int) -> None:
    with tempfile.TemporaryDirectory(prefix="goldenthread-bench-") as folder:
        print(json.dumps({"ours": ours, "theirs": theirs}[side](Path(folder), how, order, count)))


def main(count: int = FIGURES) -> None:
    few = count // 2
    least = min(apart("theirs", "chunks", "series", count)["cpu"] for _ in range(2)) / count
    print(
        f"{count:,} figures, seed {SEED}; a bare event of theirs, 1,000 a transaction: {least * 1e6:.1f} µs CPU"
    )
    for how, order, wanted in (("chunks", "series", 3.0), ("chunks", "month", 3.0), ("steps", "month", 8.0)):
        sizes_of = (few, count) if how == "chunks" else (few // 10, count // 10)
        each = {size: apart("ours", how, order, size) for size in sizes_of}
        most = sizes_of[-1]
        took = each[most]["cpu"] / most
        sizes = ", ".join(f"{found['rss']:.0f} MB at {size:,}" for size, found in each.items())
        words = (
            "entered and confirmed by the chunk"
            if how == "chunks"
            else "entered one by one, confirmed by return"
        )
        print(
            f"  {words}, in {order} order: {took * 1e6:6.1f} µs   ours / theirs {took / least:5.2f} (wanted {wanted:g})   "
            f"{each[most]['facts'] / most:.2f} facts a figure   peak {sizes}"
        )


if __name__ == "__main__":
    if len(sys.argv) > 2:
        alone(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        main(*(int(argument) for argument in sys.argv[1:]))
