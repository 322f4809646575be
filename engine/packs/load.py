"""From a folder, or from the bytes a book kept, to a pack."""

from __future__ import annotations

from pathlib import Path

from engine.packs.pack import Pack
from engine.ports import Documents


def load_pack(folder: Path, library: Path, documents: Documents) -> Pack:
    """Read, join and check a pack's folder; `library` holds the shared workflows.

    Raises Invalid with every error, each with its place; warnings are for `check_pack` to show.
    """
    raise NotImplementedError


def pack_from_canonical(content: bytes) -> Pack:
    """The pack of a canonical form, as a book kept it. Raises Broken for bytes that are no pack."""
    raise NotImplementedError
