"""Bands, exactly: 200,000 realistic figures at one decimal, against an independent oracle and against floats.

Run it: .venv/bin/python -m benchmarks.bands

Figures and targets have one decimal, statuses come from `percent_from_target` with amber to 10 %. The oracle counts in
whole tenths. A float implementation is what a spreadsheet or a quick script does. CPU time is of this process alone.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from rules.case import Case, Target
from rules.compile import compile_rules
from rules.ir import RuleSet
from rules.judge import judge
from rules.names import Names
from rules.rating import rate

ROWS = 200_000
SEED = 2016
STATUSES = ("red", "amber", "green")
PACK: dict[str, object] = {
    "statuses": {word: {} for word in STATUSES},
    "compare_by": "percent_from_target",
    "bands": [
        {"status": "green", "at_least": "0"},
        {"status": "amber", "at_least": "-10"},
        {"status": "red"},
    ],
    "triggers": {
        "turned_red": {"when": {"turned": {"from": "amber", "to": "red"}}, "then": {"record": "Turned red"}}
    },
}


class Row(NamedTuple):
    """A figure and its target in whole tenths, and whether higher is better."""

    value: int
    target: int
    higher: bool


def rows() -> list[Row]:
    """Targets as councils set them, and figures spread about them as figures are."""
    chance = random.Random(SEED)
    made = []
    for _ in range(ROWS):
        target = chance.randint(1, 1000)
        value = max(0, round(chance.gauss(target, 0.15 * target)))
        made.append(Row(value, target, chance.random() < 0.6))
    return made


def oracle(row: Row) -> str:
    """Whole tenths only: away from the target, times ten, against the target."""
    away = row.value - row.target if row.higher else row.target - row.value
    return "green" if away >= 0 else "amber" if 10 * away >= -row.target else "red"


def floats(row: Row) -> str:
    """What a quick script does."""
    value, target = row.value / 10, row.target / 10
    percent = (value - target) / target * 100
    better = percent if row.higher else -percent
    return "green" if better >= 0 else "amber" if better >= -10 else "red"


def cases(made: Sequence[Row]) -> list[Case]:
    """The same rows as the engine hands them over."""
    return [
        Case(
            pack="benchmark",
            period="2016-04",
            value=Decimal(row.value) / 10,
            polarity="higher" if row.higher else "lower",
            measured_in="percent",
            target=Target(value=Decimal(row.target) / 10),
        )
        for row in made
    ]


def timed(do: Callable[[], list[str]]) -> tuple[list[str], float]:
    """What it answers, and the CPU time of one decision in microseconds."""
    start = time.process_time()
    answers = do()
    return answers, (time.process_time() - start) / ROWS * 1e6


def compiled() -> RuleSet:
    """The pack of the benchmark."""
    rules, problems = compile_rules(PACK, Names())
    if rules is None:
        raise SystemExit("\n".join(map(str, problems)))
    return rules


def main() -> None:
    """Compare, count and print; a single wrong answer of ours is a failure."""
    rules, made = compiled(), rows()
    ready = cases(made)
    truth = [oracle(row) for row in made]
    ours, our_time = timed(lambda: [rate(rules, case).status for case in ready])
    quick, quick_time = timed(lambda: [floats(row) for row in made])
    whole, whole_time = timed(lambda: [judge(rules, case)[-1].status for case in ready])  # type: ignore[attr-defined]  # the last fact is StatusAssessed
    wrong = sum(a != b for a, b in zip(ours, truth, strict=True))
    wrong_whole = sum(a != b for a, b in zip(whole, truth, strict=True))
    wrong_quick = sum(a != b for a, b in zip(quick, truth, strict=True))
    print(f"{ROWS:,} figures, seed {SEED}: {', '.join(f'{truth.count(word):,} {word}' for word in STATUSES)}")
    print(f"exact   {wrong:>6,} wrong   {our_time:6.2f} µs a status")
    print(
        f"floats  {wrong_quick:>6,} wrong   {quick_time:6.2f} µs a status   (exact takes {our_time / quick_time:.1f} times as long)"
    )
    print(f"judged  {wrong_whole:>6,} wrong   {whole_time:6.2f} µs with reason, trigger and facts")
    if wrong or wrong_whole:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
