"""A target with a term that the pack's bands may or may not ask for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from adapters.yaml import YamlDocuments
from engine.commands import SetTarget
from engine.packs.load import load_pack
from engine.queries.reader import Reader
from engine.queries.work_list.unasked import unasked
from engine.testing.council import Council
from events.errors import Problem

PACKS = Path(__file__).parent.parent.parent / "packs"


def with_a_term(term: str) -> Sequence[Problem]:
    """What is said of a target of CH04 with this term, where officers declare the status."""
    pack = load_pack(PACKS / "hampshire-2008", PACKS / "library", YamlDocuments())
    council = Council(pack, date(2009, 7, 10))
    target = SetTarget(indicator="CH04", from_period="2009-Q1", value=Decimal(70), **{term: Decimal(5)})
    return unasked(Reader(council.engine), [target])
