"""What judging a series again came to: which statuses are others now, and what became of its triggers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from engine.states.series import OfATrigger, Series
from events.fact import Fact
from events.kinds.statuses import (
    StatusAssessed,
    TriggerCleared,
    TriggerClosed,
    TriggerFired,
    TriggerScreened,
    TriggerWithdrawn,
)
from events.schema import Event

BECAME: Mapping[type[OfATrigger], str] = {
    TriggerFired: "fired",
    TriggerScreened: "screened out",
    TriggerCleared: "cleared",
    TriggerWithdrawn: "withdrawn",
    TriggerClosed: "closed",
}
"""What is told of a trigger only where it is another thing than is recorded."""


class StatusChange(msgspec.Struct, frozen=True, kw_only=True):
    """A period that has another status."""

    period: str
    before: str
    after: str


class TriggerChange(msgspec.Struct, frozen=True, kw_only=True):
    """A trigger of which something else is recorded."""

    period: str
    trigger: str
    became: str
    """One of `BECAME`."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """One series, judged again."""

    indicator: str
    service: str
    periods: int
    """Periods of which a judgement was recorded; by another pack that is one of each, also where all is as before."""
    status_changes: int = 0
    trigger_changes: int = 0
    """How many there are; where they are many, not all are named."""
    statuses: tuple[StatusChange, ...] = ()
    triggers: tuple[TriggerChange, ...] = ()

    @property
    def otherwise(self) -> bool:
        """Whether anything came out otherwise."""
        return bool(self.status_changes or self.trigger_changes)


def statuses_of(series: Series) -> dict[str, str]:
    """The status of every judged period."""
    held = ((str(period), series.at(str(period)).assessed) for period in series.judged)
    return {period: assessed.status for period, assessed in held if assessed is not None}


def outcome(name: tuple[str, str], before: Mapping[str, str], facts: Sequence[Fact[Event]]) -> Outcome:
    """What facts of judging a series again come to, whose periods had these statuses before."""
    statuses, triggers, periods = [], [], 0
    for event in (fact.event for fact in facts):
        if isinstance(event, StatusAssessed):
            periods += 1
            was = before.get(event.period, "")
            if was != event.status:
                statuses.append(StatusChange(period=event.period, before=was, after=event.status))
        elif isinstance(event, OfATrigger):
            became = BECAME[type(event)]
            triggers.append(TriggerChange(period=event.period, trigger=event.trigger, became=became))
    indicator, service = name
    return Outcome(
        indicator=indicator,
        service=service,
        periods=periods,
        status_changes=len(statuses),
        trigger_changes=len(triggers),
        statuses=tuple(statuses),
        triggers=tuple(triggers),
    )
