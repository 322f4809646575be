"""What a step is about: the series, the instance, the pack and definition that govern it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands import Step
from engine.context import Context
from engine.figures import check_ended, check_figure
from engine.packs.pack import Pack
from engine.states.series import EMPTY, Standing
from events import stream as streams
from events.errors import Invalid
from events.kinds.register import IndicatorAdded
from events.nearest import did_you_mean
from events.period import SPELLINGS, kind_words, parse_period
from workflows.definition import Definition
from workflows.instance import Instance

SUBMISSION, INTERVENTION = "submission", "intervention"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One workflow instance of one series, as a step finds it."""

    stream: str
    subject: str
    pack: Pack
    definition: Definition
    instance: Instance | None
    standing: Standing = EMPTY


def find_subject(context: Context, step: Step) -> Subject | None:
    """Find what a step is about, or collect why it cannot be found."""
    added = context.work.indicator(step.indicator).added
    if added is None:
        context.problems.append(context.shelf.unknown_indicator(step.indicator))
        return None
    if step.service not in added.services:
        context.refuse(
            "GT-REGISTER-008",
            f"{step.indicator} is not returned by '{step.service}'.{did_you_mean(step.service, added.services)}",
            f"Its services are: {', '.join(added.services)}.",
        )
        return None
    if step.workflow == SUBMISSION:
        return _submission(context, step, added)
    return _intervention(context, step)


def _submission(context: Context, step: Step, added: IndicatorAdded) -> Subject | None:
    try:
        period = parse_period(step.subject)
    except Invalid as invalid:
        context.problems.extend(invalid.problems)
        return None
    if period.kind != added.frequency:
        context.refuse(
            "GT-FIGURE-003",
            f"{period} is a {kind_words(period.kind)}, but {step.indicator} is returned every "
            f"{kind_words(added.frequency)}.",
            SPELLINGS,
        )
        return None
    framework = context.work.framework()
    pack = context.shelf.for_period(framework, period)
    if pack is None:
        first = min((a.effective_from for a in framework.adopted), default=None)
        context.refuse(
            "GT-PACK-108",
            f"No pack is in force at the end of {period}.",
            f"The earliest adopted pack is in force from {first}."
            if first
            else "No pack is adopted yet: one governance lead proposes it, another approves it with 'goldenthread pack adopt'.",
        )
        return None
    context.problems.extend(check_ended(period, pack, context.today))
    if step.figure is not None:
        context.problems.extend(check_figure(step.figure, added, pack))
    standing = context.work.series(step.indicator, step.service).at(str(period))
    definition = pack.workflows.get(SUBMISSION)
    begun = standing.submission
    if begun is not None and (definition is None or definition.digest != begun.definition):
        _, definition = context.shelf.for_instance(framework, begun)
    if definition is None:
        context.refuse(
            "GT-PACK-109",
            f"Pack {pack.name} {pack.version} has no workflow 'submission', so no figure can be entered under it.",
            "Propose a version that has one; 'goldenthread pack check' finds what a pack lacks.",
        )
        return None
    return Subject(
        stream=streams.series(step.indicator, step.service),
        subject=str(period),
        pack=pack,
        definition=definition,
        instance=standing.submission,
        standing=standing,
    )


def _intervention(context: Context, step: Step) -> Subject | None:
    stream = streams.interventions(step.indicator, step.service)
    held = context.work.interventions(step.indicator, step.service)
    framework = context.work.framework()
    if step.step == "propose":
        return _new_intervention(context, step, stream)
    subject = step.subject or (held.latest or "")
    instance = held.instances.get(subject)
    if instance is None:
        context.refuse(
            "GT-STEP-101",
            f"{step.indicator}/{step.service} has no intervention"
            + (f" number {step.subject}." if step.subject else "."),
            "'goldenthread intervention list' shows those there are.",
        )
        return None
    pack, definition = context.shelf.for_instance(framework, instance)
    return Subject(stream=stream, subject=subject, pack=pack, definition=definition, instance=instance)


def _new_intervention(context: Context, step: Step, stream: str) -> Subject | None:
    held = context.work.interventions(step.indicator, step.service)
    if held.open is not None:
        context.refuse(
            "GT-STEP-102",
            f"Intervention {held.open} of {step.indicator}/{step.service} is still open; a series has one at a time.",
            f"Go on with it, or bring it to its end first: 'goldenthread intervention show {step.indicator}/{step.service}' "
            "says what is possible.",
        )
        return None
    framework = context.work.framework()
    pack = context.shelf.in_force(framework, context.effective_on)
    definition = pack.workflows.get(step.workflow) if pack else None
    if pack is None or definition is None:
        context.refuse(
            "GT-PACK-110",
            f"No pack that is in force on {context.effective_on} has a workflow '{step.workflow}'.",
            "'goldenthread pack history' says which pack is in force from when, 'goldenthread pack show' what it has.",
        )
        return None
    ladder, body = pack.organisation.ladder, step.fields.get("refer_to")
    if (
        ladder is not None
        and isinstance(body, str)
        and body in pack.organisation.bodies
        and body not in ladder.rungs
    ):
        context.refuse(
            "GT-STEP-104",
            f"{body} is not a rung of the ladder, so a matter cannot begin there.",
            f"Refer it to one of: {', '.join(ladder.rungs)}.",
        )
    return Subject(
        stream=stream, subject=str(len(held.instances) + 1), pack=pack, definition=definition, instance=None
    )
