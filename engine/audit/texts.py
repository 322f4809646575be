"""Texts and blobs stand outside the facts: what a fact cites must be there and give the digest it is cited by.

An erased text is no fault. A text that is simply gone is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

import msgspec

from engine.audit.faults import Fault
from engine.audit.pages import each
from engine.ports import Store, Stored
from events.errors import Broken, Unavailable

_BEGINS = b'"text:'
_RARE = ord("x")
"""A letter of that which few bodies hold: a letter is found many times faster than a word."""
_REF = re.compile(rb'[:,\[]"(text:[0-9a-f]{64})"(?!:)')
"""A reference as the value of a field or in a list; within a text of somebody its quotation mark would be escaped."""
_DIGESTS = {"pack.proposed": "digest", "pack.adopted": "digest"}
"""Fact type → the field that names a blob by its SHA-256 in hex."""
_NAMING = tuple(_DIGESTS)
"""As a tuple: a damaged type is compared with them, and not hashed."""


class Texts:
    """Looks up what rows cite; a blob is read once, however often it is cited."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._whole: set[str] = set()

    def faults(self, rows: Sequence[Stored]) -> Iterator[Fault]:
        """What is wrong with the texts and blobs that some rows cite."""
        cited = [
            (row.position, ref)
            for row in rows
            if isinstance(row.body, bytes) and _RARE in row.body
            for ref in _refs(row.body)
        ]
        if cited:
            yield from self._text_faults(cited)
        for row in [row for row in rows if row.type in _NAMING]:
            yield from self._blob_faults(row)

    def _text_faults(self, cited: Sequence[tuple[int, str]]) -> Iterator[Fault]:
        texts, unreadable = each(self._store.texts, {ref for _, ref in cited})
        altered = {ref for ref, text in texts.items() if text is not None and text.ref != ref}
        for position, ref in cited:
            if ref in unreadable:
                sentence = f"A text that event {position} cites cannot be read: {unreadable[ref]}"
            elif ref not in texts:
                sentence = f"A text that event {position} cites is gone, and was not erased."
            elif ref in altered:
                sentence = f"A text that event {position} cites has been altered."
            else:
                continue
            yield Fault(position, "text", sentence)

    def _blob_faults(self, row: Stored) -> Iterator[Fault]:
        digest = _event(row).get(_DIGESTS[row.type])
        if not isinstance(digest, str) or digest in self._whole:
            return
        try:
            content = self._store.blob(digest)
        except Unavailable:
            raise
        except Broken as problem:
            sentence = problem.problems[0].sentence
            yield Fault(
                row.position, "blob", f"The pack that event {row.position} cites cannot be read: {sentence}"
            )
            return
        if content is None:
            yield Fault(
                row.position, "blob", f"The pack that event {row.position} cites is not in the record."
            )
        elif sha256(content).hexdigest() != digest:
            yield Fault(row.position, "blob", f"The pack that event {row.position} cites has been altered.")
        else:
            self._whole.add(digest)


def _event(row: Stored) -> Mapping[str, object]:
    try:
        event = msgspec.json.decode(row.body)["event"]
    except (msgspec.MsgspecError, ValueError, LookupError, TypeError):
        return {}  # what is wrong with the body is said elsewhere
    return event if isinstance(event, Mapping) else {}


def _refs(body: bytes) -> Iterator[str]:
    """The texts that a body cites."""
    at = body.find(_BEGINS)
    while at >= 0:
        if cited := _REF.match(body, at - 1):
            yield cited[1].decode()
        at = body.find(_BEGINS, at + 1)
