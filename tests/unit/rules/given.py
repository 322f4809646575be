"""How the tests of the rules speak: rules written as YAML, cases in words, statuses as a line of history."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import msgspec

from adapters.yaml import YamlDocuments
from events.errors import Problem
from events.kinds.statuses import StatusAssessed, TriggerCleared, TriggerFired, TriggerScreened
from events.schema import Event
from rules.case import Case, Target
from rules.compile import compile_rules
from rules.history import Timeline, judge_history
from rules.ir import RuleSet
from rules.judge import judge
from rules.names import Names

NAMES = Names(
    bodies=frozenset({"CPEG", "CMT"}),
    roles=frozenset({"service_manager", "chief_officer"}),
    workflows=frozenset({"intervention", "action_plan"}),
)

SCALE = """
statuses: {red: {}, amber: {}, green: {}}
"""
RAG = (
    SCALE
    + """
compare_by: percent_from_target
bands:
  - {status: green, at_least: 0}
  - {status: amber, at_least: -10}
  - {status: red}
"""
)
DECLARED = SCALE + "status_from: {declared: required}\n"


def read(text: str, names: Names = NAMES) -> tuple[RuleSet | None, tuple[Problem, ...]]:
    tree = YamlDocuments().read(text, "pack.yaml").tree
    assert isinstance(tree, Mapping)
    return compile_rules(tree, names)


def rules(text: str) -> RuleSet:
    compiled, problems = read(text)
    assert compiled is not None, "\n".join(f"{p.code} {p.path} {p}" for p in problems)
    assert not problems
    return compiled


def problems(text: str) -> list[Problem]:
    compiled, found = read(text)
    assert compiled is None
    return list(found)


def case(polarity: str = "higher", period: str = "2016-04", **given: Any) -> Case:
    """Numbers as text; `target`, `floor`, `tolerance`, `low` and `high` make the target."""
    names = {"target": "value", "floor": "floor", "tolerance": "tolerance", "low": "low", "high": "high"}
    target: dict[str, Any] = {names[key]: Decimal(given.pop(key)) for key in list(given) if key in names}
    for key in ("value", "numerator", "denominator"):
        if key in given:
            given[key] = Decimal(given[key])
    return Case(
        pack="digest", polarity=polarity, period=period, target=Target(**target) if target else None, **given
    )


def assessed(rules: RuleSet, case: Case) -> StatusAssessed:
    last = judge(rules, case)[-1]
    assert isinstance(last, StatusAssessed)
    return last


def status(rules: RuleSet, polarity: str = "higher", **given: Any) -> str:
    return assessed(rules, case(polarity, **given)).status


def reason(rules: RuleSet, polarity: str = "higher", **given: Any) -> str:
    return assessed(rules, case(polarity, **given)).reason


def trigger(yaml: str, scale: str = DECLARED) -> RuleSet:
    """A pack with the one trigger ``t``; what follows is a record unless it says."""
    then = "" if "then:" in yaml else ", then: {record: noted}"
    return rules(
        f"{scale}\nindicator_fields: {{local: {{type: yes_no, label: important locally}}}}\ntriggers:\n  t: {{{yaml}{then}}}\n"
    )


def facts(compiled: RuleSet, history: str, **given: Any) -> list[list[Event]]:
    fields = given.pop("fields", {})
    return judge_history(compiled, history.split(), fields, **given)


def story(compiled: RuleSet, history: str, **given: Any) -> str:
    """What became of trigger ``t`` period by period: fired, screened, cleared, unknown, or ``-`` for nothing."""
    return told(facts(compiled, history, **given))


def why(compiled: RuleSet, history: str, **given: Any) -> str:
    """The reason of the last period's trigger fact."""
    fact = facts(compiled, history, **given)[-1][0]
    assert isinstance(fact, TriggerFired | TriggerScreened | TriggerCleared)
    return fact.reason


def figures(compiled: RuleSet, values: str, first_period: str = "2001-Q1", **given: Any) -> Timeline:
    """Figures judged one after another; ``.`` is a period without one."""
    like = case(given.pop("polarity", "higher"), **given)
    timeline = Timeline(compiled, like, first_period)
    for text in values.split():
        value = None if text == "." else Decimal(text)
        timeline.figure(msgspec.structs.replace(like, value=value))
    return timeline


def statuses(timeline: Timeline) -> str:
    """The status of each period."""
    return " ".join(each.status for each in assessments(timeline.judged))


def assessments(judged: list[list[Event]]) -> list[StatusAssessed]:
    """The last fact of each period."""
    return [fact for facts in judged for fact in facts if isinstance(fact, StatusAssessed)]


def told(judged: list[list[Event]]) -> str:
    """What became of the one trigger period by period, as `story` tells it."""
    words = {TriggerFired: "fired", TriggerScreened: "screened", TriggerCleared: "cleared"}
    each = []
    for period, last in zip(judged, assessments(judged), strict=True):
        happened = [words[type(fact)] for fact in period[:-1]] or (
            ["unknown"] if last.not_assessed else ["-"]
        )
        each.append("+".join(happened))
    return " ".join(each)
