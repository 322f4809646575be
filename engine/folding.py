"""How facts become rows of a view, the same way in every store, at a commit and at a rebuild.

Rows move once per command: the facts of one command are folded together, and where the row differs afterwards
it changes at the last position of that command. So a batch writes each row once and a rebuild gives equal rows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import msgspec
from msgspec.structs import astuple

from engine.view import Key, Row, Values, View
from events.errors import Broken
from events.fact import Fact
from events.schema import NAMES, Event

Facts = Sequence[Fact[Event]]
Touches = Callable[[Fact[Event]], Collection[Key]]
"""Which rows of a view a fact bears on."""
Move = tuple[int, Key, Facts]
"""The last position of a command, a row, and the facts of that command that bear on the row, in their order."""


class Change(msgspec.Struct, frozen=True, gc=False):
    """A row from a position on; None where no such row stands from there."""

    position: int
    row: Values | None


class Touched(NamedTuple):
    """What some commands bear on in one view: their rows, command by command, and the key of each once."""

    moves: list[Move]
    keys: list[Key]
    further: int = 0
    """So many positions further into the log the commands stand than the moves say."""


def touched(views: Sequence[View], commands: Iterable[Facts]) -> list[Touched]:
    """Ask each view which rows the facts of each command bear on; each is asked only about what it heeds."""
    found: list[list[Move]] = [[] for _ in views]
    asked = _Asked(views)
    for facts in commands:
        if not facts:
            continue
        last = facts[-1].position
        if len(facts) == 1:  # nothing else of this command can bear on the same rows
            fact = facts[0]
            for number, touches in asked[type(fact.event)]:
                for key in touches(fact):
                    found[number].append((last, key, facts))
            continue
        bearing: dict[tuple[int, Key], list[Fact[Event]]] = {}
        for fact in facts:
            for number, touches in asked[type(fact.event)]:
                for key in touches(fact):
                    bearing.setdefault((number, key), []).append(fact)
        for (number, key), own in bearing.items():
            found[number].append((last, key, own))
    return [Touched(moves, list(dict.fromkeys(map(_key, moves)))) for moves in found]


_key: Callable[[Move], Key] = itemgetter(1)


class _Asked(dict[type[Event], list[tuple[int, Touches]]]):
    """Kind of event → the views that heed it, by number."""

    def __init__(self, views: Sequence[View]) -> None:
        super().__init__()
        self._views = views

    def __missing__(self, kind: type[Event]) -> list[tuple[int, Touches]]:
        heeding = (pair for pair in enumerate(self._views) if kind in _with_those_below(pair[1].heeds))
        found = self[kind] = [(number, view.touches) for number, view in heeding]
        return found


@lru_cache(maxsize=64)
def _with_those_below(heeds: tuple[type[Event], ...]) -> frozenset[type[Event]]:
    return frozenset(struct for struct in NAMES if issubclass(struct, heeds))


def changes(view: View, bearing: Touched, current: Mapping[Key, Values]) -> dict[Key, list[Change]]:
    """Fold; answers for each row that changed its successive states, oldest first."""
    found: dict[Key, list[Change]] = {}
    line, fold, further = view.line, view.fold, bearing.further
    for position, key, facts in bearing.moves:
        before = found.get(key)
        was = before[-1].row if before else current.get(key)
        row = None if was is None else line(*was)
        for fact in facts:
            row = fold(row, key, fact)
        now = None if row is None else astuple(row)
        if now == was:
            continue
        change = Change(further + position, now)
        if before:
            before.append(change)
        else:
            found[key] = [change]
    return found


def as_row(columns: Iterable[str], values: Values | None) -> Row | None:
    """A row as a mapping, where there is one."""
    return None if values is None else dict(zip(columns, values, strict=True))


def check_history(view: View) -> None:
    """Refuse to look back in a view that keeps no earlier rows. Raises Broken GT-DB-009."""
    if not view.ranged:
        raise Broken.of(
            "GT-DB-009",
            f"The view {view.name} keeps only what stands now.",
            "Ask it without a date.",
        )


def by_command(facts: Iterable[Fact[Event]]) -> Iterator[list[Fact[Event]]]:
    """Facts of the log, grouped by the command they came from; a command's facts always stand together."""
    for _, together in groupby(facts, key=lambda fact: fact.command_id):
        yield list(together)


def batches(commands: Iterable[list[Fact[Event]]], size: int) -> Iterator[list[list[Fact[Event]]]]:
    """Whole commands, gathered until a batch holds at least `size` facts."""
    batch: list[list[Fact[Event]]] = []
    count = 0
    for facts in commands:
        batch.append(facts)
        count += len(facts)
        if count >= size:
            yield batch
            batch, count = [], 0
    if batch:
        yield batch


def difference(view: View, key: Key, live: Row | None, fresh: Row | None, position: int | None = None) -> str:
    """One sentence about a row that a rebuild would give differently."""
    name = f"{view.name} {'/'.join(str(value) for value in key)}" + (
        f" from event {position}" if position else ""
    )
    if live is None:
        return f"{name} is missing; the log gives {_told(fresh)}."
    if fresh is None:
        return f"{name} stands there; the log gives no such row."
    odd = [column for column in fresh if live.get(column) != fresh[column]]
    return f"{name} says {_told(live, odd)}; the log gives {_told(fresh, odd)}."


def _told(row: Row | None, columns: Sequence[str] | None = None) -> str:
    shown = (columns if columns is not None else list(row)) if row else []
    return ", ".join(f"{column} = {row[column]}" for column in shown) if row else "nothing"
