"""A pack on disk: one folder with `pack.yaml`, `tests.yaml`, a README and its own workflows, and a library beside it.

Nothing outside these two folders is ever read: names with `..` in them and links that lead out are refused.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from dataclasses import dataclass
from pathlib import Path

from engine.ports import Document, Documents
from events.errors import Invalid, NotFound, Place, Problem

PACK_FILE = "pack.yaml"
TESTS_FILE = "tests.yaml"
README = "README.md"
WORKFLOWS = "workflows"
LIBRARY = "library"
MOST_BYTES = 1_000_000

_USE = re.compile(r"(?P<place>library|workflows)/(?P<name>[a-z][a-z0-9_]{0,59})@(?P<version>[1-9]\d{0,3})")


@dataclass(frozen=True, slots=True)
class PackFolder:
    """A pack's own folder, the folder of shared workflows, and the reader of their files."""

    root: Path
    library: Path
    documents: Documents

    def pack(self) -> Document:
        """`pack.yaml`. Raises NotFound where the folder holds none, Invalid where it cannot be read."""
        if not (self.root / PACK_FILE).is_file():
            raise NotFound.of(
                "GT-PACK-001",
                f"There is no pack in {self.root}: it holds no file {PACK_FILE}.",
                "'goldenthread pack list' shows the packs at hand.",
            )
        return self._document(self.root, PACK_FILE)

    def tests(self) -> Document | None:
        """`tests.yaml`, None where the pack has no tests."""
        return self._document(self.root, TESTS_FILE) if (self.root / TESTS_FILE).exists() else None

    def has_readme(self) -> bool:
        """Whether the folder explains itself."""
        return (self.root / README).is_file()

    def workflow(self, use: str) -> Document | None:
        """The workflow file that `use` names, None where there is no such file. Raises Invalid for a bad name."""
        found = _USE.fullmatch(use)
        if found is None:
            raise Invalid.of(
                "GT-PACK-020",
                f"'{use[:80]}' does not name a workflow.",
                f"Write {LIBRARY}/name@version or {WORKFLOWS}/name@version, for example {LIBRARY}/intervention@1.",
            )
        root, inside = (self.library, "") if found["place"] == LIBRARY else (self.root, f"{WORKFLOWS}/")
        name = f"{inside}{found['name']}.yaml"
        return self._document(root, name) if (root / name).exists() else None

    def known_workflows(self) -> list[str]:
        """Every name that `use` can be given, without versions."""
        shared = [f"{LIBRARY}/{path.stem}" for path in self.library.glob("*.yaml")]
        own = [f"{WORKFLOWS}/{path.stem}" for path in (self.root / WORKFLOWS).glob("*.yaml")]
        return sorted([*shared, *own])

    def _document(self, root: Path, name: str) -> Document:
        return self.documents.read(read_text(root, name), str(root / name))


def read_text(root: Path, name: str) -> str:
    """The text of a file inside a folder. Raises Invalid where it leads out, is no file or is not UTF-8 text."""
    path = root / name
    home, real = root.resolve(), path.resolve()
    if not real.is_relative_to(home):
        raise _refused(
            path,
            "GT-PACK-002",
            "This file leads out of the pack's folder.",
            "Put a copy of it into the folder.",
        )
    if not real.is_file():
        raise _refused(path, "GT-PACK-003", "This is not a file.", "Put a plain text file there.")
    with real.open("rb") as file:
        content = file.read(MOST_BYTES + 4)  # a longer one is refused by the reader of its text
    try:
        return getincrementaldecoder("utf-8")().decode(content, final=len(content) <= MOST_BYTES)
    except UnicodeDecodeError as trouble:
        before = content[: trouble.start]
        line, column = before.count(b"\n"), len(before) - (before.rfind(b"\n") + 1)
        place = Place(file=str(path), line=line + 1, column=column + 1)
        problem = Problem(
            code="GT-YAML-002",
            sentence="The file is not text in UTF-8.",
            fix="Save it again with the encoding UTF-8.",
            place=place,
        )
        raise Invalid(problem) from None


def _refused(path: Path, code: str, sentence: str, fix: str) -> Invalid:
    place = Place(file=str(path), line=1, column=1)
    return Invalid(Problem(code=code, sentence=sentence, fix=fix, place=place))
