"""Racing writers on one book, killed without warning again and again; then the book is asked what became of it all."""

from __future__ import annotations

import gc
import os
import random
import select
import signal
import time
import traceback
from pathlib import Path

from tests.campaigns.homes import Home, SqliteHome
from tests.campaigns.writers import Report, Tally, Writer, examine, warm

MOST_PULSES = 16
"""A loop is killed at the latest after so many openings and acknowledgements of all writers together."""


def run(
    home: Home, folder: Path, loops: int, seed: int, writers: int = 2, broken: str | None = None
) -> Report:
    """The campaign: start, kill, start again; at the end, look."""
    chance, report = random.Random(seed), Report(seed=seed, home=home.name)
    home.make(views=[Tally()]).close()
    hears, pulse = os.pipe()
    (folder / "warm").mkdir()
    warm(SqliteHome(folder / "warm"), folder / "warm")
    gc.collect()
    gc.freeze()  # the collector of a child shall not touch, and so copy, what it has from here
    for _ in range(loops):
        seeds = [chance.randrange(2**32) for _ in range(writers)]
        children = [
            start(Writer(home, folder, number, seeds[number], broken=broken, pulse=pulse))
            for number in range(writers)
        ]
        _wait(hears, chance.randrange(MOST_PULSES), chance.uniform(0, 0.003))
        for child in children:
            os.kill(child, signal.SIGKILL)
        for child in children:
            bury(child)
            report.kills += 1
        _wait(hears, 10**9, 0)
    gc.unfreeze()
    os.close(hears)
    os.close(pulse)
    examine(home, folder, report)
    return report


def start(writer: Writer) -> int:
    """Fork the process in which a writer lives; answers its id."""
    child = os.fork()
    if child == 0:
        try:
            writer.live()
        finally:
            traceback.print_exc()
            os._exit(1)
    writer.close()
    return child


def bury(child: int) -> None:
    """Wait for the end of a child that was killed."""
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "a writer ended by itself; its traceback stands above"


def _wait(hears: int, pulses: int, longer: float) -> None:
    """Until the writers have opened the book or acknowledged something so many times, and then a moment longer."""
    patience = 5.0 if pulses < MOST_PULSES else 0.0
    while pulses > 0 and select.select([hears], [], [], patience)[0]:
        pulses -= len(os.read(hears, min(pulses, 4096)))
    time.sleep(longer)
