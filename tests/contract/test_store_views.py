"""What every store promises about views: in step with the log, with history by position, and disposable."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.ports import Store
from engine.testing import InMemoryStore
from engine.view import View
from events.errors import Broken


def test_a_view_moves_with_the_commit(store: Store, desk: Any, meetings: View, agenda: View) -> None:
    store.commit(desk.of(desk.added(day=3), desk.added(day=4)))
    assert store.row(meetings, ("cabinet",)) == {"body": "cabinet", "count": 2, "last": "2026-05-04"}
    assert store.row(agenda, ("2026-05-03", "cabinet")) == {
        "on": "2026-05-03",
        "body": "cabinet",
        "times": 1,
        "by": "clerk",
    }
    assert store.row(meetings, ("council",)) is None


def test_a_row_goes_when_the_fold_says_so(store: Store, desk: Any, meetings: View, agenda: View) -> None:
    store.commit(desk.of(desk.added()))
    store.commit(desk.of(desk.cancelled()))
    assert store.row(meetings, ("cabinet",)) is None
    assert store.rows(agenda) == []
    assert store.row(meetings, ("cabinet",), at=1) is not None


def test_history_moves_once_per_command(store: Store, desk: Any, meetings: View) -> None:
    store.commit(
        desk.unit(desk.part(desk.added(), desk.added()), desk.part(desk.added()), desk.part(desk.cancelled()))
    )

    def counts(at: int) -> Any:
        row = store.row(meetings, ("cabinet",), at=at)
        return row and row["count"]

    assert [counts(at) for at in range(5)] == [None, None, 2, 3, 2]
    assert store.rebuild([meetings]) == {"meetings_of": 3}


def test_a_command_that_changes_nothing_in_a_row_leaves_its_range_alone(
    store: Store, desk: Any, meetings: View
) -> None:
    store.commit(desk.of(desk.added()))
    store.commit(desk.of(desk.added(day=9), desk.cancelled(day=9), desk.cancelled(), desk.added()))
    assert store.rebuild([meetings]) == {"meetings_of": 1}


def test_a_row_made_and_unmade_by_one_command_never_stood(store: Store, desk: Any, meetings: View) -> None:
    store.commit(desk.of(desk.added(), desk.cancelled()))
    assert [store.rows(meetings, at=at) for at in range(3)] == [[], [], []]


def test_rows_are_asked_for_by_equality_membership_and_bound(
    store: Store, desk: Any, meetings: View, agenda: View
) -> None:
    for day, body in enumerate(("cabinet", "audit", "scrutiny", "cabinet", "audit"), 1):
        store.commit(desk.of(desk.added(body, day), actor="nobody" if body == "audit" else "clerk"))

    def asked(*args: Any, **more: Any) -> list[Any]:
        return [row["on"][-1] + str(row["body"])[0] for row in store.rows(agenda, *args, **more)]

    assert asked() == ["1c", "2a", "3s", "4c", "5a"]
    assert asked({"body": "audit"}) == ["2a", "5a"]
    assert asked({"body": ["audit", "scrutiny", "nobody"]}) == ["2a", "3s", "5a"]
    assert asked({"body": []}) == []
    assert asked({"body": ["cabinet"], "times": 1}, below={"on": "2026-05-04"}) == ["1c"]
    assert asked(below={"by": "d"}) == ["1c", "3s", "4c"]
    assert asked(order_by=("body",), limit=3) == ["2a", "5a", "1c"]
    assert asked(order_by=("by", "body")) == ["2a", "5a", "1c", "4c", "3s"]
    assert [row["count"] for row in store.rows(meetings, {"body": {"cabinet", "audit"}}, at=4)] == [1, 2]
    assert store.rows(agenda, {"body": "scrutiny"}, only=("body", "times")) == [
        {"body": "scrutiny", "times": 1}
    ]
    assert store.rows(meetings, {"body": "audit"}, at=4, only=("count",)) == [{"count": 1}]


def test_many_keys_are_folded_at_once(store: Store, desk: Any, meetings: View) -> None:
    bodies = [f"ward {number:04d}" for number in range(700)]
    store.commit(desk.of(*(desk.added(body) for body in bodies)))
    store.commit(desk.of(*(desk.added(body) for body in bodies)))
    rows = store.rows(meetings, {"body": bodies[:400]})
    assert [(row["body"], row["count"]) for row in rows] == [(body, 2) for body in bodies[:400]]
    assert store.differences([meetings]) == []


def test_a_view_that_fails_stops_the_commit_whole(
    store: Store, desk: Any, meetings: View, agenda: View
) -> None:
    store.commit(desk.of(desk.added()))
    with pytest.raises(LookupError):
        store.commit(desk.of(desk.added(), desk.added("a body nobody expected"), command_id="X"))
    assert store.head().position == 1
    assert store.command("X") is None
    assert store.differences([meetings, agenda]) == []
    store.commit(desk.of(desk.added(), command_id="X"))


def test_a_view_without_history_is_not_asked_about_the_past(store: Store, agenda: View) -> None:
    with pytest.raises(Broken, match="keeps only what stands now"):
        store.rows(agenda, at=1)
    with pytest.raises(Broken, match="keeps only what stands now"):
        store.row(agenda, ("2026-05-01", "cabinet"), at=1)


def test_a_rebuilt_view_equals_the_live_one(store: Store, desk: Any, meetings: View, agenda: View) -> None:
    for day in range(1, 29):
        store.commit(desk.of(desk.added(day=day), desk.added("audit", day)))
        if day % 3 == 0:
            store.commit(desk.of(desk.cancelled(day=day), desk.cancelled("audit", day - 1)))
    before = [store.rows(meetings, at=at) for at in range(75)], store.rows(agenda)
    assert store.differences([meetings, agenda]) == []
    store.rebuild([meetings, agenda])
    assert ([store.rows(meetings, at=at) for at in range(75)], store.rows(agenda)) == before


BODIES = st.sampled_from(["cabinet", "audit", "scrutiny"])
COMMANDS = st.lists(st.tuples(st.booleans(), BODIES, st.integers(1, 4)), min_size=0, max_size=6)
UNITS = st.lists(st.lists(COMMANDS, min_size=1, max_size=4), max_size=12)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(units=UNITS)
def test_however_facts_arrive_views_equal_a_rebuild(
    desk: Any, meetings: View, agenda: View, units: Any
) -> None:
    store = InMemoryStore([meetings, agenda])
    for unit in units:
        parts = [
            desk.part(*((desk.added if add else desk.cancelled)(body, day) for add, body, day in command))
            for command in unit
        ]
        store.commit(desk.unit(*parts))
    assert store.differences([meetings, agenda]) == []
