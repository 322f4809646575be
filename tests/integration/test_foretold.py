"""What a tick would do is foretold by the tick itself: the same facts in the same words, and nothing is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.cli.told import Teller
from adapters.holidays import UkHolidays
from engine.deadlines.foretold import foretell
from engine.deadlines.tick import Ticked, tick
from engine.handle import deadline_of
from engine.office import Office
from engine.packs.pack import Pack
from engine.ports import Store
from engine.rehearsal import Rehearsal, Stage
from engine.testing import CountingIds
from engine.testing.council import Council
from engine.view import Row
from engine.views import DUE, MATTERS, VIEWS
from events.fact import Fact
from events.instant import Instant, moment
from events.schema import Event
from tests.office import office_of

from .founding import once
from .many_deadlines import FELL_DUE, OPENED, council_waiting
from .test_ladder import CLERK, SERIES, referred
from .test_properties import QUIET, START, act, acts, new_council, submit

LONG_AFTER = date(2027, 6, 1)
KINDS = ("heartbeat", "submission_windows", "tick_trouble")


def everything(store: Store) -> bytes:
    """All that a book holds."""
    held = (
        store.stored(0, 100_000),
        [[dict(row) for row in store.rows(view)] for view in VIEWS],
        store.commands("", 100_000),
        store.outbox(unsent_only=False, limit=100_000),
        store.incidents(open_only=False),
        [store.get_meta(kind) for kind in KINDS],
    )
    return msgspec.json.encode(held)


def unplaced(facts: list[Fact[Event]]) -> list[Fact[Event]]:
    """Facts without what only the log can say."""
    return [msgspec.structs.replace(fact, position=0, recorded_at=fact.received_at) for fact in facts]


def ticked_as_foretold(council: Council, at_once: int = 500) -> Ticked:
    """Foretell a tick, see that nothing was written, tick, and hold the two against each other."""
    before = everything(council.store)
    foretold, then = foretell(council.engine, council.now(), at_once=at_once)
    said = in_words(replace(office_of(council), engine=then), foretold)
    shown = looked_up(then.store)
    assert everything(council.store) == before
    ticked = tick(council.engine, council.now(), at_once=at_once)
    assert unplaced(foretold.facts) == unplaced(ticked.facts)
    assert said == in_words(office_of(council), ticked)
    assert [msgspec.structs.replace(each, trace=()) for each in foretold.failed] == [
        msgspec.structs.replace(each, trace=()) for each in ticked.failed
    ]
    for name in ("at", "fired", "lag", "ended"):
        assert getattr(foretold, name) == getattr(ticked, name)
    assert shown == looked_up(council.store)
    return ticked


def looked_up(store: Store) -> dict[str, tuple[list[Row], list[Row]]]:
    """Whatever can be asked of any view: all its rows, and the last of each series."""
    return {view.name: (store.rows(view), store.latest(view, 1)) for view in VIEWS}


def in_words(office: Office, ticked: Ticked) -> list[str]:
    teller = Teller(office)
    return [teller.sentence(fact) for fact in ticked.facts]


def types(ticked: Ticked) -> list[str]:
    return [fact.type for fact in ticked.facts]


@once
def answered(pack: Pack) -> Council:
    """A matter with a report owed by the end of February 2027."""
    council = referred(pack, date(2026, 11, 30))
    council.step(CLERK, "intervention", (*SERIES, "1"), "answer", {"category": "category_2"}, body="CPEG")
    return council


def test_a_rung_that_would_be_proposed_is_foretold_with_the_reminders_of_the_same_tick(example: Pack) -> None:
    council = answered(example)
    council.at(LONG_AFTER)
    passed = [fact.event for fact in ticked_as_foretold(council).facts if fact.type == "deadline.passed"]
    assert "CMT" in [getattr(event, "proposes", None) for event in passed]
    assert ticked_as_foretold(council).facts == []


def test_a_step_that_the_product_would_take_by_itself_is_foretold(automatic: Pack) -> None:
    council = answered(automatic)
    council.at(LONG_AFTER)
    assert {"deadline.passed", "rung.moved"} <= {*types(ticked_as_foretold(council))}
    council.at(LONG_AFTER + timedelta(days=200))
    assert "deadline.passed" in types(ticked_as_foretold(council))


@QUIET
@given(st.booleans(), acts, st.lists(st.booleans(), min_size=6, max_size=6), st.integers(1, 500))
def test_whatever_was_done_before_a_tick_does_what_was_foretold(
    example: Pack,
    automatic: Pack,
    climbs: bool,
    course: list[tuple[int, str, str]],
    ticks: list[bool],
    at_once: int,
) -> None:
    council = new_council(automatic if climbs else example)
    submit(council, "2017-05", "90", "enter")
    submit(council, "2017-06", "80", "enter")
    day = START
    for (days, step, category), ticking in zip(course, ticks, strict=False):
        day += timedelta(days=days)
        council.at(day)
        if ticking:
            ticked_as_foretold(council, at_once)
        act(council, step, category)
    council.at(day + timedelta(days=100))
    assert ticked_as_foretold(council, at_once).failed == []


@pytest.mark.parametrize("at_once", [7, 500])
def test_many_are_rehearsed_in_portions(example: Pack, at_once: int) -> None:
    council = council_waiting(example, OPENED, 40)
    council.at(FELL_DUE)
    seen: list[int] = []
    foretell(council.engine, council.now(), seen.append, at_once=at_once)
    assert (sum(seen), max(seen)) == (40, min(at_once, 40))
    assert ticked_as_foretold(council, at_once).fired == 40


class Unreadable:
    """A store that cannot read the stream of one service."""

    def __init__(self, store: Store, service: str) -> None:
        self._store, self.stream = store, f"interventions/AE4/{service}"

    def streams(self, after: dict[str, int]) -> dict[str, list[Fact[Event]]]:
        if self.stream in after:
            raise ZeroDivisionError
        return self._store.streams(after)

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


def test_what_would_fail_is_foretold_and_what_waits_is_left_alone(example: Pack) -> None:
    council = council_waiting(example, OPENED, 10)
    council.at(FELL_DUE)
    store: Store = Unreadable(council.store, "s7")  # type: ignore[assignment]  # a store for this test
    council.store = council.engine.store = store
    council.engine.memory._store = store
    council.engine.memory.forget()
    first = ticked_as_foretold(council)
    assert (first.fired, [each.deadline.stream for each in first.failed]) == (9, ["interventions/AE4/s7"])
    again = ticked_as_foretold(council)
    assert (again.fired, again.failed, len(council.store.incidents())) == (0, [], 1)


def test_a_rehearsal_reaches_nothing_that_writes(example: Pack) -> None:
    council = Council(example, START, holidays=UkHolidays())
    rehearsal = Rehearsal(council.engine)
    for name in ("commit", "erase", "rebuild", "mark_sent", "close"):
        with pytest.raises(AttributeError, match="does not let"):
            getattr(rehearsal.store, name)
    asked = {name for name in dir(Store) if not name.startswith("_")}
    assert {"commit", "keep_incident", "set_meta"} <= asked
    assert {name for name in vars(Stage) if not name.startswith("_")} - {"suppose"} <= asked


def test_rows_of_a_rehearsal_stand_in_the_order_of_the_book(example: Pack) -> None:
    council = council_waiting(example, OPENED, 4)
    reminded_at = min(str(row["due_at"]) for row in council.store.rows(DUE))
    council.clock.set(moment(Instant(reminded_at)))
    later = deadline_of(council.store.rows(DUE)[1], council.now())
    rehearsal = Rehearsal(council.engine)
    for engine in (rehearsal, council.engine):
        assert engine.fire([later], council.now())
    for view in (DUE, MATTERS):
        for limit in (None, 1, 3):
            told = rehearsal.store.rows(view, order_by=view.key[:1], limit=limit)
            assert told == council.store.rows(view, order_by=view.key[:1], limit=limit)


def test_whatever_view_a_command_moves_is_looked_up_as_it_would_stand(example: Pack) -> None:
    council = new_council(example)
    before, seen = looked_up(council.store), []
    for engine in (Rehearsal(council.engine), council.engine):
        council.engine, council.store, council.ids = engine, engine.store, CountingIds(prefix="R")
        council.indicator("AE5", "acute", target="90")
        submit(council, "2017-05", "90", "enter")
        submit(council, "2017-06", "80", "enter")
        act(council, "answer", "category_2")
        submit(council, "2017-06", "94", "restate")
        seen.append(looked_up(council.store))
    assert seen[0] == seen[1]
    assert [view.name for view in VIEWS if seen[0][view.name] == before[view.name]] == []
