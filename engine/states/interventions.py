"""The interventions of one series, one after another; at most one is open."""

from __future__ import annotations

from dataclasses import dataclass

from events.fact import Fact
from events.kinds.workflow import (
    DeadlinePassed,
    DeadlineSet,
    EvidenceAdded,
    InterventionProposed,
    StepTaken,
)
from events.schema import Event
from workflows.fold import fold
from workflows.instance import Instance


@dataclass(slots=True)
class Interventions:
    """Instances by ordinal, "1" first, and how each began."""

    instances: dict[str, Instance]
    begun: dict[str, InterventionProposed]
    evidence: dict[str, tuple[EvidenceAdded, ...]]
    clocks: dict[tuple[str, str], DeadlineSet]
    """(ordinal, deadline) → how it was last set, also after it passed."""
    ended: frozenset[str] = frozenset()
    """The ordinals of those that are over."""

    @classmethod
    def empty(cls) -> Interventions:
        """None yet."""
        return cls({}, {}, {}, {})

    @property
    def latest(self) -> str | None:
        """The ordinal of the last one begun."""
        return str(len(self.instances)) if self.instances else None

    @property
    def open(self) -> str | None:
        """The ordinal of the one that is open."""
        latest = self.latest
        return latest if latest and latest not in self.ended else None

    def cause(self, subject: str) -> tuple[str, str] | None:
        """The trigger and period that began an intervention; None where a person did."""
        fields = self.begun[subject].fields
        if "trigger" not in fields:
            return None
        return str(fields["trigger"]), str(fields.get("period", ""))

    def copy(self) -> Interventions:
        """An independent copy."""
        return Interventions(
            dict(self.instances), dict(self.begun), dict(self.evidence), dict(self.clocks), self.ended
        )

    def apply(self, fact: Fact[Event]) -> None:
        """Take a fact in."""
        event = fact.event
        match event:
            case StepTaken():
                subject = event.move.subject
                self.instances[subject] = fold(self.instances.get(subject), fact)
                self.clocks.update({(subject, deadline.name): deadline for deadline in event.move.sets})
                if event.move.ends:
                    self.ended |= {subject}
                if isinstance(event, InterventionProposed):
                    self.begun[subject] = event
            case DeadlinePassed():
                self.instances[event.subject] = fold(self.instances[event.subject], fact)
                self.clocks.update({(event.subject, deadline.name): deadline for deadline in event.sets})
            case EvidenceAdded():
                self.evidence[event.subject] = (*self.evidence.get(event.subject, ()), event)
            case _:
                pass
