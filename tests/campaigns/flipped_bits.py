"""Bits flipped in a book's file, and worse; then `audit verify` is asked, and so is SQLite itself, row by row.

What was altered is decided by an independent reading: plain SQLite, no code of the product, every table by the table
and the events once more by each of their indexes. A trial alters something where that reading differs from the
reading of the file before, or where something cannot be read at all. Damage that no reading sees (free space, a page
that nothing points to) may be reported or not.
"""

from __future__ import annotations

import contextlib
import io
import json
import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from adapters.cli.app import run as goldenthread
from adapters.sql import open_sqlite
from adapters.sql.schema import BEGINNINGS
from engine.audit.verify import verify
from engine.views import VIEWS
from goldenthread.__main__ import Program
from tests.campaigns.random_life import RandomLife

PAGE = 4096
PROVEN = ("events", "texts", "blobs", "outbox", *(view.name for view in VIEWS))
"""Tables in which every alteration must be found. Of a command only what it claims is: nothing else says its digest."""
COMMAND = "coalesce((SELECT command_id FROM events WHERE events.position = outbox.position), outbox.position)"
TOLD = {"outbox": f"{COMMAND}, recipient, kind, subject, words"}
"""Of a notice what it says and of which command it is: not which of the command's facts, its number, and when it was handed over."""

Spoil = Callable[[bytearray, random.Random], None]
Reading = Mapping[str, object]
Verdict = tuple[int, Mapping[str, Any]]
Ask = Callable[[Path], Verdict]


def flip_a_bit(image: bytearray, chance: random.Random) -> None:
    """One bit, anywhere."""
    image[chance.randrange(len(image))] ^= 1 << chance.randrange(8)


def zero_a_byte(image: bytearray, chance: random.Random) -> None:
    """One byte set to zero."""
    image[chance.randrange(len(image))] = 0


def zero_a_page(image: bytearray, chance: random.Random) -> None:
    """One page set to zero, as by a disk that forgot it."""
    at = chance.randrange(len(image) // PAGE) * PAGE
    image[at : at + PAGE] = bytes(PAGE)


def copy_a_page(image: bytearray, chance: random.Random) -> None:
    """One page in the place of another, as by a disk that wrote to the wrong place."""
    pages = len(image) // PAGE
    here, there = chance.randrange(pages) * PAGE, chance.randrange(pages) * PAGE
    image[here : here + PAGE] = image[there : there + PAGE]


def cut_off(image: bytearray, chance: random.Random) -> None:
    """The file ends early."""
    del image[chance.randrange(len(image)) :]


WORSE: Mapping[str, Spoil] = {
    "byte zeroed": zero_a_byte,
    "page zeroed": zero_a_page,
    "page copied": copy_a_page,
    "file cut": cut_off,
}


@dataclass
class Report:
    """What came of it. `missed` and `crashed` must be empty."""

    seed: int
    trials: Counter[str] = field(default_factory=Counter)
    altered: Counter[str] = field(default_factory=Counter)
    """Table → trials in which its rows were altered or could not be read."""
    reported: Counter[str] = field(default_factory=Counter)
    """Table → of those, the ones that were reported."""
    no_row_altered: int = 0
    reported_besides: int = 0
    """Of those, the ones reported all the same: a page, an index, a trigger."""
    missed: list[str] = field(default_factory=list)
    crashed: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether everything that had to be found was, and nothing ended in a traceback."""
        return not (self.missed or self.crashed)

    def __str__(self) -> str:
        tables = ", ".join(
            f"{table} {self.reported[table]} of {count}" for table, count in self.altered.most_common()
        )
        trials = ", ".join(f"{count} × {what}" for what, count in self.trials.items())
        return (
            f"seed {self.seed}: {trials}. Altered and reported: {tables}. No row altered: {self.no_row_altered}, "
            f"of which {self.reported_besides} reported. Missed: {self.missed}. Tracebacks: {self.crashed}."
        )


def make_book(folder: Path, seed: int, steps: int) -> Path:
    """A book with a drawn history, everything in its one file."""
    path = folder / "book.goldenthread"
    store = open_sqlite(path, VIEWS, create=True)
    RandomLife(store, seed).live(steps)
    store.close()
    return path


def ask_verify(path: Path) -> Verdict:
    """What `goldenthread audit verify` answers, and what it leaves with."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        words = ["--json", "--debug", "--db", f"sqlite:///{path}", "audit", "verify"]
        left_with = goldenthread(Program(), words)
    try:
        answer = json.loads(out.getvalue())
    except json.JSONDecodeError:
        answer = {"problems": [{"code": "", "sentence": out.getvalue()}]}
    answer["beside"] = err.getvalue()
    return left_with, answer


def read(path: Path) -> Reading:
    """Every table by the table, and the events by each index: rows, or that they cannot be read."""
    found: dict[str, object] = {}
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    connection.text_factory = bytes
    with contextlib.closing(connection):
        for table in (*PROVEN, "commands"):
            found[table] = _rows(connection, f"SELECT {TOLD.get(table, '*')} FROM {table} NOT INDEXED")
        for index, those in (("sqlite_autoindex_events_1", "1"), ("events_begun", BEGINNINGS)):
            by_index = (
                f"SELECT position, stream, version, hex(body) FROM events INDEXED BY {index} WHERE {those}"
            )
            found[f"events by {index}"] = _rows(connection, by_index)
    return found


def _rows(connection: sqlite3.Connection, sql: str) -> object:
    try:
        return sorted(map(repr, connection.execute(sql)))
    except (sqlite3.Error, UnicodeDecodeError):  # SQLite may quote the damaged file in what it says of it
        return "cannot be read"


def run(
    folder: Path, trials: Mapping[str, int], seed: int, ask: Ask = ask_verify, to_the_first: bool = False
) -> Report:
    """The campaign: spoil a copy, read it, ask; `trials` of each kind of damage, or until something was missed."""
    chance, report = random.Random(seed), Report(seed=seed)
    book = make_book(folder, seed, steps=400)
    image, was = book.read_bytes(), read(book)
    assert ask(book)[0] == 0, "the untouched book is suspected"
    spoiled = folder / "spoiled.goldenthread"
    for what, count in trials.items():
        for number in range(count):
            copy = bytearray(image)
            {"bit flipped": flip_a_bit, **WORSE}[what](copy, chance)
            if copy != image:
                spoiled.write_bytes(copy)
                report.trials[what] += 1
                _judge(f"{what} {number}", was, read(spoiled), ask(spoiled), report)
                _tidy(spoiled)
            if to_the_first and report.missed:
                return report
    return report


def _judge(trial: str, was: Reading, now: Reading, verdict: Verdict, report: Report) -> None:
    left_with, answer = verdict
    told = [each["sentence"] for each in (*answer.get("faults", ()), *answer.get("problems", ()))]
    if left_with == 70 or "Traceback" in answer.get("beside", "") or (left_with and not all(told)):
        report.crashed.append(f"{trial}: {left_with} {told} {answer.get('beside', '')[-600:]}")
    altered = {table.split(" ")[0] for table in was if was[table] != now[table]}
    found = left_with != 0
    report.altered.update(altered)
    report.reported.update(altered if found else ())
    if altered.intersection(PROVEN) and not found:
        report.missed.append(f"{trial}: {sorted(altered)}")
    if not altered:
        report.no_row_altered += 1
        report.reported_besides += found


def _tidy(path: Path) -> None:
    for beside in path.parent.glob(f"{path.name}*"):
        beside.unlink()


@dataclass
class Clean:
    """What came of looking at books that nobody touched; `alarms` must be empty."""

    seed: int
    books: int = 0
    runs: int = 0
    events: int = 0
    """In all books together, at their ends."""
    alarms: list[str] = field(default_factory=list)


def look_at_untouched(folder: Path, books: int, looks: int, seed: int) -> Clean:
    """Books with drawn histories, each verified again and again as it grows, by a reader beside its writer."""
    report = Clean(seed=seed)
    for number in range(books):
        path = folder / f"{number}.goldenthread"
        store = open_sqlite(path, VIEWS, create=True)
        life = RandomLife(store, seed + number)
        for _ in range(looks):
            life.live(life.random.randint(1, 20))
            reader = open_sqlite(path, VIEWS, create=False, read_only=True)
            found = verify(reader, views=VIEWS, notices=True)
            reader.close()
            report.runs += 1
            report.alarms += [f"book {number}: {fault.sentence}" for fault in found.faults]
        report.books += 1
        report.events += store.head().position
        store.close()
        _tidy(path)
    return report
