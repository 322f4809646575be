"""A pack as judged and decided by: its two halves joined, and one canonical form from which all of it comes back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import cached_property

import msgspec

from rules.ir import RuleSet
from workflows.definition import Definition
from workflows.organisation import Organisation

FORMAT = 1
"""The version of the canonical form; older ones stay readable for ever."""


class Assumption(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a source leaves open, the reading taken, and the alternative; initialled when the pack is adopted."""

    id: str
    issue: str
    reading: str
    quote: str = ""
    alternative: str = ""
    covers: tuple[str, ...] = ()
    """Where the pack leans on it, as paths from the top: ``triggers.concern``."""


class Source(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One block of the pack and the clause of the source document that says it."""

    path: str
    clause: str


class Pack(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One version of one council's framework. Everything in it is in its canonical form, and so in its digest."""

    name: str
    title: str
    version: str
    effective_from: date
    source: str
    """The document it was written from."""
    organisation: Organisation
    """Calendar settings, bodies, roles, ladder, report-back categories and menu."""
    rules: RuleSet
    workflows: Mapping[str, Definition]
    """Workflow name, as the pack calls it, → its resolved definition."""
    assumptions: Mapping[str, Assumption] = msgspec.field(default_factory=dict)
    sources: tuple[Source, ...] = ()

    def canonical(self) -> bytes:
        """The resolved pack as sorted JSON: kept whole in the blobs, enough to judge and decide without its folder."""
        return msgspec.json.encode({"format": FORMAT, "pack": self}, order="sorted")

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical form, in hex: what every decision cites."""
        return hashlib.sha256(self.canonical()).hexdigest()
