"""Steps of a return that are decided alike are decided once: the same step of the same period, from the same place.

Five hundred figures of a month come in one command, entered by one person. What deciding a submission's step rests
on is named in the key, so that two steps with one key have one answer. Whatever rests on more (fields, guards,
bodies, delegations, several approvers, running deadlines) is decided by itself, and so is every refusal. Who acts,
on which day and when it was received is the same for all steps of a command.
"""

from __future__ import annotations

from engine.commands import Step
from engine.context import Context
from engine.deciders.subjects import SUBMISSION, Subject
from engine.packs.pack import Pack
from engine.surroundings import Surroundings
from workflows.definition import BODY, Definition
from workflows.definition import Step as Defined
from workflows.instance import Instance

FIGURE = "figure"
Key = tuple[object, ...]


def likeness(context: Context, step: Step, subject: Subject) -> Key | None:
    """Everything that the answer to a step rests on; None where it may rest on more."""
    if step.workflow != SUBMISSION or step.fields or step.on_behalf_of or step.acting_for:
        return None
    instance = subject.instance
    if not _plain(instance):
        return None
    kind = (subject.pack.digest, subject.definition.digest, step.step)
    if kind not in context.roles:
        context.roles[kind] = _roles(subject.pack, subject.definition, step.step)
    roles = context.roles[kind]
    if roles is None:
        return None
    return (
        kind,
        subject.subject,
        subject.lag,
        step.figure is None,
        _held(context, subject.pack, step, roles),
        _place(instance),
    )


def _roles(pack: Pack, definition: Definition, name: str) -> tuple[str, ...] | None:
    """Who takes a step that roles take, one person at a time, without guards; None for any other step."""
    step = next((each for each in definition.steps if each.name == name), None)
    return step.by if step is not None and _by_roles(step, pack) else None


def _by_roles(step: Defined, pack: Pack) -> bool:
    roles = BODY not in step.by and pack.organisation.bodies.keys().isdisjoint(step.by)
    alone = not step.begins or {*step.needs, *step.may} <= {FIGURE}  # else it takes up what the register says
    return roles and alone and not step.only_when and step.quorum is None and not step.everyone


def _held(context: Context, pack: Pack, step: Step, roles: tuple[str, ...]) -> tuple[bool, ...]:
    """Which of the roles whoever acts holds for a service."""
    key = pack.digest, step.service, roles
    held = context.held.get(key)
    if held is None:
        about, on, actor = (step.indicator, step.service), context.effective_on, context.command.actor
        facts = Surroundings(context.work, context.shelf, pack, about, on, today=context.today)
        held = context.held[key] = tuple(facts.holds(actor, role, on) for role in roles)
    return held


def _plain(instance: Instance | None) -> bool:
    return instance is None or not (
        instance.open
        or instance.passed
        or instance.counts
        or instance.originals
        or instance.fields
        or instance.approvals
    )


def _place(instance: Instance | None) -> Key | None:
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
