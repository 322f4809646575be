"""What happens when a deadline goes by: it is recorded once, and the next rung is proposed or climbed to.

Source: Hampshire 2008, 4.16 and Appendix Two name the rungs; that a missed report-back proposes the next one,
and that a person decides, is a pack's choice (`ladder: mode`).
"""

from __future__ import annotations

from datetime import date

import msgspec

from events.instant import Instant
from events.kinds.workflow import DeadlinePassed, FieldValue
from workflows.calendar import Calendar, in_words
from workflows.definition import BODY, SYSTEM, Deadline, Definition, Step
from workflows.instance import Instance
from workflows.item_clocks import item_of
from workflows.machine import legal_moves
from workflows.organisation import Organisation
from workflows.surroundings import Surroundings
from workflows.taking import Taking


class Passing(msgspec.Struct, frozen=True, kw_only=True):
    """The fact to record and, where the ladder climbs by itself, the step that the system then takes."""

    event: DeadlinePassed
    taking: Taking | None = None


class Lapse(msgspec.Struct, frozen=True, gc=False):
    """A deadline that goes by, with everything of its matter on which it depends what that leads to.

    Many that go by together differ in nothing: then so does what they lead to.
    """

    workflow: str
    subject: str
    state: str
    body: str | None
    name: str
    n: int
    due_at: Instant
    last_day: date


def lapse_of(instance: Instance, name: str, n: int) -> Lapse | None:
    """The `n`-th setting of a deadline as it goes by; None where it no longer runs."""
    running = instance.open.get(name)
    if running is None or running.n != n:
        return None
    return Lapse(
        instance.workflow,
        instance.subject,
        instance.state,
        instance.body,
        name,
        n,
        running.due_at,
        running.last_day,
    )


def pass_deadline(
    definition: Definition, instance: Instance, name: str, n: int, fired_on: date, facts: Surroundings
) -> Passing | None:
    """Pass the `n`-th setting of a deadline on the local day `fired_on`; None where it no longer runs."""
    lapse = lapse_of(instance, name, n)
    return passing(definition, lapse, fired_on, facts.calendar, facts.organisation) if lapse else None


def passing(
    definition: Definition, lapse: Lapse, fired_on: date, calendar: Calendar, organisation: Organisation
) -> Passing:
    """What a deadline that goes by on the local day `fired_on` leads to."""
    deadline = definition.deadline(lapse.name)
    rung = _next_rung(deadline, lapse, organisation)
    follows = _following(definition, deadline, lapse, organisation, rung)
    late = _days_late(lapse, fired_on, calendar)
    event = DeadlinePassed(
        workflow=lapse.workflow,
        subject=lapse.subject,
        name=lapse.name,
        n=lapse.n,
        due_at=lapse.due_at,
        last_day=lapse.last_day,
        working_days_late=late,
        proposes=None if follows else rung,
        to=None if follows else _whose_task(deadline, lapse),
        words=_words(deadline, lapse, rung, organisation, follows=follows is not None),
    )
    if follows is None:
        return Passing(event=event)
    return Passing(
        event=event,
        taking=Taking(
            workflow=lapse.workflow,
            subject=lapse.subject,
            step=follows.name,
            fields=_given(follows, lapse, rung),
            actor=SYSTEM,
            effective_on=fired_on,
            counted_from=lapse.last_day if late <= 1 else fired_on,
        ),
    )


def _days_late(lapse: Lapse, fired_on: date, calendar: Calendar) -> int:
    """Working days between the day it fell due and the day it fired.

    At most one, and the next deadline counts on from the last permitted day; more, and it counts from the
    firing: otherwise a ladder would drift a day per rung, or be at its top in one tick after an outage.
    """
    return calendar.working_days_between(calendar.local_date(lapse.due_at), fired_on)


def _next_rung(deadline: Deadline, lapse: Lapse, organisation: Organisation) -> str | None:
    ladder = organisation.ladder
    if deadline.on_pass.kind != "propose" or ladder is None:
        return None
    return ladder.above(lapse.body)


def _following(
    definition: Definition, deadline: Deadline, lapse: Lapse, organisation: Organisation, rung: str | None
) -> Step | None:
    """The step that the product takes by itself, if one follows."""
    if deadline.on_pass.kind == "take":
        step = definition.step(deadline.on_pass.to)
        return step if lapse.state in step.source else None
    return _climbing_step(definition, lapse, organisation) if rung else None


def _given(step: Step, lapse: Lapse, rung: str | None) -> dict[str, FieldValue]:
    day = in_words(lapse.last_day)
    given = {"rung": rung, "reason": f"no answer by {day}"} if rung else {"reason": f"{day} has come"}
    return {name: value for name, value in given.items() if value and name in {**step.needs, **step.may}}


def _climbing_step(definition: Definition, lapse: Lapse, organisation: Organisation) -> Step | None:
    """The step by which the system moves the matter on, under a ladder that climbs by itself."""
    ladder = organisation.ladder
    if ladder is None or ladder.mode != "automatic":
        return None
    steps = legal_moves(definition, lapse.state)
    return next((step for step in steps if SYSTEM in step.by and "rung" in step.needs), None)


def _whose_task(deadline: Deadline, lapse: Lapse) -> str | None:
    named = BODY if deadline.on_pass.kind == "propose" else deadline.on_pass.to
    return lapse.body if named == BODY else named


def _words(
    deadline: Deadline,
    lapse: Lapse,
    rung: str | None,
    organisation: Organisation,
    *,
    follows: bool,
) -> str:
    label = deadline.label.replace("{body}", lapse.body or "the body").replace("{item}", item_of(lapse.name))
    missed = f"{label}: nothing by {in_words(lapse.last_day)}."
    if follows:
        return f"{missed} It moves to {rung}." if rung else f"{label}: {in_words(lapse.last_day)} has come."
    if rung:
        return f"{missed} {rung} is proposed; {lapse.body} decides."
    ladder = organisation.ladder
    if deadline.on_pass.kind == "propose" and ladder and lapse.body == ladder.rungs[-1]:
        return f"{missed} {lapse.body} is the top of the ladder: it stays on its agenda."
    if deadline.on_pass.kind == "task" and deadline.on_pass.to != BODY:
        return f"{missed} It is a task of {organisation.label(deadline.on_pass.to)}."
    return f"{missed} It stays on the agenda."
