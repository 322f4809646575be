"""Which texts a body cites is told from its bytes, and every one that it cites is looked up."""

from __future__ import annotations

import json
from collections.abc import Collection

from hypothesis import given
from hypothesis import strategies as st

from engine.audit.texts import Texts
from engine.ports import Stored
from engine.testing import InMemoryStore
from events.text import Text

REFS = [Text(bytes([number]) * 16, "Ann Smith").ref for number in range(4)]
WORDS = st.one_of(
    st.sampled_from(REFS),
    st.text('xt:e,["\\', max_size=8),
    st.sampled_from(REFS).map(lambda ref: f'["{ref}"]'),
)
VALUES = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3)
)


class Asked(InMemoryStore):
    """Remembers which texts it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.refs: set[str] = set()

    def texts(self, refs: Collection[str]) -> dict[str, Text | None]:
        self.refs.update(refs)
        return super().texts(refs)


def strings(value: object) -> set[str]:
    """Every text that stands as a value; the name of a field is none."""
    if isinstance(value, dict):
        return {found for each in value.values() for found in strings(each)}
    if isinstance(value, list):
        return {found for each in value for found in strings(each)}
    return {value} if isinstance(value, str) else set()


def row(position: int, body: bytes) -> Stored:
    return Stored(position, "s", 1, "t", 1, "", "", "p", "c", "c", None, body, b"")  # type: ignore[arg-type]  # any instant


@given(st.lists(st.dictionaries(st.sampled_from("abx"), VALUES), max_size=4))
def test_a_text_that_a_body_cites_is_looked_up_and_no_other(events: list[dict[str, object]]) -> None:
    store = Asked()
    rows = [
        row(number, json.dumps({"event": event}, separators=(",", ":")).encode())
        for number, event in enumerate(events, 1)
    ]
    gone = {fault.position for fault in Texts(store).faults(rows)}
    cited = [strings(event) & set(REFS) for event in events]
    assert store.refs == set().union(*cited)
    assert gone == {number for number, refs in enumerate(cited, 1) if refs}
