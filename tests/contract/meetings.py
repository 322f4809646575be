"""Two views of meetings: one that keeps history, and one of what stands now."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from engine.view import Key, Line, View, columns_of
from events.fact import Fact
from events.kinds.register import MeetingAdded, MeetingCancelled
from events.schema import Event


class Held(Line):
    body: str
    count: int
    last: str | None


class HeldOfStream(Line):
    stream: str
    body: str
    count: int
    last: str | None


class Meeting(Line):
    on: str
    body: str
    times: int
    by: str | None


class MeetingOfStream(Line):
    stream: str
    on: str
    body: str
    times: int
    by: str | None


class Meetings:
    """How many meetings a body has, and the day of the last one; a body without any has no row. Keeps history."""

    name = "meetings_of"
    line: type[Line] = Held
    columns = columns_of(Held)
    key: tuple[str, ...] = ("body",)
    ranged = True
    shared = True
    indexes = (("last",),)
    heeds = (MeetingAdded, MeetingCancelled)

    def touches(self, fact: Fact[Event]) -> Collection[Key]:
        if isinstance(fact.event, MeetingAdded | MeetingCancelled):
            if fact.event.body == "a body nobody expected":
                raise LookupError(fact.event.body)
            return [(fact.event.body,)]
        return ()

    def fold(self, row: Any, key: Key, fact: Fact[Event]) -> Any:
        count, last = (row.count, row.last) if row else (0, None)
        if isinstance(fact.event, MeetingAdded):
            return self.line(*key, count + 1, fact.event.on.isoformat())
        return self.line(*key, count - 1, last) if count > 1 else None


class Agenda:
    """Who meets on which day; only what stands now."""

    name = "agenda"
    line: type[Line] = Meeting
    columns = columns_of(Meeting)
    key: tuple[str, ...] = ("on", "body")
    ranged = False
    shared = True
    indexes = (("body",),)
    heeds = (MeetingAdded, MeetingCancelled)

    def touches(self, fact: Fact[Event]) -> Collection[Key]:
        if isinstance(fact.event, MeetingAdded | MeetingCancelled):
            return [(fact.event.on.isoformat(), fact.event.body)]
        return ()

    def fold(self, row: Any, key: Key, fact: Fact[Event]) -> Any:
        if isinstance(fact.event, MeetingCancelled):
            return None
        times = row.times if row else 0
        return self.line(*key, times + 1, fact.actor if fact.actor != "nobody" else None)


class MeetingsOfStreams(Meetings):
    """The same by stream, so that no two streams bear on one row."""

    name = "meetings_of_streams"
    line = HeldOfStream
    columns = columns_of(HeldOfStream)
    key = ("stream", *Meetings.key)
    shared = False

    def touches(self, fact: Fact[Event]) -> Collection[Key]:
        return [(fact.stream, *key) for key in super().touches(fact)]


class AgendaOfStreams(Agenda):
    """The same by stream; only what stands now."""

    name = "agenda_of_streams"
    line = MeetingOfStream
    columns = columns_of(MeetingOfStream)
    key = ("stream", *Agenda.key)
    shared = False

    def touches(self, fact: Fact[Event]) -> Collection[Key]:
        return [(fact.stream, *key) for key in super().touches(fact)]


MEETINGS, AGENDA = Meetings(), Agenda()
VIEWS: tuple[View, ...] = (MEETINGS, AGENDA)
OF_STREAMS: tuple[View, ...] = (MeetingsOfStreams(), AgendaOfStreams())
