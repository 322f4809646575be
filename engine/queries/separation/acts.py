"""Acts of people on matters: who took which step of what, for whom, from which account."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from engine.states.people import SYSTEM
from events.fact import Fact
from events.instant import moment
from events.kinds.workflow import ApprovalGiven
from events.schema import Event
from events.stream import INTERVENTION, series_of, workflow_of
from workflows.fold import MOVED


class Act(NamedTuple):
    """A step, or an approval of one."""

    position: int
    step: str
    person: str
    acting_for: str | None
    account: str
    at: datetime
    entry: bool = False
    """A figure was entered or restated."""
    partial: bool = False
    """One approval of several."""

    @property
    def persons(self) -> frozenset[str]:
        """The natural persons behind it."""
        return frozenset(who for who in (self.person, self.acting_for) if who and who != SYSTEM)


ENTRIES = ("figure.entered", "restatement.proposed")
"""Facts that give a figure; whoever confirms one must be somebody else, whatever the workflow says."""
CONFIRMED = "figure.confirmed"


def act_of(fact: Fact[Event]) -> tuple[tuple[str, str], Act] | None:
    """The matter that a fact moves, as stream and subject, and the act; None for any other fact."""
    event = fact.event
    if isinstance(event, ApprovalGiven):
        return (fact.stream, event.subject), _act(fact, event.step, event.acting_for, partial=True)
    if isinstance(event, MOVED):
        move = event.move
        return (fact.stream, move.subject), _act(fact, move.step, move.acting_for)
    return None


def about(stream: str, subject: str) -> str:
    """A figure or a matter as people name it."""
    place = "/".join(filter(None, series_of(stream))) or "the council"
    workflow = workflow_of(stream)
    if workflow is None:
        return f"{place}/{subject}"
    return f"{place}#{subject}" if workflow == INTERVENTION else f"{workflow} {place}#{subject}"


def _act(fact: Fact[Event], step: str, acting_for: str | None, *, partial: bool = False) -> Act:
    return Act(
        position=fact.position,
        step=step,
        person=fact.actor,
        acting_for=acting_for,
        account=fact.account,
        at=moment(fact.received_at),
        entry=fact.type in ENTRIES,
        partial=partial,
    )
