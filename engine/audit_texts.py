"""Texts and blobs stand outside the facts: what a fact cites must be there and give the digest it is cited by.

An erased text is no fault. A text that is simply gone is one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from engine.faults import Fault
from engine.ports import Store, Stored
from events.text import is_ref

_DIGESTS = {"pack.proposed": "digest"}
"""Fact type → the field that names a blob by its SHA-256 in hex."""


def text_faults(store: Store, page: Sequence[Stored]) -> list[Fault]:
    """What is wrong with the texts and blobs that some rows cite."""
    cited = [(row.position, ref) for row in page for ref in _refs(_event(row))]
    texts = store.texts({ref for _, ref in cited})
    faults = []
    for position, ref in cited:
        if ref not in texts:
            faults.append(
                Fault(position, "text", f"A text that event {position} cites is gone, and was not erased.")
            )
        elif (text := texts[ref]) is not None and text.ref != ref:
            faults.append(Fault(position, "text", f"A text that event {position} cites has been altered."))
    return faults + [fault for row in page if row.type in _DIGESTS for fault in _blob_faults(store, row)]


def _blob_faults(store: Store, row: Stored) -> Iterator[Fault]:
    event = _event(row)
    digest = event.get(_DIGESTS[row.type]) if isinstance(event, Mapping) else None
    if isinstance(digest, str):
        content = store.blob(digest)
        if content is None:
            yield Fault(
                row.position, "blob", f"The pack that event {row.position} cites is not in the record."
            )
        elif hashlib.sha256(content).hexdigest() != digest:
            yield Fault(row.position, "blob", f"The pack that event {row.position} cites has been altered.")


def _event(row: Stored) -> object:
    try:
        return msgspec.json.decode(row.body).get("event")
    except (msgspec.DecodeError, AttributeError, ValueError):
        return None


def _refs(part: object) -> Iterator[str]:
    values: Iterable[object] = ()
    if isinstance(part, str):
        if is_ref(part):
            yield part
        return
    if isinstance(part, Mapping):
        values = part.values()
    elif isinstance(part, list):
        values = part
    for value in values:
        yield from _refs(value)
