"""Cells that no spreadsheet takes for a formula, and what they said: an apostrophe before them, read back without it."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[+-]?\d[\d,]*(\.\d+)?")
_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")
"""What a spreadsheet may run; with apostrophes before it, what was protected already and must not lose one."""
_PROTECTED = re.compile(r"'+[=+\-@\t\r]")


def protected(text: str) -> str:
    """A cell that a spreadsheet takes for text or a number, never for a formula."""
    return f"'{text}" if _DANGEROUS.match(text) and not _NUMBER.fullmatch(text) else text


def bared(text: str) -> str:
    """What a cell said before it was protected; any other as it is."""
    return text[1:] if _PROTECTED.match(text) else text
