"""What becomes of one trigger in one period: it fires, is only recorded, stays active, clears, or cannot be said."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

import msgspec

from events.kinds.statuses import TriggerCleared, TriggerFired, TriggerMemory, TriggerScreened
from events.schema import Event
from rules.case import Case
from rules.ir import Trigger, Truth
from rules.standing import Standing, periods_since

_IDLE = TriggerMemory()


class Outcome(msgspec.Struct, frozen=True, gc=False):
    """What became of one trigger in one period."""

    memory: TriggerMemory
    fact: Event | None = None
    assessed: bool = True


QUIET = Outcome(_IDLE)
"""It did not hold, and does not stand."""


def decide(trigger: Trigger, standing: Standing, live: AbstractSet[str], holds: Truth) -> Outcome:
    """Fire, screen, clear, hold or stay quiet; what is unknown changes nothing and is listed.

    `live` are the triggers, among those that can suppress this one, that fire or are active in this period; `holds`
    is what its condition comes to.
    """
    memory = standing.case.triggers.get(trigger.id, _IDLE)
    waits = trigger.fires == "once" or only_held(trigger, memory, standing.period)
    if holds and not (memory.active and waits and trigger.id not in standing.case.cleared):
        return _fire(trigger, standing, memory, live)
    if holds is False and not memory.active:
        return QUIET
    if memory.active and not holds:
        gone = _gone(trigger, standing)
        if gone:
            return _end(trigger, standing, memory, assessed=holds is not None)
        if gone is False and trigger.id in standing.case.cleared:
            return _fire(trigger, standing, memory, live, _restored(standing, memory))
        could_fire = holds is None and trigger.fires != "once"
        kept = _standing_again(memory) if gone is False else memory
        return Outcome(kept, assessed=gone is not None and not could_fire)
    return Outcome(_standing_again(memory) if holds else memory, assessed=holds is not None)


def only_held(trigger: Trigger, memory: TriggerMemory, period: str) -> bool:
    """Whether what holds in a period carries on an earlier firing, because nothing but its `hold` has kept that active.

    An edge that comes again while it is active has been away meanwhile, though it may have stood since it came back.
    """
    if memory.ceased is None:
        return bool(trigger.hold) and trigger.clears_when is None and trigger.when.edge
    return periods_since(memory.ceased, period) <= trigger.hold


def _restored(standing: Standing, memory: TriggerMemory) -> str:
    """Why it fires again: what had ended it was put right, and it still stands, though its edge lies before."""
    since = memory.since or "an earlier period"
    return f"it had fired in {since} and still stands: the status is {standing.word}, and that it cleared was put right"


def _fire(
    trigger: Trigger,
    standing: Standing,
    memory: TriggerMemory,
    live: AbstractSet[str],
    why: str = "",
) -> Outcome:
    """It is its turn, because the condition holds or for the reason given: it fires, unless something screens it."""
    only_if = trigger.only_if
    why = why or trigger.when.because(standing)
    passes: Truth = True if only_if is None else only_if.test.holds(standing)
    if passes is None:
        return Outcome(memory, assessed=False)
    memory = _standing_again(memory)
    if only_if is not None:
        if not passes:
            but = f"{why}, but {only_if.test.why_not(standing)}"
            return Outcome(memory, _screened(trigger, standing, but, only_if.otherwise))
        why = f"{why}, and {only_if.test.because(standing)}"
    silenced = _silenced(trigger, standing, why, live)
    if silenced is not None:
        return Outcome(memory, silenced)
    if not memory.active:
        memory = TriggerMemory(active=True, since=standing.period)
    return Outcome(memory, _fired(trigger, standing.case, why))


def _fired(trigger: Trigger, case: Case, why: str) -> TriggerFired:
    then = trigger.then
    return TriggerFired(
        trigger=trigger.id,
        period=case.period,
        reason=sentence(why),
        pack=case.pack,
        refer_to=then.refer_to,
        start=then.start,
        notify=then.notify,
        require=f"{then.require} within {then.within}" if then.require and then.within else then.require,
        record=then.record,
        group=_group(trigger, case) if trigger.group_by else None,
        consequences=case.consequences and not case.historic,
    )


def _group(trigger: Trigger, case: Case) -> str:
    """What firings have in common of which people are told once: ``red by service childrens``."""
    of = {"service": case.service, "indicator": case.indicator, "body": trigger.then.refer_to or ""}
    return f"{trigger.id} by {trigger.group_by} {of[trigger.group_by]}"


def _silenced(
    trigger: Trigger, standing: Standing, why: str, live: AbstractSet[str]
) -> TriggerScreened | None:
    """That it is suppressed by another trigger, or muted by a person, where it is."""
    for other in trigger.suppressed_by:
        if other in live:
            label = next(each.label for each in standing.rules.triggers if each.id == other)
            fact = _screened(trigger, standing, f"{why}, but '{label}' stands", f"Suppressed by '{label}'")
            return msgspec.structs.replace(fact, cause="suppressed", suppressed_by=other)
    mute = standing.case.mutes.get(trigger.id)
    if mute is None:
        return None
    record = f"Muted until {mute.until.day} {mute.until:%B %Y}"
    fact = _screened(trigger, standing, f"{why}, but it is muted", record)
    return msgspec.structs.replace(fact, cause="muted", muted_by=mute.by, until=mute.until)


def _screened(trigger: Trigger, standing: Standing, why: str, record: str) -> TriggerScreened:
    return TriggerScreened(
        trigger=trigger.id,
        period=standing.period,
        reason=sentence(why),
        record=record,
        pack=standing.case.pack,
    )


def _gone(trigger: Trigger, standing: Standing) -> Truth:
    """Whether a trigger that fired has cleared; None where that cannot be said."""
    if trigger.clears_when is not None:
        return trigger.clears_when.holds(standing)
    stands = trigger.when.stands(standing)
    return None if stands is None else not stands


def _end(trigger: Trigger, standing: Standing, memory: TriggerMemory, *, assessed: bool) -> Outcome:
    """Its condition has gone: it clears, unless it is still held."""
    if trigger.hold:
        ceased = memory.ceased or standing.period
        if periods_since(ceased, standing.period) < trigger.hold:
            return Outcome(msgspec.structs.replace(memory, ceased=ceased), assessed=assessed)
    return Outcome(_IDLE, _cleared(trigger, standing, memory), assessed=assessed)


def _standing_again(memory: TriggerMemory) -> TriggerMemory:
    """A memory that no longer counts down: the condition is back."""
    return memory if memory.ceased is None else msgspec.structs.replace(memory, ceased=None)


def _cleared(trigger: Trigger, standing: Standing, memory: TriggerMemory) -> TriggerCleared:
    cause = trigger.clears_when.because(standing) if trigger.clears_when else f"the status is {standing.word}"
    kept = f" and was held since {memory.ceased}" if memory.ceased else ""
    return TriggerCleared(
        trigger=trigger.id,
        period=standing.period,
        reason=sentence(f"{cause}; it had fired in {memory.since or 'an earlier period'}{kept}"),
    )


def sentence(clause: str) -> str:
    """A clause as a sentence."""
    return f"{clause[:1].upper()}{clause[1:]}."
