"""What every store promises about the log: contiguous, versioned, all or nothing, each command once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from adapters.sql import reading
from engine.ports import CommandExists, Head, StaleRead, Store
from events.errors import Broken
from events.instant import EARLIEST, instant
from events.kinds.book import ClockCorrected
from events.kinds.workflow import MATTER_BEGUN, InterventionProposed, MatterBegun, Move
from events.text import TextRef


def test_an_empty_book_ends_at_nothing(store: Store) -> None:
    assert store.head() == Head(0, EARLIEST)
    assert store.page(0, 10) == []
    assert store.streams({"meetings": 0}) == {"meetings": []}
    assert store.position_at(EARLIEST) == 0


def test_a_commit_answers_its_facts_as_they_are_read_later(store: Store, desk: Any) -> None:
    facts = store.commit(desk.of(desk.added(day=1), desk.added(day=2), read={"meetings": 0}))
    assert [(fact.position, fact.stream, fact.version) for fact in facts] == [
        (1, "meetings", 1),
        (2, "meetings", 2),
    ]
    assert facts == store.page(0, 10) == store.streams({"meetings": 0})["meetings"]
    assert store.head() == Head(2, desk.at())


def test_positions_run_on_across_streams_and_versions_within_each(store: Store, desk: Any) -> None:
    store.commit(desk.of(desk.added(), stream="a"))
    store.commit(
        desk.unit(desk.part(desk.added(), stream="b"), desk.part(desk.added(), desk.added(), stream="a"))
    )
    found = [(fact.position, fact.stream, fact.version) for fact in store.page(0, 10)]
    assert found == [(1, "a", 1), (2, "b", 1), (3, "a", 2), (4, "a", 3)]


def test_several_streams_are_read_above_their_versions_at_once(store: Store, desk: Any) -> None:
    for number in range(300):
        store.commit(desk.of(desk.added(), desk.added(), stream=f"s{number % 150}"))
    found = store.streams({f"s{number}": number % 5 for number in range(151)})
    assert [len(found[f"s{number}"]) for number in range(151)] == [
        4 - number % 5 for number in range(150)
    ] + [0]
    assert [fact.version for fact in found["s2"]] == [3, 4]


def test_a_decision_on_an_old_version_is_refused_with_every_stream_that_grew(store: Store, desk: Any) -> None:
    store.commit(desk.of(desk.added(), stream="a"))
    store.commit(desk.of(desk.added(), stream="b"))
    with pytest.raises(StaleRead) as refused:
        store.commit(desk.of(desk.added(), stream="c", read={"a": 0, "b": 1, "c": 0, "d": 2}))
    assert refused.value.grown == {"a": (0, 1), "d": (2, 0)}
    assert store.head().position == 2


def test_a_decision_on_the_whole_log_is_refused_once_the_log_has_gone_on(store: Store, desk: Any) -> None:
    store.commit(desk.of(desk.added(), stream="a"))
    store.commit(desk.unit(desk.part(desk.added(), stream="b"), read={"b": 0}, unmoved=1))
    with pytest.raises(StaleRead, match="the log went on after 1") as refused:
        store.commit(desk.unit(desk.part(desk.added(), stream="c"), read={"c": 0}, unmoved=1))
    assert (refused.value.grown, refused.value.moved) == ({}, 1)
    assert store.head().position == 2
    assert len(store.commit(desk.unit(desk.part(desk.added(), stream="c"), unmoved=2))) == 1


def test_an_empty_log_that_had_to_stay_empty_is_told_from_one_that_may_grow(store: Store, desk: Any) -> None:
    store.commit(desk.unit(desk.part(desk.added()), unmoved=0))
    with pytest.raises(StaleRead):
        store.commit(desk.unit(desk.part(desk.added()), unmoved=0))


def test_a_command_is_written_once(store: Store, desk: Any) -> None:
    store.commit(desk.of(desk.added(), desk.added(), command_id="X"))
    with pytest.raises(CommandExists) as refused:
        store.commit(desk.unit(desk.part(desk.added()), desk.part(desk.added(), command_id="X")))
    assert (refused.value.row.first_position, refused.value.row.last_position) == (1, 2)
    assert refused.value.row.request_digest == "digest of X"
    assert store.head().position == 2


def test_a_known_command_is_told_before_a_stale_read(store: Store, desk: Any) -> None:
    store.commit(desk.of(desk.added(), command_id="X", read={"meetings": 0}))
    with pytest.raises(CommandExists):
        store.commit(desk.of(desk.added(), command_id="X", read={"meetings": 0}))


def test_a_command_without_facts_is_remembered(store: Store, desk: Any) -> None:
    assert store.commit(desk.of(command_id="X")) == []
    row = store.command("X")
    assert row is not None
    assert (row.first_position, row.last_position) == (0, 0)
    assert store.command("Y") is None
    assert store.find(command_id="X") == []


def test_commands_are_listed_by_id(store: Store, desk: Any) -> None:
    for name in ("C", "A", "B"):
        store.commit(desk.of(desk.added(), command_id=name))
    assert [row.command_id for row in store.commands("", 2)] == ["A", "B"]
    assert [row.command_id for row in store.commands("B", 2)] == ["C"]


def test_a_unit_put_together_wrongly_is_refused_whole(store: Store, desk: Any) -> None:
    with pytest.raises(Broken, match="stands twice"):
        store.commit(desk.unit(desk.part(command_id="X"), desk.part(command_id="X")))
    strange = desk.part(desk.added(), command_id="X")
    with pytest.raises(Broken, match="filed under command Y"):
        store.commit(desk.unit(desk.part(command_id="Y").__replace__(drafts=strange.drafts)))
    assert store.command("X") is None


def test_a_fact_too_large_for_the_log_leaves_nothing_behind(store: Store, desk: Any) -> None:
    with pytest.raises(Broken, match="would take"):
        store.commit(desk.of(desk.added(), desk.added(body="x" * 61_000), command_id="X"))
    assert store.head().position == 0
    assert store.command("X") is None


def test_recorded_time_never_falls(store: Store, desk: Any) -> None:
    first = store.commit(desk.of(desk.added()))[0]
    desk.wait(timedelta(minutes=-4))
    second = store.commit(desk.of(desk.added()))[0]
    assert second.recorded_at == first.recorded_at
    assert second.received_at == desk.at()


def test_a_clock_far_behind_the_record_stops_writing(store: Store, desk: Any) -> None:
    store.commit(desk.of(desk.added()))
    desk.wait(timedelta(minutes=-6))
    with pytest.raises(Broken, match="nothing was written") as refused:
        store.commit(desk.of(desk.added()))
    assert refused.value.problems[0].code == "GT-CLOCK-001"
    assert store.head().position == 1


def test_writing_goes_on_once_the_clock_is_owned_up_to(store: Store, desk: Any) -> None:
    desk.wait(timedelta(days=365))
    ahead = store.commit(desk.of(desk.added()))[0].recorded_at
    desk.wait(timedelta(days=-365))
    correction = ClockCorrected(head_was=ahead, clock_said=desk.at(), reason=TextRef("text:0"))
    store.commit(desk.of(correction, stream="book"))
    later = store.commit(desk.of(desk.added()))[0]
    assert later.recorded_at == ahead
    assert later.received_at < ahead


def test_a_correction_of_an_earlier_accident_does_not_excuse_a_new_one(store: Store, desk: Any) -> None:
    head = store.commit(desk.of(desk.added()))[0].recorded_at
    correction = ClockCorrected(head_was=head, clock_said=desk.at(), reason=TextRef("text:0"))
    store.commit(desk.of(correction, stream="book"))
    desk.wait(timedelta(days=1))
    store.commit(desk.of(desk.added()))
    desk.wait(timedelta(days=-1))
    with pytest.raises(Broken, match="nothing was written"):
        store.commit(desk.of(desk.added()))


def test_pages_stop_where_they_are_told(store: Store, desk: Any) -> None:
    store.commit(desk.of(*(desk.added(day=day) for day in range(1, 11))))
    assert [fact.position for fact in store.page(2, 3)] == [3, 4, 5]
    assert [fact.position for fact in store.page(2, 30, until=4)] == [3, 4]
    assert store.page(4, 30, until=4) == []
    assert [row.position for row in store.stored(8, 5)] == [9, 10]


def test_facts_are_found_by_what_they_are_about(store: Store, desk: Any) -> None:
    store.commit(desk.of(desk.added(), desk.cancelled(), stream="a/1", actor="ann", correlation_id="K"))
    store.commit(desk.of(desk.added(), stream="a/2", actor="bob", command_id="X", correlation_id="K"))
    store.commit(desk.of(desk.cancelled(), stream="b", actor="ann"))

    def found(**filters: Any) -> list[int]:
        return [fact.position for fact in store.find(**filters)]

    assert found() == [1, 2, 3, 4]
    assert found(correlation_id="K") == [1, 2, 3]
    assert found(command_id="X") == [3]
    assert found(types=["meeting.cancelled", "never.happened"]) == [2, 4]
    assert found(actor="ann", types=("meeting.added",)) == [1]
    assert found(stream_prefix="a/") == [1, 2, 3]
    assert found(stream_prefix="a/", after=1, until=2) == [2]
    assert found(limit=2) == [1, 2]
    assert found(limit=2, skip=1) == [2, 3]
    assert found(skip=4) == []
    assert found(limit=2, newest=True) == [3, 4]
    assert found(limit=2, skip=1, newest=True) == [2, 3]
    assert found(limit=1, stream_prefix="a/", until=2, newest=True) == [2]
    assert found(actor="ann", newest=True) == [1, 2, 4]
    store.commit(desk.of(desk.added(), stream="c", command_id="K"))
    assert found(correlation_id="K") == [1, 2, 3, 5]
    assert found(correlation_id="K", after=1, limit=2, newest=True) == [3, 5]


def test_facts_of_streams_are_found_however_many_there_are_of_them(
    store: Store, desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        stream = ("many/1", "many/2", "few")[number % 3 if number % 15 == 2 else number % 2]
        store.commit(desk.of(desk.added(), desk.cancelled(), stream=stream, actor=f"clerk {number % 4}"))

    def found(**filters: Any) -> list[int]:
        return [fact.position for fact in store.find(**filters)]

    def asked() -> list[list[int]]:
        return [
            found(stream_prefix=prefix, newest=newest, **more)
            for prefix in ("many/", "many/2", "few", "fewer", "nothing", "")
            for newest in (False, True)
            for more in (
                {},
                {"limit": 5, "skip": 2},
                {"after": 7, "until": 40, "limit": 9},
                {"types": ["meeting.added"], "limit": 4},
                {"actor": "clerk 1", "limit": 3, "until": 41},
            )
        ]

    few = asked()
    monkeypatch.setattr(reading, "FEW", 5)
    assert asked() == few
    facts = store.page(0, 100)
    assert few[0] == [fact.position for fact in facts if fact.stream.startswith("many/")]
    assert few[6] == few[0][-7:-2]


def test_facts_are_counted_by_type_and_stream_up_to_a_position(store: Store, desk: Any) -> None:
    begun = MatterBegun(move=Move(workflow="decision", subject="1", step="propose", source="", target="owed"))
    proposed = InterventionProposed(move=begun.move)
    for stream in ("matters/decision/A/x", "matters/decision/B/x", "matters/decisions/A/x"):
        store.commit(desk.of(begun, desk.added(), stream=stream))
    store.commit(desk.of(proposed, stream="interventions/A/x"))
    assert store.count(MATTER_BEGUN, "matters/decision/") == 2
    assert store.count(MATTER_BEGUN, "matters/decision/", until=2) == 1
    assert store.count(MATTER_BEGUN, "matters/", after=1, until=5) == 2
    assert store.count(MATTER_BEGUN, "interventions/") == 1
    assert store.count(["meeting.added"], "matters/") == 3
    assert store.count(["never.happened"], "") == 0
    second = store.find(types=MATTER_BEGUN, stream_prefix="matters/decision/", skip=1, limit=1)
    assert [fact.position for fact in second] == [3]


def test_a_count_is_the_same_however_often_and_in_whatever_order_it_is_asked(store: Store, desk: Any) -> None:
    begun = MatterBegun(move=Move(workflow="decision", subject="1", step="propose", source="", target="owed"))
    asked = [7, 3, 9, 3, 0, 5, 12, 9, 1]
    for _ in range(3):
        store.commit(desk.of(begun, desk.added(), begun, stream="matters/decision/A/x"))
        facts = [fact.position for fact in store.find(types=MATTER_BEGUN)]
        for until in asked:
            for after in asked:
                among = sum(after < position <= until for position in facts)
                assert store.count(MATTER_BEGUN, "matters/", after=after, until=until) == among


def test_an_as_of_day_is_a_prefix_of_the_log(store: Store, desk: Any) -> None:
    for _ in range(20):
        store.commit(desk.of(desk.added(), desk.added()))
        desk.wait(timedelta(days=1))
    start = desk.now - timedelta(days=20)
    assert store.position_at(instant(start - timedelta(seconds=1))) == 0
    assert [store.position_at(instant(start + timedelta(days=day, hours=1))) for day in (0, 7, 30)] == [
        2,
        16,
        40,
    ]
    assert store.position_at(instant(start + timedelta(days=3))) == 8


def test_rows_are_shown_exactly_as_stored(store: Store, desk: Any) -> None:
    fact = store.commit(desk.of(desk.added()))[0]
    row = store.stored(0, 1)[0]
    assert (row.stream, row.version, row.type, row.recorded_at) == (
        "meetings",
        1,
        "meeting.added",
        fact.recorded_at,
    )
    assert row.body.startswith(b'{"account":"clerk@townhall"')
    assert len(row.leaf) == 32
