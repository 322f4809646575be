"""Many at once is the same as one by one, to the byte: whatever way a database has of writing many rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from engine.ports import Notice, Part, Store
from engine.view import View
from events.text import Text
from tests.contract.conftest import STORES, Desk
from tests.contract.meetings import VIEWS

WORDS = (
    "plain",
    "",
    "NULL",
    "null",
    "\\N",
    "\\.",
    "\\",
    "\\\\x00",
    "a\tb",
    "a\nb\r\nc",
    "\n",
    'say "yes"',
    '"',
    "it's",
    "{a,b}",
    "{}",
    ",",
    "%s ? $1 :name",
    "café · naïve · £",
    "\U0001f9f5\U0001f3db",
    "\u2028\u00a0\ufeff",
    "x" * 1_500,
    " spaced ",
)
"""What rows are made of that one way of writing or another might spoil."""
AROUND = 40
"""So many plain ones besides, that the unit is a large one."""


@pytest.fixture(params=STORES)
def two(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """Two books of the same kind."""
    for name in ("many", "few"):
        (tmp_path / name).mkdir()
    with (
        closing(STORES[request.param](tmp_path / "many", VIEWS)) as many,
        closing(STORES[request.param](tmp_path / "few", VIEWS)) as few,
    ):
        yield many, few


def parts(desk: Desk, turn: int) -> list[Part]:
    """One command for each of the words, and some more: about bodies, in streams, by actors of that name."""
    made = []
    for number, word in enumerate([*WORDS, *(f"body {n}" for n in range(AROUND))]):
        name = f"{turn}-{number}-{word[:50]}"
        notice = Notice(to=word, kind="kind", subject=word, words=word)
        made.append(
            desk.part(
                desk.added(body=word, day=1 + turn),
                desk.added(body="cabinet", day=20),
                stream=f"s/{word}",
                command_id=name,
                actor=word if number % 2 else "nobody",  # who is nobody stands as NULL in a view
                correlation_id=word or None,
                notices=[(0, notice)],
            )
        )
    return made


def everything(store: Store, views: tuple[View, ...]) -> dict[str, Any]:
    """All that stands in a book."""
    texts = store.texts([Text(b"n" * 16, word).ref for word in WORDS])
    return {
        "events": store.stored(0, 10_000),
        "commands": store.commands("", 10_000),
        "outbox": store.outbox(unsent_only=False),
        "texts": texts,
        "blobs": [store.blob(digest(word)) for word in WORDS],
        **{view.name: store.rows(view) for view in views},
        "then": store.rows(views[0], at=len(WORDS)),
        "streams": store.streams({f"s/{word}": 0 for word in WORDS}),
    }


def digest(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()


def test_a_large_unit_leaves_what_small_ones_leave(two: tuple[Store, Store], desk: Desk) -> None:
    many, few = two
    texts = [Text(b"n" * 16, word) for word in WORDS]
    blobs = {digest(word): word.encode() for word in WORDS}
    for turn in range(2):  # the second turn changes rows of views that the first one made
        made = parts(desk, turn)
        many.commit(desk.unit(*made, texts=texts, blobs=blobs))
        for part in made:
            few.commit(desk.unit(part, texts=texts, blobs=blobs))
    assert everything(many, VIEWS) == everything(few, VIEWS)
    for store in two:
        assert store.differences(VIEWS) == []


def test_what_was_written_at_once_is_found_by_what_it_says(two: tuple[Store, Store], desk: Desk) -> None:
    many, _ = two
    made = parts(desk, 0)
    facts = many.commit(desk.unit(*made))
    assert many.page(0, 10_000) == facts
    assert set(many.known([part.command_id for part in made])) == {part.command_id for part in made}
    found = many.streams({f"s/{word}": 1 for word in WORDS})
    assert [len(found[f"s/{word}"]) for word in WORDS] == [1] * len(WORDS)
    rows = {row["body"]: row for row in many.rows(VIEWS[0])}
    assert set(rows) == {*WORDS, *(f"body {n}" for n in range(AROUND)), "cabinet"}
    assert all(many.row(VIEWS[0], (word,)) == rows[word] for word in WORDS)
    by = {row["body"]: row["by"] for row in many.rows(VIEWS[1]) if row["body"] != "cabinet"}
    assert [by[word] for word in WORDS] == [word if number % 2 else None for number, word in enumerate(WORDS)]


def test_a_large_unit_that_is_refused_leaves_nothing(two: tuple[Store, Store], desk: Desk) -> None:
    many, _ = two
    made = parts(desk, 0)
    with pytest.raises(LookupError):
        many.commit(desk.unit(*made, desk.part(desk.added(body="a body nobody expected"))))
    assert many.head().position == 0
    assert many.rows(VIEWS[0]) == []
    assert many.known([part.command_id for part in made]) == {}
