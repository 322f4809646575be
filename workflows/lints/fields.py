"""Checks of what steps are given: by people, by the system, by their effects."""

from __future__ import annotations

from collections.abc import Iterator

from events.errors import Problem
from events.nearest import did_you_mean
from workflows.clocks import UNTIL
from workflows.definition import BODY, COUNCIL, REVIEW_ON, SERIES, SYSTEM, TIME_ALLOWED, Definition
from workflows.effects import EFFECTS, ITEM_DONE
from workflows.lints.problem import problem_at
from workflows.organisation import Organisation

GIVEN_AT_START = ("refer_to", "trigger", "period", TIME_ALLOWED)
"""What the system gives when a trigger begins an instance; the last where the trigger says `within`."""
GIVEN_LATER = ("rung", "reason", "trigger", "period")
"""What the system gives when a deadline or a withdrawn trigger makes it take a step."""
GIVEN_WITH_AN_ITEM = ("item", "outcome")
"""What it gives besides when the matter that an item of the menu asked for is where the item is done."""


def the_system_gives_every_required_field(definition: Definition, _: Organisation) -> Iterator[Problem]:
    """A step that the system takes needs nothing that the system cannot give."""
    for index, step in enumerate((*definition.steps, definition.start)):
        start = step is definition.start
        if SYSTEM not in step.by and not (start and not step.by):
            continue
        given: tuple[str, ...] = GIVEN_AT_START if start else GIVEN_LATER
        if step.effect == ITEM_DONE:
            given = (*given, *GIVEN_WITH_AN_ITEM)
        if definition.about == COUNCIL:
            given = (*given, REVIEW_ON)  # when a pack is adopted
        for name in step.needs:
            if name not in given:
                sentence = f"The system may take '{step.name}', but has no '{name}' to give."
                fix = f"It can give {', '.join(given)}: move '{name}' to 'may', or take system out of 'by'."
                yield problem_at("GT-FLOW-060", sentence, fix, *(("start",) if start else ("steps", index)))


def effects_have_their_fields(definition: Definition, _: Organisation) -> Iterator[Problem]:
    """A step needs every field that its effect is made of."""
    for index, step in enumerate((*definition.steps, definition.start)):
        wanted = EFFECTS[step.effect].needs if step.effect else {}
        for name, type_ in wanted.items():
            if step.needs.get(name) != type_:
                sentence = f"The effect {step.effect} of '{step.name}' is made of '{name}', which the step does not need."
                path = ("start",) if step is definition.start else ("steps", index)
                yield problem_at("GT-FLOW-061", sentence, f"Write needs: {{{name}: {type_}}}.", *path)
        for name, type_ in EFFECTS[step.effect].begun_with.items() if step.effect else ():
            if definition.start.needs.get(name) != type_:
                sentence = f"The effect {step.effect} of '{step.name}' is made of '{name}', which the start does not need."
                shown = f"[{', '.join(type_.split(' | '))}]" if " | " in type_ else type_
                yield problem_at(
                    "GT-FLOW-068", sentence, f"Write start: {{needs: {{{name}: {shown}}}}}.", "start"
                )


def what_follows_by_itself_is_by_the_system(definition: Definition, _: Organisation) -> Iterator[Problem]:
    """A step that is taken upon something is one that the system may take."""
    for index, step in enumerate(definition.steps):
        if step.upon is not None and SYSTEM not in step.by:
            sentence = f"'{step.name}' is to be taken by itself when the cause is {step.upon}, but not by the system."
            yield problem_at("GT-FLOW-065", sentence, "Write by: system.", "steps", index)


def only_a_series_has_a_window(definition: Definition, _: Organisation) -> Iterator[Problem]:
    """A workflow with a window is about a series and a period."""
    if definition.window is not None and definition.about != SERIES:
        sentence = (
            f"A window is for the figures of a series, and this workflow is about the {definition.about}."
        )
        yield problem_at("GT-FLOW-066", sentence, "Leave 'about' out.", "about")


def an_extension_needs_a_day(definition: Definition, _: Organisation) -> Iterator[Problem]:
    """A step that extends a deadline needs the day to which it does."""
    for index, step in enumerate(definition.steps):
        if step.extends is not None and step.needs.get(UNTIL) != "date":
            sentence = f"'{step.name}' extends '{step.extends}' but does not need a day."
            yield problem_at("GT-FLOW-062", sentence, "Write needs: {until: date}.", "steps", index)


def a_body_is_named_at_the_start(definition: Definition, _: Organisation) -> Iterator[Problem]:
    """Where a step or a task is for `body`, the workflow begins by naming one."""
    if definition.route is not None:
        return
    for index, step in enumerate(definition.steps):
        if BODY in step.by and definition.start.needs.get("refer_to") != "body":
            sentence = (
                f"'{step.name}' is for the body that the matter is with, and none is named at the start."
            )
            yield problem_at(
                "GT-FLOW-063", sentence, "Write start: {needs: {refer_to: body}}.", "steps", index, "by"
            )


def answers_of_the_pack_are_steps(definition: Definition, organisation: Organisation) -> Iterator[Problem]:
    """Every answer that the pack offers is a step of the workflow in which bodies answer."""
    guarded = [
        step.name for step in definition.steps if any(at.guard == "offered_by_pack" for at in step.only_when)
    ]
    for answer in organisation.intervention.answers if guarded else ():
        if answer not in guarded:
            sentence = f"The pack offers the answer '{answer}', which is no such step.{did_you_mean(answer, guarded)}"
            yield problem_at("GT-FLOW-064", sentence, f"Known: {', '.join(guarded)}.", "steps")
