"""The log as people read it: facts as sentences, found by position, by filter or by stream, and by what led to what."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

import msgspec

from engine.handle import Engine
from engine.queries.after_closing import AfterClosing
from engine.queries.names import Names
from engine.queries.reader import PAGE, Reader
from engine.queries.sentences import fetch_texts, sentence
from events.errors import NotFound, Problem
from events.fact import Fact
from events.instant import Instant
from events.nearest import did_you_mean
from events.schema import TYPES, Event

MOST_SEARCHED = 50_000
"""A search for words looks at so many facts at most, the newest first."""


class LogLine(msgspec.Struct, frozen=True, kw_only=True):
    """One fact, told."""

    position: int
    ref: str
    """``stream@version``."""
    type: str
    sentence: str
    recorded_at: Instant
    effective_on: date
    person: str
    """By name."""
    actor: str
    account: str
    command_id: str
    correlation_id: str
    caused_by: str | None
    after_closing: str = ""
    """``after the period was closed on 14 October 2011 (event 34)``, where it came after that."""
    depth: int = 0
    """How many steps of cause and effect lie between it and the first fact; in a trace only."""


class FactInFull(msgspec.Struct, frozen=True, kw_only=True):
    """One fact with its content as plain values; texts stay references."""

    line: LogLine
    content: dict[str, object]


def show(engine: Engine, position: int, *, names: Names, at: int | None = None) -> FactInFull:
    """One fact by its position. Raises NotFound GT-LOG-101, or GT-USE-033 for one recorded after position `at`."""
    fact = _at(engine, position, at)
    fetch_texts([fact], names)
    closings = AfterClosing(Reader(engine, at))
    return FactInFull(line=told(fact, names, closings), content=msgspec.to_builtins(fact.event))


def search(
    engine: Engine,
    *,
    names: Names,
    types: Collection[str] = (),
    person: str | None = None,
    stream_prefix: str | None = None,
    words: str | None = None,
    limit: int = 50,
    at: int | None = None,
) -> list[LogLine]:
    """The latest facts that match every filter, newest last; `words` are looked for in the sentences.

    A type may be named by its first part: ``figure`` finds figure.entered and figure.confirmed. Raises NotFound
    GT-LOG-102 for a type there is none of.
    """
    wanted = _types(types)
    found: list[LogLine] = []
    closings = AfterClosing(Reader(engine, at))
    most = limit if words is None else MOST_SEARCHED
    for page in _newest_first(engine, wanted, person, stream_prefix, at, most):
        for line in reversed(_told_all(page, names, closings)):
            if len(found) < limit and (words is None or words.casefold() in line.sentence.casefold()):
                found.append(line)
        if len(found) == limit:
            break
    return found[::-1]


def stream(engine: Engine, name: str, *, names: Names, at: int | None = None) -> list[LogLine]:
    """All facts of one stream, oldest first. Raises NotFound GT-LOG-103 for one that nobody has written to."""
    facts = engine.store.streams({name: 0})[name]
    if not facts:
        raise NotFound.of(
            "GT-LOG-103",
            f"There is no stream '{name}'.",
            "A stream is named like series/CH04/childrens, interventions/CH04/childrens, targets/CH04 or people.",
        )
    known = [fact for fact in facts if at is None or fact.position <= at]
    return _told_all(known, names, AfterClosing(Reader(engine, at)))


def tail(engine: Engine, after: int, *, names: Names, limit: int = PAGE) -> list[LogLine]:
    """The facts after a position, oldest first; call again with the last position for what came since."""
    return _told_all(engine.store.page(after, limit), names, AfterClosing(Reader(engine)))


def trace(engine: Engine, named: str | int, *, names: Names, at: int | None = None) -> list[LogLine]:
    """Everything that one command led to, each fact below the one that caused it; by position or command id.

    With `at`, what was known at that position. Raises NotFound GT-LOG-101 or GT-LOG-104, and GT-USE-033 for what was
    recorded later.
    """
    text = str(named).strip()
    facts = engine.store.find(correlation_id=text, until=at, limit=PAGE * 50)
    if not facts and text.isdigit():
        command = _at(engine, int(text), at).correlation_id
        facts = engine.store.find(correlation_id=command, until=at, limit=PAGE * 50)
    if not facts and at is not None and (later := engine.store.find(correlation_id=text, limit=1)):
        raise _not_known_then(later[0].position, at)
    if not facts:
        raise NotFound.of(
            "GT-LOG-104",
            f"No command has the id '{named}'.",
            "Give the number of an event instead; 'goldenthread log tail' shows them.",
        )
    fetch_texts(facts, names)
    closings = AfterClosing(Reader(engine, at))
    return [msgspec.structs.replace(told(fact, names, closings), depth=depth) for depth, fact in _tree(facts)]


def told(fact: Fact[Event], names: Names, closings: AfterClosing) -> LogLine:
    """A fact as a line."""
    return LogLine(
        position=fact.position,
        ref=fact.ref,
        type=fact.type,
        sentence=sentence(fact, names),
        recorded_at=fact.recorded_at,
        effective_on=fact.effective_on,
        person=names.person(fact.actor),
        actor=fact.actor,
        account=fact.account,
        command_id=fact.command_id,
        correlation_id=fact.correlation_id,
        caused_by=fact.caused_by,
        after_closing=closings.words(fact),
    )


def _told_all(facts: Sequence[Fact[Event]], names: Names, closings: AfterClosing) -> list[LogLine]:
    fetch_texts(facts, names)
    return [told(fact, names, closings) for fact in facts]


def _at(engine: Engine, position: int, at: int | None) -> Fact[Event]:
    head = engine.store.head().position
    if not 1 <= position <= head:
        raise NotFound.of(
            "GT-LOG-101", f"There is no event {position}.", f"The record holds events 1 to {head}."
        )
    if at is not None and position > at:
        raise _not_known_then(position, at)
    return engine.store.page(position - 1, 1)[0]


def _not_known_then(position: int, at: int) -> NotFound:
    ended = f"the record ended with event {at}" if at else "nothing was recorded yet"
    return NotFound(
        Problem(
            code="GT-USE-033",
            sentence=f"Event {position} was not known then: {ended}.",
            fix="Leave --as-of out, or name a later day.",
        )
    )


def _tree(facts: Sequence[Fact[Event]]) -> Iterator[tuple[int, Fact[Event]]]:
    """Causes before their effects, in the order of the log; a fact whose cause lies elsewhere stands at the top."""
    known = {fact.ref for fact in facts}
    below: dict[str | None, list[Fact[Event]]] = {}
    for fact in facts:
        below.setdefault(fact.caused_by if fact.caused_by in known else None, []).append(fact)
    waiting = [(0, fact) for fact in reversed(below.get(None, []))]
    while waiting:
        depth, fact = waiting.pop()
        yield depth, fact
        waiting.extend((depth + 1, each) for each in reversed(below.get(fact.ref, [])))


def _types(named: Collection[str]) -> tuple[str, ...]:
    found: list[str] = []
    for name in named:
        matching = [known for known in TYPES if known == name or known.startswith(f"{name}.")]
        if not matching:
            first_words = sorted({known.partition(".")[0] for known in TYPES})
            raise NotFound.of(
                "GT-LOG-102",
                f"There is no fact of type '{name}'.{did_you_mean(name, [*first_words, *TYPES])}",
                f"Name one in full, such as figure.confirmed, or by its first word: {', '.join(first_words)}.",
            )
        found += matching
    return tuple(dict.fromkeys(found))


def _newest_first(
    engine: Engine,
    types: tuple[str, ...],
    person: str | None,
    stream_prefix: str | None,
    at: int | None,
    most: int,
) -> Iterator[list[Fact[Event]]]:
    """So many facts that match, a page at a time from the end of the log; within a page, oldest first."""
    end = engine.store.head().position if at is None else at
    while most > 0:
        page = min(PAGE, most)
        found = engine.store.find(
            types=types, actor=person, stream_prefix=stream_prefix, until=end, limit=page, newest=True
        )
        yield found
        if len(found) < page:
            break
        most -= page
        end = found[0].position - 1
