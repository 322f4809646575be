"""The last rows of each series, which every store answers alike: what all rows would say, cut to the ends."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from engine.ports import Store
from engine.view import Key, Line, Row, View, columns_of
from events.fact import Fact
from events.kinds.register import MeetingAdded, MeetingCancelled
from events.schema import Event
from tests.contract.conftest import STORES
from tests.contract.meetings import MEETINGS


class Sitting(Line):
    place: str
    body: str
    on: str
    times: int
    by: str | None


class Sittings:
    """What a body did on a day, in a stream of its own; keeps history."""

    name = "sittings"
    line = Sitting
    columns = columns_of(Sitting)
    key = ("place", "body", "on")
    ranged = True
    indexes = ()
    heeds = (MeetingAdded, MeetingCancelled)

    def touches(self, fact: Fact[Event]) -> Collection[Key]:
        if isinstance(fact.event, MeetingAdded | MeetingCancelled):
            return [(fact.stream, fact.event.body, fact.event.on.isoformat())]
        return ()

    def fold(self, row: Sitting | None, key: Key, fact: Fact[Event]) -> Sitting | None:
        if isinstance(fact.event, MeetingCancelled):
            return None
        place, body, on = map(str, key)
        times, by = row.times if row else 0, None if fact.actor == "nobody" else fact.actor
        return Sitting(place, body, on, times + 1, by)


SITTINGS: View = Sittings()
PLACES, BODIES = ("hall", "Annexe", "hall 2", "Übersee", ""), ("audit", "cabinet", "a'b")


@pytest.fixture(params=STORES)
def book(request: pytest.FixtureRequest, tmp_path: Path, desk: Any) -> Iterator[Store]:
    with closing(STORES[request.param](tmp_path, [SITTINGS, MEETINGS])) as store:
        number = 0
        for turn, place in enumerate(PLACES[:4]):
            for body in BODIES[: 1 + turn % 3]:
                for day in range(1 + (turn + number) % 3, 25, 2 + turn):
                    number += 1
                    actor = "nobody" if number % 4 == 0 else f"clerk {number % 3}"
                    store.commit(desk.of(desk.added(body, day), stream=place, actor=actor))
                    if number % 5 == 0:  # the last one is taken away again, or an earlier one
                        gone = day if number % 10 else max(1, day - 2 - turn)
                        store.commit(desk.of(desk.cancelled(body, gone), stream=place))
        for day in range(1, 25, 3):  # what stood before is half of it elsewhere from here on
            store.commit(desk.of(*(desk.added(body, day) for body in BODIES), stream="hall 2"))
        yield store


def ends(rows: list[Row], count: int) -> list[Row]:
    """The last rows of each series among all rows, which stand by key."""
    series: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        series.setdefault((row["place"], row["body"]), []).append(row)
    return [row for each in series.values() for row in each[-count:]]


QUESTIONS: list[dict[str, Any]] = [
    {},
    {"where": {"place": "hall"}},
    {"where": {"body": "cabinet"}},
    {"where": {"place": "hall 2", "body": "a'b"}},
    {"where": {"place": ["hall", "hall 2", "nowhere"], "body": {"audit", "cabinet"}}},
    {"where": {"body": ["audit", "a'b"]}},
    {"where": {"place": []}},
    {"where": {"place": "nowhere"}},
    {"where": {"times": 1}},
    {"where": {"by": ["clerk 1", "clerk 2"]}},
    {"where": {"on": "2026-05-07"}},
    {"below": {"on": "2026-05-11"}},
    {"below": {"by": "clerk 2"}, "where": {"place": "Übersee"}},
    {"below": {"on": "2026-01-01"}},
]


@pytest.mark.parametrize("asked", QUESTIONS)
@pytest.mark.parametrize("count", [1, 3, 100])
def test_the_last_rows_of_each_series_are_those_of_all_rows(
    book: Store, asked: dict[str, Any], count: int
) -> None:
    head = book.head().position
    for at in (None, 0, 1, 9, 20, head - 24, head - 12, head):
        assert book.latest(SITTINGS, count, at=at, **asked) == ends(
            book.rows(SITTINGS, at=at, **asked), count
        ), at


def test_only_the_columns_that_are_wanted_are_answered(book: Store) -> None:
    whole = book.latest(SITTINGS, 2, {"place": "hall"})
    found = book.latest(SITTINGS, 2, {"place": "hall"}, only=("times", "on"))
    assert found == [{"times": row["times"], "on": row["on"]} for row in whole]
    assert len(found) == 2


def test_a_view_whose_key_is_one_column_is_one_series(book: Store) -> None:
    rows = book.rows(MEETINGS)
    assert len(rows) == 3
    assert book.latest(MEETINGS, 2) == rows[-2:]
    assert book.latest(MEETINGS, 2, at=3) == book.rows(MEETINGS, at=3)[-2:]
    assert book.latest(MEETINGS, 1, {"body": ["audit", "cabinet"]}) == rows[2:]


def test_many_series_are_more_than_one_statement_takes(book: Store, desk: Any) -> None:
    bodies = [f"ward {number:04d}" for number in range(700)]
    book.commit(desk.of(*(desk.added(body, day) for body in bodies for day in (3, 4)), stream="wards"))
    wanted = {"place": ["wards", "hall"], "body": bodies}
    found = book.latest(SITTINGS, 1, wanted)
    assert [(row["body"], row["on"]) for row in found] == [(body, "2026-05-04") for body in bodies]
    assert found == [row for row in book.latest(SITTINGS, 1) if row["place"] == "wards"]
