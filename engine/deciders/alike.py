"""Steps of a return that are decided alike are decided once: the same step of the same period, from the same place.

Five hundred figures of a month come in one command, entered by one person. What deciding a submission's step rests
on is named in the key, so that two steps with one key have one answer. Whatever rests on more (fields, guards,
bodies, delegations, several approvers, running deadlines) is decided by itself, and so is every refusal.
"""

from __future__ import annotations

from engine.context import Context
from engine.deciders.subjects import SUBMISSION, Subject
from engine.surroundings import Surroundings
from workflows.decide import Approved, Decision, Refusal, Taking, decide
from workflows.definition import BODY, Step
from workflows.instance import Instance

FIGURE = "figure"


def decide_alike(
    context: Context, subject: Subject, taking: Taking, facts: Surroundings
) -> Decision | Refusal | Approved:
    """What `workflows.decide` answers, asked once for all steps of a command that are alike."""
    key = _key(subject, taking, facts)
    known = None if key is None else context.alike.get(key)
    if known is not None:
        return known
    answer = decide(subject.definition, subject.instance, taking, facts, context.command.received_at)
    if key is not None and isinstance(answer, Decision):
        context.alike[key] = answer
    return answer


def _key(subject: Subject, taking: Taking, facts: Surroundings) -> tuple[object, ...] | None:
    """Everything that the answer rests on; None where it may rest on more."""
    if taking.workflow != SUBMISSION or taking.fields.keys() - {FIGURE}:
        return None
    if taking.on_behalf_of is not None or taking.acting_for is not None or taking.counted_from is not None:
        return None
    step = _plain_step(subject, taking.step)
    if step is None or not _plain(subject.instance):
        return None
    held = tuple(facts.holds(taking.actor, role, taking.effective_on) for role in step.by)
    return (
        subject.definition.digest,
        subject.pack.digest,
        taking.step,
        taking.subject,
        taking.actor,
        taking.effective_on,
        taking.lag,
        FIGURE in taking.fields,
        held,
        _place(subject.instance),
    )


def _plain_step(subject: Subject, name: str) -> Step | None:
    """A step that roles take, one person at a time, without guards."""
    bodies = subject.pack.organisation.bodies
    for step in subject.definition.steps:
        if step.name == name:
            roles = BODY not in step.by and bodies.keys().isdisjoint(step.by)
            plain = roles and not step.only_when and step.quorum is None
            return step if plain else None
    return None


def _plain(instance: Instance | None) -> bool:
    return instance is None or not (
        instance.open
        or instance.passed
        or instance.counts
        or instance.originals
        or instance.fields
        or instance.approvals
    )


def _place(instance: Instance | None) -> tuple[object, ...] | None:
    """Where an instance stands, as far as a step looks at it."""
    if instance is None:
        return None
    return (
        instance.definition,
        instance.state,
        instance.started_on,
        instance.started_by,
        instance.moved_on,
        instance.body,
        instance.history,
        instance.proposed_rung,
        instance.waived,
    )
