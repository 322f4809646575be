"""Steps of a return that are decided alike are decided once: the same step of the same period, from the same place.

Five hundred figures of a month come in one command, entered by one person, or in five hundred. What deciding a
submission's step rests on is named in the key, so that two steps with one key have one answer, whichever command they
are of. Whatever rests on more (fields, guards, bodies, delegations, several approvers, running deadlines) is decided by
itself, and so is every refusal.
"""

from __future__ import annotations

from engine.commands import Step
from engine.context import Context, Terms
from engine.deciders.subjects import SUBMISSION, Subject
from engine.packs.pack import Pack
from engine.surroundings import Surroundings
from events.period import parse_period
from workflows.decide import Decision
from workflows.definition import BODY
from workflows.definition import Step as Defined
from workflows.instance import Instance
from workflows.window import submission_window

FIGURE = "figure"
Key = tuple[object, ...]


MOST_ALIKE = 20_000
"""So many answers are kept between commands; then all of them are forgotten."""


def likeness(context: Context, step: Step, subject: Subject) -> Key | None:
    """Everything that the answer to a step rests on; None where it may rest on more."""
    if step.workflow != SUBMISSION or step.fields or step.on_behalf_of or step.acting_for:
        return None
    instance = subject.instance
    if not _plain(instance):
        return None
    kind = (subject.pack.digest, subject.definition.digest, step.step, subject.subject, subject.lag)
    if kind not in context.terms:
        context.terms[kind] = _terms(context, step, subject)
    terms = context.terms[kind]
    if terms is None:
        return None
    return (
        kind,
        terms.when,
        step.figure is None,
        _held(context, subject.pack, step, terms.roles),
        _place(instance),
    )


def keep(context: Context, like: Key, answer: Decision) -> None:
    """Keep an answer for the steps that are alike."""
    if len(context.alike) >= MOST_ALIKE:
        context.alike.clear()
    context.alike[like] = answer


def _terms(context: Context, step: Step, subject: Subject) -> Terms | None:
    """Who may take a step of a period, and what of the time it is taken at matters; None where more does."""
    definition, pack, command = subject.definition, subject.pack, context.command
    defined = next((each for each in definition.steps if each.name == step.step), None)
    if defined is None or not _by_roles(defined, pack):
        return None
    closed: object = None
    if definition.deadlines:
        closed = command.received_at  # their reminders begin with it
    elif definition.window is not None:
        settings, calendar = pack.organisation.calendar, context.shelf.calendar(pack)
        period = parse_period(subject.subject)
        window = submission_window(definition.window, period, settings, calendar, subject.lag)
        closed = command.received_at >= window.due_at
    return Terms(defined.by, (command.actor, context.effective_on, context.today, closed))


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
        or instance.body
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
        instance.history,
        instance.proposed_rung,
        instance.waived,
    )
