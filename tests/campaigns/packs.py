"""The pack that the campaigns' councils work under: the demonstration's, loaded once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from adapters.yaml.reader import YamlDocuments
from engine.packs.canonical import sealed
from engine.packs.load import load_pack
from engine.packs.pack import Pack

ROOT = Path(__file__).resolve().parents[2]
_PARTS = ("name", "title", "version", "effective_from", "source", "organisation", "rules", "workflows")


@cache
def example() -> Pack:
    """Bands, a trigger from amber to red, a ladder of three rungs that a person climbs."""
    folder = ROOT / "examples" / "hospital-waiting" / "example-council"
    return load_pack(folder, ROOT / "packs" / "library", YamlDocuments())


def varied(pack: Pack, **changed: Any) -> Pack:
    """The same pack with some of its parts changed, sealed anew."""
    kept = {part: getattr(pack, part) for part in (*_PARTS, "assumptions", "sources")}
    return sealed(**{**kept, **changed})


def automatic(pack: Pack) -> Pack:
    """The same pack with a ladder that climbs by itself, so that every missed answer has a consequence."""
    organisation = pack.organisation
    ladder = organisation.intervention.ladder
    assert ladder is not None, "a pack with a ladder"
    intervention = msgspec.structs.replace(
        organisation.intervention, ladder=msgspec.structs.replace(ladder, mode="automatic")
    )
    return varied(pack, organisation=msgspec.structs.replace(organisation, intervention=intervention))
