"""Steps of a return that are decided alike are decided once: the same step of the same period, from the same place.

Five hundred figures of a month come in one command, entered by one person, or in five hundred. What deciding a
submission's step rests on is named: by its kind, which is what all of a period have in common, and by its place, which
is where each is taken from. Two steps of one kind and place have one answer, whichever command they are of. Whatever
rests on more (fields, guards, bodies, delegations, several approvers, running deadlines) is decided by itself, and so
is every refusal.
"""

from __future__ import annotations

import msgspec

from engine.answers import Key
from engine.commands import Step
from engine.context import Context
from engine.deciders.returns import Kind, Page
from engine.deciders.subjects import Subject
from engine.packs.pack import Pack
from engine.surroundings import Surroundings
from workflows.decide import Decision
from workflows.definition import BODY
from workflows.definition import Step as Defined
from workflows.instance import Instance
from workflows.window import submission_window

FIGURE = "figure"
BEFORE_ALL = ()
"""The place that a figure's first step is taken from."""


class Alike(msgspec.Struct, frozen=True, kw_only=True):
    """The plain steps of one kind that a command takes."""

    roles: tuple[str, ...]
    """Those who may take them."""
    held: dict[str, tuple[bool, ...]]
    """Service → which of the roles whoever acts holds for it."""
    answers: dict[Key, Decision]
    """Place → the answer."""


UNLIKE = Alike(roles=(), held={}, answers={})
"""Steps of a kind whose answers rest on more than can be named."""


def likeness(context: Context, step: Step, subject: Subject) -> tuple[dict[Key, Decision], Key] | None:
    """The answers to steps of this kind, and the place of this one; None where its answer may rest on more."""
    page = subject.page
    if page is None or step.fields or step.on_behalf_of or step.acting_for:
        return None
    place = BEFORE_ALL if subject.instance is None else _place(subject.instance)
    if place is None:
        return None
    kind = step.step, subject.pack.digest, subject.definition.digest
    alike = page.alike.get(kind) or _alike(context, step, subject, page, kind)
    if alike is UNLIKE:
        return None
    held = alike.held.get(step.service) or _hold(context, subject.pack, step, alike)
    return alike.answers, (step.figure is None, held, place)


def _alike(context: Context, step: Step, subject: Subject, page: Page, kind: Kind) -> Alike:
    """Who may take a step of a period, and what of the time it is taken at matters."""
    definition, pack, command = subject.definition, subject.pack, context.command
    defined = next((each for each in definition.steps if each.name == step.step), None)
    if defined is None or not _by_roles(defined, pack):
        page.alike[kind] = UNLIKE
        return UNLIKE
    closed: object = None
    if definition.deadlines:
        closed = command.received_at  # their reminders begin with it
    elif definition.window is not None:
        settings, calendar = pack.organisation.calendar, context.shelf.calendar(pack)
        window = submission_window(definition.window, page.period, settings, calendar, subject.lag)
        closed = command.received_at >= window.due_at
    when = command.actor, context.effective_on, context.today, closed
    answers = context.alike.of((*kind, page.name, subject.lag, *when))
    held = context.held.setdefault((pack.digest, defined.by), {})
    found = page.alike[kind] = Alike(roles=defined.by, held=held, answers=answers)
    return found


def _by_roles(step: Defined, pack: Pack) -> bool:
    roles = BODY not in step.by and pack.organisation.bodies.keys().isdisjoint(step.by)
    alone = not step.begins or {*step.needs, *step.may} <= {FIGURE}  # else it takes up what the register says
    return roles and alone and not step.only_when and step.quorum is None and not step.everyone


def _hold(context: Context, pack: Pack, step: Step, alike: Alike) -> tuple[bool, ...]:
    """Which of the roles whoever acts holds for a service."""
    about, on, actor = (step.indicator, step.service), context.effective_on, context.command.actor
    facts = Surroundings(context.work, context.shelf, pack, about, on, today=context.today)
    held = alike.held[step.service] = tuple(facts.holds(actor, role, on) for role in alike.roles)
    return held


def _place(instance: Instance) -> Key | None:
    """Where an instance stands, as far as a plain step looks at it; None where there is more to look at."""
    if (
        instance.open
        or instance.passed
        or instance.counts
        or instance.originals
        or instance.fields
        or instance.approvals
        or instance.body
    ):
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
