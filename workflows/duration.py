"""Lengths of time as packs spell them: ``6 months``, ``10 days``, ``10 working days``. One spelling everywhere."""

from __future__ import annotations

import re

import msgspec

from events.errors import Invalid, Problem

UNITS = ("days", "working days", "months")
_SPELLING = re.compile(r"(?P<amount>[1-9]\d{0,2}) (?P<unit>day|working day|month)s?")


class Duration(msgspec.Struct, frozen=True):
    """A number of days, working days or months; at least one."""

    amount: int
    unit: str
    """``days``, ``working days`` or ``months``."""

    def __str__(self) -> str:
        return f"{self.amount} {self.unit[:-1] if self.amount == 1 else self.unit}"


ONE_MONTH = Duration(1, "months")


def parse_duration(text: str) -> Duration:
    """Read ``6 months``. Raises Invalid (GT-DATE-001) with the spellings allowed."""
    found = _SPELLING.fullmatch(text.strip())
    if not found:
        raise Invalid(
            Problem(
                code="GT-DATE-001",
                sentence=f"'{text[:40]}' is not a length of time.",
                fix="Write it as '6 months', '10 days' or '10 working days', with a number from 1 to 999.",
            )
        )
    return Duration(int(found["amount"]), found["unit"] + "s")
