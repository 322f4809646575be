"""Absences: who is away from when until when, noted by themselves or by a governance lead."""

from __future__ import annotations

from datetime import timedelta

from engine.commands import AddAbsence, EndAbsence
from engine.context import Context
from engine.deciders.far_days import refuse_far, refuse_far_span
from engine.deciders.people import known_person
from events import stream as streams
from events.kinds.people import AbsenceEnded, AbsenceRecorded


def add_absence(context: Context, request: AddAbsence) -> None:
    """Note an absence; who stands in is said by a delegation."""
    known_person(context, request.person)
    if context.command.actor != request.person:
        context.need_governance_lead()
    if request.until is not None and request.until < request.start:
        context.refuse(
            "GT-PEOPLE-021",
            f"The absence would end on {request.until}, before it starts on {request.start}.",
            "Give a later day with --until, or leave it out while no end is known.",
        )
    refuse_far_span(context, "absence", request.start, request.until)
    for each in context.work.people().absences:
        if each.person == request.person and each.meets(request.start, request.until):
            until = f"until {each.until}" if each.until else "with no end known"
            context.refuse(
                "GT-PEOPLE-022",
                f"Person {request.person} is away from {each.start} {until} already (absence {each.number}).",
                f"If that has changed, end it first: goldenthread absence end {each.number}.",
            )
            break
    context.settle()
    number = str(len(context.work.people().absences) + 1)
    context.work.record(
        streams.PEOPLE,
        AbsenceRecorded(
            absence=number,
            person=request.person,
            start=request.start,
            until=request.until,
            reason=request.reason,
        ),
    )


def end_absence(context: Context, request: EndAbsence) -> None:
    """Note that somebody is back; a last day before the first says that they were not away at all."""
    found = next((each for each in context.work.people().absences if each.number == request.absence), None)
    if found is None:
        context.refuse(
            "GT-PEOPLE-023",
            f"There is no absence {request.absence}.",
            "'goldenthread absence list --all' shows them.",
        )
        context.settle()
        return
    if context.command.actor != found.person:
        context.need_governance_lead()
    if found.until is not None and request.last_day >= found.until:
        context.refuse(
            "GT-PEOPLE-024",
            f"Absence {found.number} ends on {found.until} already.",
            "For a longer one, note another: goldenthread absence add.",
        )
    refuse_far(context, "The absence would end", request.last_day)
    context.settle()
    last = max(request.last_day, found.start - timedelta(days=1))
    context.work.record(streams.PEOPLE, AbsenceEnded(absence=found.number, last_day=last))
