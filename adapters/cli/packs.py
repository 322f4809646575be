"""Finding a pack by name among those that come with the product, or by folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from adapters.cli.root import Root
from events.errors import NotFound
from events.nearest import did_you_mean

if TYPE_CHECKING:
    from engine.packs.folder import PackFolder
    from engine.packs.pack import Pack

LIBRARY = "library"


def known(root: Root) -> list[str]:
    """The names of the packs that come with the product."""
    from engine.packs.folder import PACK_FILE

    return sorted(path.parent.name for path in root.packs().glob(f"*/{PACK_FILE}"))


def folder_of(root: Root, pack: str) -> PackFolder:
    """The folder of a pack given by name or by path. Raises NotFound, with the nearest name."""
    from engine.packs.folder import PackFolder

    shipped, given = root.packs() / pack, Path(pack)
    if pack in known(root):
        return PackFolder(shipped, root.packs() / LIBRARY, root.documents())
    if given.is_dir():
        return PackFolder(given, _library_of(root, given), root.documents())
    raise NotFound.of(
        "GT-USE-020",
        f"There is no pack '{pack}', and no folder of that name.{did_you_mean(pack, known(root))}",
        "'goldenthread pack list' shows the packs at hand.",
    )


def load(root: Root, pack: str) -> Pack:
    """Read and check a pack. Raises NotFound, or Invalid with every error."""
    from engine.packs.load import load_pack

    folder = folder_of(root, pack)
    return load_pack(folder.root, folder.library, folder.documents)


def _library_of(root: Root, folder: Path) -> Path:
    """A library beside the pack's own folder, else the product's."""
    beside = folder.resolve().parent / LIBRARY
    return beside if beside.is_dir() else root.packs() / LIBRARY
