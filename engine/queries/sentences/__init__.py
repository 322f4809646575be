"""Every fact as one sentence a person can read: one function a fact type, found by registry.

A new kind of fact gets its function in the file of its noun; a test asserts that none is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from engine.queries.names import Names
from engine.queries.sentences import book, figures, imports, people, periods, register, statuses, workflow
from engine.queries.sentences.telling import TELLERS
from events.fact import Fact
from events.schema import Event
from events.text import is_ref

__all__ = [
    "TELLERS",
    "book",
    "fetch_texts",
    "figures",
    "imports",
    "people",
    "periods",
    "register",
    "sentence",
    "statuses",
    "workflow",
]


def sentence(fact: Fact[Event], names: Names) -> str:
    """What a fact says, as one sentence."""
    teller = TELLERS.get(type(fact.event))
    said = teller(fact.event, fact, names) if teller else f"{fact.type} on {fact.stream}"
    said = said[:1].upper() + said[1:] if said.startswith(("the ", "trigger ")) else said
    return said if said.endswith((".", "”", "!", "?")) else f"{said}."


def fetch_texts(facts: Iterable[Fact[Event]], names: Names) -> None:
    """Read every text that some facts cite in one go."""
    names.fetch({ref for fact in facts for ref in _refs(msgspec.to_builtins(fact.event))})


def _refs(value: object) -> set[str]:
    if is_ref(value):
        return {str(value)}
    if isinstance(value, dict):
        return {ref for inner in value.values() for ref in _refs(inner)}
    if isinstance(value, list | tuple):
        return {ref for inner in value for ref in _refs(inner)}
    return set()
