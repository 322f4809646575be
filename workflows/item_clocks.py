"""A clock for each thing that is owed within a matter and has a day of its own.

Called by the deadline's name and the item's, ``action/recruit``; it ends when the item is done, and begins anew with
another day, the first one kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from events.kinds.workflow import DeadlineSet, FieldValue
from workflows.calendar import in_words
from workflows.definition import ASKED, BODY, EACH_ITEM, Deadline
from workflows.instance import Owed
from workflows.items import items_by, owner_of, still_owed
from workflows.reminders import freeze
from workflows.situation import Situation

_BETWEEN = "/"
"""Stands between a deadline's name and an item's."""


class ItemClocks(msgspec.Struct, frozen=True):
    """The clocks of items that a move sets and clears."""

    sets: tuple[DeadlineSet, ...] = ()
    clears: tuple[str, ...] = ()


def is_item_clock(name: str) -> bool:
    """Whether a clock is that of one item."""
    return _BETWEEN in name


def item_of(clock: str) -> str:
    """The item that a clock is for; empty for any other clock."""
    return clock.partition(_BETWEEN)[2]


def item_clocks(situation: Situation, target: str, fields: Mapping[str, FieldValue]) -> ItemClocks:
    """What a move to `target` does to them, given the fields that it records."""
    each_item = [each for each in situation.definition.deadlines if each.until == EACH_ITEM]
    if not each_item:
        return ItemClocks()
    dated = {name: item for name, item in _owed(situation, fields).items() if item.until is not None}
    sets: list[DeadlineSet] = []
    clears: list[str] = []
    for deadline in each_item:
        wanted = {_clock(deadline, name): name for name in dated} if target in deadline.states else {}
        running = set(_running(situation, deadline))
        clears += sorted(running - wanted.keys())
        sets += [
            _set(situation, deadline, clock, dated[name])
            for clock, name in wanted.items()
            if clock not in running or _moved(situation, name, dated[name])
        ]
    return ItemClocks(tuple(sets), tuple(clears))


def owers(situation: Situation, fields: Mapping[str, FieldValue]) -> tuple[str, ...]:
    """The roles and bodies that owe something once the step is taken, each once."""
    owing = _owed(situation, fields)
    names = (owner_of(name, item, situation.organisation) for name, item in owing.items())
    return tuple(dict.fromkeys(names))


def _owed(situation: Situation, fields: Mapping[str, FieldValue]) -> dict[str, Owed]:
    before = situation.instance.items if situation.instance else {}
    after = items_by(situation.step.effect, before, fields, situation.taking.effective_on)
    return still_owed(after, situation.organisation)


def _clock(deadline: Deadline, item: str) -> str:
    return f"{deadline.name}{_BETWEEN}{item}"


def _running(situation: Situation, deadline: Deadline) -> Iterator[str]:
    known = situation.instance
    names = (*known.open, *known.passed) if known else ()
    return (name for name in names if name.startswith(_clock(deadline, "")))


def _moved(situation: Situation, name: str, item: Owed) -> bool:
    before = situation.instance.items.get(name) if situation.instance else None
    return before is None or before.until != item.until


def _set(situation: Situation, deadline: Deadline, clock: str, item: Owed) -> DeadlineSet:
    calendar, known = situation.calendar, situation.instance
    assert item.until is not None  # only what has a day has a clock
    last_day = calendar.roll(item.until, deadline.roll)
    owner = owner_of(item_of(clock), item, situation.organisation)
    return DeadlineSet(
        name=clock,
        n=(known.counts.get(clock, 0) if known else 0) + 1,
        due_at=calendar.due_at(last_day),
        last_day=last_day,
        counted_from=situation.taking.effective_on,
        rule=f"until {in_words(item.until)}",
        calendar=calendar.id,
        original=item.original if item.original != item.until else None,
        remind=freeze(
            deadline.remind,
            last_day,
            calendar,
            lambda name: _body(situation, owner if name == ASKED else name),
            situation.received_at,
        ),
    )


def _body(situation: Situation, name: str) -> str | None:
    return situation.body if name == BODY else name
