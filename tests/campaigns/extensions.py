"""More time is agreed at the very instant at which the deadline fires: in either order there is one history.

A scene raises AssertionError where the log tells anything else: never both extended and passed without saying so.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from engine.ports import Store
from engine.testing.council import LONDON, Council
from events.kinds.workflow import DeadlineExtended, DeadlinePassed
from tests.campaigns.homes import Home
from tests.campaigns.interrupted import Interrupted, slow
from tests.campaigns.matters import agree_to_more, answer, ask_for_more, at, council_in, is_whole

INSTANT = timedelta(microseconds=1)
LAST_DAY, MORE = date(2026, 5, 1), date(2026, 6, 1)
DUE = datetime(2026, 5, 2, tzinfo=LONDON)


def asked_in_time(home: Home) -> Council:
    """A council that was asked for more time a day before a report-back is due."""
    council = council_in(home.make(), date(2026, 4, 1))
    answer(council, 4)
    ask_for_more(at(council, DUE - timedelta(days=1)), MORE)
    return council


def assert_an_extension_an_instant_before_stands(home: Home) -> None:
    """The later date stands, and the first one never passes."""
    council = asked_in_time(home)
    agree_to_more(at(council, DUE - INSTANT), MORE)
    at(council, DUE).tick()
    _one_history(council, [("extended", 2)])


def assert_an_extension_at_the_very_instant_comes_after_the_firing(home: Home) -> None:
    """The date had gone by: that is recorded first, and then the later date, with the first one beside it."""
    council = asked_in_time(home)
    agree_to_more(at(council, DUE), MORE)
    at(council, DUE).tick()
    _one_history(council, [("passed", 1), ("extended", 2)])


def assert_a_firing_committed_first_is_told_first(home: Home) -> None:
    """Agreed in time, but committed after the firing: decided again on what stands, so both are told, in order."""
    council = asked_in_time(home)
    other = Council.joining(at(council, DUE), home.open())
    slow(council, other.tick)
    agree_to_more(at(council, DUE - INSTANT), MORE)
    _one_history(council, [("passed", 1), ("extended", 2)])
    other.store.close()


def assert_a_firing_committed_second_records_nothing(
    home: Home, spoil: Callable[[Store], Store] = lambda store: store
) -> None:
    """The firing finds that its date no longer runs, and records nothing."""
    council = asked_in_time(home)
    other = Council.joining(at(council, DUE - INSTANT), home.open())
    interrupted = Interrupted(spoil(council.store), lambda: agree_to_more(other, MORE))
    council.engine.store = interrupted  # type: ignore[assignment]  # a store by delegation
    at(council, DUE).tick()
    _one_history(council, [("extended", 2)])
    other.store.close()


def _one_history(council: Council, expected: list[tuple[str, int]]) -> None:
    assert history(council.store) == expected, "the log tells another history"
    is_whole(council)
    at(council, datetime.combine(MORE + timedelta(days=1), time(), tzinfo=LONDON)).tick()
    assert history(council.store) == [*expected, ("passed", 2)], "the later date has to pass in its turn"
    is_whole(council)


def history(store: Store) -> list[tuple[str, int]]:
    """What the log tells of the report-back: which setting of it passed, or was set by an extension, in order."""
    told: list[tuple[str, int]] = []
    for fact in store.find(stream_prefix="interventions/", limit=10_000):
        match fact.event:
            case DeadlinePassed(name="report_back", n=n):
                told.append(("passed", n))
            case DeadlineExtended(move=move):
                told += [("extended", each.n) for each in move.sets if each.name == "report_back"]
                assert [each.original for each in move.sets] == [LAST_DAY], "the first date is not shown"
    return told
