"""What a step is about: the thing, the instance, the pack and definition that govern it.

A submission is about a series and a period, and stands in the series' own stream. Matters of every other workflow
stand in a stream of their own, one after another: those of a series, or of an indicator, a service or the whole
council, as the definition says under `about`.
"""

from __future__ import annotations

import msgspec

from engine.commands import Step
from engine.context import Context
from engine.deciders.returns import Entry, Page, place_in_return, refuse_service
from engine.figures import check_ended, check_figure, check_parts_kept
from engine.matters.ways_in import ways_in
from engine.matters.which import meant, still_open, which
from engine.packs.pack import Pack
from engine.states.series import EMPTY, Series, Standing
from events import stream as streams
from events.nearest import did_you_mean
from workflows.definition import COUNCIL, INDICATOR, PROPOSE, SERIES, SERVICE, Definition
from workflows.duration import Duration
from workflows.instance import Instance

ADDS_INDICATOR = "indicator_added"
"""The effect of the step with which an indicator enters the register."""
SUBMISSION, INTERVENTION = streams.SUBMISSION, streams.INTERVENTION


class Subject(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One workflow instance of one thing, as a step finds it."""

    stream: str
    subject: str
    pack: Pack
    definition: Definition
    instance: Instance | None
    standing: Standing = EMPTY
    lag: Duration | None = None
    """The reporting lag of the indicator whose figure it is."""
    page: Page | None = None
    """The period that the figure is of."""


def find_subject(context: Context, step: Step) -> Subject | None:
    """Find what a step is about, or collect why it cannot be found."""
    return _submission(context, step) if step.workflow == SUBMISSION else _matter(context, step)


def _submission(context: Context, step: Step) -> Subject | None:
    found = place_in_return(context, step)
    if found is None:
        return None
    entry, page = found
    stream = streams.series(step.indicator, step.service)
    standing = context.work.state(stream, Series).at(page.name)
    begun = standing.submission
    pack = page.pack or context.shelf.for_standing(context.work.framework(), page.period, begun)
    if pack is None:
        _refuse_no_pack(context, page)
        return None
    _check_what_is_sent(context, step, entry, page, pack, standing)
    definition = page.definition if page.pack else pack.workflows.get(SUBMISSION)
    if definition is None or (begun is not None and begun.definition != definition.digest):
        definition = _other_definition(context, pack, begun)
    if definition is None:
        return None
    return Subject(
        stream=stream,
        subject=page.name,
        pack=pack,
        definition=definition,
        instance=begun,
        standing=standing,
        lag=entry.lag,
        page=page,
    )


def _check_what_is_sent(
    context: Context, step: Step, entry: Entry, page: Page, pack: Pack, standing: Standing
) -> None:
    """The period has ended, and the figure is one of the indicator and keeps the parts it had."""
    if not page.ended:
        context.problems.extend(check_ended(page.period, pack, context.today, entry.added))
    if step.figure is not None:
        context.problems.extend(check_figure(step.figure, entry.added, pack))
        if standing.confirmed is not None:
            name = f"{about_words(step)}/{page.name}"
            context.problems.extend(check_parts_kept(name, step.figure, standing.confirmed[0]))


def _other_definition(context: Context, pack: Pack, begun: Instance | None) -> Definition | None:
    """The definition that a submission began with and goes on under, where it is not that of the pack."""
    definition: Definition | None = None
    if begun is not None:
        _, definition = context.shelf.for_instance(context.work.framework(), begun)
    if definition is None:
        context.refuse(
            "GT-PACK-109",
            f"Pack {pack.name} {pack.version} has no workflow 'submission', so no figure can be entered under it.",
            "Propose a version that has one; 'goldenthread pack check' finds what a pack lacks.",
        )
    return definition


def _refuse_no_pack(context: Context, page: Page) -> None:
    first = min((a.effective_from for a in context.work.framework().adopted), default=None)
    context.refuse(
        "GT-PACK-108",
        f"No pack is in force at the end of {page.period}.",
        f"The earliest adopted pack is in force from {first}."
        if first
        else "No pack is adopted yet: one governance lead proposes it, another approves it with 'goldenthread pack adopt'.",
    )


def _matter(context: Context, step: Step) -> Subject | None:
    if not _is_there(context, step):
        return None
    if step.step == PROPOSE or _begins(context, step):
        return _new_matter(context, step)
    held = context.work.matters(step.workflow, step.indicator, step.service)
    subject = step.subject or meant(held) or ""
    if not subject and held.instances:
        names = [f"{_reference(step)}#{each}" for each in still_open(held)]
        context.problems.append(which(about_words(step), step.workflow, names))
        return None
    instance = held.instances.get(subject)
    if instance is None:
        context.refuse(
            "GT-STEP-101",
            f"{about_words(step)} has no {_called(step)}"
            + (f" number {step.subject}." if step.subject else "."),
            _way_in(context, step) or f"{_LISTS.get(step.workflow, _LIST)} shows those there are.",
        )
        return None
    pack, definition = context.shelf.for_instance(context.work.framework(), instance)
    return Subject(stream=_stream(step), subject=subject, pack=pack, definition=definition, instance=instance)


def _way_in(context: Context, step: Step) -> str:
    """How a KPI of the register that has no matter yet comes to one; empty where no step from nothing leads there."""
    entry = context.work.indicator(step.indicator) if step.indicator and not step.subject else None
    pack = context.shelf.in_force(context.work.framework(), context.effective_on)
    definition = pack.workflows.get(step.workflow) if pack else None
    if entry is None or entry.added is None or entry.retired_on is not None or definition is None:
        return ""
    begin = f"'goldenthread matter begin {step.workflow} {about_words(step)} --step "
    ways = " or ".join(f"{begin}{way.name}'" for way in ways_in(definition, entry.added.fields))
    return f"Take it up first: {ways}." if ways else ""


def _new_matter(context: Context, step: Step) -> Subject | None:
    held = context.work.matters(step.workflow, step.indicator, step.service)
    pack = context.adopting or context.shelf.in_force(context.work.framework(), context.effective_on)
    definition = pack.workflows.get(step.workflow) if pack else None
    if pack is None or definition is None:
        context.refuse(
            "GT-PACK-110",
            f"No pack that is in force on {context.effective_on} has a workflow '{step.workflow}'.",
            "'goldenthread pack history' says which pack is in force from when, 'goldenthread pack show' what it has.",
        )
        return None
    if (bool(step.indicator), bool(step.service)) != _NAMED[definition.about]:
        context.refuse(
            "GT-STEP-105",
            f"A matter of the workflow '{step.workflow}' is about {_THINGS[definition.about]}, not about {about_words(step)}.",
            "Name what it is about, and no more.",
        )
        return None
    if held.open is not None and not definition.several:
        context.refuse(
            "GT-STEP-102",
            f"{_open(step, held.open)} is still open; {_THINGS[definition.about]} has one at a time.",
            f"Go on with it, or bring it to its end first: {show_words(step, held.open)} "
            "says what is possible.",
        )
        return None
    _check_rung(context, step, pack)
    return Subject(
        stream=_stream(step),
        subject=str(len(held.instances) + 1),
        pack=pack,
        definition=definition,
        instance=None,
    )


def _begins(context: Context, step: Step) -> bool:
    """Whether a step begins a matter as `propose` does: one from nothing, of the workflow that is in force."""
    if step.subject:
        return False
    pack = context.shelf.in_force(context.work.framework(), context.effective_on)
    definition = pack.workflows.get(step.workflow) if pack else None
    return definition is not None and any(each.name == step.step for each in definition.beginnings)


def _check_rung(context: Context, step: Step, pack: Pack) -> None:
    """A matter that may climb begins on the ladder."""
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


def _is_there(context: Context, step: Step) -> bool:
    """Whether the indicator and service that a step names, as far as it names them, are in the register."""
    if not step.indicator:
        return not step.service or _known_service(context, step.service)
    added = context.work.indicator(step.indicator).added
    if added is None:
        if _may_be_new(context, step):
            return True
        context.problems.append(context.shelf.unknown_indicator(step.indicator))
        return False
    if step.service and step.service not in added.services:
        refuse_service(context, step, added)
        return False
    return True


def _may_be_new(context: Context, step: Step) -> bool:
    """Whether a matter is one that brings its indicator into the register, and has not yet."""
    if step.step != PROPOSE:
        return bool(context.work.matters(step.workflow, step.indicator, step.service).instances)
    pack = context.shelf.in_force(context.work.framework(), context.effective_on)
    definition = pack.workflows.get(step.workflow) if pack else None
    return definition is not None and any(each.effect == ADDS_INDICATOR for each in definition.steps)


def _known_service(context: Context, service: str) -> bool:
    known = context.work.services().parents
    if service not in known:
        context.refuse(
            "GT-STEP-106",
            f"There is no service '{service}'.{did_you_mean(service, known)}",
            "'goldenthread service list' shows them.",
        )
    return service in known


def thing(about: str, indicator: str, service: str) -> tuple[str, str]:
    """The part of a series that matters of a kind are about, the rest left empty."""
    of_indicator, of_service = _NAMED[about]
    return (indicator if of_indicator else ""), (service if of_service else "")


def about_words(step: Step) -> str:
    """What a step is about, as people write it: ``CH04/childrens``."""
    return "/".join(filter(None, (step.indicator, step.service))) or "the council"


def show_words(step: Step, subject: str) -> str:
    """The command that shows a matter."""
    if step.workflow == INTERVENTION:
        return f"'goldenthread intervention show {about_words(step)}'"
    return f"'goldenthread matter show {_reference(step)}#{subject}'"


def _reference(step: Step) -> str:
    """How the matters of a workflow about a thing are named, before their number."""
    return f"{step.workflow}/{step.indicator or streams.NONE}/{step.service or streams.NONE}"


def _called(step: Step) -> str:
    return "intervention" if step.workflow == INTERVENTION else f"matter of '{step.workflow}'"


def _open(step: Step, subject: str) -> str:
    if step.workflow == INTERVENTION:
        return f"Intervention {subject} of {about_words(step)}"
    return f"The matter {step.workflow} {about_words(step)}#{subject}"


def _stream(step: Step) -> str:
    return streams.matters(step.workflow, step.indicator, step.service)


_THINGS = {
    SERIES: "a series",
    INDICATOR: "an indicator",
    SERVICE: "a service",
    COUNCIL: "the council",
}
_NAMED = {SERIES: (True, True), INDICATOR: (True, False), SERVICE: (False, True), COUNCIL: (False, False)}
"""What a matter is about → whether an indicator and a service are named."""
_LIST = "'goldenthread matter list --all'"
_LISTS = {INTERVENTION: "'goldenthread intervention list'"}
