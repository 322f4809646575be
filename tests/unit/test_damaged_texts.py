"""A flipped bit may make another kind of value of a text, its nonce or a blob: no reference fits it then, and nothing breaks."""

from __future__ import annotations

import pytest

from adapters.sql.keeping import _bytes, _text
from events.text import Text

WHOLE = Text(b"0123456789abcdef", "Priya Nair")


def test_what_is_whole_stands_as_it_is() -> None:
    assert _text(memoryview(WHOLE.nonce), WHOLE.text) == WHOLE
    assert _bytes(memoryview(b"pack")) == b"pack"


@pytest.mark.parametrize(
    ("nonce", "text"),
    [(WHOLE.nonce, b"Priya Nair"), ("0123456789abcdef", "Priya Nair"), (7, "Priya Nair"), (WHOLE.nonce, 7)],
)
def test_another_kind_of_value_is_a_text_that_its_reference_does_not_fit(nonce: object, text: object) -> None:
    assert _text(nonce, text).ref != WHOLE.ref


@pytest.mark.parametrize("content", ["pack", 7, 1.5])
def test_a_blob_of_another_kind_is_empty(content: object) -> None:
    assert _bytes(content) == b""
