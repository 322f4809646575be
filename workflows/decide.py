"""Deciding one step of one workflow: the move it makes, or every reason against it and what is possible instead."""

from __future__ import annotations

from events.errors import Problem
from events.instant import Instant
from events.kinds.workflow import FieldValue, Move
from events.nearest import did_you_mean
from workflows.approvals import (
    approval,
    approval_reasons,
    completes,
    given_so_far,
    quorum_of,
    still_needed,
)
from workflows.clocks import Clocks, clocks
from workflows.collected import collected_reasons, named_outstanding
from workflows.dates import date_reasons
from workflows.definition import SAME, SYSTEM, Definition, Step
from workflows.fields import field_reasons
from workflows.guards import NAMES_ITEMS, OF_NAMED_ITEMS, holds
from workflows.instance import Instance
from workflows.items import ITEM, for_whom_is_asked
from workflows.lateness import late_days
from workflows.length import length_reasons
from workflows.machine import legal_moves
from workflows.menu import chosen, moves_to
from workflows.permission import labels_of, people_of, permission_reasons
from workflows.routing import goes_to, routing_reasons
from workflows.situation import Situation, reason, standing
from workflows.surroundings import Surroundings
from workflows.taking import Approved, Decision, Possible, Refusal, Taking

__all__ = ["Approved", "Decision", "Possible", "Refusal", "Taking", "decide", "possible"]


def decide(
    definition: Definition,
    instance: Instance | None,
    taking: Taking,
    facts: Surroundings,
    received_at: Instant,
) -> Decision | Approved | Refusal:
    """Decide a step, or one person's part in it. Deadlines already due at `received_at` must have been passed before."""
    try:
        step = definition.step(taking.step)
        step = for_whom_is_asked(step, instance, facts.organisation, taking.fields)
    except KeyError:
        reasons = [_unknown(definition, taking.step)]
    else:
        situation = Situation(
            definition=definition,
            instance=instance,
            step=step,
            taking=taking,
            facts=facts,
            received_at=received_at,
        )
        begun = step.begins and situation.state is not None
        reasons = _place_reasons(
            situation
        )  # of a step that only begins, nothing else is asked once it has begun
        reasons += (
            []
            if begun
            else [
                *permission_reasons(situation),
                *field_reasons(situation),
                *length_reasons(situation),
                *routing_reasons(situation),
                *collected_reasons(situation),
                *_guard_reasons(situation),
                *date_reasons(situation),
                *approval_reasons(situation),
            ]
        )
        if not reasons and still_needed(situation) > 1:
            return Approved(event=approval(situation))
        if not reasons:
            return _decision(situation)
    return Refusal(
        reasons=tuple(reasons), possible=possible(definition, instance, taking, facts, received_at)
    )


def possible(
    definition: Definition,
    instance: Instance | None,
    taking: Taking,
    facts: Surroundings,
    received_at: Instant,
) -> tuple[Possible, ...]:
    """The steps that people can take now, in the order of the definition; of `taking` only the day matters."""
    state = standing(definition, instance)
    steps = legal_moves(definition, state) if state is not None else definition.beginnings
    found = []
    for step in steps:
        situation = Situation(
            definition=definition,
            instance=instance,
            step=for_whom_is_asked(step, instance, facts.organisation, {}),
            taking=taking,
            facts=facts,
            received_at=received_at,
        )
        if step.by != (SYSTEM,) and not _guard_reasons(situation):
            found.append(
                Possible(
                    step=step.name,
                    label=step.label,
                    by=labels_of(situation),
                    people=people_of(situation),
                    quorum=quorum_of(situation),
                    approved=tuple(each.person for each in given_so_far(situation)),
                    completes=completes(situation),
                )
            )
    return tuple(found)


def _decision(situation: Situation) -> Decision:
    step, taking, state = situation.step, situation.taking, situation.state
    rung = moves_to(chosen(situation))
    fields: dict[str, FieldValue] = {**taking.fields, **step.gives, **({"rung": rung} if rung else {})}
    fields |= named_outstanding(situation)
    sent_to = goes_to(situation)
    if sent_to is not None:
        fields["refer_to"] = sent_to
    body = _text(fields, "rung") or _text(fields, "refer_to") or situation.body
    target = state if step.target == SAME and state is not None else step.target
    changed = clocks(situation, target, fields, body)
    move = Move(
        workflow=taking.workflow,
        subject=taking.subject,
        step=step.name,
        source=state or "",
        target=target,
        sets=changed.sets,
        clears=changed.clears,
        on_behalf_of=taking.on_behalf_of,
        acting_for=taking.acting_for,
        definition=situation.definition.digest if situation.instance is None else None,
        ends=situation.definition.state(target).final,
        late_days=_late(situation, changed),
    )
    return Decision(move=move, effect=step.effect, fields=fields)


def _late(situation: Situation, changed: Clocks) -> int | None:
    return None if situation.by_system else late_days(situation, changed.met_late)


def _place_reasons(situation: Situation) -> list[Problem]:
    """Why the step does not lead on from where the instance stands."""
    step, state, definition = situation.step, situation.state, situation.definition
    if step.begins:
        if state is None:
            return []
        return [reason("GT-STEP-004", "It has begun already.", "Take one of its steps instead.")]
    if state is None:
        return [reason("GT-STEP-003", "It has not begun.", f"Begin it with {_beginnings(definition)}.")]
    if state in step.source:
        return []
    here = definition.state(state)
    if here.final:
        return [
            reason("GT-STEP-002", f"'{step.name}' comes too late: it is over ({_label(situation, state)}).")
        ]
    labels = " or ".join(f"'{_label(situation, source)}'" for source in step.source)
    sentence = f"'{step.name}' is not possible at '{_label(situation, state)}', only at {labels}."
    return [reason("GT-STEP-001", sentence)]


def _beginnings(definition: Definition) -> str:
    return " or ".join(f"'{step.name}'" for step in definition.beginnings)


def _guard_reasons(situation: Situation) -> list[Problem]:
    failing = [condition for condition in situation.step.only_when if not holds(condition, situation)]
    if any(condition.guard == NAMES_ITEMS for condition in failing):
        failing = [condition for condition in failing if condition.guard not in OF_NAMED_ITEMS]
    return [reason("GT-STEP-030", _filled(situation, condition.otherwise)) for condition in failing]


def _label(situation: Situation, state: str) -> str:
    return _filled(situation, situation.definition.state(state).label)


def _filled(situation: Situation, sentence: str) -> str:
    """A sentence of the definition with ``{status}``, ``{body}``, ``{period}`` and what else stands in braces filled in."""
    if "{status}" in sentence:
        sentence = sentence.replace("{status}", situation.facts.status() or "not rated")
    if "{easier_than}" in sentence:
        sentence = sentence.replace("{easier_than}", situation.facts.easier_than(situation.given))
    if "{outcome_known}" in sentence:
        sentence = sentence.replace("{outcome_known}", situation.facts.outcome_known(situation.given))
    if "{period}" in sentence:
        sentence = sentence.replace("{period}", situation.field("period") or "no period")
    if "{dealt_with_in}" in sentence:
        taking = situation.taking
        elsewhere = situation.facts.dealt_with_elsewhere(taking.workflow, taking.subject)
        named = _text(taking.fields, ITEM)
        sentence = sentence.replace(
            "{dealt_with_in}", elsewhere.get(named, "") if named else " and ".join(elsewhere.values())
        )
    return sentence.replace("{body}", situation.body or "the body")


def _unknown(definition: Definition, name: str) -> Problem:
    known = [step.name for step in _all(definition)]
    sentence = f"There is no step '{name}' in the workflow {definition.name}.{did_you_mean(name, known)}"
    return reason("GT-STEP-026", sentence, f"Its steps are {', '.join(known)}.")


def _all(definition: Definition) -> tuple[Step, ...]:
    return definition.steps if definition.window else (definition.start, *definition.steps)


def _text(fields: dict[str, FieldValue], name: str) -> str | None:
    value = fields.get(name)
    return value if isinstance(value, str) else None
