"""What a heading means: one of our columns, a period, both, or nothing that we know."""

from __future__ import annotations

import re

import msgspec

from engine.importing.mapping import COLUMNS, COMMENT, IGNORE, NUMBERS, WORDS, Mapping, folded
from engine.importing.periods import NOT_ONE, Spelled, spelled

_UNIT = re.compile(r"\s*(?:\(%\)|%|\(£\)|£)$")
_IN_A_PERIOD = (*NUMBERS, *WORDS, COMMENT)


class Heading(msgspec.Struct, frozen=True):
    """A heading understood."""

    text: str
    column: str = ""
    """Our column; empty where there is none, and for the values of a period."""
    said: Spelled | None = None
    """What it says of a period, where its column holds the figures of one."""
    fraction: bool | None = None
    """Whether its percentages are fractions, where the mapping says so of this column."""

    @property
    def known(self) -> bool:
        """Whether it means anything."""
        return bool(self.column) or self.said is not None


def read_heading(text: str, mapping: Mapping, start_month: int) -> Heading:
    """What a heading means. A heading that begins with # is of a comment, and ignored."""
    key = folded(text)
    fraction = mapping.fractions.get(key)
    if key in mapping.columns:
        return Heading(text, mapping.columns[key], None, fraction)
    if text.startswith("#") and not text.startswith("##"):
        return Heading(text, IGNORE)
    own = _own(key)
    if own:
        return Heading(text, own, None, fraction)
    said = spelled(text, mapping.year, start_month)
    if said is not NOT_ONE:
        return Heading(text, "value", said, fraction)
    return _of_both(text, mapping, start_month, fraction)


def _own(key: str) -> str:
    """One of our columns, with its unit or without, with spaces or underscores."""
    name = _UNIT.sub("", key).replace(" ", "_")
    name = COMMENT if name == "comments" else name
    return name if name in COLUMNS else ""


def _of_both(text: str, mapping: Mapping, start_month: int, fraction: bool | None) -> Heading:
    """``2026-Q1 numerator`` or ``denominator Q1 2026/27``: a column for each part of a period's figure."""
    words = text.split()
    for part, rest in ((words[-1:], words[:-1]), (words[:1], words[1:])):
        column = "".join(part).casefold().strip("()")
        if rest and column in _IN_A_PERIOD:
            said = spelled(" ".join(rest), mapping.year, start_month)
            if said is not NOT_ONE:
                return Heading(text, column, said, fraction)
    return Heading(text)
