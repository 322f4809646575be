"""The log can be read by people: every fact a sentence, and what led to what."""

from __future__ import annotations

import pytest

from engine.queries import log
from engine.queries.names import Names
from engine.queries.sentences import TELLERS
from engine.testing.council import Council
from events.errors import NotFound
from events.instant import EARLIEST

ANALYST, MANAGER = "p3", "p4"


@pytest.fixture
def names(council: Council) -> Names:
    return Names({"p3": "Priya", "p4": "Tom"}, council.store.texts)


@pytest.fixture
def red(council: Council) -> Council:
    for period, value in (("2017-05", "90"), ("2017-06", "80")):
        council.figure(ANALYST, "enter", f"AE4/acute/{period}", value)
        council.figure(MANAGER, "confirm", f"AE4/acute/{period}")
    return council


def test_one_confirmation_is_traced_to_everything_it_led_to(red: Council, names: Names) -> None:
    proposed = red.store.find(types=("intervention.proposed",))[0]
    traced = log.trace(red.engine, proposed.position, names=names)
    assert [(line.depth, line.type) for line in traced] == [
        (0, "figure.confirmed"),
        (1, "trigger.fired"),
        (2, "intervention.proposed"),
        (1, "status.assessed"),
    ]
    assert log.trace(red.engine, proposed.command_id, names=names) == traced


def test_facts_are_found_by_type_person_stream_and_words(red: Council, names: Names) -> None:
    confirmed = log.search(red.engine, names=names, types=["figure.confirmed"])
    assert [line.sentence for line in confirmed] == [
        "Tom confirmed 90 for AE4/acute/2017-05, 17 working days late.",
        "Tom confirmed 80 for AE4/acute/2017-06.",
    ]
    assert {line.type for line in log.search(red.engine, names=names, types=["figure"])} == {
        "figure.entered",
        "figure.confirmed",
    }
    assert len(log.search(red.engine, names=names, person=ANALYST)) == 2
    assert [line.type for line in log.search(red.engine, names=names, words="refers the series")] == [
        "trigger.fired"
    ]
    assert len(log.search(red.engine, names=names, limit=3)) == 3
    assert log.search(red.engine, names=names)[-1].position == red.store.head().position


def test_an_unknown_type_or_position_or_stream_is_said_to_be_one(red: Council, names: Names) -> None:
    with pytest.raises(NotFound, match=r"Did you mean 'figure\.entered'"):
        log.search(red.engine, names=names, types=["figure.enterd"])
    with pytest.raises(NotFound, match="There is no event 9999"):
        log.show(red.engine, 9999, names=names)
    with pytest.raises(NotFound, match="no stream"):
        log.stream(red.engine, "series/X/y", names=names)
    with pytest.raises(NotFound, match="No command"):
        log.trace(red.engine, "nothing", names=names)


def test_a_comment_is_read_from_the_texts_and_gone_once_it_is_erased(red: Council, names: Names) -> None:
    red.figure(MANAGER, "comment", "AE4/acute/2017-06", words={"comment": "Beds were closed."})
    said = log.stream(red.engine, "series/AE4/acute", names=names)[-1]
    assert said.sentence == "Tom commented on AE4/acute/2017-06: “Beds were closed.”"
    comment = red.store.page(said.position - 1, 1)[0].event.comment
    red.store.erase(comment, EARLIEST)
    again = log.stream(red.engine, "series/AE4/acute", names=Names({}, red.store.texts))[-1]
    assert again.sentence == "p4 commented on AE4/acute/2017-06: “(text erased)”"


def test_the_tail_goes_on_where_it_was_left(red: Council, names: Names) -> None:
    head = red.store.head().position
    assert log.tail(red.engine, head, names=names) == []
    red.figure(ANALYST, "restate", "AE4/acute/2017-06", "81", words={"reason": "Miscounted."})
    (line,) = log.tail(red.engine, head, names=names)
    assert line.sentence == "Priya proposed to restate AE4/acute/2017-06 as 81: “Miscounted.”"


def test_no_sentence_of_a_whole_book_falls_back_on_type_and_stream(red: Council, names: Names) -> None:
    facts = red.store.page(0, 1000)
    assert all(type(fact.event) in TELLERS for fact in facts)
    for line in log.tail(red.engine, 0, names=names):
        assert not line.sentence.startswith(f"{line.type} on")
        assert line.sentence[-1] in ".”!?"


def test_what_was_recorded_later_was_not_known_then(red: Council, names: Names) -> None:
    confirmed = red.store.find(types=("figure.confirmed",))[-1]
    after = red.store.head().position
    with pytest.raises(NotFound, match="was not known then: the record ended with event 5"):
        log.show(red.engine, confirmed.position, names=names, at=5)
    for named in (confirmed.position, confirmed.command_id):
        with pytest.raises(NotFound, match="was not known then"):
            log.trace(red.engine, named, names=names, at=5)
    with pytest.raises(NotFound, match="nothing was recorded yet"):
        log.trace(red.engine, 1, names=names, at=0)
    whole = log.trace(red.engine, confirmed.position, names=names, at=after)
    part = log.trace(red.engine, confirmed.position, names=names, at=confirmed.position)
    assert [line.type for line in part] == ["figure.confirmed"] == [whole[0].type]
    assert len(whole) > 1
