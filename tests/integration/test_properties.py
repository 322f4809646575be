"""Promises that hold for any course of events, searched for counter-examples."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.holidays import UkHolidays
from engine.audit.replay import Prefix, replay
from engine.audit.verify import verify
from engine.packs.pack import Pack
from engine.testing.council import LONDON, Council
from engine.view import View
from engine.views import DUE, MATTERS, STATUSES, VIEWS
from events.errors import Refused
from events.instant import instant

from .founding import once

ANALYST, MANAGER, SERVICE, CLERK = "p3", "p4", "p5", "p6"
SERIES = ("AE4", "acute")
MONTHS = ("2017-02", "2017-03", "2017-04", "2017-05", "2017-06")
START = date(2017, 7, 10)

QUIET = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@once
def new_council(pack: Pack) -> Council:
    council = Council(pack, START, holidays=UkHolidays())
    council.service("acute")
    council.indicator("AE4", "acute", target="95")
    for name, role, scope in (
        ("Priya", "data_enterer", None),
        ("Tom", "data_manager", None),
        ("Moira", "service_manager", None),
        ("Ada", "clerk", "CPEG"),
        ("Rhys", "clerk", "CMT"),
        ("Jean", "clerk", "CABINET"),
    ):
        council.hire(name, role, scope=scope)
    return council


def rows(council: Council, view: View) -> list[dict[str, object]]:
    return sorted((dict(row) for row in council.store.rows(view)), key=str)


figures = st.tuples(
    st.sampled_from(MONTHS),
    st.sampled_from(["96", "90", "85.5", "80", "70"]),
    st.sampled_from(["enter", "restate"]),
)


def submit(council: Council, month: str, value: str, step: str) -> None:
    ref = f"AE4/acute/{month}"
    follow = {"enter": "confirm", "restate": "approve_restatement"}[step]
    words = {"reason": "put right"} if step == "restate" else None
    try:
        council.figure(ANALYST, step, ref, value, words=words)
        council.figure(MANAGER, follow, ref)
    except Refused:
        pass  # not every step is possible everywhere; what matters is what the record then says


@QUIET
@given(st.lists(figures, max_size=14))
def test_every_status_follows_from_what_was_known_then(
    example: Pack, course: list[tuple[str, str, str]]
) -> None:
    council = new_council(example)
    for month, value, step in course:
        submit(council, month, value, step)
    replayed = replay(council.store, council.engine.shelf)
    assert replayed.differences == []
    assert verify(council.store).faults == []
    assert council.store.differences(VIEWS) == []


@QUIET
@given(st.lists(figures, max_size=12))
def test_the_latest_statuses_do_not_depend_on_the_order_of_submission(
    example: Pack, course: list[tuple[str, str, str]]
) -> None:
    council, latest = new_council(example), dict[str, str]()
    for month, value, step in course:
        submit(council, month, value, step)
        row = council.submission(f"AE4/acute/{month}")
        if row is not None and row["value"] is not None:
            latest[month] = str(row["value"])
    fresh = new_council(example)
    for month in sorted(latest):
        submit(fresh, month, latest[month], "enter")
    statuses = {m: council.status(f"AE4/acute/{m}") for m in latest}
    assert statuses == {m: fresh.status(f"AE4/acute/{m}") for m in latest}


answers = st.sampled_from(["category_1", "category_2", "category_3", "category_4"])
waits = st.lists(st.integers(min_value=1, max_value=75), min_size=1, max_size=6)


def act(council: Council, step: str, category: str) -> None:
    row = council.intervention(*SERIES)
    assert row is not None
    body = str(row["body"])
    clerk = {"CPEG": CLERK, "CMT": "p7", "CABINET": "p8"}[body]
    fields = {"category": category} if step in ("answer", "continue") else {}
    if step == "move":
        fields = {"rung": {"CPEG": "CMT", "CMT": "CABINET", "CABINET": "CABINET"}[body]}
    words = {"report": "done"} if step == "report" else {"reason": "because"}
    try:
        who, on_behalf = (SERVICE, None) if step == "report" else (clerk, body)
        council.step(who, "intervention", (*SERIES, "1"), step, fields, words=words, body=on_behalf)
    except Refused:
        pass  # the point is that both councils refuse the same


acts = st.lists(
    st.tuples(
        st.integers(min_value=1, max_value=60),
        st.sampled_from(["answer", "report", "continue", "move", "leave_with_service"]),
        answers,
    ),
    min_size=1,
    max_size=6,
)


@QUIET
@given(acts, st.integers(min_value=0, max_value=23))
def test_ticks_that_come_hours_late_give_the_same_state_as_ticks_on_the_instant(
    example: Pack, course: list[tuple[int, str, str]], hours_late: int
) -> None:
    """None is more than a working day late, and fire-before-handle closes the gap before every act."""
    on_time, late = new_council(example), new_council(example)
    for council in (on_time, late):
        submit(council, "2017-05", "90", "enter")
        submit(council, "2017-06", "80", "enter")
    day = START
    for days, step, category in course:
        day += timedelta(days=days)
        on_time.live_until(day)
        each = late.clock.now().astimezone(LONDON).date()
        while each < day:
            each += timedelta(days=1)
            late.clock.set(datetime.combine(each, time(hours_late), tzinfo=LONDON))
            if each < day or hours_late <= 9:
                late.tick()
        late.at(day)
        act(on_time, step, category)
        act(late, step, category)
    on_time.tick()
    late.tick()
    assert rows(on_time, MATTERS) == rows(late, MATTERS)
    assert rows(on_time, DUE) == rows(late, DUE)


@QUIET
@given(acts)
def test_the_due_index_is_the_fold_of_open_deadlines(
    example: Pack, course: list[tuple[int, str, str]]
) -> None:
    council = new_council(example)
    submit(council, "2017-05", "90", "enter")
    submit(council, "2017-06", "80", "enter")
    day = START
    for days, step, category in course:
        day += timedelta(days=days)
        council.live_until(day)
        act(council, step, category)
    prefix = Prefix()
    for fact in council.store.page(0, 100_000):
        prefix.take(fact)
    held = prefix.interventions(*SERIES)
    expected = {
        (subject, name, deadline.due_at)
        for subject, instance in held.instances.items()
        for name, deadline in instance.open.items()
    }
    listed = {(r["subject"], r["name"], r["deadline_at"]) for r in council.store.rows(DUE, {"passed": 0})}
    assert listed == expected


@QUIET
@given(acts, st.integers(min_value=0, max_value=200))
def test_as_of_a_day_is_the_prefix_of_the_log(
    example: Pack, course: list[tuple[int, str, str]], back: int
) -> None:
    from engine.testing import InMemoryStore

    council = new_council(example)
    submit(council, "2017-05", "90", "enter")
    submit(council, "2017-06", "80", "enter")
    day = START
    for days, step, category in course:
        day += timedelta(days=days)
        council.live_until(day)
        act(council, step, category)
    until = instant(datetime.combine(day - timedelta(days=back), time(23, 59), tzinfo=LONDON))
    position = council.store.position_at(until)
    then = InMemoryStore(VIEWS)
    _copy(council, then, position)
    for view in (MATTERS, STATUSES, DUE):
        shown = sorted((dict(row) for row in council.store.rows(view, at=position)), key=str)
        assert shown == sorted((dict(row) for row in then.rows(view)), key=str), view.name


def _copy(council: Council, into: object, position: int) -> None:
    """Commit the same facts, command by command, to another store."""
    from itertools import groupby

    from engine.ports import Part, Store, Unit
    from events.fact import Draft

    store: Store = into  # type: ignore[assignment]  # any store will do
    facts = council.store.page(0, position) if position else []
    for command_id, group in groupby(facts, key=lambda fact: fact.command_id):
        own = list(group)
        drafts = [
            Draft(
                stream=f.stream,
                event=f.event,
                received_at=f.received_at,
                effective_on=f.effective_on,
                actor=f.actor,
                account=f.account,
                command_id=f.command_id,
                correlation_id=f.correlation_id,
                caused_by=f.caused_by,
            )
            for f in own
        ]
        store.commit(
            Unit(
                parts=[Part(command_id=command_id, request_digest="", drafts=drafts)],
                read={},
                now=own[-1].recorded_at,
            )
        )


@pytest.mark.parametrize("cuts", [[100], [7, 13, 40]])
def test_replay_in_parts_is_replay_at_once(example: Pack, cuts: list[int]) -> None:
    council = new_council(example)
    for month, value in zip(MONTHS, ("90", "80", "90", "80", "96"), strict=True):
        submit(council, month, value, "enter")
    whole, parts = Prefix(), Prefix()
    for fact in council.store.page(0, 100_000):
        whole.take(fact)
    position = 0
    for until in (*cuts, council.store.head().position):
        for fact in council.store.page(position, 100_000, until=until):
            parts.take(fact)
        position = max(position, until)
    assert parts.series(*SERIES) == whole.series(*SERIES)
    assert parts.interventions(*SERIES) == whole.interventions(*SERIES)
