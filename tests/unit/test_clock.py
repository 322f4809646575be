"""Ids sort by the time they were made and never repeat; the fakes do what they are told."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from adapters.clock import SystemClock, SystemIds
from engine.testing import CountingIds, FrozenClock


def test_ids_keep_their_order_and_never_repeat() -> None:
    ids = SystemIds()
    made = [ids.command_id() for _ in range(5_000)]
    assert made == sorted(set(made))
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{26}", name) for name in made)


def test_two_programs_never_make_the_same_id() -> None:
    one, other = SystemIds(), SystemIds()
    assert not {one.command_id() for _ in range(1_000)} & {other.command_id() for _ in range(1_000)}


def test_an_id_tells_when_it_was_made() -> None:
    before = SystemClock().now()
    number = 0
    for character in SystemIds().command_id():
        number = number * 32 + "0123456789ABCDEFGHJKMNPQRSTVWXYZ".index(character)
    made = datetime.fromtimestamp((number >> 80) / 1000, UTC)
    assert before - timedelta(milliseconds=1) <= made <= SystemClock().now()


def test_nonces_are_16_bytes_that_differ() -> None:
    nonces = {SystemIds().nonce() for _ in range(100)}
    assert len(nonces) == 100
    assert {len(nonce) for nonce in nonces} == {16}


def test_the_clock_of_the_machine_knows_its_zone() -> None:
    assert SystemClock().now().tzinfo is UTC


def test_a_frozen_clock_moves_only_when_asked() -> None:
    clock = FrozenClock(datetime(2026, 3, 28, 23, tzinfo=UTC))
    assert clock.now() == clock.now()
    clock.advance(timedelta(hours=2))
    assert clock.now() == datetime(2026, 3, 29, 1, tzinfo=UTC)
    clock.set(datetime(2026, 1, 1, tzinfo=UTC))
    assert clock.now() == datetime(2026, 1, 1, tzinfo=UTC)
    with pytest.raises(ValueError, match="time zone"):
        clock.set(datetime(2026, 1, 1))  # noqa: DTZ001  # naive on purpose


def test_counted_ids_are_the_same_in_every_run() -> None:
    ids = CountingIds()
    assert [ids.command_id(), ids.command_id()] == ["C0000001", "C0000002"]
    assert ids.nonce() == bytes(15) + b"\x01"
