"""Why a trigger fired for a period, or did not: its rule in words, what held, and what followed."""

from __future__ import annotations

from collections.abc import Iterator

from engine.handle import Engine
from engine.queries.explaining.consequences import followed_words, led_to
from engine.queries.explaining.explanation import ExplainedLine, Explanation, source_lines
from engine.queries.figures.figure_facts import FigureFacts, figure_facts
from engine.queries.names import Names
from engine.queries.reader import Reader
from engine.queries.references import FigureRef
from engine.queries.shown import joined, position_shown
from engine.states.series import OfATrigger
from events.errors import NotFound, Problem
from events.fact import Fact
from events.kinds.statuses import (
    TriggerCleared,
    TriggerClosed,
    TriggerFired,
    TriggerMemory,
    TriggerScreened,
    TriggerWithdrawn,
)
from events.nearest import did_you_mean
from events.schema import Event
from rules.ir import RuleSet, Trigger


def explain_trigger(
    engine: Engine, ref: FigureRef, trigger: str | None = None, *, names: Names, at: int | None = None
) -> Explanation:
    """Explain one trigger of a period, or all. Raises NotFound GT-RULE-101 for one the pack does not have."""
    own = figure_facts(Reader(engine, at), ref)
    rules = own.pack.rules if own.pack else RuleSet(statuses=(), status_from="declared")
    known = {each.id: each for each in rules.triggers}
    if trigger is not None and trigger not in known:
        raise NotFound(
            Problem(
                code="GT-RULE-101",
                sentence=f"The pack that judges {ref.period} has no trigger '{trigger}'.{did_you_mean(trigger, known)}",
                fix=f"Its triggers are: {', '.join(known) or 'none'}.",
            )
        )
    asked = [known[trigger]] if trigger is not None else list(known.values())
    heading = f"Trigger {trigger}" if trigger is not None else "Triggers"
    return Explanation(
        ref=str(ref),
        heading=f"{heading} of {ref}",
        lines=tuple(line for each in asked for line in _lines(own, rules, each)),
    )


def _lines(own: FigureFacts, rules: RuleSet, trigger: Trigger) -> Iterator[ExplainedLine]:
    yield ExplainedLine(
        kind="trigger",
        what=f"{_capital(trigger.label or trigger.id)} fires when {trigger.when.english(rules)}.",
        rule=f"trigger {trigger.id}",
        where=own.pack_words,
    )
    if trigger.only_if is not None:
        what = f"Something follows only if {trigger.only_if.test.english(rules)}; else: {trigger.only_if.otherwise}"
        yield ExplainedLine(kind="trigger", what=what, rule=f"trigger {trigger.id}")
    if own.pack is not None:
        yield from source_lines(own.pack, "triggers", trigger.id)
    yield from _became(own, trigger)


def _became(own: FigureFacts, trigger: Trigger) -> Iterator[ExplainedLine]:
    mine = [
        (fact, fact.event)
        for fact in own.facts
        if isinstance(fact.event, OfATrigger) and fact.event.trigger == trigger.id
    ]
    for fact, event in mine:
        what, where = _said(own, fact, event)
        yield ExplainedLine(
            kind="trigger",
            what=what,
            rule=position_shown(fact.position),
            where=where,
            events=(fact.position,),
        )
    if not mine:
        yield ExplainedLine(kind="trigger", what=_quiet(own, trigger))


def _said(own: FigureFacts, fact: Fact[Event], event: OfATrigger) -> tuple[str, str]:
    match event:
        case TriggerFired():
            followed = " and ".join(map(followed_words, led_to(own.reader, own.ref, fact)))
            notified = f"told {joined(event.notify, 'and')}" if event.notify else ""
            return f"It fired: {event.reason}", followed or notified
        case TriggerScreened():
            return f"It held and was screened out: {event.reason}", event.record
        case TriggerCleared():
            return f"It cleared: {event.reason}", ""
        case TriggerWithdrawn(screened=True):
            return f"It does not hold now that the period was judged again: {event.reason}", event.fired_at
        case TriggerWithdrawn():
            return f"It was withdrawn when the period was judged again: {event.reason}", event.fired_at
        case TriggerClosed():
            return "A newly adopted pack has no such trigger any more.", ""


def _quiet(own: FigureFacts, trigger: Trigger) -> str:
    found = own.assessed
    if found is None:
        return "The period is not judged yet."
    if trigger.id in found[1].not_assessed:
        return "It could not be decided: something it asks about is not known."
    if not trigger.enabled:
        return "The pack has it switched off."
    memory = found[1].triggers.get(trigger.id)
    if memory is not None and memory.active and memory.since != own.ref.period:
        return _stands(memory, trigger)
    return "It did not hold."


def _stands(memory: TriggerMemory, trigger: Trigger) -> str:
    """That an earlier firing still stands, and why it is not another."""
    fired = f"It had fired in {memory.since or 'an earlier period'}"
    if memory.ceased is not None and trigger.hold:
        held = f"{trigger.hold} period{'' if trigger.hold == 1 else 's'}"
        return f"{fired} and is only held since {memory.ceased}: it is kept active for {held} and does not fire again."
    once = "it fires once" if trigger.fires == "once" else "that firing still stands, and this is no other"
    return f"{fired} and has not cleared since; {once}."


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
