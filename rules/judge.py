"""Judge one case: its status, what became of each trigger, and why."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from events.kinds.statuses import RecentStatus, StatusAssessed, TriggerFired, TriggerMemory
from events.schema import Event
from rules.case import Case
from rules.deciding import Outcome, decide
from rules.exact import ONE, Ratio
from rules.generated import decider
from rules.ir import RuleSet, Trigger
from rules.rating import Rating, rate
from rules.reason import reason
from rules.standing import Standing

NOTHING: frozenset[str] = frozenset()
PLACES = 6
"""Decimals with which facts keep what was compared; decisions are made on the exact ratio."""


def judge(rules: RuleSet, case: Case, *, interpreted: bool = False) -> list[Event]:
    """The facts of one judgement: trigger facts in the pack's order, and `StatusAssessed` last.

    Pure and total: the same rules and case always give the same facts, whatever is missing. Code generated from the
    rules decides the status; where it is to be `interpreted`, the reference does, with the same answer.
    """
    if interpreted:
        rating = rate(rules, case)
        why = reason(rules, case, rating)
    else:
        rating, why = decider(rules).explained(case)
    return conclude(rules, case, rating, why, every=interpreted)


def conclude(rules: RuleSet, case: Case, rating: Rating, why: str, *, every: bool = False) -> list[Event]:
    """The facts that follow once the status is known; `every` trigger is asked, or only those that may say something."""
    standing = Standing(rules, case, rating)
    facts: list[Event] = []
    memory: dict[str, TriggerMemory] = {}
    unknown: list[str] = []
    for trigger, outcome in _decided(rules, standing, every=every):
        if outcome.fact is not None:
            facts.append(outcome.fact)
        if outcome.memory.active:
            memory[trigger.id] = outcome.memory
        if not outcome.assessed:
            unknown.append(trigger.id)
    facts.append(_assessed(rules, case, rating, why, standing, memory, tuple(unknown)))
    return facts


def _decided(rules: RuleSet, standing: Standing, *, every: bool) -> list[tuple[Trigger, Outcome]]:
    """What becomes of each trigger, in the pack's order; those that can suppress others are decided before them."""
    if not rules.suppresses:
        asked = rules.in_use if every else _asked(rules, standing)
        return [(trigger, decide(trigger, _as_seen(trigger, standing), NOTHING)) for trigger in asked]
    outcomes: dict[str, Outcome] = {}
    live: set[str] = set()
    for trigger in rules.suppressors_first:
        outcome = outcomes[trigger.id] = decide(trigger, _as_seen(trigger, standing), live)
        if outcome.memory.active or isinstance(outcome.fact, TriggerFired):
            live.add(trigger.id)
    return [(trigger, outcomes[trigger.id]) for trigger in rules.in_use]


def _asked(rules: RuleSet, standing: Standing) -> Sequence[Trigger]:
    """The triggers of which something can become: not those that do not stand, and cannot hold at this status."""
    concerned = rules.concerned.get(standing.rating.status)
    if concerned is None:
        return rules.in_use
    remembered = standing.case.triggers
    return [trigger for trigger in rules.in_use if trigger.id in concerned or trigger.id in remembered]


def _as_seen(trigger: Trigger, standing: Standing) -> Standing:
    """Where the series stands, with gaps as the trigger takes them."""
    if trigger.gaps == "break":
        return standing
    return Standing(standing.rules, standing.case, standing.rating, trigger.gaps, trigger.gaps_as)


def _assessed(
    rules: RuleSet,
    case: Case,
    rating: Rating,
    why: str,
    standing: Standing,
    memory: dict[str, TriggerMemory],
    unknown: tuple[str, ...],
) -> StatusAssessed:
    compared = None if rating.found is None else rating.found.shown(PLACES)
    previous = standing.before(1)
    target = case.target
    earlier = case.history[1 - rules.lookback :] if rules.lookback > 1 else ()
    recent = [RecentStatus(past.period, past.status, past.compared) for past in earlier]
    recent.append(RecentStatus(case.period, rating.status, compared))
    override = case.override if rating.computed is not None else None
    return StatusAssessed(
        period=case.period,
        status=rating.status,
        reason=why,
        rule=rating.rule,
        pack=case.pack,
        figure=case.figure,
        value=None if rating.value is None else _kept(rating.value),
        target=None if target is None else target.cite,
        target_value=None if target is None else target.value,
        compared=compared,
        declared=case.declared_status,
        previous=None if previous is None else previous.status,
        not_assessed=unknown,
        computed=None if rating.computed is None else rating.computed.status,
        overridden_by=None if override is None else override.by,
        override_reason=None if override is None else override.reason,
        recent=tuple(recent),
        triggers=memory,
        cause=case.cause,
        historic=case.historic,
    )


def _kept(value: Ratio) -> Decimal | None:
    """A figure as facts keep it: exact where it was entered whole, else its fraction to six decimals."""
    return value.over if value.under is ONE else value.shown(PLACES)
