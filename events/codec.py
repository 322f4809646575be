"""How a fact becomes bytes and comes back: one line of UTF-8 JSON with sorted keys, hashed as stored.

Bytes are never re-canonicalised: what was written is what is hashed, read and proven. Figures are decimal
strings. Decoding is typed, one decoder per fact type and schema version.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any, Generic, TypeVar

import msgspec
from msgspec.structs import astuple, force_setattr

from events import kinds
from events.errors import Broken, Problem
from events.fact import Fact
from events.instant import Instant
from events.schema import TYPES, VERSIONS, Event
from events.upcast import lift

__all__ = ["MOST_BYTES", "UNREADABLE", "decode", "encode", "kinds", "leaf", "read"]

MOST_BYTES = 60_000
"""A body is at most this long; evidence and packs stand in the blobs."""

T = TypeVar("T")


class Body(msgspec.Struct, Generic[T], frozen=True, gc=False):
    """The stored form: everything that has meaning, except the position; the fields of a fact, in their order."""

    account: str
    actor: str
    caused_by: str | None
    command_id: str
    correlation_id: str
    effective_on: date
    event: T
    received_at: Instant
    recorded_at: Instant
    schema: int
    stream: str
    type: str
    version: int


_encoder = msgspec.json.Encoder(order="sorted")
_decoders: dict[str, msgspec.json.Decoder[Fact[Any]]] = {
    name: msgspec.json.Decoder(Fact[struct])  # type: ignore[valid-type]
    for name, struct in TYPES.items()
}
_raw = msgspec.json.Decoder(Body[dict[str, Any]])


def encode(fact: Fact[Event]) -> bytes:
    """Write the body of a fact. Raises Broken where it is larger than `MOST_BYTES`."""
    body = _encoder.encode(Body(*astuple(fact)[1:]))  # all but the position, which comes first
    if len(body) > MOST_BYTES:
        raise Broken(
            Problem(
                code="GT-LOG-001",
                sentence=f"A fact of type {fact.type} would take {len(body):,} bytes; at most {MOST_BYTES:,} fit.",
                fix="Shorten the longest part of it.",
            )
        )
    return body


UNREADABLE = (msgspec.MsgspecError, ValueError, KeyError)
"""What a body that cannot be read raises; ValueError: bytes that are not UTF-8."""


def read(type_: str, schema: int, body: bytes) -> Fact[Event]:
    """Read a fact back without its position. Raises one of UNREADABLE; `decode` says it in a sentence."""
    if VERSIONS[type_] == schema:
        return _decoders[type_].decode(body)
    return _lifted(type_, schema, body)


def decode(position: int, type_: str, schema: int, body: bytes) -> Fact[Event]:
    """Read a fact back, lifting older schema versions. Raises Broken for a body that cannot be read."""
    try:
        fact = read(type_, schema, body)
    except UNREADABLE as problem:
        raise Broken(
            Problem(
                code="GT-LOG-002",
                sentence=f"Event {position} ({type_}, schema {schema}) cannot be read: {_told(problem)}.",
                fix="Run 'goldenthread audit verify'; a newer goldenthread may have written this book.",
            )
        ) from problem
    force_setattr(fact, "position", position)  # nobody else has seen it yet
    return fact


def _told(problem: Exception) -> str:
    """What an exception says; KeyError would put it in quotation marks."""
    return str(problem.args[0]) if problem.args else type(problem).__name__


def _lifted(type_: str, schema: int, body: bytes) -> Fact[Event]:
    read = _raw.decode(body)
    event = msgspec.convert(lift(type_, schema, read.event), TYPES[type_])
    about = {name: getattr(read, name) for name in Body.__struct_fields__ if name != "event"}
    return Fact(event=event, **about)


def leaf(body: bytes) -> bytes:
    """The leaf hash of a body: SHA-256(0x00 ‖ body), 32 bytes. Source: RFC 6962, section 2.1."""
    hashed = _LEAF.copy()
    hashed.update(body)
    return hashed.digest()


_LEAF = hashlib.sha256(b"\x00")
"""How every leaf begins; a copy of it is cheaper than to begin anew."""
