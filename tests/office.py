"""A council's book as a surface is handed it."""

from __future__ import annotations

from pathlib import Path

from adapters.yaml.reader import YamlDocuments
from engine.office import Office
from engine.testing.council import Council


def office_of(council: Council, packs: Path = Path()) -> Office:
    """With the council's own clock and ids; `packs` is the folder of packs, where one is needed."""
    return Office(
        engine=council.engine,
        clock=council.clock,
        ids=council.ids,
        account="tester@here",
        documents=YamlDocuments(),
        folder=Path(),
        packs=packs,
    )
