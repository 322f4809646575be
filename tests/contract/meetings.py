"""Two views of meetings: one that keeps history, and one of what stands now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.view import Key, Row, View
from events.fact import Fact
from events.kinds.register import MeetingAdded, MeetingCancelled
from events.schema import Event


class Meetings:
    """How many meetings a body has, and the day of the last one; a body without any has no row. Keeps history."""

    name = "meetings_of"
    columns: Mapping[str, type[str] | type[int]] = {"body": str, "count": int, "last": str}
    key = ("body",)
    ranged = True
    shared = True
    indexes = (("last",),)
    heeds = (MeetingAdded, MeetingCancelled)

    def touches(self, fact: Fact[Event]) -> Iterable[Key]:
        if isinstance(fact.event, MeetingAdded | MeetingCancelled):
            if fact.event.body == "a body nobody expected":
                raise LookupError(fact.event.body)
            yield (fact.event.body,)

    def fold(self, row: Row | None, key: Key, fact: Fact[Event]) -> Row | None:
        count, last = (int(row["count"] or 0), row["last"]) if row else (0, None)
        if isinstance(fact.event, MeetingAdded):
            return {"body": key[0], "count": count + 1, "last": fact.event.on.isoformat()}
        return {"body": key[0], "count": count - 1, "last": last} if count > 1 else None


class Agenda:
    """Who meets on which day; only what stands now."""

    name = "agenda"
    columns: Mapping[str, type[str] | type[int]] = {"on": str, "body": str, "times": int, "by": str}
    key = ("on", "body")
    ranged = False
    shared = True
    indexes = (("body",),)
    heeds = (MeetingAdded, MeetingCancelled)

    def touches(self, fact: Fact[Event]) -> Iterable[Key]:
        if isinstance(fact.event, MeetingAdded | MeetingCancelled):
            yield (fact.event.on.isoformat(), fact.event.body)

    def fold(self, row: Row | None, key: Key, fact: Fact[Event]) -> Row | None:
        if isinstance(fact.event, MeetingCancelled):
            return None
        times = int(row["times"] or 0) if row else 0
        return {"times": times + 1, "by": fact.actor if fact.actor != "nobody" else None}


class MeetingsOfStreams(Meetings):
    """The same by stream, so that no two streams bear on one row."""

    name = "meetings_of_streams"
    columns: Mapping[str, type[str] | type[int]] = {"stream": str, **Meetings.columns}
    key = ("stream", *Meetings.key)
    shared = False

    def touches(self, fact: Fact[Event]) -> Iterable[Key]:
        return [(fact.stream, *key) for key in super().touches(fact)]


class AgendaOfStreams(Agenda):
    """The same by stream; only what stands now."""

    name = "agenda_of_streams"
    columns: Mapping[str, type[str] | type[int]] = {"stream": str, **Agenda.columns}
    key = ("stream", *Agenda.key)
    shared = False

    def touches(self, fact: Fact[Event]) -> Iterable[Key]:
        return [(fact.stream, *key) for key in super().touches(fact)]


MEETINGS, AGENDA = Meetings(), Agenda()
VIEWS: tuple[View, ...] = (MEETINGS, AGENDA)
OF_STREAMS: tuple[View, ...] = (MeetingsOfStreams(), AgendaOfStreams())
