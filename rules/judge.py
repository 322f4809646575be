"""Judge one case: its status, what became of each trigger, and why."""

from __future__ import annotations

from events.schema import Event
from rules.case import Case
from rules.ir import RuleSet


def judge(rules: RuleSet, case: Case) -> list[Event]:
    """The facts of one judgement: trigger facts in the pack's order, and `StatusAssessed` last.

    Pure and total: the same rules and case always give the same facts, whatever is missing.
    """
    raise NotImplementedError
