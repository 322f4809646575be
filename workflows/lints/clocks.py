"""Checks of a workflow's deadlines."""

from __future__ import annotations

from collections.abc import Iterator

from events.errors import Problem
from workflows.definition import (
    CATEGORY,
    EACH_ITEM,
    EACH_RUNG,
    NEXT_MEETING,
    NOTHING,
    SAME,
    SYSTEM,
    Deadline,
    Definition,
    Step,
)
from workflows.fields import DURATION
from workflows.lints.problem import problem_at
from workflows.organisation import Organisation


def every_waiting_state_has_a_deadline(definition: Definition, _: Organisation) -> Iterator[Problem]:
    """Every state that is not final has a deadline, is covered by the window, or says why nothing is due."""
    window = definition.window
    steps = [step for step in definition.steps if window and step.name in window.covers]
    lasting = [each for each in definition.deadlines if each.after is None and each.until != EACH_ITEM]
    timed = {name for each in lasting for name in each.states}
    timed |= {name for step in steps for name in step.source}
    itemwise = {name for each in definition.deadlines if each.until == EACH_ITEM for name in each.states}
    for state in definition.states:
        if not state.final and not state.no_deadline and state.name not in timed:
            sentence, fix = _forgotten(state.name, itemwise=state.name in itemwise)
            yield problem_at("GT-FLOW-046", sentence, fix, "states", state.name)
        if state.no_deadline and state.name in timed:
            sentence = f"'{state.name}' has a deadline and says that it has none."
            yield problem_at("GT-FLOW-047", sentence, "Remove one of them.", "states", state.name)


def _forgotten(state: str, *, itemwise: bool) -> tuple[str, str]:
    """That nothing stands behind a state, and the way out; clocks of single items end with these."""
    if not itemwise:
        return (
            f"Nothing is ever due in '{state}': it can be forgotten.",
            "Give it a deadline, or say why not: no_deadline: …",
        )
    return (
        f"In '{state}' only what is owed has a clock (until: {EACH_ITEM}): where nothing is owed, or all of it is done, it "
        "can be forgotten.",
        "Give it a deadline of its own too, or say why not: no_deadline: …",
    )


def no_deadline_in_a_final_state(definition: Definition, _: Organisation) -> Iterator[Problem]:
    """No clock runs in a final state."""
    for deadline in definition.deadlines:
        for name in deadline.states:
            if definition.state(name).final:
                sentence = f"The deadline '{deadline.name}' runs in '{name}', which is final."
                yield problem_at("GT-FLOW-048", sentence, "Take it out of 'in'.", "deadlines", deadline.name)


def each_deadline_says_one_length(definition: Definition, _: Organisation) -> Iterator[Problem]:
    """A deadline says either `within` or `until`."""
    for deadline in definition.deadlines:
        if (deadline.within is None) == (deadline.until is None):
            sentence = f"The deadline '{deadline.name}' must say either 'within' or 'until'."
            yield problem_at(
                "GT-FLOW-049",
                sentence,
                "Write within: 1 month, or until: next_meeting.",
                "deadlines",
                deadline.name,
            )


def each_deadline_has_what_it_counts_with(
    definition: Definition, organisation: Organisation
) -> Iterator[Problem]:
    """The day or category that a deadline counts with is given by every step that sets it."""
    for deadline in definition.deadlines:
        field, type_ = _counts_with(deadline)
        if field is None:
            continue
        for step in _setting(definition, deadline):
            before = {} if NOTHING in step.source else definition.start.needs
            if {**before, **step.needs}.get(field) != type_:
                sentence = f"'{step.name}' sets the deadline '{deadline.name}' but does not need '{field}'."
                fix = f"Write needs: {{{field}: {type_}}} at the step."
                yield problem_at("GT-FLOW-050", sentence, fix, "deadlines", deadline.name)
        if field == CATEGORY and not organisation.intervention.report_back:
            sentence = f"The deadline '{deadline.name}' counts with a category, and the pack has none."
            yield problem_at(
                "GT-FLOW-051",
                sentence,
                "Add intervention: report_back to the pack.",
                "deadlines",
                deadline.name,
            )


def each_item_is_owed_somewhere(definition: Definition, _: Organisation) -> Iterator[Problem]:
    """A clock for each item needs a step by which something with a day of its own is owed."""
    owes = any(step.effect == "item_owed" for step in definition.steps)
    for deadline in definition.deadlines:
        if deadline.until == EACH_ITEM and not owes:
            sentence = f"The deadline '{deadline.name}' is for each item, but in this workflow none has a day of its own."
            fix = "Add a step with effect: item_owed, or count from something else."
            yield problem_at("GT-FLOW-480", sentence, fix, "deadlines", deadline.name)


def restarted_and_extended_clocks_run(definition: Definition, _: Organisation) -> Iterator[Problem]:
    """A step can only restart or extend a clock that runs where the step leads."""
    for index, step in enumerate(definition.steps):
        for name in (step.restarts, step.extends):
            if name is None:
                continue
            states = definition.deadline(name).states
            targets = step.source if step.target == SAME else (step.target,)
            for target in targets:
                if target not in states:
                    sentence = f"'{step.name}' leads to '{target}', where '{name}' does not run."
                    yield problem_at(
                        "GT-FLOW-052", sentence, "Add the state to the deadline's 'in'.", "steps", index
                    )


def what_is_taken_by_itself_can_be(definition: Definition, _: Organisation) -> Iterator[Problem]:
    """A step that follows from a deadline may be taken by the system wherever the deadline runs."""
    for deadline in definition.deadlines:
        if deadline.on_pass.kind != "take":
            continue
        step = definition.step(deadline.on_pass.to)
        for name in deadline.states:
            if SYSTEM not in step.by or name not in step.source:
                sentence = f"'{step.name}' is to be taken when '{deadline.name}' goes by, but in '{name}' the system may not."
                fix = "Write by: system at the step, and the state in its 'from'."
                yield problem_at("GT-FLOW-055", sentence, fix, "deadlines", deadline.name)


def rungs_need_a_ladder(definition: Definition, organisation: Organisation) -> Iterator[Problem]:
    """What climbs needs a ladder; one that climbs by itself needs a step that the system may take."""
    ladder = organisation.ladder
    climbing = [
        each for each in definition.deadlines if each.on_pass.kind == "propose" or each.within == EACH_RUNG
    ]
    for deadline in climbing:
        if ladder is None:
            sentence = f"The deadline '{deadline.name}' speaks of rungs, and the pack has no ladder."
            yield problem_at(
                "GT-FLOW-053", sentence, "Add intervention: ladder to the pack.", "deadlines", deadline.name
            )
        elif ladder.mode == "automatic":
            for name in deadline.states:
                if not any(_climbs(step, name) for step in definition.steps):
                    sentence = (
                        f"The ladder climbs by itself, but in '{name}' the system may not move to a rung."
                    )
                    fix = "Add a step by system that needs {rung: rung}."
                    yield problem_at("GT-FLOW-054", sentence, fix, "deadlines", deadline.name)


def _climbs(step: Step, state: str) -> bool:
    return state in step.source and SYSTEM in step.by and step.needs.get("rung") == "rung"


def _counts_with(deadline: Deadline) -> tuple[str | None, str]:
    if deadline.within == CATEGORY:
        return CATEGORY, "category"
    if isinstance(deadline.within, str) and deadline.within != EACH_RUNG:
        return deadline.within, DURATION
    if deadline.until not in (None, NEXT_MEETING, EACH_ITEM):
        return deadline.until, "date"
    return None, ""


def _setting(definition: Definition, deadline: Deadline) -> Iterator[Step]:
    """The steps that start a deadline's clock, extensions apart: those bring their own day."""
    for step in (definition.start, *definition.steps):
        enters = step.target in deadline.states and not set(step.source) <= set(deadline.states)
        if deadline.after is not None:
            enters = step.name == deadline.after
        if enters or step.restarts == deadline.name or (step.target in deadline.states and not step.source):
            yield step
