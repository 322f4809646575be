"""What every store promises about texts, blobs, the outbox and its own small values."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from engine.ports import Notice, StaleRead, Store
from events.errors import Broken
from events.text import Text

WORDS = Text(b"0123456789abcdef", "Late because of the flood in Elm Street.")


def test_a_text_comes_back_by_its_reference(store: Store, desk: Any) -> None:
    store.commit(desk.unit(desk.part(desk.added()), texts=[WORDS]))
    assert store.texts([WORDS.ref, "text:unknown"]) == {WORDS.ref: WORDS}


def test_an_erased_text_stays_erased(store: Store, desk: Any) -> None:
    store.commit(desk.unit(desk.part(desk.added()), texts=[WORDS]))
    assert store.erase(WORDS.ref, desk.at()) is True
    assert store.texts([WORDS.ref]) == {WORDS.ref: None}
    assert store.erase(WORDS.ref, desk.at()) is False
    assert store.erase("text:unknown", desk.at()) is False
    store.commit(desk.unit(desk.part(desk.added()), texts=[WORDS]))
    assert store.texts([WORDS.ref]) == {WORDS.ref: None}


def test_a_blob_is_kept_under_its_digest_and_no_other(store: Store, desk: Any) -> None:
    content = b"pack" * 50_000
    digest = hashlib.sha256(content).hexdigest()
    store.commit(desk.unit(desk.part(desk.added()), blobs={digest: content}))
    store.commit(desk.unit(desk.part(desk.added()), blobs={digest: content}))
    assert store.blob(digest) == content
    assert store.blob("0" * 64) is None
    with pytest.raises(Broken, match="has another digest"):
        store.commit(desk.unit(desk.part(desk.added()), blobs={digest: b"swapped"}))


def test_notices_leave_with_the_fact_that_caused_them(store: Store, desk: Any) -> None:
    notice = Notice(to="cabinet", kind="reminder", subject="series/CH04/childrens@3", words="28 days before")
    other = Notice(to="clerk", kind="task", subject="INT-0001", words="answer by 30 June")
    store.commit(desk.of(desk.added()))
    store.commit(desk.unit(desk.part(desk.added(), desk.added(), notices=[(1, notice), (0, other)])))
    rows = store.outbox()
    assert [(row.position, row.notice, row.sent_at) for row in rows] == [(3, notice, None), (2, other, None)]
    store.mark_sent([rows[0].id], desk.at())
    assert [row.notice for row in store.outbox()] == [other]
    assert [row.sent_at for row in store.outbox(unsent_only=False)] == [desk.at(), None]
    assert len(store.outbox(unsent_only=False, limit=1)) == 1


def test_what_is_refused_leaves_nothing_beside_the_log(store: Store, desk: Any) -> None:
    notice = Notice(to="cabinet", kind="reminder", subject="x", words="y")
    digest = hashlib.sha256(b"z").hexdigest()
    unit = desk.unit(
        desk.part(desk.added(), notices=[(0, notice)]),
        read={"meetings": 7},
        texts=[WORDS],
        blobs={digest: b"z"},
    )
    with pytest.raises(StaleRead):
        store.commit(unit)
    assert (store.texts([WORDS.ref]), store.blob(digest), store.outbox()) == ({}, None, [])


def test_small_values_are_kept_and_replaced(store: Store) -> None:
    assert store.get_meta("last tick") is None
    store.set_meta("last tick", "one")
    store.set_meta("last tick", "two")
    assert store.get_meta("last tick") == "two"
