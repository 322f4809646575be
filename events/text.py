"""Free text stays out of facts: a fact holds a salted digest, the text stands in an erasable table.

So a name or a comment can be erased without breaking the proof that the record is whole.
"""

from __future__ import annotations

import hashlib
from typing import NewType

import msgspec

TextRef = NewType("TextRef", str)
"""``text:`` and the SHA-256, in hex, of a 16-byte nonce followed by the UTF-8 text."""

PREFIX = "text:"


class Text(msgspec.Struct, frozen=True):
    """A text with the nonce that salts its reference."""

    nonce: bytes
    text: str

    @property
    def ref(self) -> TextRef:
        """The reference a fact holds in place of the text."""
        return TextRef(PREFIX + hashlib.sha256(self.nonce + self.text.encode()).hexdigest())


def is_ref(value: object) -> bool:
    """Whether a field's value is a reference to a text."""
    return isinstance(value, str) and value.startswith(PREFIX)
