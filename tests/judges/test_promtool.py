"""promtool as a judge from outside: a period is a day, N periods running is `for`, and hold is `keep_firing_for`.

Debian's package `prometheus` has promtool: `apt-get install prometheus`, or `apt-get download prometheus` and
`dpkg -x` into any folder, which GOLDENTHREAD_PROMTOOL then names.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from events.kinds.statuses import StatusAssessed, TriggerFired
from rules.history import judge_history
from rules.ir import RuleSet
from tests.unit.rules.given import DECLARED, rules

SEED, HISTORIES, PERIODS = 20261122, 60, 16
SPELLED = {"red": "0", "amber": "1", "green": "2", ".": "_"}
"""A status as a sample; no data is no sample."""

TRIGGERS = {
    # name: (what the pack says, what promtool is told)
    "twice": ("{consecutive: {status: red, at_least: 2}}", "status == 0", 1, 0),
    "thrice": ("{consecutive: {status: [red, amber], at_least: 3}}", "status <= 1", 2, 0),
    "held_for_one": ("{consecutive: {status: [red, amber], reaching: 2}}", "status <= 1", 1, 1),
    "held_for_two": ("{consecutive: {status: red, reaching: 3}}", "status == 0", 2, 2),
    "held_for_three": ("{consecutive: {status: red, reaching: 2}}", "status == 0", 1, 3),
}
"""Condition, expression, days of `for`, periods of hold."""


@pytest.fixture(scope="module")
def promtool() -> str:
    found = os.environ.get("GOLDENTHREAD_PROMTOOL") or shutil.which("promtool")
    if found is None:
        pytest.skip("promtool is not here: apt-get install prometheus, or name it in GOLDENTHREAD_PROMTOOL")
    return found


def pack() -> RuleSet:
    """A gap ends a run in promtool, which knows no other way: so it counts as green here."""
    lives = []
    for name, (when, _, _, hold) in TRIGGERS.items():
        held = f", hold: {hold} periods" if hold else ""
        lives.append(
            f"  {name}: {{when: {when}, gaps: {{count_as: green}}{held}, then: {{record: noted}}}}\n"
        )
    return rules(DECLARED + "triggers:\n" + "".join(lives))


def histories() -> list[list[str]]:
    dice = random.Random(SEED)
    words = ["red", "red", "red", "amber", "green", "green", "."]
    return [[dice.choice(words) for _ in range(PERIODS)] for _ in range(HISTORIES)]


def standing(history: Sequence[str]) -> list[set[str]]:
    """The triggers that stand after each period."""
    judged = judge_history(pack(), history, {})
    return [set(fact.triggers) for facts in judged for fact in facts if isinstance(fact, StatusAssessed)]


def prom_rules() -> str:
    lines = ["groups:", "- name: periods", "  interval: 1d", "  rules:"]
    for name, (_, expression, days, hold) in TRIGGERS.items():
        lines += [f"  - alert: {name}", f"    expr: {expression}", f"    for: {days}d"]
        lines += [f"    keep_firing_for: {hold}d"] if hold else []
    return "\n".join(lines) + "\n"


def prom_tests(told: Sequence[Sequence[str]], stands: Sequence[Sequence[set[str]]]) -> str:
    lines = [
        "rule_files: [rules.yml]",
        "evaluation_interval: 1d",
        "tests:",
        "- interval: 1d",
        "  input_series:",
    ]
    for number, history in enumerate(told):
        samples = " ".join(SPELLED[word] for word in history)
        lines += [f"  - series: 'status{{history=\"{number}\"}}'", f"    values: '{samples}'"]
    lines.append("  alert_rule_test:")
    for period in range(PERIODS):
        for name in TRIGGERS:
            lines += [f"  - eval_time: {period}d", f"    alertname: {name}", "    exp_alerts:"]
            firing = [number for number, each in enumerate(stands) if name in each[period]]
            lines += [f"    - exp_labels: {{history: '{number}'}}" for number in firing]
            lines[-1] += "" if firing else " []"
    return "\n".join(lines) + "\n"


def asked(promtool: str, folder: Path, stands: Sequence[Sequence[set[str]]]) -> str:
    """What promtool has against it; empty where it agrees with everything."""
    (folder / "rules.yml").write_text(prom_rules(), encoding="utf-8")
    (folder / "tests.yml").write_text(prom_tests(histories(), stands), encoding="utf-8")
    command = [promtool, "test", "rules", "tests.yml"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_triggers_stand_exactly_when_promtool_says_so(promtool: str, tmp_path: Path) -> None:
    stands = [standing(history) for history in histories()]
    assert len(stands) * PERIODS * len(TRIGGERS) == 4_800
    assert 500 < sum(len(each) for history in stands for each in history) < 4_300
    assert asked(promtool, tmp_path, stands) == ""


def test_what_is_held_fires_when_it_begins_to_stand_and_never_while_promtool_would_keep_it_firing() -> None:
    held = [name for name, (*_, hold) in TRIGGERS.items() if hold]
    for history in histories():
        judged = judge_history(pack(), history, {})
        stood: set[str] = set()
        for facts, stands in zip(judged, standing(history), strict=True):
            fired = {fact.trigger for fact in facts if isinstance(fact, TriggerFired)}
            assert fired.intersection(held) == stands.difference(stood).intersection(held)
            stood = stands


def test_promtool_would_object_to_a_single_wrong_one(promtool: str, tmp_path: Path) -> None:
    stands = [standing(history) for history in histories()]
    stands[17][9] ^= {"held_for_two"}
    assert "held_for_two" in asked(promtool, tmp_path, stands)
