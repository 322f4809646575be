"""From a folder to a pack that can be used, or every reason why not."""

from __future__ import annotations

from pathlib import Path

from engine.packs.canonical import pack_from_canonical
from engine.packs.check import check_pack
from engine.packs.folder import PackFolder
from engine.packs.pack import Pack
from engine.ports import Documents
from engine.problems import errors_in
from events.errors import Invalid

__all__ = ["load_pack", "pack_from_canonical"]


def load_pack(folder: Path, library: Path, documents: Documents) -> Pack:
    """Read, join and check a pack's folder; `library` holds the shared workflows.

    Raises NotFound where there is no pack, and Invalid with every error, each with its place. Warnings are
    `check_pack`'s to show.
    """
    checked = check_pack(PackFolder(folder, library, documents))
    if checked.pack is None:
        raise Invalid(*errors_in(checked.problems))
    return checked.pack
