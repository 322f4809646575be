"""Steps that the product takes by itself after a deadline: decided once for all matters of a unit that stand alike.

When five hundred answers fall due on one day, five hundred ladders climb for the same reason, from the same place. Such a
step is decided for a matter about nothing in particular: if its answer asks about the series, it is decided again for
each, as any step is; if it does not, nothing but the matter as it stands can tell two of them apart.
"""

from __future__ import annotations

from typing import NoReturn

import msgspec

from engine.commands import Step
from engine.context import Context
from engine.deciders.subjects import ADDS_INDICATOR, Subject, find_subject
from engine.deciders.targets import CHANGES_TARGET
from engine.matters.effects import Taken, event_of
from engine.states.series import EMPTY
from engine.surroundings import Surroundings
from events import stream as streams
from events.fact import Fact
from events.schema import Event
from workflows.decide import Decision, Taking, decide

_encoder = msgspec.msgpack.Encoder()


def climb(context: Context, step: Step, taking: Taking, caused_by: str) -> Fact[Event] | None:
    """Take a step that follows from a deadline, where others like it have one answer; None where it has to be decided by itself.

    What the step becomes rests on the matter as it stands, on what is taken and when, on the definition and pack that
    govern it, and on people, services and meetings: answers are forgotten when a unit decides about people or services,
    and it shares none once it has decided about meetings.
    """
    if streams.MEETINGS in context.work.decided:
        return None
    before = len(context.problems)
    subject = find_subject(context, step)
    if subject is None or subject.instance is None or subject.instance.approvals:
        del context.problems[before:]  # whoever decides it by itself collects them again
        return None
    like = (
        "climbs",
        subject.pack.digest,
        subject.definition.digest,
        context.command.received_at,
        context.today,
        _encoder.encode((subject.instance, taking)),
    )
    event = context.work.once(like, lambda: _anywhere(context, subject, taking))
    if event is None:
        return None
    return context.work.record(subject.stream, event, caused_by=caused_by, actor=context.command.actor)


def _anywhere(context: Context, subject: Subject, taking: Taking) -> Event | None:
    """What the step becomes for a matter about whatever series; None where it cannot be said, or is refused."""
    definition, instance = subject.definition, subject.instance
    effects = {each.effect for each in (definition.start, *definition.steps)}
    if effects & {ADDS_INDICATOR, CHANGES_TARGET}:
        return None
    since = instance.fields.get("period") if instance else None
    facts = Surroundings(
        context.work,
        context.shelf,
        subject.pack,
        Whichever(),
        context.effective_on,
        since=since if isinstance(since, str) else None,
        today=context.today,
    )
    try:
        answer = decide(definition, instance, taking, facts, context.command.received_at)
    except AskedWhich:
        return None
    if not isinstance(answer, Decision):
        return None
    return event_of(Taken(decision=answer, figure=None, standing=EMPTY))


class AskedWhich(Exception):
    """An answer rests on which series it is about."""


class Whichever(tuple[str, str]):
    """Indicator and service of a series that is not said: whoever looks learns that the answer rests on it."""

    __slots__ = ()

    def _asked(self, *_: object) -> NoReturn:
        raise AskedWhich

    __getitem__ = __iter__ = __reversed__ = __len__ = __contains__ = __bool__ = count = index = _asked
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __hash__ = __add__ = __mul__ = __rmul__ = _asked
    __repr__ = __str__ = __format__ = _asked
