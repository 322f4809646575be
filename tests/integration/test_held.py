"""A trigger that is held: what comes back before it has cleared is the same firing, and its explanation says so."""

from __future__ import annotations

import pytest

from adapters.holidays import UkHolidays
from adapters.yaml import YamlDocuments
from engine.audit.replay import replay
from engine.packs.pack import Pack
from engine.queries.explaining.explain_trigger import explain_trigger
from engine.queries.names import Names
from engine.queries.references import FigureRef
from engine.testing.council import Council
from events.kinds.statuses import TriggerCleared, TriggerFired
from rules.compile import compile_rules
from rules.names import Names as RuleNames
from tests.integration.conftest import START, hire_everybody, varied

ANALYST, MANAGER = "p3", "p4"
RULES = """
statuses: {red: {}, green: {}}
compare_by: percent_from_target
bands: [{status: green, at_least: -10}, {status: red}]
triggers:
  fell: {when: {turned: {from: green, to: red}}, hold: 2 periods, then: {record: It fell}}
  once: {when: {turned: {from: green, to: red}}, hold: 1 period, fires: once, then: {record: It fell}}
"""
GOOD, BAD = "95", "50"


@pytest.fixture
def council(example: Pack) -> Council:
    rules, problems = compile_rules(YamlDocuments().read(RULES, "pack.yaml").tree, RuleNames())
    assert rules is not None, problems
    council = Council(varied(example, rules=rules), START, holidays=UkHolidays())
    hire_everybody(council)
    for period, value in zip(range(1, 7), (GOOD, BAD, GOOD, BAD, BAD, GOOD), strict=True):
        council.figure(ANALYST, "enter", f"AE4/acute/2017-0{period}", value)
        council.figure(MANAGER, "confirm", f"AE4/acute/2017-0{period}")
    return council


def happened(council: Council, kind: type[TriggerFired] | type[TriggerCleared], trigger: str) -> list[str]:
    facts = council.store.streams({"series/AE4/acute": 0})["series/AE4/acute"]
    return [f.event.period for f in facts if isinstance(f.event, kind) and f.event.trigger == trigger]


def said(council: Council, period: str, trigger: str) -> str:
    ref = FigureRef("AE4", "acute", period)
    return explain_trigger(council.engine, ref, trigger, names=Names()).lines[-1].what


def test_it_fires_once_while_it_has_not_cleared(council: Council) -> None:
    assert happened(council, TriggerFired, "fell") == ["2017-02"]
    assert happened(council, TriggerCleared, "fell") == []
    assert replay(council.store, council.engine.shelf).differences == []


@pytest.mark.parametrize(
    ("period", "trigger", "words"),
    [
        (
            "2017-03",
            "fell",
            "It had fired in 2017-02 and is only held since 2017-03: it is kept active for 2 periods and does not fire "
            "again.",
        ),
        (
            "2017-04",
            "fell",
            "It had fired in 2017-02 and has not cleared since; that firing still stands, and this is no other.",
        ),
        (
            "2017-06",
            "once",
            "It had fired in 2017-02 and is only held since 2017-06: it is kept active for 1 period and does not fire "
            "again.",
        ),
        ("2017-05", "once", "It had fired in 2017-02 and has not cleared since; it fires once."),
        ("2017-01", "fell", "It did not hold."),
    ],
)
def test_the_explanation_says_why_it_did_not_fire_again(
    council: Council, period: str, trigger: str, words: str
) -> None:
    assert said(council, period, trigger) == words
