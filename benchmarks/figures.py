"""100,000 figures, entered, confirmed and judged with five triggers, against as many bare events of `eventsourcing`.

`python -m benchmarks.figures [figures]`. How it is measured. Each side runs in a process of its own on a new SQLite
file on the same disk, with WAL and `synchronous=FULL`; CPU time is of the whole process from the first figure to the
last (Python, SQLite and the kernel; waiting for the disk is not counted), and so is the peak of resident memory.

What is written. Figures shaped like those of nine accident and emergency departments, invented and seeded: months,
times indicators, times nine services, each a numerator and a denominator, measured in percent against a target. Every
figure is judged by a pack with five triggers, with its sentence; all views move along in the same transactions. Series
order: all months of a series, then the next. Month order: all series of a month, then the next month. They come in by
three ways:
Loaded: 5,000 a command, imported and confirmed at once, as an approved file of history is; triggers fire for the record.
Step by step: 500 a command, entered by one person, then confirmed by return by another; interventions begin,
deadlines are set.
Alone: every figure entered by a command of its own, each month then confirmed by return; the first tenth of the
figures, which are whole months of every series. There is no mark for it: what it costs is mostly the commit.
How much reading and checking a file costs besides is what `benchmarks/imports.py` says.
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


def loaded(made: Any, rows: Sequence[tuple[str, str, str, int, int]]) -> None:
    from engine.commands import ApproveHistory, FigureFields, HistoricFigure, LoadHistory, ProposeHistory
    from engine.importing.history import CHUNK as LOADED
    from engine.importing.walk import MOST_FACTS

    load, name, why = "history-000000000000-1", made.text("past.csv"), made.text("The old system.")
    months = sorted(month for _, _, month, _, _ in rows)
    count, span = len(rows), {"first": months[0], "last": months[-1]}
    about = ProposeHistory(import_id=load, digest="0" * 64, rows=count, changes=count, name=name.ref, reason=why.ref, **span)  # fmt: skip
    made.ask(about, "p3", texts=(name, why))
    made.ask(ApproveHistory(import_id=load, digest="0" * 64), "p2")
    for start in range(0, len(rows), LOADED):
        figures = tuple(
            HistoricFigure(
                indicator=indicator,
                service=service,
                period=period,
                figure=FigureFields(numerator=Decimal(top), denominator=Decimal(bottom)),
            )
            for indicator, service, period, top, bottom in rows[start : start + LOADED]
        )
        made.ask(LoadHistory(import_id=load, figures=figures), "p2")
        made.engine.memory.trim(MOST_FACTS)  # as an import does


def in_chunks(made: Any, rows: Sequence[tuple[str, str, str, int, int]]) -> None:
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        made.ask(steps(chunk, "enter"), "p3")
        made.ask(steps(chunk, "confirm"), "p4")


def alone(made: Any, rows: Sequence[tuple[str, str, str, int, int]]) -> None:
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
    whole = FIGURES if how == "alone" else count
    made = council(folder, whole)
    rows = list(figures(whole, order))[:count]
    base = memory()
    do = {"loaded": loaded, "steps": in_chunks, "alone": alone}[how]
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


def one_side(side: str, how: str, order: str, count: int) -> None:
    with tempfile.TemporaryDirectory(prefix="goldenthread-bench-") as folder:
        print(json.dumps({"ours": ours, "theirs": theirs}[side](Path(folder), how, order, count)))


WAYS: dict[str, tuple[str, float | None]] = {
    "loaded": ("loaded: imported, confirmed and judged by the chunk", 3.0),
    "steps": ("step by step: entered, then confirmed by return, by the chunk", 8.0),
    "alone": ("alone: each entered by a command of its own, confirmed by return", None),
}
"""How figures come in → what that is, and how many times theirs it may cost at the most."""


def main(count: int = FIGURES) -> None:
    least = min(apart("theirs", "loaded", "series", count)["cpu"] for _ in range(2)) / count
    print(
        f"{count:,} figures, seed {SEED}; a bare event of theirs, 1,000 a transaction: {least * 1e6:.1f} µs CPU"
    )
    for how, (words, wanted) in WAYS.items():
        print(f"{words} (wanted: {f'at most {wanted:g}' if wanted else 'no mark'})")
        for order in ("series", "month") if wanted else ("month",):
            most = count if wanted else count // 10
            each = {size: apart("ours", how, order, size) for size in (most // 2, most)}
            took = each[most]["cpu"] / most
            sizes = ", ".join(f"{found['rss']:.0f} MB at {size:,}" for size, found in each.items())
            print(
                f"  {order:6} order {took * 1e6:8.1f} µs   ours / theirs {took / least:5.2f}   "
                f"{each[most]['facts'] / most:.2f} facts a figure   peak {sizes}",
                flush=True,
            )


if __name__ == "__main__":
    if len(sys.argv) > 2:
        one_side(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        main(*(int(argument) for argument in sys.argv[1:]))
