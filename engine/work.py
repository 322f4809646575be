"""The desk of one unit of work: states as they stand with what has been decided so far, nothing written yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import islice
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from engine.memory import Memory, Remembered, State
from engine.nouns import Nouns
from engine.ports import Notice, Part
from events import stream as streams
from events.fact import Fact
from events.instant import EARLIEST, Instant
from events.schema import NAMES, VERSIONS, Event

S = TypeVar("S", bound=State)
T = TypeVar("T")

ASKED_ONCE = frozenset({streams.PEOPLE, streams.SERVICES, streams.FRAMEWORK})
"""Streams about which a question is answered once, until something is decided about them."""


READ_AT_ONCE = 64
"""So many streams are read in one question: a series of ten years has several hundred facts."""


class OpenPart(Part, frozen=True, kw_only=True):
    """A part being filled."""

    drafts: list[Fact[Event]] = msgspec.field(default_factory=list)
    notices: list[tuple[int, Notice]] = msgspec.field(default_factory=list)


class Work(Nouns):
    """States read, facts decided; `read` names every stream looked at with the version it had.

    `unmoved` is the end of the log where a decision rests on more than the streams that are named.
    """

    def __init__(self, memory: Memory, supposing: Mapping[str, Remembered] | None = None) -> None:
        self._memory = memory
        self._supposing = supposing or {}
        """Streams as they would stand after something that nobody has decided yet; everything rests on that."""
        self._standing: dict[str, Remembered] = {}
        """Stream → what has been looked at, with everything that was decided of it."""
        self.decided: dict[str, Remembered] = {}
        """Stream → its state with everything that was decided of it."""
        self._answers: dict[tuple[object, ...], Any] = {}
        self._answered_at = -1
        self.read: dict[str, int] = {}
        self.unmoved: int | None = None
        self.parts: list[OpenPart] = []
        """One for each command; the last is being filled."""
        self._part: OpenPart
        self.circumstances: Fact[Event]
        """Those of the part being filled."""

    def once(self, question: tuple[object, ...], answer: Callable[[], T]) -> T:
        """The answer to a question about people, services or packs, kept until something is decided about these."""
        if self._answered_at != self._memory.position:
            self._answers.clear()
            self._answered_at = self._memory.position
        found: T = self._answers.get(question, _UNASKED)
        if found is _UNASKED:
            found = self._answers[question] = answer()
        return found

    def fetch(self, names: Iterable[str]) -> None:
        """Read several streams in few questions, so many at once that their facts need not be held together."""
        rest = iter(names)
        while some := list(islice(rest, READ_AT_ONCE)):
            self._memory.fetch(some)

    def let_go(self) -> None:
        """Let what has been looked at leave memory again where it is too much to keep; it is read again if asked for."""
        self._memory.trim()

    def rest_on_the_whole_log(self) -> None:
        """Say, before reading a view for a decision, that nothing else may be written until it is committed."""
        if self.unmoved is None:
            self.unmoved = self._memory.position

    def begin(self, circumstances: Fact[Event], request_digest: str = "") -> None:
        """Start the part of one command; what is recorded from now on belongs to it."""
        self.circumstances = circumstances
        self._part = OpenPart(command_id=circumstances.command_id, request_digest=request_digest)
        self.parts.append(self._part)

    def state(self, stream: str, kind: type[S]) -> S:
        """A stream's state, what has been decided so far included. Do not change it."""
        known: Any = self._standing.get(stream) or self._look_at(stream)
        state: S = known.state
        return state

    def record(
        self, stream: str, event: Event, *, caused_by: str | None = None, actor: str | None = None
    ) -> Fact[Event]:
        """Decide that something has happened; answers the fact as it will stand but for position and recorded time."""
        if stream in ASKED_ONCE:
            self._answers.clear()
        own = self.decided.get(stream) or self._writable(stream)
        name = NAMES[type(event)]
        fact = replace(
            self.circumstances,
            stream=stream,
            version=own.version + 1,
            type=name,
            schema=VERSIONS[name],
            actor=actor or self.circumstances.actor,
            caused_by=caused_by,
            event=event,
        )
        own.state.apply(fact)
        own.version += 1
        self._part.drafts.append(fact)
        return fact

    @property
    def just_recorded(self) -> list[Fact[Event]]:
        """The facts of the part being filled, as they stand so far."""
        return list(self._part.drafts)

    @property
    def imagined(self) -> list[Fact[Event]]:
        """Every fact decided, as it would stand but for position and recorded time."""
        return [fact for part in self.parts for fact in part.drafts]

    def notify(self, notice: Notice) -> None:
        """Put a notice in the outbox, together with the fact just recorded."""
        self._part.notices.append((len(self._part.drafts) - 1, notice))

    def _look_at(self, stream: str) -> Remembered:
        known = self._supposing.get(stream) or self._memory.at(stream)
        self.read.setdefault(stream, known.version)
        self._standing[stream] = known
        return known

    def _writable(self, stream: str) -> Remembered:
        """A stream's state to write to: a copy of what is remembered."""
        known = self._standing.get(stream) or self._look_at(stream)
        own = self.decided[stream] = self._standing[stream] = Remembered(known.version, known.state.copy())
        return own


def circumstances(
    *, command_id: str, actor: str, account: str, received_at: Instant, effective_on: date
) -> Fact[Event]:
    """Who acts, when, and under which command: what every fact of one part has in common, as a fact that says nothing yet."""
    return Fact(
        stream="",
        version=0,
        type="",
        schema=0,
        recorded_at=EARLIEST,
        received_at=received_at,
        effective_on=effective_on,
        actor=actor,
        account=account,
        command_id=command_id,
        correlation_id=command_id,
        caused_by=None,
        event=_NOTHING,
    )


_NOTHING = Event()
_UNASKED: Any = object()
