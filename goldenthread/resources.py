"""Where the packs and examples that ship with goldenthread lie: inside the package, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def packs_folder() -> Path:
    """The folder of framework packs; `library/` in it holds the shared workflows."""
    return _shipped("packs")


def examples_folder() -> Path:
    """The folder of examples."""
    return _shipped("examples")


def _shipped(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name
