"""Judge one case: its status, what became of each trigger, and why."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from events.kinds.statuses import (
    RecentStatus,
    StatusAssessed,
    TriggerCleared,
    TriggerFired,
    TriggerMemory,
    TriggerScreened,
)
from events.schema import Event
from rules.case import Case
from rules.exact import ONE, Ratio
from rules.ir import OnlyIf, RuleSet, Trigger, Truth
from rules.rating import Rating, rate
from rules.reason import reason
from rules.standing import Standing

PLACES = 6
"""Decimals with which facts keep what was compared; decisions are made on the exact ratio."""

_IDLE = TriggerMemory()


class Outcome(msgspec.Struct, frozen=True):
    """What became of one trigger in one period."""

    memory: TriggerMemory
    fact: Event | None = None
    assessed: bool = True


def judge(rules: RuleSet, case: Case) -> list[Event]:
    """The facts of one judgement: trigger facts in the pack's order, and `StatusAssessed` last.

    Pure and total: the same rules and case always give the same facts, whatever is missing.
    """
    rating = rate(rules, case)
    return conclude(rules, case, rating, reason(rules, case, rating))


def conclude(rules: RuleSet, case: Case, rating: Rating, why: str) -> list[Event]:
    """The facts that follow once the status is known."""
    standing = Standing(rules, case.period, rating.status, case.fields, case.reported_as, case.history)
    facts: list[Event] = []
    memory: dict[str, TriggerMemory] = {}
    unknown: list[str] = []
    for trigger in rules.triggers:
        if not trigger.enabled:
            continue
        outcome = _decide(trigger, standing, case)
        if outcome.fact is not None:
            facts.append(outcome.fact)
        if outcome.memory.active:
            memory[trigger.id] = outcome.memory
        if not outcome.assessed:
            unknown.append(trigger.id)
    facts.append(_assessed(rules, case, rating, why, standing, memory, tuple(unknown)))
    return facts


def _decide(trigger: Trigger, standing: Standing, case: Case) -> Outcome:
    """Fire, screen, clear or stay quiet; what is unknown changes nothing and is listed."""
    memory = case.triggers.get(trigger.id, _IDLE)
    holds = trigger.when.holds(standing)
    if holds and not (memory.active and trigger.fires == "once"):
        return _fire(trigger, standing, case, memory)
    if memory.active and not holds:
        gone = _gone(trigger, standing)
        if gone:
            return Outcome(_IDLE, _cleared(trigger, standing, memory), assessed=holds is not None)
        could_fire = holds is None and trigger.fires != "once"
        return Outcome(memory, assessed=gone is not None and not could_fire)
    return Outcome(memory, assessed=holds is not None)


def _fire(trigger: Trigger, standing: Standing, case: Case, memory: TriggerMemory) -> Outcome:
    """The condition holds and it is its turn: it fires, unless `only_if` screens it."""
    only_if = trigger.only_if
    why = trigger.when.because(standing)
    passes: Truth = True if only_if is None else only_if.test.holds(standing)
    if passes is None:
        return Outcome(memory, assessed=False)
    if only_if is not None:
        if not passes:
            return Outcome(memory, _screened(trigger, only_if, standing, case, why))
        why = f"{why}, and {only_if.test.because(standing)}"
    then = trigger.then
    fired = TriggerFired(
        trigger=trigger.id,
        period=case.period,
        reason=sentence(why),
        pack=case.pack,
        refer_to=then.refer_to,
        start=then.start,
        notify=then.notify,
        require=f"{then.require} within {then.within}" if then.require and then.within else then.require,
        record=then.record,
        consequences=case.consequences and not case.historic,
    )
    return Outcome(memory if memory.active else TriggerMemory(active=True, since=case.period), fired)


def _gone(trigger: Trigger, standing: Standing) -> Truth:
    """Whether a trigger that fired has cleared; None where that cannot be said."""
    if trigger.clears_when is not None:
        return trigger.clears_when.holds(standing)
    stands = trigger.when.stands(standing)
    return None if stands is None else not stands


def _screened(trigger: Trigger, only_if: OnlyIf, standing: Standing, case: Case, why: str) -> TriggerScreened:
    return TriggerScreened(
        trigger=trigger.id,
        period=case.period,
        reason=sentence(f"{why}, but {only_if.test.why_not(standing)}"),
        record=only_if.otherwise,
        pack=case.pack,
    )


def _cleared(trigger: Trigger, standing: Standing, memory: TriggerMemory) -> TriggerCleared:
    cause = trigger.clears_when.because(standing) if trigger.clears_when else f"the status is {standing.word}"
    return TriggerCleared(
        trigger=trigger.id,
        period=standing.period,
        reason=sentence(f"{cause}; it had fired in {memory.since or 'an earlier period'}"),
    )


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
    recent = (*case.history, RecentStatus(case.period, rating.status, compared))
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
        recent=recent[-rules.lookback :],
        triggers=memory,
        cause=case.cause,
        historic=case.historic,
    )


def _kept(value: Ratio) -> Decimal | None:
    """A figure as facts keep it: exact where it was entered whole, else its fraction to six decimals."""
    return value.over if value.under is ONE else value.shown(PLACES)


def sentence(clause: str) -> str:
    """A clause as a sentence."""
    return f"{clause[:1].upper()}{clause[1:]}."
