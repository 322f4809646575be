"""The book itself and its packs, told."""

from __future__ import annotations

from engine.queries.names import Names
from engine.queries.sentences.telling import day, quoted, tells
from events.fact import Fact
from events.kinds import book as kinds
from events.kinds import framework
from events.schema import Event


@tells(kinds.BookOpened)
def opened(event: kinds.BookOpened, fact: Fact[Event], names: Names) -> str:
    """The beginning."""
    clock = ", under a clock set by hand" if event.simulated else ""
    return (
        f"{names.person(fact.actor)} opened the book '{event.book}' of {event.council} with "
        f"{names.person(event.proposer)} and {names.person(event.approver)}{clock}"
    )


@tells(kinds.ClockCorrected)
def clock(event: kinds.ClockCorrected, fact: Fact[Event], names: Names) -> str:
    """The clock had run ahead."""
    return (
        f"{names.person(fact.actor)} recorded that the clock had run ahead to {event.head_was} when it was "
        f"{event.clock_said}{quoted(event.reason, names)}"
    )


@tells(kinds.ReactionRefused)
def refused(event: kinds.ReactionRefused, fact: Fact[Event], names: Names) -> str:
    """A consequence could not be."""
    return f"The step '{event.step}' of {event.subject} had to follow and was refused: {' '.join(event.reasons).rstrip('.')}"


@tells(kinds.TaskDone)
def done(event: kinds.TaskDone, fact: Fact[Event], names: Names) -> str:
    """Somebody saw to it."""
    return f"{names.person(fact.actor)} dealt with {event.task}{quoted(event.reason, names)}"


@tells(framework.PackProposed)
def proposed(event: framework.PackProposed, fact: Fact[Event], names: Names) -> str:
    """A pack put forward."""
    return (
        f"{names.person(fact.actor)} proposed the pack {event.pack} {event.version}, in force from "
        f"{day(event.effective_from)}{quoted(event.reason, names)}"
    )


@tells(framework.PackAdopted)
def adopted(event: framework.PackAdopted, fact: Fact[Event], names: Names) -> str:
    """A pack approved."""
    return (
        f"{_for_body(event.on_behalf_of, names.acted(fact.actor, event.acting_for))} approved the pack {event.pack} "
        f"{event.version}, proposed by "
        f"{names.person(event.proposed_by)}, in force from {day(event.effective_from)}"
        + (", and periods judged before are judged again" if event.rejudge else "")
    )


def _for_body(body: str | None, who: str) -> str:
    return f"{body} (through {who})" if body else who


@tells(framework.PackStepTaken)
def step_of_adoption(event: framework.PackStepTaken, fact: Fact[Event], names: Names) -> str:
    """A step on its way."""
    who = names.acted(fact.actor, event.acting_for)
    return f"{event.by} (through {who}) took the step '{event.step}' about the pack {event.digest[:12]}…{quoted(event.comment, names)}"


@tells(framework.AssumptionsInitialled)
def initialled(event: framework.AssumptionsInitialled, fact: Fact[Event], names: Names) -> str:
    """Assumptions that somebody stands for."""
    many = "assumptions" if len(event.assumptions) > 1 else "assumption"
    return f"{names.person(fact.actor)} initialled {many} {', '.join(event.assumptions)} of the pack {event.digest[:12]}…"


@tells(framework.PackMinuted)
def pack_minuted(event: framework.PackMinuted, fact: Fact[Event], names: Names) -> str:
    """Where it is minuted."""
    return f"{names.person(fact.actor)} noted the minute of {event.decision}{quoted(event.minute, names)}"


@tells(framework.PackRejudged)
def rejudged(event: framework.PackRejudged, fact: Fact[Event], names: Names) -> str:
    """Every series was judged again."""
    were = "was" if event.series == 1 else "were"
    return f"{event.series} series {were} judged again by the pack {event.pack} {event.version}, all that it governs"


@tells(framework.PackDeclined)
def declined(event: framework.PackDeclined, fact: Fact[Event], names: Names) -> str:
    """A pack turned down."""
    return f"{names.person(fact.actor)} declined the pack {event.digest[:12]}…{quoted(event.reason, names)}"


@tells(framework.TriggerMuted)
def muted(event: framework.TriggerMuted, fact: Fact[Event], names: Names) -> str:
    """A trigger silenced."""
    return (
        f"{names.person(fact.actor)} muted the trigger {event.trigger} of {event.indicator}/{event.service} until "
        f"{day(event.until)}{quoted(event.reason, names)}"
    )


@tells(framework.TriggerUnmuted)
def unmuted(event: framework.TriggerUnmuted, fact: Fact[Event], names: Names) -> str:
    """A mute taken back."""
    return (
        f"{names.person(fact.actor)} unmuted the trigger {event.trigger} of {event.indicator}/{event.service}"
        f"{quoted(event.reason, names)}"
    )
