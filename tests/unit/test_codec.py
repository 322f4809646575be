"""What is written is what is read: every fact survives its bytes, and bytes once written stay readable for ever."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given, settings

from events.codec import decode, encode, leaf
from events.errors import Broken
from events.fact import Fact
from events.instant import instant, moment
from events.schema import TYPES, VERSIONS, Event
from tests.unit.facts import ARBITRARY_FACTS, NOW, fact, sample
from tests.unit.golden.write_missing import FOLDER, golden


@settings(max_examples=400)
@given(recorded=ARBITRARY_FACTS)
def test_every_fact_survives_its_bytes(recorded: Fact[Event]) -> None:
    body = encode(recorded)
    assert decode(recorded.position, recorded.type, recorded.schema, body) == recorded
    assert encode(decode(recorded.position, recorded.type, recorded.schema, body)) == body


@settings(max_examples=100)
@given(recorded=ARBITRARY_FACTS)
def test_a_body_is_one_line_with_its_keys_in_order_and_without_the_position(recorded: Fact[Event]) -> None:
    body = encode(recorded)
    keys = list(msgspec.json.decode(body))
    assert keys == sorted(keys)
    assert "position" not in keys
    assert b"\n" not in body


@pytest.mark.parametrize(("type_", "version"), sorted(VERSIONS.items()))
def test_every_type_has_a_golden_body(type_: str, version: int) -> None:
    assert golden(type_, version).exists(), "run python -m tests.unit.golden.write_missing"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_a_golden_body_is_read_and_written_back_the_same(path) -> None:  # type: ignore[no-untyped-def]
    type_, version = path.stem.rsplit(".v", 1)
    read = decode(12, type_, int(version), path.read_bytes())
    assert isinstance(read.event, TYPES[type_])
    assert (read.position, read.type, read.schema) == (12, type_, int(version))
    if int(version) == VERSIONS[type_]:
        assert encode(read) == path.read_bytes()


def test_numbers_are_written_as_they_were_entered() -> None:
    body = encode(fact(sample(TYPES["figure.entered"]), "figure.entered"))
    assert b'"value":"57.10"' in body


def test_a_leaf_is_the_hash_of_a_zero_byte_and_the_body() -> None:
    assert leaf(b"body") == hashlib.sha256(b"\x00body").digest()


@pytest.mark.parametrize(
    ("type_", "schema", "body"),
    [
        ("meeting.added", 1, b"{}"),
        ("meeting.added", 1, b"not json"),
        ("meeting.added", 2, encode(fact(sample(TYPES["meeting.added"]), "meeting.added"))),
        ("never.happened", 1, encode(fact(sample(TYPES["meeting.added"]), "meeting.added"))),
    ],
)
def test_a_body_that_cannot_be_read_is_named_by_its_position(type_: str, schema: int, body: bytes) -> None:
    with pytest.raises(Broken, match="Event 7 ") as broken:
        decode(7, type_, schema, body)
    assert broken.value.problems[0].code == "GT-LOG-002"


def test_instants_are_27_characters_whose_order_is_time() -> None:
    assert instant(datetime(2026, 4, 1, 9, tzinfo=UTC)) == NOW
    early = instant(datetime(33, 4, 1, 9, tzinfo=UTC))
    assert (early, len(early)) == ("0033-04-01T09:00:00.000000Z", 27)
    assert early < NOW
    assert moment(NOW) == datetime(2026, 4, 1, 9, tzinfo=UTC)
