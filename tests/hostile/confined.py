"""Running what is hostile in a process of its own, which the kernel stops when it takes too much.

Never the wall clock: a few seconds of processor time for each input, and a quarter of a gigabyte for the process.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from events.errors import GoldenthreadError

MEGABYTES = 256
ROOT = Path(__file__).parents[2]

Given = Callable[[], object]
"""Does what a hostile input asks, and answers the problems found, or raises them."""


def confined(module: str) -> list[str]:
    """Run every input of a module's ``HOSTILE`` alone; answers what went wrong, nothing where all were refused."""
    done = subprocess.run(
        [sys.executable, "-c", f"from tests.hostile.confined import run; run({module!r})"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"},
        cwd=ROOT,
        preexec_fn=_narrow,
        capture_output=True,
        text=True,
        check=False,
    )
    wrong = [line for line in done.stdout.splitlines() if line.startswith("wrong: ")]
    if done.returncode:
        begun = [line for line in done.stdout.splitlines() if line.startswith("begins: ")]
        wrong.append(f"stopped ({done.returncode}) at {begun[-1:]}: {done.stderr[-2000:]}")
    return wrong


def _narrow() -> None:
    size = MEGABYTES * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(module: str) -> None:
    """Within the process: each input in turn, with seconds of its own."""
    from importlib import import_module

    hostile: Mapping[str, Given] = import_module(module).HOSTILE
    for name, given in hostile.items():
        print(f"begins: {name}", flush=True)
        _a_few_seconds_more()
        trouble = refusal(given)
        if trouble:
            print(f"wrong: {name}: {trouble}", flush=True)


def refusal(given: Given) -> str:
    """What is wrong with the way an input was refused; nothing where it was, with sentences."""
    try:
        problems = given()
    except GoldenthreadError as refused:
        problems = refused.problems
    except BaseException as crash:  # noqa: BLE001 - whatever comes is what the test is about
        return f"{type(crash).__name__}: {str(crash)[:200]}"
    if not isinstance(problems, list | tuple) or not problems:
        return "was not refused"
    spoken = [str(problem.sentence) for problem in problems]
    return (
        ""
        if all(each.strip().endswith((".", "?")) for each in spoken)
        else f"is no sentence: {spoken[0][:100]}"
    )


def _a_few_seconds_more() -> None:
    """On a quiet machine an input takes less than a second. One that is shared by many spends several times as much
    on the same work, and the kernel counts whole seconds: so it is stopped at five."""
    spent = int(time.process_time())
    resource.setrlimit(resource.RLIMIT_CPU, (spent + 5, resource.RLIM_INFINITY))
