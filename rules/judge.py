"""Judge one case: its status, what became of each trigger, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from events.kinds.statuses import RecentStatus, StatusAssessed, TriggerFired, TriggerMemory
from events.schema import Event
from rules.case import Case
from rules.deciding import Outcome, decide
from rules.generated import decider
from rules.generated_truths import asked
from rules.ir import RuleSet, Trigger, Truth
from rules.rating import Rating, rate
from rules.reason import Explained, explained, reason
from rules.standing import Standing

NOTHING: frozenset[str] = frozenset()
Waiting = Sequence[tuple[Trigger, Truth]]
"""Triggers of which something is to be decided, each with what its condition comes to."""


def judge(rules: RuleSet, case: Case, *, interpreted: bool = False) -> list[Event]:
    """The facts of one judgement: trigger facts in the pack's order, and `StatusAssessed` last.

    Pure and total: the same rules and case always give the same facts, whatever is missing. Code generated from the
    rules decides the status; where it is to be `interpreted`, the reference does, with the same answer.
    """
    if not interpreted:
        return conclude(rules, case, decider(rules).explained(case))
    rating = rate(rules, case)
    return conclude(rules, case, explained(rating, reason(rules, case, rating)), interpreted=True)


def conclude(rules: RuleSet, case: Case, found: Explained, *, interpreted: bool = False) -> list[Event]:
    """The facts that follow once the status is known."""
    standing = Standing(rules, case, found.rating)
    waiting = (
        list(zip(rules.in_use, asked(rules, standing), strict=True)) if interpreted else _in_play(standing)
    )
    facts: list[Event] = []
    memory: dict[str, TriggerMemory] = {}
    unknown: list[str] = []
    for trigger, outcome in _decided(standing, waiting):
        if outcome.fact is not None:
            facts.append(outcome.fact)
        if outcome.memory.active:
            memory[trigger.id] = outcome.memory
        if not outcome.assessed:
            unknown.append(trigger.id)
    facts.append(_assessed(standing, found, memory, tuple(unknown)))
    return facts


def _in_play(standing: Standing) -> Waiting:
    """The triggers of which anything can become, and whether each holds.

    Where a condition does not hold, and nothing is remembered of its trigger, all stays quiet.
    """
    rules, remembered = standing.rules, standing.case.triggers
    return [
        (trigger, holds)
        for trigger, holds in zip(rules.in_use, decider(rules).truths(standing), strict=True)
        if holds is not False or trigger.id in remembered
    ]


def _decided(standing: Standing, waiting: Waiting) -> Iterable[tuple[Trigger, Outcome]]:
    """What becomes of each trigger, in the pack's order; those that can suppress others are decided before them."""
    rules = standing.rules
    if not rules.suppresses:
        return [(each, decide(each, standing.as_seen_by(each), NOTHING, holds)) for each, holds in waiting]
    outcomes: dict[str, Outcome] = {}
    live: set[str] = set()
    known = {trigger.id: holds for trigger, holds in waiting}
    for trigger in rules.suppressors_first:
        if trigger.id not in known:
            continue
        outcome = decide(trigger, standing.as_seen_by(trigger), live, known[trigger.id])
        outcomes[trigger.id] = outcome
        if outcome.memory.active or isinstance(outcome.fact, TriggerFired):
            live.add(trigger.id)
    return [(trigger, outcomes[trigger.id]) for trigger, _ in waiting]


def _assessed(
    standing: Standing, found: Explained, memory: dict[str, TriggerMemory], unknown: tuple[str, ...]
) -> StatusAssessed:
    rules, case, rating, compared = standing.rules, standing.case, found.rating, found.compared
    previous = standing.before(1)
    target = case.target
    earlier = case.history[1 - rules.lookback :] if rules.lookback > 1 else ()
    recent = [RecentStatus(past.period, past.status, past.compared) for past in earlier]
    recent.append(RecentStatus(case.period, rating.status, compared))
    assessed = StatusAssessed(
        period=case.period,
        status=rating.status,
        reason=found.why,
        rule=rating.rule,
        pack=case.pack,
        figure=case.figure,
        value=found.value,
        target=None if target is None else target.cite,
        target_value=None if target is None else target.value,
        compared=compared,
        previous=None if previous is None else previous.status,
        not_assessed=unknown,
        recent=tuple(recent),
        triggers=memory,
        cause=case.cause,
    )
    rare = _rarely_said(case, rating)
    return msgspec.structs.replace(assessed, **rare) if rare else assessed


def _rarely_said(case: Case, rating: Rating) -> dict[str, object]:
    """What most assessments do not hold, apart from the rest: Python takes far longer over more than 15 names at once."""
    rare: dict[str, object] = {}
    if case.declared_status is not None:
        rare["declared"] = case.declared_status
    if rating.computed is not None:
        rare["computed"] = rating.computed.status
        if case.override is not None:
            rare |= {"overridden_by": case.override.by, "override_reason": case.override.reason}
    if case.historic:
        rare["historic"] = True
    return rare
