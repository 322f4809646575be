"""Minutes of bodies' decisions: they come weeks after the meeting, and are noted when they do."""

from __future__ import annotations

from engine.commands import RecordMinute
from engine.context import Context
from engine.states.matters import BodyDecision
from engine.states.people import GOVERNANCE_LEAD
from engine.surroundings import Surroundings
from events import stream as streams
from events.kinds.workflow import MinuteRecorded


def record_minute(context: Context, request: RecordMinute) -> None:
    """Note where a decision is minuted; a decision that is named may have its reference put right."""
    found = _decision(context, request)
    context.settle()
    assert found is not None  # otherwise a reason was collected
    _may(context, request, found)
    context.settle()
    context.work.record(
        streams.matters(request.workflow, request.indicator, request.service),
        MinuteRecorded(
            workflow=request.workflow,
            subject=found.subject,
            decision=found.ref,
            body=found.body,
            minute=request.minute,
            acting_for=request.acting_for,
        ),
        caused_by=found.ref,
    )


def _decision(context: Context, request: RecordMinute) -> BodyDecision | None:
    """The decision meant: the one named, or the last without a minute."""
    held = context.work.matters(request.workflow, request.indicator, request.service)
    own = [each for each in held.bodies if each.subject == request.subject]
    if request.decision is not None:
        found = next((each for each in own if each.ref == request.decision), None)
        if found is None:
            context.refuse(
                "GT-PEOPLE-041",
                f"'{request.decision}' is no decision of a body about this matter.",
                "'goldenthread matter minutes --all' lists the decisions of bodies.",
            )
        return found
    waiting = [each for each in own if not each.minuted]
    if not waiting:
        context.refuse(
            "GT-PEOPLE-042",
            "No decision of a body about this matter lacks its minute.",
            "To put a reference right, name the decision with --decision; "
            "'goldenthread matter minutes --all' lists them.",
        )
    return waiting[-1] if waiting else None


def _may(context: Context, request: RecordMinute, found: BodyDecision) -> None:
    """The body's clerk or chair, whoever stands in for them, or a governance lead."""
    actor, people, today = context.command.actor, context.work.people(), context.today
    held = context.work.matters(request.workflow, request.indicator, request.service)
    pack, _ = context.shelf.for_instance(context.work.framework(), held.instances[found.subject])
    facts = Surroundings(
        context.work, context.shelf, pack, (request.indicator, request.service), today, today=today
    )
    by = request.acting_for
    if by is not None and not facts.delegated(actor, by, today, found.body):
        context.refuse(
            "GT-PEOPLE-043",
            f"What {by} does for {found.body} is not delegated to {actor} on {today}.",
            f"Ask {by} or a governance lead for the delegation: goldenthread delegate add.",
        )
    elif not people.holds(actor, GOVERNANCE_LEAD, today) and not facts.acts_for_body(
        by or actor, found.body, today
    ):
        context.refuse(
            "GT-PEOPLE-044",
            f"Person {by or actor} is neither clerk nor chair of {found.body}, nor a governance lead.",
            f"Ask {' or '.join(facts.who_may(found.body)) or 'a governance lead'}.",
        )
