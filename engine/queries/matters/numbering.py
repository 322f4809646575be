"""The numbers of matters: ``INT-0001``, ``decision-0001``, by workflow, in the order in which they were begun."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from engine.queries.reader import Reader
from engine.view import Row
from events import stream as streams
from events.fact import Fact
from events.kinds.workflow import MATTER_BEGUN, StepTaken
from events.schema import Event
from events.stream import INTERVENTION, series_of, workflow_of

Key = tuple[str, str, str, str]
"""What a matter is found by: workflow, indicator, service (empty where it is about none) and ordinal."""
FEW = 100
"""For more matters than this all are numbered in one go."""


def display_id(workflow: str, number: int) -> str:
    """``INT-0001``, ``decision-0001``."""
    return f"{'INT' if workflow == INTERVENTION else workflow}-{number:04d}"


def matter_key(stream: str, subject: str) -> Key:
    """What a matter is found by, from the stream it stands in."""
    return workflow_of(stream) or "", *series_of(stream), subject


def key_of(row: Row) -> Key:
    """What a row of the view is found by."""
    return str(row["workflow"]), str(row["indicator"]), str(row["service"]), str(row["ordinal"])


def numbered(reader: Reader) -> dict[Key, str]:
    """Every matter → the number people use for it."""
    return {key: number for key, number, _ in begun(reader)}


def begun(reader: Reader) -> Iterator[tuple[Key, str, Fact[Event]]]:
    """Every matter in the order of the log, with its number and the fact that began it."""
    counts: Counter[str] = Counter()
    for fact in reader.all_of(*MATTER_BEGUN):
        if (key := _key(fact)) is not None:
            counts[key[0]] += 1
            yield key, display_id(key[0], counts[key[0]]), fact


def numbers_of(reader: Reader, keys: Collection[Key]) -> dict[Key, str]:
    """Some matters → their numbers; of a few the log is only asked how many were begun up to each."""
    if len(keys) > FEW:
        return numbered(reader)
    places = {key: fact.position for fact in _beginnings(reader, keys) if (key := _key(fact)) is not None}
    return {
        key: display_id(
            key[0],
            reader.store.count(MATTER_BEGUN, streams.matters_prefix(key[0]), until=places[key]),
        )
        for key in sorted(places.keys() & set(keys), key=places.__getitem__)
    }


def matter_numbered(reader: Reader, workflow: str, number: int) -> Key | None:
    """The matter of a number; None where that many have not begun."""
    prefix = streams.matters_prefix(workflow)
    found = reader.store.find(
        types=MATTER_BEGUN, stream_prefix=prefix, until=reader.at, skip=number - 1, limit=1
    )
    return _key(found[0]) if found else None


def begun_about(reader: Reader, workflow: str, indicator: str, service: str) -> list[Key]:
    """The matters of a workflow about one thing, in the order in which they were begun."""
    facts = reader.facts_of(streams.matters(workflow, indicator, service))
    return [key for fact in facts if (key := _key(fact)) is not None]


def _beginnings(reader: Reader, keys: Iterable[Key]) -> list[Fact[Event]]:
    asked = {streams.matters(*key[:3]): 0 for key in keys}
    found = reader.store.streams(asked) if asked else {}
    return [
        fact for facts in found.values() for fact in facts if reader.at is None or fact.position <= reader.at
    ]


def _key(fact: Fact[Event]) -> Key | None:
    """The matter that a fact begins; None for any other fact."""
    event = fact.event
    if fact.type not in MATTER_BEGUN or not isinstance(event, StepTaken):
        return None
    return matter_key(fact.stream, event.move.subject)
