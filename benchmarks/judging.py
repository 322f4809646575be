"""A status decided by generated code, against a closure written by hand, the interpreter, and `zen-engine`.

`python -m benchmarks.judging [rounds]`. How it is measured. 20,000 cases, the same for everybody: figures shaped like those
of accident and emergency departments (numerator and denominator, in percent), and single values where higher or lower
is better; a few are missing, or lack a target. Green at the target or better, amber to 10 % below it, else red. All
answers are compared first; one that differs ends the run. Then each side decides 500 cases in turn, over and over; the figure
is the least CPU of each (`time.process_time`), since whatever else the machine does only adds.

By hand: what a careful programmer writes for this one pack, on the same exact decimals; it explains nothing. The ratios of
ours are to that. What a fact keeps besides: the figure and its distance in six decimals, and the rating that triggers
ask about, which are no part of the mark. `zen-engine` gets the same fields as a plain dict, in whole numbers: its expression is compiled once
and decides from the figure; its decision table (JDM, first hit) is even given what is compared worked out. Neither
explains anything.
"""

from __future__ import annotations

import gc
import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import zen

from benchmarks.bands import PACK
from benchmarks.figures import drawn
from rules.case import Case, Target
from rules.compile import compile_rules
from rules.exact import EXACT, HUNDRED
from rules.generated import decider
from rules.names import Names
from rules.rating import rate
from rules.reason import reason

CASES, SLICE, SEED = 20_000, 500, 1948
FRACTION = "(polarity == 'higher' ? 1000 * numerator - target.value * denominator : target.value * denominator - 1000 * numerator)"
WHOLE = "(polarity == 'higher' ? value - target.value : target.value - value)"
EXPRESSION = (
    "numerator == null or denominator == null ? "
    "(value == null ? 'no data' : target == null ? 'not rated' : "
    f"{WHOLE} >= 0 ? 'green' : 10 * {WHOLE} >= - target.value ? 'amber' : 'red') : "
    "denominator == 0 or target == null ? 'not rated' : "
    f"{FRACTION} >= 0 ? 'green' : 10 * {FRACTION} >= - target.value * denominator ? 'amber' : 'red'"
)
"""Values and targets in whole tenths of a per cent."""

multiply, subtract, TEN = EXACT.multiply, EXACT.subtract, Decimal(-10)


def by_hand(case: Case) -> tuple[str, str]:
    """This pack and no other."""
    top, bottom = case.numerator, case.denominator
    if top is None or bottom is None:
        top, bottom = case.value, None
        if top is None:
            return "no data", "no_data"
    elif not bottom:
        return "not rated", "zero_denominator"
    else:
        top = multiply(top, HUNDRED)
    target = case.target
    if target is None or target.value is None:
        return "not rated", "no_target"
    goal = target.value if bottom is None else multiply(target.value, bottom)
    away = subtract(top, goal) if case.polarity == "higher" else subtract(goal, top)
    if away >= 0:
        return "green", "bands/green"
    if multiply(away, HUNDRED) >= multiply(TEN, goal.copy_abs()):
        return "amber", "bands/amber"
    return "red", "bands/red"


def cases() -> list[tuple[Case, dict[str, Any]]]:
    """Each case as we take it, and as the peer does."""
    chance = random.Random(SEED)
    made = []
    for number in range(CASES):
        target = None if chance.random() < 0.02 else chance.randint(600, 990)
        higher = chance.random() < 0.7
        goal = None if target is None else Target(value=Decimal(target) / 10)
        about: dict[str, Any] = {
            "pack": "benchmark",
            "period": "2016-04",
            "measured_in": "percent",
            "polarity": "higher" if higher else "lower",
            "target": goal,
        }
        top: int | None
        bottom: int | None
        if number % 2:
            top, bottom = drawn(f"AE{number}", "trust", f"{2009 + number % 10}-{1 + number % 12:02d}")
            bottom = 0 if chance.random() < 0.01 else bottom
            about |= {"numerator": Decimal(top), "denominator": Decimal(bottom)}
        else:
            top, bottom = (None, None) if chance.random() < 0.02 else (chance.randint(500, 1_000), 1_000)
            about["value"] = None if top is None else Decimal(top) / 10
        given: dict[str, Any] = {
            "value": None if number % 2 else top,
            "numerator": top if number % 2 else None,
            "denominator": bottom if number % 2 else None,
            "polarity": about["polarity"],
            "target": None if target is None else {"value": target},
        }
        made.append((Case(**about), given))
    return made


def table() -> Callable[[dict[str, Any]], str]:
    """The decision table; which unrated state, and how far from the target, are columns of its own."""
    rows = [("'no data'", "", "", "no data"), ("'not rated'", "", "", "not rated")]
    rows += [("", ">= 0", "", "green"), ("", "", ">= 0", "amber"), ("", "", "", "red")]
    content = {
        "hitPolicy": "first",
        "inputs": [{"id": name, "name": name, "field": name} for name in ("unrated", "away", "edge")],
        "outputs": [{"id": "status", "name": "status", "field": "status"}],
        "rules": [
            {"_id": str(n), "unrated": state, "away": away, "edge": edge, "status": f"'{word}'"}
            for n, (state, away, edge, word) in enumerate(rows)
        ],
    }
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}},
        {
            "id": "table",
            "type": "decisionTableNode",
            "name": "table",
            "position": {"x": 1, "y": 0},
            "content": content,
        },
        {"id": "out", "type": "outputNode", "name": "out", "position": {"x": 2, "y": 0}},
    ]
    edges = [
        {"id": f"{source}-{target}", "type": "edge", "sourceId": source, "targetId": target}
        for source, target in (("in", "table"), ("table", "out"))
    ]
    decision = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))

    def decide(about: dict[str, Any]) -> str:
        return str(decision.evaluate(about)["result"]["status"])

    return decide


def worked_out(about: dict[str, Any]) -> dict[str, Any]:
    """What the decision table is given."""
    top, bottom = about["numerator"], about["denominator"]
    if top is None:
        top, bottom = about["value"], 1_000
    if top is None:
        return {"unrated": "no data", "away": 0, "edge": 0}
    if not bottom or about["target"] is None:
        return {"unrated": "not rated", "away": 0, "edge": 0}
    target = about["target"]["value"]
    away = (1000 * top - target * bottom) * (1 if about["polarity"] == "higher" else -1)
    return {"unrated": "", "away": away, "edge": 10 * away + target * bottom}


def sides() -> dict[str, tuple[Callable[[Any], Any], Sequence[Any], Callable[[Any], str]]]:
    """Name → how it decides, on what, and how its answer names the status."""
    rules, problems = compile_rules(PACK, Names())
    if rules is None:
        raise SystemExit("\n".join(map(str, problems)))
    made = decider(rules)
    if not made.by_code:
        raise SystemExit("these rules are interpreted, not generated")
    ours, theirs = map(list, zip(*cases(), strict=True))
    expression, in_table = zen.compile_expression(EXPRESSION), table()

    def whole(case: Case) -> tuple[str, str, str]:
        rating = rate(rules, case)
        return rating.status, rating.rule, reason(rules, case, rating)

    return {
        "by hand": (by_hand, ours, lambda answer: str(answer[0])),
        "generated": (made.decide, ours, lambda answer: str(answer[0])),
        "generated, with its sentence": (made.told, ours, lambda answer: str(answer[0])),
        "... and what a fact keeps besides": (made.explained, ours, lambda answer: str(answer.rating.status)),
        "interpreted": (lambda case: rate(rules, case), ours, lambda answer: str(answer.status)),
        "interpreted, with its sentence": (whole, ours, lambda answer: str(answer[0])),
        "zen-engine, expression": (expression.evaluate, theirs, str),
        "zen-engine, decision table": (in_table, [worked_out(each) for each in theirs], str),
    }


WANTED = {"generated": "wanted <= 2", "generated, with its sentence": "wanted <= 4"}
FASTER = {"zen-engine, expression": 5, "zen-engine, decision table": 50}


def main(rounds: int = 3) -> None:
    """Compare, measure, print."""
    all_sides = sides()
    truth = [answer[0] for answer in map(by_hand, all_sides["by hand"][1])]
    for name, (decide, given, status) in all_sides.items():
        wrong = sum(status(decide(one)) != right for one, right in zip(given, truth, strict=True))
        if wrong:
            raise SystemExit(f"{name}: {wrong} answers differ")
    print(
        f"{CASES:,} cases, seed {SEED}: {', '.join(f'{truth.count(word):,} {word}' for word in dict.fromkeys(truth))}"
    )
    least = dict.fromkeys(all_sides, float("inf"))
    gc.disable()
    for start in list(range(0, CASES, SLICE)) * rounds:
        for name, (decide, given, _) in all_sides.items():
            least[name] = min(least[name], spent(decide, given[start : start + SLICE]))
    for name, took in least.items():
        more = WANTED.get(name, "")
        if name in FASTER:
            more = f"generated code is {took / least['generated']:.1f} times faster (wanted {FASTER[name]})"
        print(f"  {name:34}{took * 1e6:8.2f} µs{took / least['by hand']:8.2f} times by hand   {more}")


def spent(decide: Callable[[Any], Any], given: Sequence[Any]) -> float:
    start = time.process_time()
    for one in given:
        decide(one)
    return (time.process_time() - start) / len(given)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
