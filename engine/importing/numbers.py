"""Numbers as people leave them in spreadsheets: what is no plain number is refused, with what was probably meant."""

from __future__ import annotations

import re
from decimal import Decimal

from events.errors import Invalid, Problem
from events.number import parse_number

_ERROR = re.compile(r"#[A-Z0-9_/]+[!?]?", re.IGNORECASE)
_NOTHING = {
    "n/a",
    "na",
    "n.a.",
    "-",
    "–",
    "—",
    "nil",
    "none",
    "null",
    "nan",
    "tbc",
    "tba",
    ".",
    "..",
    "?",
    "x",
    "no data",
}
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:[,' \u00a0\u202f]\d{3})+(?:\.\d+)?")
_COMMA = re.compile(r"[-+]?\d+,\d+")
_BRACKETS = re.compile(r"\((\d+(?:\.\d+)?)\)")
_CURRENCY = re.compile(r"[-+]?[£$€]\s*[\d,.]+|[\d,.]+\s*[£$€]")


def read_number(text: str) -> Decimal | Problem:
    """A plain decimal, or what is wrong with it; the problem has no place yet."""
    try:
        return parse_number(text)
    except Invalid as invalid:
        return _spreadsheet(text) or invalid.problems[0]


def _spreadsheet(text: str) -> Problem | None:
    if _ERROR.fullmatch(text):
        return _problem(
            "GT-IMPORT-013",
            f'"{text}" is a spreadsheet error.',
            "Enter the figure; where there is none, take the line out and say so with 'goldenthread figure none' and a reason.",
        )
    if text.casefold() in _NOTHING:
        return _problem(
            "GT-IMPORT-014",
            f'"{text}" is not a figure.',
            "Take the line out; that there is none this period is said with 'goldenthread figure none' and a reason. It is not 0.",
        )
    if text.endswith("%") or text.startswith("%"):
        bare = text.strip("% ")
        return _problem(
            "GT-IMPORT-015",
            f'"{text}" has a % sign.',
            f"Write percentages as plain numbers from 0 to 100: {bare}.",
        )
    if _GROUPED.fullmatch(text):
        plain = re.sub(r"[,' \u00a0\u202f]", "", text)
        return _problem(
            "GT-IMPORT-016",
            f'"{text}" has a separator between thousands. Did you mean {plain}?',
            "Write the number without it.",
        )
    return _odd(text)


def _odd(text: str) -> Problem | None:
    meant = ""
    if _COMMA.fullmatch(text):
        meant = text.replace(",", ".")
    elif brackets := _BRACKETS.fullmatch(text):
        meant = f"-{brackets[1]}"
    elif text.startswith(("−", "–")):
        meant = f"-{text[1:].strip()}"
    elif _CURRENCY.fullmatch(text):
        meant = re.sub(r"[^\d.-]", "", text)
    if not meant:
        return None
    return _problem(
        "GT-IMPORT-017",
        f'"{text}" is not a plain number. Did you mean {meant}?',
        "Write digits with at most one decimal point, and a hyphen before a number below zero.",
    )


def _problem(code: str, sentence: str, fix: str) -> Problem:
    return Problem(code=code, sentence=sentence, fix=fix)
