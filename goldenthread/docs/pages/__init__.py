"""The generated pages: one file each, and one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from goldenthread.docs.pages import cli, errors, events, guards_and_effects, pack_format

PAGES: Mapping[str, Callable[[], str]] = {
    "cli.md": cli.page,
    "pack-format.md": pack_format.page,
    "events.md": events.page,
    "errors.md": errors.page,
    "guards-and-effects.md": guards_and_effects.page,
}
"""File in `docs/reference/` → what is written there."""
