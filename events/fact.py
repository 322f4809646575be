"""A fact: an event with everything that is known about its recording."""

from __future__ import annotations

from datetime import date
from typing import Generic, TypeVar

import msgspec

from events.instant import Instant
from events.schema import Event
from events.stream import cite

E_co = TypeVar("E_co", bound=Event, covariant=True)


class Fact(msgspec.Struct, Generic[E_co], frozen=True, kw_only=True, gc=False):
    """One recorded event. Its body, as bytes, holds all of this except the position.

    The fields stand in the order in which a body has them: so each is found at once when a body is read.
    """

    position: int = 0
    """1, 2, 3 … without a gap in the whole book: the citation, "event 10482"; the body does not hold it."""
    account: str
    """Operating-system account and host the command came from; identity on the command line is declared."""
    actor: str
    """Who acted, by id; ``system`` where it followed by itself."""
    caused_by: str | None
    """The fact that led to this one, as ``stream@version``."""
    command_id: str
    """The command it was decided under."""
    correlation_id: str
    """What ties together everything that one command led to."""
    effective_on: date
    """The day it takes effect: the meeting, not the day the clerk typed it in."""
    event: E_co
    """What happened, with the fields of its type."""
    received_at: Instant
    """When the command arrived; decides deadlines and lateness."""
    recorded_at: Instant
    """When it was written; never falls. Answers as-of, and nothing else."""
    schema: int
    """The version of that type's fields."""
    stream: str
    """What it is decided together with, for example ``series/CH04/childrens``."""
    type: str
    """Our name for what happened, for example ``figure.confirmed``."""
    version: int
    """1, 2, 3 … without a gap in its stream."""

    @property
    def ref(self) -> str:
        """How other facts cite this one."""
        return cite(self.stream, self.version)


class Draft(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A fact before it is committed: position, version and recorded time are stamped at the commit."""

    stream: str
    event: Event
    received_at: Instant
    effective_on: date
    actor: str
    account: str
    command_id: str
    correlation_id: str
    caused_by: str | None = None
