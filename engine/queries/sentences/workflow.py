"""Moves of workflows and their deadlines, told."""

from __future__ import annotations

from engine.queries.late import days_after, late_words
from engine.queries.names import Names
from engine.queries.sentences.telling import day, matter, quoted, tells
from events.fact import Fact
from events.kinds import workflow as kinds
from events.kinds.workflow import FieldValue, StepTaken
from events.schema import Event
from events.stream import matter_words

_FREE_TEXT = ("reason", "report", "comment")


@tells(kinds.StepTaken)
def step(event: StepTaken, fact: Fact[Event], names: Names) -> str:
    """Any step without a name of its own."""
    return _step(event, fact, names, f"took the step '{event.move.step}' of")


@tells(kinds.InterventionProposed)
def proposed(event: kinds.InterventionProposed, fact: Fact[Event], names: Names) -> str:
    """A body was asked to decide."""
    body = event.fields.get("refer_to", "a body")
    cause = f" because trigger {event.fields['trigger']} fired" if "trigger" in event.fields else ""
    period = f" for {event.fields['period']}" if "period" in event.fields else ""
    if cause:
        return f"{_matter(event, fact)} was referred to {body}{cause}{period}"
    return f"{names.person(fact.actor)} referred {_matter(event, fact)} to {body}{period}{_words(event.fields, names)}"


@tells(kinds.InterventionAgreed)
def agreed(event: kinds.InterventionAgreed, fact: Fact[Event], names: Names) -> str:
    """The body answered."""
    return _step(event, fact, names, "asked for a report back on")


@tells(kinds.ReportReceived)
def reported(event: kinds.ReportReceived, fact: Fact[Event], names: Names) -> str:
    """The service reported."""
    return _step(event, fact, names, "reported back on")


@tells(kinds.RungMoved)
def moved(event: kinds.RungMoved, fact: Fact[Event], names: Names) -> str:
    """Another rung has it."""
    rung = event.fields.get("rung", "another rung")
    return f"{_who(event, fact, names)} moved {_matter(event, fact)} to {rung}{_words(event.fields, names)}{_dates(event)}"


@tells(kinds.DeadlineExtended)
def extended(event: kinds.DeadlineExtended, fact: Fact[Event], names: Names) -> str:
    """More time was agreed."""
    return _step(event, fact, names, "agreed to more time for")


@tells(kinds.InterventionWaived)
def waived(event: kinds.InterventionWaived, fact: Fact[Event], names: Names) -> str:
    """Recovery was waived."""
    return _step(event, fact, names, "waived the recovery of")


@tells(kinds.ItemOwed)
def item_owed(event: kinds.ItemOwed, fact: Fact[Event], names: Names) -> str:
    """Something is owed within a matter."""
    return _step(event, fact, names, "said who owes what in")


@tells(kinds.ItemDone)
def item_done(event: kinds.ItemDone, fact: Fact[Event], names: Names) -> str:
    """Something owed is done."""
    return _step(event, fact, names, "said what was done in")


@tells(kinds.KpiApproved)
def kpi_approved(event: kinds.KpiApproved, fact: Fact[Event], names: Names) -> str:
    """A KPI enters the register."""
    return _step(event, fact, names, "approved the KPI of")


@tells(kinds.KpiAmendmentApproved)
def kpi_amended(event: kinds.KpiAmendmentApproved, fact: Fact[Event], names: Names) -> str:
    """Another version of a KPI."""
    return _step(event, fact, names, "approved another version of the KPI of")


@tells(kinds.KpiRemovalApproved)
def kpi_removed(event: kinds.KpiRemovalApproved, fact: Fact[Event], names: Names) -> str:
    """A KPI is retired."""
    return _step(event, fact, names, "approved the removal of the KPI of")


@tells(kinds.TargetApproved)
def target_approved(event: kinds.TargetApproved, fact: Fact[Event], names: Names) -> str:
    """A target is changed."""
    return _step(event, fact, names, "approved the target of")


@tells(kinds.DeadlinePassed)
def passed(event: kinds.DeadlinePassed, fact: Fact[Event], names: Names) -> str:
    """A date went by."""
    days = days_after(fact)
    late = f" (noticed {days} days later)" if days else ""
    words = event.words.rstrip(".") or f"the deadline '{event.name}' of {day(event.last_day)} went by"
    return f"{matter(fact, event.subject)}: {words}{late}"


@tells(kinds.ReminderSent)
def reminded(event: kinds.ReminderSent, fact: Fact[Event], names: Names) -> str:
    """A reminder fell due."""
    who, what = (" and ".join(event.to).replace("_", " "), event.name.replace("_", " "))
    return f"Reminder to {who} of the deadline '{what}' of {matter(fact, event.subject)}, {event.words}"


@tells(kinds.EvidenceAdded)
def evidence(event: kinds.EvidenceAdded, fact: Fact[Event], names: Names) -> str:
    """Another trigger while it was open."""
    return f"Trigger {event.trigger} of {event.period} was added to {matter(fact, event.subject)} as evidence"


@tells(kinds.CauseWithdrawn)
def cause_withdrawn(event: kinds.CauseWithdrawn, fact: Fact[Event], names: Names) -> str:
    """Its trigger no longer holds."""
    return (
        f"The trigger {event.trigger} of {event.period} behind {matter(fact, event.subject)} no longer holds; "
        f"{event.to or 'the body'} decides whether to go on"
    )


@tells(kinds.MatterLinked)
def linked(event: kinds.MatterLinked, fact: Fact[Event], names: Names) -> str:
    """One matter asks for another."""
    here, other = matter(fact, event.subject), matter_words(event.other)
    if event.asked:
        return f"{here} was asked for by item {event.item} of {other}"
    return f"Item {event.item} of {here} is dealt with in {other}"


@tells(kinds.MatterTold)
def told(event: kinds.MatterTold, fact: Fact[Event], names: Names) -> str:
    """A linked matter is over."""
    return f"{matter(fact, event.subject)} was told: {event.words.rstrip('.')}"


@tells(kinds.MatterBegun)
def begun(event: kinds.MatterBegun, fact: Fact[Event], names: Names) -> str:
    """Something began that has no name of its own."""
    fields = event.fields
    if "trigger" not in fields:
        return f"{names.person(fact.actor)} began {_matter(event, fact)}{_words(event.fields, names)}{_dates(event)}"
    period = f" for {fields['period']}" if "period" in fields else ""
    body = f" and was referred to {fields['refer_to']}" if "refer_to" in fields else ""
    because = f"because trigger {fields['trigger']} fired{period}"
    return f"{_matter(event, fact)} began {because}{body}{_dates(event)}"


@tells(kinds.ApprovalGiven)
def approved(event: kinds.ApprovalGiven, fact: Fact[Event], names: Names) -> str:
    """One of several approved."""
    name = f"{event.on_behalf_of} (through {names.person(fact.actor)})" if event.on_behalf_of else ""
    name = name or names.person(fact.actor)
    name = f"{name}, acting for {names.person(event.acting_for)}," if event.acting_for else name
    given = {**event.decided, **event.fields}
    return (
        f"{name} approved '{event.step}' of {matter(fact, event.subject)} "
        f"({event.number} of {event.quorum}){_chosen(given, names)}{_words(given, names)}"
    )


@tells(kinds.ApprovalLapsed)
def approval_lapsed(event: kinds.ApprovalLapsed, fact: Fact[Event], names: Names) -> str:
    """What was approved has changed."""
    who = " and ".join(names.people(event.persons))
    return (
        f"What {who} had approved in '{event.step}' of {matter(fact, event.subject)} has changed, "
        "so that it must be approved anew"
    )


@tells(kinds.MinuteRecorded)
def minuted(event: kinds.MinuteRecorded, fact: Fact[Event], names: Names) -> str:
    """The minute of a decision is known."""
    return (
        f"{names.person(fact.actor)} noted the minute of {event.body} for {matter(fact, event.subject)} "
        f"({event.decision}){quoted(event.minute, names)}"
    )


def _step(event: StepTaken, fact: Fact[Event], names: Names, did: str) -> str:
    late = f", {words}" if (words := late_words(event.move.late_days)) else ""
    chosen = _chosen(event.fields, names)
    said = f"{_who(event, fact, names)} {did} {_matter(event, fact)}{late}{chosen}{_words(event.fields, names)}{_dates(event)}"
    return said + (", which ends it" if event.move.ends else "")


def _who(event: StepTaken, fact: Fact[Event], names: Names) -> str:
    name = names.person(fact.actor)
    if event.move.on_behalf_of:
        name = f"{event.move.on_behalf_of} (through {name})"
    return f"{name}, acting for {names.person(event.move.acting_for)}," if event.move.acting_for else name


def _matter(event: StepTaken, fact: Fact[Event]) -> str:
    return matter(fact, event.move.subject)


def _chosen(fields: dict[str, FieldValue], names: Names) -> str:
    said = [field(name, value, names) for name, value in fields.items() if name not in _FREE_TEXT]
    return f" ({'; '.join(said)})" if said else ""


def field(name: str, value: FieldValue, names: Names) -> str:
    """A field of a step: ``until 2017-08-25``, ``menu 5, 17``; ``category 4`` rather than ``category category_4``."""
    label = name.replace("_", " ")
    said = names.text(value) if isinstance(value, str) else ", ".join(value)
    return said.replace("_", " ") if said.startswith(f"{name}_") else f"{label} {said}"


def _words(fields: dict[str, FieldValue], names: Names) -> str:
    texts = (fields[name] for name in _FREE_TEXT if name in fields)
    return "".join(quoted(text, names) for text in texts if isinstance(text, str))


def _dates(event: StepTaken) -> str:
    return "".join(f"; {each.name.replace('_', ' ')} by {day(each.last_day)}" for each in event.move.sets)
