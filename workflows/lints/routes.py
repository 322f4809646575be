"""Checks of where a matter goes by an answer, and of conditions on answers: is anybody asked, and can it be the answer?"""

from __future__ import annotations

from collections.abc import Iterator

from events.errors import Problem
from events.nearest import did_you_mean
from workflows.checklist import asked_by_checklist
from workflows.definition import Definition, Step
from workflows.fields import CHOICE
from workflows.lints.problem import problem_at
from workflows.organisation import Organisation
from workflows.routing import REFER_TO


def the_route_is_asked_for(definition: Definition, _: Organisation) -> Iterator[Problem]:
    """The field by which a matter goes to a body is given when it begins."""
    route = definition.route
    if route is None:
        return
    for step in definition.beginnings:
        asked = {**step.needs, **step.may}
        if route.field not in asked:
            sentence = f"Where a matter goes follows from '{route.field}', which '{step.name}' is not given.{did_you_mean(route.field, asked)}"
            yield problem_at(
                "GT-FLOW-461", sentence, f"Write needs: {{{route.field}: […]}} at it.", "goes_to", route.field
            )


def every_route_can_be_taken(definition: Definition, _: Organisation) -> Iterator[Problem]:
    """Each answer that sends a matter somewhere is one that can be given."""
    route = definition.route
    answers = None if route is None else _answers(definition, route.field)
    if route is None or answers is None:
        return
    for answer in route.bodies:
        if answer not in answers:
            sentence = f"Nobody can answer '{route.field}' with '{answer}', so no matter goes that way.{did_you_mean(answer, answers)}"
            fix = f"Known: {', '.join(answers)}."
            yield problem_at("GT-FLOW-462", sentence, fix, "goes_to", route.field, answer)


def one_of_several_can_be_named(definition: Definition, _: Organisation) -> Iterator[Problem]:
    """Where an answer leaves several bodies, whoever gives it can say which."""
    route = definition.route
    several = [] if route is None else [answer for answer, bodies in route.bodies.items() if len(bodies) > 1]
    for answer in several:
        assert route is not None  # it has the answer
        for step in definition.beginnings:
            asked = {**step.needs, **step.may}
            if route.field in asked and asked.get(REFER_TO) != "body":
                sentence = f"'{answer}' leaves several bodies, and '{step.name}' cannot say which."
                fix = "Write may: {refer_to: body} at it."
                yield problem_at("GT-FLOW-463", sentence, fix, "goes_to", route.field, answer)


def conditions_are_about_fields_there_are(definition: Definition, _: Organisation) -> Iterator[Problem]:
    """A field that a condition asks is given by some step, and can have one of the answers."""
    known = {name for step in _every(definition) for name in (*_given(step), *step.gives)}
    for index, step in enumerate(definition.steps):
        for condition in step.only_when:
            if not condition.field:
                continue
            if condition.field not in known:
                sentence = f"'{step.name}' depends on '{condition.field}', which no step is given.{did_you_mean(condition.field, known)}"
                fix = "Name a field that a step needs or may be given."
                yield problem_at("GT-FLOW-464", sentence, fix, "steps", index, "only_when")
                continue
            answers = _answers(definition, condition.field)
            for answer in condition.among if answers is not None else ():
                if answer not in (answers or ()):
                    sentence = f"'{step.name}' waits for '{condition.field}' to be '{answer}', which it cannot be.{did_you_mean(answer, answers or ())}"
                    fix = f"Known: {', '.join(answers or ())}."
                    yield problem_at("GT-FLOW-465", sentence, fix, "steps", index, "only_when")


def _answers(definition: Definition, field: str) -> tuple[str, ...] | None:
    """The answers that a field can have; None where it is open, or no step is given it."""
    types = [type_ for step in _every(definition) for name, type_ in _given(step).items() if name == field]
    closed = [("yes", "no") if type_ == "yes_no" else tuple(type_.split(CHOICE)) for type_ in types]
    fixed = [step.gives[field] for step in _every(definition) if field in step.gives]
    if not (types or fixed) or any(type_ != "yes_no" and CHOICE not in type_ for type_ in types):
        return None
    return tuple(dict.fromkeys([*(answer for each in closed for answer in each), *fixed]))


def _given(step: Step) -> dict[str, str]:
    """Every field that a step is given, with its type."""
    return {**step.needs, **step.may, **asked_by_checklist(step)}


def _every(definition: Definition) -> tuple[Step, ...]:
    return (definition.start, *definition.steps)
