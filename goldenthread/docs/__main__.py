"""``python -m goldenthread.docs [--check]``: write the generated pages, or say which of them are stale."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from goldenthread.docs.pages import PAGES

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


def main(arguments: Sequence[str]) -> int:
    """Answers 1 where `--check` finds a page that is not what would be written now, or one that nothing writes."""
    parser = argparse.ArgumentParser(prog="python -m goldenthread.docs", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; leave with 1 where a page is stale"
    )
    parser.add_argument("--folder", type=Path, default=REFERENCE, help="where the pages stand")
    asked = parser.parse_args(arguments)
    found = stale(asked.folder)
    if asked.check:
        for name in found:
            sys.stderr.write(f"{asked.folder / name} is stale; write it again with 'make docs'.\n")
        return 1 if found else 0
    write(asked.folder)
    sys.stdout.write(f"{len(PAGES)} pages in {asked.folder}, {len(found)} of them changed.\n")
    return 0


def stale(folder: Path) -> list[str]:
    """The names of pages that differ from what would be written now, that are missing, or that no page writes."""
    differing = [name for name, page in PAGES.items() if _held(folder / name) != page().encode()]
    left_over = [path.name for path in folder.glob("*.md") if path.name not in PAGES]
    return sorted(differing + left_over)


def write(folder: Path) -> None:
    """Write every page, and take away those that nothing writes any more."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (folder / name).write_bytes(page().encode())
    for path in folder.glob("*.md"):
        if path.name not in PAGES:
            path.unlink()


def _held(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
