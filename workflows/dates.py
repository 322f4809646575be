"""Days that a step must not take effect on, and days that lie on the wrong side of it."""

from __future__ import annotations

from events.errors import Problem
from workflows.calendar import in_words
from workflows.clocks import UNTIL
from workflows.fields import read_date
from workflows.situation import Situation, reason


def date_reasons(situation: Situation) -> list[Problem]:
    """What is wrong with the step's effective day, with days it sets, and with an extension."""
    return [*_effective(situation), *_meeting(situation), *_set_days(situation), *_extension(situation)]


def _effective(situation: Situation) -> list[Problem]:
    on, today, instance = situation.taking.effective_on, situation.today, situation.instance
    # A day recorded under a clock that had run ahead, and is still to come, tells nothing about today's order.
    if on > today:
        sentence = f"A decision cannot take effect on {in_words(on)}: today is {in_words(today)}."
        return [reason("GT-STEP-021", sentence, "Record it when the day has come.")]
    if instance is not None and on < instance.started_on <= today:
        sentence = f"{in_words(on)} is before the matter began, on {in_words(instance.started_on)}."
        return [reason("GT-STEP-022", sentence, "Give the day of the meeting or decision.")]
    if instance is not None and on < instance.moved_on <= today:
        last = situation.definition.step(instance.history[-1].step).label
        sentence = f"{in_words(on)} is before the last step, '{last}' on {in_words(instance.moved_on)}."
        return [reason("GT-STEP-027", sentence, "Steps follow one another: give that day, or a later one.")]
    return []


def _meeting(situation: Situation) -> list[Problem]:
    """A body that decides at its meetings only decides on the day of one."""
    named, on = situation.taking.on_behalf_of, situation.taking.effective_on
    body = situation.organisation.bodies.get(named) if named else None
    if body is None or not body.at_meetings or on > situation.today or situation.facts.met(body.name, on):
        return []
    sentence = f"{body.name} decides at its meetings, and none is entered for {in_words(on)}."
    fix = f"Give the day it met with --on, or enter the meeting: goldenthread meeting add {body.name} {on}."
    return [reason("GT-PEOPLE-040", sentence, fix)]


def _set_days(situation: Situation) -> list[Problem]:
    """A day that a deadline will run until must lie ahead."""
    until = {deadline.until for deadline in situation.definition.deadlines}
    if situation.step.extends is None:
        until.add(UNTIL)
    on = situation.taking.effective_on
    days = {name: read_date(value) for name, value in situation.taking.fields.items() if name in until}
    return [
        reason(
            "GT-STEP-023",
            f"'{name}' is {in_words(day)}, which is not after {in_words(on)}.",
            "Name a later day.",
        )
        for name, day in days.items()
        if day is not None and day <= on
    ]


def _extension(situation: Situation) -> list[Problem]:
    name, instance = situation.step.extends, situation.instance
    day = read_date(situation.taking.fields.get(UNTIL))
    if name is None or instance is None or day is None:
        return []
    running = instance.open.get(name)
    last = running.last_day if running else instance.passed.get(name)
    if last is None:
        label = situation.definition.deadline(name).label.replace("{body}", situation.body or "the body")
        return [reason("GT-STEP-024", f"There is nothing to extend: '{label}' does not run.")]
    least = max(last, situation.today)
    if day > least:
        return []
    sentence = f"An extension to {in_words(day)} is none: it must be later than {in_words(least)}."
    return [reason("GT-STEP-025", sentence, "Name a later day.")]
