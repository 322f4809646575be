"""A million rows, the process killed in the middle, and the rest taken in by asking again: `python -m benchmarks.killed_import [rows] [DATABASE-URL]`.

How it is measured. A book is made on a new SQLite file, or in a schema of a PostgreSQL database, and a file of so many
rows (1,000,000 by default) in long layout, one series after another. The command ``figure import`` takes it in, in a
process of its own; when half of its rows stand in the book it is killed without warning (SIGKILL), and the same
command is given again. Printed are, of both processes, CPU seconds (without a database server's), seconds by the clock
and the most memory either had when last looked at; how many figures the book holds afterwards, counted by indicator,
service and period; and what ``audit verify`` says of the book.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from adapters.sql import open_postgres, open_sqlite
from benchmarks.imports import ANALYST, MONTHS, SERVICES, council_of, file_of
from benchmarks.servers import new_schema
from engine.ports import Store
from engine.views import SUBMISSIONS, VIEWS

LOOKED = 2.0
"""Seconds between two looks at how far the import has come."""


def main() -> None:
    """Make the book and the file, kill the import half-way, and take in the rest."""
    words = sys.argv[1:]
    rows = next((int(word) for word in words if word.isdigit()), 1_000_000)
    address = next((word for word in words if "://" in word), None)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        open_store, where = _book(folder, address)
        store = open_store(True)
        council = council_of(store, -(-rows // (SERVICES * MONTHS)), on=date(2026, 11, 10))
        began = council.store.head().position
        (folder / "figures.csv").write_bytes(file_of(rows, by_month=False))
        command = [
            *(sys.executable, "-m", "goldenthread", "figure", "import", *where),
            *(str(folder / "figures.csv"), "--as", ANALYST, "--accept-warnings", "As made up."),
        ]
        print(f"{rows:,} rows into {'PostgreSQL' if address else 'SQLite'}", flush=True)
        _run("killed", command, lambda: store.head().position - began >= rows // 2)
        print(f"  {store.head().position - began:,} events stood then", flush=True)
        _run("again", command, lambda: False)
        found = {(row["indicator"], row["service"], row["period"]) for row in store.rows(SUBMISSIONS)}
        print(f"  {len(found):,} figures in the book, {store.head().position:,} events", flush=True)
        store.close()
        _run(
            "audit verify",
            [sys.executable, "-m", "goldenthread", "audit", "verify", *where],
            lambda: False,
        )


def _book(folder: Path, address: str | None) -> tuple[Callable[[bool], Store], list[str]]:
    """How the book is opened here, and how a command is told which it is."""
    if address is None:
        file = folder / "book.goldenthread"
        return (lambda create: open_sqlite(file, VIEWS, create=create)), ["--db", str(file)]
    schema = new_schema()
    return (lambda create: open_postgres(address, schema, VIEWS, create=create)), [
        "--db",
        address,
        "--book",
        schema,
    ]


def _run(what: str, command: list[str], far_enough: Callable[[], bool]) -> None:
    """Run a command to its end, or until it has come far enough, and say what it took."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    ended, status, used, held = 0, 0, None, 0.0
    while not ended:
        time.sleep(LOOKED)
        held = max(held, _held(process.pid))
        ended, status, used = os.wait4(process.pid, os.WNOHANG)
        if not ended and far_enough():
            process.kill()
            ended, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert used is not None
    assert process.stdout is not None
    print(
        f"  {what}: exit {process.returncode}, {used.ru_utime + used.ru_stime:.0f} s of CPU, "
        f"{time.monotonic() - start:.0f} s by the clock, {held:.0f} MB at most",
        flush=True,
    )
    for line in process.stdout.read().splitlines()[-3:]:
        print(f"    {line}", flush=True)


def _held(process: int) -> float:
    """The most memory that a process has had so far, in MB: of its own, which `wait4` does not tell from its parent's."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


if __name__ == "__main__":
    main()
