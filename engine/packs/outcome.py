"""What came of one test of a pack: the judgements of its periods, and the workflow played through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.packs.pack import Pack
from engine.packs.rehearsal import Rehearsal
from events.kinds.statuses import StatusAssessed, TriggerFired, TriggerScreened
from events.schema import Event
from workflows.window import SubmissionWindow


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """All that a test may expect something of."""

    pack: Pack
    judged: Sequence[Sequence[Event]]
    """The facts of each period, oldest first."""
    before: Sequence[Sequence[Event]]
    """The same before a restatement; nothing where there is none."""
    rehearsal: Rehearsal | None
    window: SubmissionWindow | None

    @property
    def assessed(self) -> StatusAssessed | None:
        """The last judgement."""
        last = self.judged[-1] if self.judged else ()
        return next((fact for fact in last if isinstance(fact, StatusAssessed)), None)

    @property
    def fired(self) -> list[TriggerFired]:
        """The triggers that fired in the last period."""
        last = self.judged[-1] if self.judged else ()
        return [fact for fact in last if isinstance(fact, TriggerFired)]

    @property
    def screened(self) -> list[TriggerScreened]:
        """The triggers that held in the last period and were only recorded."""
        last = self.judged[-1] if self.judged else ()
        return [fact for fact in last if isinstance(fact, TriggerScreened)]

    @property
    def withdrawn(self) -> list[str]:
        """The triggers that had fired in some period and do not after the restatement."""
        pairs = zip(self.before, self.judged, strict=False)
        gone = [name for then, now in pairs for name in _fired(then) if name not in _fired(now)]
        return list(dict.fromkeys(gone))

    @property
    def statuses(self) -> list[str]:
        """The status of each period."""
        return [fact.status for facts in self.judged for fact in facts if isinstance(fact, StatusAssessed)]

    def periods_active(self, trigger: str) -> list[int]:
        """The periods after which a trigger stands, counted from 1."""
        return [
            number
            for number, facts in enumerate(self.judged, start=1)
            if any(isinstance(fact, StatusAssessed) and trigger in fact.triggers for fact in facts)
        ]

    def periods_fired(self, trigger: str) -> list[int]:
        """The periods in which a trigger fired, counted from 1."""
        return [
            number
            for number, facts in enumerate(self.judged, start=1)
            if any(isinstance(fact, TriggerFired) and fact.trigger == trigger for fact in facts)
        ]


def _fired(facts: Sequence[Event]) -> list[str]:
    return [fact.trigger for fact in facts if isinstance(fact, TriggerFired)]
