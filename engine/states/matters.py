"""The matters of one workflow about one thing, one after another; at most one is open."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from engine.states.people import SYSTEM
from events.fact import Fact
from events.kinds.workflow import (
    ApprovalGiven,
    ApprovalLapsed,
    DeadlinePassed,
    DeadlineSet,
    EvidenceAdded,
    FieldValue,
    MatterLinked,
    MinuteRecorded,
    StepTaken,
)
from events.schema import Event
from workflows.fold import fold
from workflows.instance import Instance

MINUTE = "minute"
"""The field of a step that gives the minute together with the decision."""
Cause = tuple[str, str]
"""A trigger and the period for which it fired."""


class Firing(NamedTuple):
    """A firing that bears on a matter: it rests on this one, not on whatever else the trigger did."""

    trigger: str
    series: str
    """The stream of the series."""
    period: str
    ref: str
    """The firing, as ``stream@version``."""


class BodyDecision(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a body decided through its clerk or chair."""

    ref: str
    """As ``stream@version``."""
    subject: str
    step: str
    body: str
    on: date
    minuted: bool
    """Its minute is known."""


class Matters(msgspec.Struct):
    """Instances by ordinal, "1" first, how each began, and what bears on it.

    No mapping is ever changed, only put in the place of another: copies share what stays the same.
    """

    instances: dict[str, Instance]
    begun: dict[str, StepTaken]
    evidence: dict[str, tuple[EvidenceAdded, ...]]
    clocks: dict[tuple[str, str], DeadlineSet]
    """(ordinal, deadline) → how it was last set, also after it passed."""
    known: dict[str, str]
    """Ordinal → the latest period that bore on it."""
    decided: dict[str, str]
    """Ordinal → the latest period that bore on it when a person last took a step."""
    causes: dict[str, frozenset[Firing]]
    """Ordinal → every firing that bore on it; none where only a person began it."""
    ended: frozenset[str] = frozenset()
    """The ordinals of those that are over."""
    bodies: tuple[BodyDecision, ...] = ()
    """What bodies decided about them, oldest first."""
    links: tuple[MatterLinked, ...] = ()
    """The matters that items of a menu ask for, on either side."""

    @classmethod
    def empty(cls) -> Matters:
        """None yet."""
        return cls({}, {}, {}, {}, {}, {}, {})

    @property
    def latest(self) -> str | None:
        """The ordinal of the last one begun."""
        return str(len(self.instances)) if self.instances else None

    @property
    def open(self) -> str | None:
        """The ordinal of the one that is open."""
        latest = self.latest
        return latest if latest and latest not in self.ended else None

    def linked(self, subject: str) -> tuple[MatterLinked, ...]:
        """What links a matter with others."""
        return tuple(link for link in self.links if link.subject == subject)

    def cause(self, subject: str) -> Cause | None:
        """The trigger and period that began a matter; None where a person did."""
        fields = self.begun[subject].fields
        return _cause(fields) if "trigger" in fields else None

    def copy(self) -> Matters:
        """An independent copy."""
        return replace(self)

    def apply(self, fact: Fact[Event]) -> None:
        """Take a fact in."""
        event = fact.event
        match event:
            case DeadlinePassed():
                self._becomes(event.subject, fold(self.instances[event.subject], fact))
                self._set(event.subject, event.sets)
            case StepTaken():
                self._moved(fact, event)
            case MinuteRecorded(decision=decision):
                self.bodies = tuple(
                    replace(each, minuted=True) if each.ref == decision else each for each in self.bodies
                )
            case ApprovalGiven() | ApprovalLapsed():
                self._becomes(event.subject, fold(self.instances.get(event.subject), fact))
            case MatterLinked():
                self.links = (*self.links, event)
            case EvidenceAdded():
                added = (*self.evidence.get(event.subject, ()), event)
                self.evidence = {**self.evidence, event.subject: added}
                self._caused(event.subject, event.trigger, event.period, event.caused_by)
                self._learnt(event.subject, event.period)
            case _:
                pass

    def _moved(self, fact: Fact[Event], event: StepTaken) -> None:
        move, subject = event.move, event.move.subject
        if subject not in self.begun:
            self.begun = {**self.begun, subject: event}
            trigger, period = (str(event.fields.get(name, "")) for name in ("trigger", "period"))
            self._caused(subject, trigger, period, fact.caused_by)
        self._becomes(subject, fold(self.instances.get(subject), fact))
        self._set(subject, move.sets)
        if move.ends:
            self.ended |= {subject}
        if move.on_behalf_of is not None:
            self._decided_by(move.on_behalf_of, fact, event)
        self._learnt(subject, str(event.fields.get("period", "")))
        if fact.actor != SYSTEM:
            self.decided = {**self.decided, subject: self.known[subject]}

    def _becomes(self, subject: str, instance: Instance) -> None:
        self.instances = {**self.instances, subject: instance}

    def _set(self, subject: str, sets: tuple[DeadlineSet, ...]) -> None:
        if sets:
            self.clocks = {**self.clocks, **{(subject, deadline.name): deadline for deadline in sets}}

    def _decided_by(self, body: str, fact: Fact[Event], event: StepTaken) -> None:
        made = BodyDecision(
            ref=fact.ref,
            subject=event.move.subject,
            step=event.move.step,
            body=body,
            on=fact.effective_on,
            minuted=MINUTE in event.fields,
        )
        self.bodies = (*self.bodies, made)

    def _caused(self, subject: str, trigger: str, period: str, ref: str | None) -> None:
        known = self.causes.get(subject, frozenset())
        cause = {Firing(trigger, ref.rpartition("@")[0], period, ref)} if trigger and ref else set()
        self.causes = {**self.causes, subject: known | cause}

    def _learnt(self, subject: str, period: str) -> None:
        self.known = {**self.known, subject: max(period, self.known.get(subject, ""))}


def _cause(fields: dict[str, FieldValue]) -> Cause:
    return str(fields["trigger"]), str(fields.get("period", ""))
