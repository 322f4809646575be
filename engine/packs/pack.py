"""A pack as judged and decided by: its two halves joined, under the digest of its canonical form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import msgspec

from engine.packs.adoption import Adoption
from engine.packs.closing import PeriodClose
from engine.packs.data_quality import ALL_ON, DataQuality
from rules.ir import RuleSet
from workflows.definition import Definition
from workflows.organisation import Organisation


class Assumption(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a source leaves open, the reading taken, and the alternative; initialled when the pack is adopted."""

    id: str
    issue: str
    reading: str
    quote: str = ""
    alternative: str = ""


class Source(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A block of the pack, and the clause of the source that says it or the assumptions it rests on."""

    path: tuple[str, ...]
    """Keys from the top of `pack.yaml`."""
    clause: str = ""
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Pack:
    """One version of one council's framework. All of it is in its canonical form, and so in its digest."""

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
    """Workflow, as the pack calls it, → its resolved definition."""
    assumptions: Mapping[str, Assumption] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    data_quality: DataQuality = ALL_ON
    """Which checks of figures are off, and how far they look."""
    period_close: PeriodClose | None = None
    """What must be true before a period is closed; None where the pack closes none."""
    adoption: Adoption | None = None
    """The steps of its adoption; None: one governance lead proposes it, another approves it."""
    digest: str
    """SHA-256 of the canonical form, in hex: what every decision cites."""
    content: bytes
    """The canonical form; for a pack from a book, exactly the bytes that the book kept."""

    def __repr__(self) -> str:
        return f"Pack({self.name} {self.version}, {self.digest[:12]}…)"

    def canonical(self) -> bytes:
        """The resolved pack as sorted JSON: kept whole in the blobs, enough to judge and decide without its folder."""
        return self.content
