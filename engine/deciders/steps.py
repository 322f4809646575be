"""Taking steps of workflows: whatever a definition describes, one step or a whole return at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

import msgspec

from engine.commands import Step, TakeSteps
from engine.context import Context
from engine.deciders.alike import likeness
from engine.deciders.subjects import SUBMISSION, Subject, about_words, find_subject, thing
from engine.matters.approving import decided_about, let_lapse
from engine.matters.effects import OF_WHAT_WAITS, Taken, event_of, nothing_waits
from engine.matters.registering import check_register
from engine.matters.taking_up import taken_up
from engine.matters.targeting import check_targeting
from engine.states.people import SYSTEM
from engine.surroundings import Surroundings, services_in
from events import stream as streams
from events.errors import Problem
from events.fact import Fact
from events.schema import Event
from workflows.decide import Approved, Decision, Possible, Refusal, Taking, decide
from workflows.instance import Instance

STEPS = ("steps",)
"""Where the problems of one step of several stand in a request, before its number."""
FOLLOWED = ("confirm", "approve_restatement")
"""Steps of submissions after which rules judge, in the library's words; only what is read at once depends on it."""


def take_steps(context: Context, request: TakeSteps) -> None:
    """Decide every step; all are taken, or none is and every reason is told."""
    context.work.fetch(_streams(context, request.steps))
    context.need_person()
    context.settle()
    several = len(request.steps) > 1
    for number, step in enumerate(request.steps):
        before = len(context.problems)
        take(context, step, import_id=request.import_id)
        if several and len(context.problems) > before:
            context.problems[before:] = [
                _about(step, problem, number) for problem in context.problems[before:]
            ]
    context.settle()


def take_as_system(
    context: Context, step: Step, caused_by: str
) -> tuple[Fact[Event] | None, tuple[Problem, ...]]:
    """Take a step that follows by itself; answers the fact, or the reasons why it was refused."""
    own = Context(
        work=context.work,
        command=msgspec.structs.replace(context.command, actor=SYSTEM),
        shelf=context.shelf,
        today=context.today,
        effective_on=context.effective_on,
        adopting=context.adopting,
    )
    return take(own, step, caused_by=caused_by), tuple(own.problems)


def take(
    context: Context,
    step: Step,
    *,
    import_id: str | None = None,
    caused_by: str | None = None,
    counted_from: date | None = None,
) -> Fact[Event] | None:
    """Decide one step and record what it means; collects the reasons and answers None where it is refused."""
    before = len(context.problems)
    subject = find_subject(context, step)
    if subject is None:
        return None
    alike = likeness(context, step, subject) if counted_from is None else None
    known, place = alike or ({}, ())
    answer: Decision | Refusal | Approved | None = known.get(place)
    if answer is None:
        whole = taken_up(context, step, subject)
        if whole is None:
            return None
        step = whole
        answer = _answer(context, step, subject, counted_from)
        if alike is not None and isinstance(answer, Decision) and len(context.problems) == before:
            context.alike.keep(known, place, answer)
    if isinstance(answer, Refusal):
        context.problems.extend(_reasons(step, subject, answer))
        return None
    if len(context.problems) > before:
        return None
    if isinstance(answer, Approved):
        return context.work.record(
            subject.stream, answer.event, caused_by=caused_by, actor=context.command.actor
        )
    if answer.effect in OF_WHAT_WAITS and subject.standing.entry is None:
        context.problems.append(nothing_waits(f"{about_words(step)}/{step.subject}", step.step))
        return None
    return _record(context, step, subject, answer, import_id, caused_by)


def _answer(
    context: Context, step: Step, subject: Subject, counted_from: date | None
) -> Decision | Refusal | Approved:
    """What the definition answers; what the register or the targets would not take is collected besides."""
    check_register(context, step, subject)
    check_targeting(context, step, subject)
    facts = Surroundings(
        context.work,
        context.shelf,
        subject.pack,
        (step.indicator, step.service),
        context.effective_on,
        since=_began_with(subject),
        today=context.today,
        services=services_in(step.fields, subject.instance.fields if subject.instance else {}),
    )
    taking = _taking(context, step, subject, counted_from)
    return decide(subject.definition, subject.instance, taking, facts, context.command.received_at)


def _taking(context: Context, step: Step, subject: Subject, counted_from: date | None) -> Taking:
    given = {"figure": "given"} if step.figure is not None else {}
    return Taking(
        workflow=step.workflow,
        subject=subject.subject,
        step=step.step,
        fields={**step.fields, **given},
        actor=context.command.actor,
        on_behalf_of=step.on_behalf_of,
        acting_for=step.acting_for,
        effective_on=context.effective_on,
        counted_from=counted_from,
        about=decided_about(subject.standing),
        written=_written(context, step, subject),
        lag=subject.lag,
    )


def _written(context: Context, step: Step, subject: Subject) -> int:
    """How many words the step's texts have together, where it limits them."""
    if all(each.words is None for each in subject.definition.steps if each.name == step.step):
        return 0
    return sum(len(text.text.split()) for text in context.command.texts if text.ref in step.fields.values())


def _began_with(subject: Subject) -> str | None:
    """The period whose status began a matter."""
    period = subject.instance.fields.get("period") if subject.instance else None
    return period if isinstance(period, str) else None


def _record(
    context: Context,
    step: Step,
    subject: Subject,
    decision: Decision,
    import_id: str | None,
    caused_by: str | None,
) -> Fact[Event]:
    taken = Taken(decision=decision, figure=step.figure, standing=subject.standing, import_id=import_id)
    fact = context.work.record(
        subject.stream, event_of(taken), caused_by=caused_by, actor=context.command.actor
    )
    if subject.instance is not None and subject.instance.approvals:
        now, about = _as_it_stands(context, step, subject)
        let_lapse(context.work, subject.stream, subject.definition, now, about, fact.ref)
    return fact


def _as_it_stands(context: Context, step: Step, subject: Subject) -> tuple[Instance | None, str]:
    """The instance after the step, and what further steps of it are about."""
    if step.workflow == SUBMISSION:
        standing = context.work.series(step.indicator, step.service).at(subject.subject)
        return standing.submission, decided_about(standing)
    held = context.work.matters(step.workflow, step.indicator, step.service)
    return held.instances.get(subject.subject), ""


def _reasons(step: Step, subject: Subject, refusal: Refusal) -> Iterable[Problem]:
    """The refusal's reasons; the last one says what is possible instead, and by whom."""
    name = about_words(step) + (f"/{subject.subject}" if subject.subject else "")
    if step.workflow not in (SUBMISSION, streams.INTERVENTION):
        name = f"{step.workflow} {about_words(step)}#{subject.subject}"
    reasons = [
        msgspec.structs.replace(problem, sentence=f"{name}: {problem.sentence}")
        for problem in refusal.reasons
    ]
    if refusal.possible:
        possible = "; ".join(_possible(each) for each in refusal.possible)
        last = reasons[-1]
        reasons[-1] = msgspec.structs.replace(last, fix=f"{last.fix} Possible now: {possible}.".strip())
    return reasons


def _possible(step: Possible) -> str:
    """A step that can be taken now, by whom, and for one that several take who has."""
    said = f"{step.step} by {' or '.join(step.by) or 'anybody'}"
    if step.completes:
        return f"{said} (once more, to complete it: everybody has taken it; open to {', '.join(step.people)})"
    if step.quorum is None:
        return said
    so_far = f"approved by {', '.join(step.approved)}" if step.approved else "none so far"
    open_to = f"; open to {', '.join(step.people)}" if step.people else ""
    return f"{said} ({len(step.approved)} of {step.quorum}, {so_far}{open_to})"


def _about(step: Step, problem: Problem, number: int) -> Problem:
    """The problem of one step of several: the sentence says of which, and the path which it is, counted from 0."""
    name = f"{about_words(step)}/{step.subject}".rstrip("/")
    said = problem.sentence.partition(":")[0]
    told = name in said or f"{about_words(step)}#{step.subject}" in said
    sentence = problem.sentence if told else f"{name}: {problem.sentence}"
    return msgspec.structs.replace(problem, sentence=sentence, path=(*STEPS, number))


def _streams(context: Context, steps: Iterable[Step]) -> set[str]:
    """Every stream that the steps will need, to be read in one go."""
    names = {streams.PEOPLE, streams.SERVICES, streams.MEETINGS, streams.FRAMEWORK}
    taken = {(each.workflow, each.step, each.indicator, each.service) for each in steps}
    follow = _may_follow(context) if any(step in FOLLOWED for _, step, _, _ in taken) else ()
    for workflow, step, indicator, service in taken:
        if indicator:
            names.add(streams.indicator(indicator))
        if indicator and service:
            names.add(streams.series(indicator, service))
        if workflow != SUBMISSION:
            names.add(streams.matters(workflow, indicator, service))
            continue
        names.add(streams.targets(indicator))
        if step in FOLLOWED:
            names |= {streams.matters(name, *thing(about, indicator, service)) for name, about in follow}
    return names


def _may_follow(context: Context) -> Collection[tuple[str, str]]:
    """The workflows that triggers of the pack in force may begin, and what each is about."""
    pack = context.shelf.in_force(context.work.framework(), context.effective_on)
    if pack is None:
        return set()
    named = {name for each in pack.rules.triggers for name in (each.then.start, each.then.require) if name}
    return {(name, pack.workflows[name].about) for name in named if name in pack.workflows}
