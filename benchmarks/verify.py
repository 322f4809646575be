"""Verifying the record: events per CPU second, and the memory it takes: `python -m benchmarks.verify [events …]`.

How it is measured. The demonstration's book is made once, with views; then its facts are committed again and again
under other indicators to a new SQLite file, a copy at a time, until there are enough (50,000 and 200,000 by default).
Each book is verified in a process of its own: CPU by `time.process_time` (Python, SQLite and the kernel), memory by
the most that process ever held above what it held with the book open and nothing read (`VmHWM`; where the kernel
does not tell, `ru_maxrss`). SQLite's page cache of 32 MB is part of it. Reading the log, SQLite's own check of its
tables included, and comparing the views with a fresh rebuild are done in separate processes; the CPU of the log is
the least of three.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from adapters.sql import open_sqlite
from engine.audit.verify import verify
from engine.folding import by_command
from engine.ports import Part, Unit
from engine.view import View
from engine.views import VIEWS
from events.fact import Draft, Fact
from events.schema import Event
from events.text import Text
from goldenthread.demo.run import main as make_demo

SIZES = (50_000, 200_000)
ROUNDS = 3
WANTED = 60_000


def main(sizes: Sequence[int]) -> None:
    """Make books, verify each in a process of its own, print."""
    with tempfile.TemporaryDirectory(prefix="goldenthread-bench-") as name:
        folder = Path(name)
        demo = _demo(folder)
        for size in sizes:
            book = folder / f"{size}.goldenthread"
            _fill(book, *demo, size)
            print(f"{size:,} events, {book.stat().st_size / size:.0f} bytes of file each", flush=True)
            for what in ("log", "views"):
                _tell(what, [_measured(book, what) for _ in range(ROUNDS if what == "log" else 1)])
            book.unlink()


def _tell(what: str, runs: Sequence[dict[str, float]]) -> None:
    run = min(runs, key=lambda run: run["seconds"])
    rate = run["events"] / run["seconds"]
    wanted = f" (wanted {WANTED:,})" if what == "log" else ""
    print(
        f"  {what:6} {rate:9,.0f} events per CPU second{wanted}, {run['kilobytes'] / 1024:.0f} MB", flush=True
    )


def _measured(book: Path, what: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.verify", "--measure", str(book), what]
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    measured: dict[str, float] = json.loads(answer)
    return measured


def measure(book: Path, what: str) -> None:
    """In a process of its own: verify one book, print the figures."""
    views: Sequence[View] = VIEWS if what == "views" else ()
    store = open_sqlite(book, VIEWS, create=False, read_only=True)
    before, start = _held(), time.process_time()
    if what == "views":
        events, faults = store.head().position, len(store.differences(views))
    else:
        found = verify(store)
        events, faults = found.events, found.count
    spent = time.process_time() - start
    assert not faults, "a book that nobody touched was suspected"
    print(json.dumps({"events": events, "seconds": spent, "kilobytes": _held() - before}))


def _held() -> int:
    """The most this process ever held, in kilobytes: `ru_maxrss` would count what its parent held too."""
    try:
        told = Path("/proc/self/status").read_text()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(re.findall(r"VmHWM:\s+(\d+) kB", told)[0])


def _demo(folder: Path) -> tuple[list[Fact[Event]], list[Text]]:
    make_demo(folder / "demo", lambda line: None)
    store = open_sqlite(folder / "demo" / "example.goldenthread", VIEWS, create=False)
    facts = store.page(0, 1_000_000)
    cited = {ref for row in store.stored(0, 1_000_000) for ref in re.findall(r"text:\w+", row.body.decode())}
    texts = [text for text in store.texts(cited).values() if text is not None]
    store.close()
    return facts, texts


def _fill(book: Path, facts: Sequence[Fact[Event]], texts: Sequence[Text], size: int) -> None:
    """Copies of the facts about series, and of nothing else, each copy about indicators of its own."""
    store = open_sqlite(book, VIEWS, create=True)
    store.commit(Unit(parts=(), read={}, texts=texts, now=facts[-1].recorded_at))
    kept = [fact for fact in facts if fact.stream.startswith(("series/", "interventions/"))]
    written = 0
    for copy in count():
        unit = _unit(kept, copy, size - written)
        store.commit(unit)
        written = store.head().position
        if written >= size:
            break
    store.close()


def _unit(facts: Sequence[Fact[Event]], copy: int, most: int) -> Unit:
    parts = []
    for together in by_command(facts[:most]):
        name = f"{together[0].command_id}/{copy}"
        drafts = [_draft(fact, copy, name) for fact in together]
        parts.append(Part(command_id=name, request_digest="0" * 64, drafts=drafts))
    return Unit(parts=parts, read={}, now=facts[-1].recorded_at)


def _draft(fact: Fact[Event], copy: int, command_id: str) -> Draft:
    kind, indicator, service = fact.stream.split("/", 2)
    return Draft(
        stream=f"{kind}/{indicator}.{copy}/{service}",
        event=fact.event,
        received_at=fact.received_at,
        effective_on=fact.effective_on,
        actor=fact.actor,
        account=fact.account,
        command_id=command_id,
        correlation_id=command_id,
        caused_by=fact.caused_by and fact.caused_by.replace(f"/{indicator}/", f"/{indicator}.{copy}/"),
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(Path(sys.argv[2]), sys.argv[3])
    else:
        main([int(argument) for argument in sys.argv[1:]] or SIZES)
