"""Whom facts tell: the notices that go into the outbox with them. Said here alone, for whoever writes them and whoever checks.

What a notice says follows from its fact, but for a firing that is referred to a body: that takes the fact that began a
matter, or was added to one, under the same command.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from engine.ports import Notice
from events import stream as streams
from events.fact import Fact
from events.kinds.figures import DataRequested
from events.kinds.statuses import TriggerFired
from events.kinds.workflow import DeadlinePassed, EvidenceAdded, MatterTold, ReminderSent, StepTaken
from events.schema import Event

REFERRED, EVIDENCE = "referred", "evidence"
"""Kinds of notices to the body that a firing is referred to: a matter began, or the firing was added to one."""


def of_deadline(fact: Fact[DeadlinePassed]) -> list[Notice]:
    """The body or role whose task it now is."""
    event = fact.event
    if event.to is None:
        return []
    return [
        Notice(to=event.to, kind="deadline", subject=_matter(fact.stream, event.subject), words=event.words)
    ]


def of_reminder(fact: Fact[ReminderSent]) -> list[Notice]:
    """Everybody it is meant for."""
    event, about = fact.event, _matter(fact.stream, fact.event.subject)
    return [Notice(to=who, kind="reminder", subject=about, words=event.words) for who in event.to]


def of_request(fact: Fact[DataRequested]) -> list[Notice]:
    """Whoever enters figures."""
    event = fact.event
    words = f"Figures of {event.period} are asked for, and are in time until {event.last_day.isoformat()}."
    return [Notice(to=who, kind="data request", subject=event.period, words=words) for who in event.to]


def of_link(fact: Fact[MatterTold]) -> list[Notice]:
    """The body whose task it is that a matter linked with its own is over."""
    event = fact.event
    about = streams.matter_ref(streams.cite_matter(fact.stream, event.subject))
    return [Notice(to=event.to, kind="told", subject=about, words=event.words)] if event.to else []


def of_trigger(fact: Fact[TriggerFired]) -> list[Notice]:
    """Whom the pack names; of several firings of one group and one command, the first tells them."""
    about = _figure(fact)
    return [
        Notice(to=who, kind="trigger", subject=about, words=fact.event.reason) for who in fact.event.notify
    ]


def of_referral(fact: Fact[TriggerFired], to: str, kind: str) -> Notice:
    """The body that a firing is referred to; `kind` is REFERRED or EVIDENCE."""
    return Notice(to=to, kind=kind, subject=_figure(fact), words=fact.event.reason)


ALONE: Mapping[type[Event], Callable[[Fact[Any]], list[Notice]]] = {
    DeadlinePassed: of_deadline,
    ReminderSent: of_reminder,
    DataRequested: of_request,
    MatterTold: of_link,
}
"""Fact → the notices that follow from it alone."""


class Told(NamedTuple):
    """What the facts of one command tell: the notices that must stand, and those that may."""

    must: Counter[Notice]
    may: Counter[Notice]


def of_command(facts: Sequence[Fact[Event]]) -> Told:
    """The notices of all facts of one command."""
    must: Counter[Notice] = Counter()
    may: Counter[Notice] = Counter()
    groups: set[str] = set()
    for fact in facts:
        if isinstance(fact.event, TriggerFired):
            must.update(_of_first(fact, fact.event, groups))
            for notice, surely in _referrals(fact, fact.event, facts):
                (must if surely else may)[notice] += 1
        elif (telling := ALONE.get(type(fact.event))) is not None:
            must.update(telling(fact))
    return Told(must, may)


def _of_first(fact: Fact[Any], fired: TriggerFired, groups: set[str]) -> list[Notice]:
    if not fired.consequences or fired.group in groups:
        return []
    if fired.group is not None:
        groups.add(fired.group)
    return of_trigger(fact)


def _referrals(
    fact: Fact[Any], fired: TriggerFired, facts: Sequence[Fact[Event]]
) -> Iterator[tuple[Notice, bool]]:
    """Notices to the body it is referred to, and whether that can be told without the pack.

    What is only required is referred where its workflow takes that, and evidence does not say so.
    """
    if not fired.consequences or fired.refer_to is None:
        return
    owed = (fired.require or "").partition(" ")[0]
    workflow = fired.start or owed
    caused = [
        each for each in facts if each.caused_by == fact.ref and streams.workflow_of(each.stream) == workflow
    ]
    if any(isinstance(each.event, EvidenceAdded) for each in caused):
        yield of_referral(fact, fired.refer_to, EVIDENCE), fired.start is not None
    elif any(_refers(each.event) or fired.start is not None for each in caused if _begins(each.event)):
        yield of_referral(fact, fired.refer_to, REFERRED), True


def _begins(event: Event) -> bool:
    return isinstance(event, StepTaken)


def _refers(event: Event) -> bool:
    return isinstance(event, StepTaken) and "refer_to" in event.fields


def _figure(fact: Fact[TriggerFired]) -> str:
    indicator, service = streams.series_of(fact.stream)
    return f"{indicator}/{service}/{fact.event.period}"


def _matter(stream: str, subject: str) -> str:
    """What a notice is about, as a reference that `explain` takes."""
    indicator, service = streams.series_of(stream)
    workflow = streams.workflow_of(stream)
    named = "" if workflow == streams.INTERVENTION else f"{workflow}/"
    return f"{named}{indicator or streams.NONE}/{service or streams.NONE}#{subject}"
