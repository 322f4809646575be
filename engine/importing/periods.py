"""Periods as councils write them: Q1 2026/27, Apr-26, 2026/27, 30/06/2026 as the end of one; never guessed at.

A date is always day, month, year. What might mean two periods is refused with both.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

import msgspec

from engine.importing.reading import Unread
from events.errors import Invalid
from events.period import MONTHS_IN, SPELLINGS, Period, kind_words, parse_period

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
FIRST_YEAR, LAST_YEAR = 1900, 2200
"""No council has figures of other years; such a number is a slip."""
LONGEST = 60
_NAME = r"(?P<name>[a-z]{3,9})\.?"
_YEARS = r"(?:fy ?)?(?P<from>\d{4}|\d{2}) ?[/-] ?(?P<to>\d{4}|\d{2})"
_PART = r"(?:(?P<half>h|half(?:[ -]year)?) ?|(?:q|qtr|quarter) ?)(?P<n>[1-4])"
_GAP = r"[ ,_:/-]*\(?"
_OF_YEARS = re.compile(rf"{_PART}{_GAP}{_YEARS}\)?|{_YEARS.replace('from', 'from2').replace('to', 'to2')}{_GAP}"
                       rf"{_PART.replace('half>', 'half2>').replace('<n>', '<n2>')}\)?")  # fmt: skip
_CANONICAL = re.compile(r"(?P<year>\d{4}) ?-?(?P<part>[qh][1-4])")
_BARE_PART = re.compile(_PART)
_PART_OF_ONE = re.compile(rf"{_PART}{_GAP}(?P<year>\d{{4}}|\d{{2}})\)?")
_ONLY_YEARS = re.compile(_YEARS)
_FY = re.compile(r"fy ?(?P<year>\d{4}|\d{2})")
_NAMED = re.compile(
    rf"{_NAME}[ ,'/-]*(?P<year>\d{{4}}|\d{{2}})|(?P<first>\d{{4}})[ /-]{_NAME.replace('name', 'name2')}"
)
_YEAR_NAME = re.compile(rf"(?P<year>\d{{1,2}})[ -]{_NAME}")
_NUMBERED = re.compile(r"(?P<month>\d{1,2})[/-](?P<year>\d{4})|(?P<first>\d{4})/(?P<month2>\d{1,2})")
_RANGE = re.compile(
    rf"{_NAME}[ ']*(?P<y1>\d{{4}}|\d{{2}})? ?(?:-|to) ?{_NAME.replace('name', 'until')}[ ,']*(?P<y2>\d{{4}}|\d{{2}})"
)
_UNTIL = r"(?:(?:(?:month|quarter|half|year|period|qtr)[ -])?(?:ending|ended|end|to)|as at|at|up to|y/e|q/e|m/e)? ?"
_MIDNIGHT = r"(?:[ t]00:00(?::00)?)?"
_DAY = re.compile(rf"{_UNTIL}(?P<d>\d{{1,2}})[/.-](?P<m>\d{{1,2}})[/.-](?P<y>\d{{4}}|\d{{2}}){_MIDNIGHT}")
_ISO_DAY = re.compile(rf"{_UNTIL}(?P<y>\d{{4}})-(?P<m>\d{{2}})-(?P<d>\d{{2}}){_MIDNIGHT}")
_NAMED_DAY = re.compile(rf"{_UNTIL}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[ -]{_NAME}[ ,-]*(?P<y>\d{{4}}|\d{{2}})")


class Spelled(msgspec.Struct, frozen=True):
    """What a text says of a period before it is known of which kind it must be."""

    period: Period | None = None
    last_day: date | None = None
    """It is the period, of whatever kind is wanted, that ends on this day."""
    part: str = ""
    """``Q1`` or ``H1`` of a year that the text does not say."""
    refused: Unread | None = None
    """It looks like a period, and may be two."""


NOT_ONE = Spelled()


@lru_cache(maxsize=8_192)
def spelled(text: str, year: int | None = None, start_month: int = 4) -> Spelled:
    """What a text says of a period; `NOT_ONE` where it says nothing of any. `year` is meant where it says none."""
    found = _spelled(text, year, start_month) if len(text) <= LONGEST else NOT_ONE
    of = found.period or found.last_day
    return NOT_ONE if of is not None and not FIRST_YEAR <= of.year <= LAST_YEAR else found


def _spelled(text: str, year: int | None, start_month: int) -> Spelled:
    try:
        return Spelled(parse_period(text))
    except Invalid:
        pass
    plain = re.sub(r"\s+", " ", re.sub("[–—−]", "-", text.strip().casefold()))  # dashes of all kinds
    found = _of_a_year(plain, text, year)
    if found is NOT_ONE:
        found = _of_months(plain, text, start_month)
    return _of_a_day(plain, text) if found is NOT_ONE else found


def as_period(said: Spelled, text: str, kind: str, year_starts: tuple[int, int]) -> Period | Unread:
    """The period of a kind that was meant; or why there is none."""
    if said.refused is not None:
        return said.refused
    if said.period is not None:
        return said.period
    if said.last_day is not None:
        return _ending(said.last_day, text, kind, year_starts)
    if said.part:
        return no_year(text)
    return Unread("GT-IMPORT-020", f"'{text}' is not a period.", SPELLINGS)


def no_year(text: str) -> Unread:
    """Why a part of a year alone is no period."""
    fix = "Write the year with it, or give it in the mapping file: 'fixed: {year: 2026/27}'."
    return Unread("GT-IMPORT-040", f"'{text}' does not say of which year.", fix)


def _of_a_year(plain: str, text: str, year: int | None) -> Spelled:
    if found := _CANONICAL.fullmatch(plain):
        return _canonical(f"{found['year']}-{found['part'].upper()}")
    if found := _OF_YEARS.fullmatch(plain):
        start = _financial(found["from"] or found["from2"], found["to"] or found["to2"])
        half, n = found["half"] or found["half2"], int(found["n"] or found["n2"])
        if start is None or (half and n > 2):
            return NOT_ONE
        return Spelled(Period("half" if half else "quarter", start, n))
    if found := _PART_OF_ONE.fullmatch(plain):
        return Spelled(refused=_two_years(text, found))
    if found := _BARE_PART.fullmatch(plain):
        word = f"{'H' if found['half'] else 'Q'}{found['n']}"
        return Spelled(part=word) if year is None else _canonical(f"{year}-{word}")
    if (found := _ONLY_YEARS.fullmatch(plain)) and (
        start := _financial(found["from"], found["to"])
    ) is not None:
        if len(found["from"]) == 2 and int(found["to"]) <= 12:
            return NOT_ONE  # 01/02 is rather a day
        return Spelled(Period("year", start, 1))
    if found := _FY.fullmatch(plain):
        one = _full(found["year"])
        sentence = f"'{text}' may be the year that begins in {one} or the one that ends in it."
        fix = f"Write {_both(one)} or {_both(one - 1)}."
        return Spelled(refused=Unread("GT-IMPORT-041", sentence, fix))
    return NOT_ONE


def _canonical(text: str) -> Spelled:
    try:
        return Spelled(parse_period(text))
    except Invalid:
        return NOT_ONE


def _two_years(text: str, found: re.Match[str]) -> Unread:
    one, word = _full(found["year"]), f"{'H' if found['half'] else 'Q'}{found['n']}"
    sentence = f"'{text}' may be {word} of {_both(one)}, of {_both(one - 1)} or of the calendar year."
    fix = f"Write {one}-{word} or {word} {_both(one)} for the year that begins in {one}."
    return Unread("GT-IMPORT-041", sentence, fix, f"{one}-{word}")


def _of_months(plain: str, text: str, start_month: int) -> Spelled:
    if (found := _NAMED.fullmatch(plain)) and (month := _month(found["name"] or found["name2"])):
        return Spelled(Period("month", _full(found["year"] or found["first"]), month))
    if found := _NUMBERED.fullmatch(plain):
        month = int(found["month"] or found["month2"])
        return (
            Spelled(Period("month", int(found["year"] or found["first"]), month))
            if 1 <= month <= 12
            else NOT_ONE
        )
    if (found := _YEAR_NAME.fullmatch(plain)) and (month := _month(found["name"])):
        meant = f"{_full(found['year']):04d}-{month:02d}"
        sentence = (
            f"'{text}' may be a day or a month. A spreadsheet may have rewritten it. Did you mean {meant}?"
        )
        return Spelled(refused=Unread("GT-IMPORT-042", sentence, SPELLINGS, meant))
    if found := _RANGE.fullmatch(plain):
        return _range(found, start_month)
    return NOT_ONE


def _range(found: re.Match[str], start_month: int) -> Spelled:
    """``Apr-Jun 2026``: the quarter, half-year or year of exactly these months."""
    first, last = _month(found["name"]), _month(found["until"])
    if not first or not last:
        return NOT_ONE
    end = _full(found["y2"])
    begin = _full(found["y1"]) if found["y1"] else end - (first > last)
    months = (end - begin) * 12 + last - first + 1
    offset = (first - start_month) % 12
    kind = next(
        (kind for kind, length in MONTHS_IN.items() if length == months and offset % length == 0), None
    )
    if kind is None or kind == "month":
        return NOT_ONE
    return Spelled(Period(kind, begin if first >= start_month else begin - 1, offset // months + 1))


def _of_a_day(plain: str, text: str) -> Spelled:
    if found := _ISO_DAY.fullmatch(plain):
        return _on(int(found["y"]), int(found["m"]), int(found["d"]), text)
    if found := _DAY.fullmatch(plain):
        return _on(_full(found["y"]), int(found["m"]), int(found["d"]), text)
    if (found := _NAMED_DAY.fullmatch(plain)) and (month := _month(found["name"])):
        return _on(_full(found["y"]), month, int(found["d"]), text)
    return NOT_ONE


def _on(year: int, month: int, day: int, text: str) -> Spelled:
    try:
        return Spelled(last_day=date(year, month, day))
    except ValueError:
        meant = f"{month:02d}/{day:02d}/{year}" if day <= 12 < month <= 31 else ""
        did = f" Did you mean {meant}?" if meant else ""
        sentence = f"'{text}' is no date when read as day, month, year.{did}"
        return Spelled(
            refused=Unread("GT-IMPORT-043", sentence, "Write the day first, then the month.", meant)
        )


def _ending(day: date, text: str, kind: str, year_starts: tuple[int, int]) -> Period | Unread:
    """The period of a kind that ends on a day."""
    period = around(day, kind, year_starts)
    last = period.last_day(year_starts)
    if last == day:
        return period
    which = "first day" if period.first_day(year_starts) == day else "a day"
    words = kind_words(kind)
    sentence = f"'{text}' is {'the ' if which == 'first day' else ''}{which} of {period}, not the last one of a {words}."
    return Unread(
        "GT-IMPORT-044", sentence, f"Write {period}, or the day it ends: {last:%d/%m/%Y}.", str(period)
    )


def around(day: date, kind: str, year_starts: tuple[int, int]) -> Period:
    """The period of a kind that a day lies in."""
    if kind == "month":
        return Period("month", day.year, day.month)
    year = day.year if (day.month, day.day) >= year_starts else day.year - 1
    months = (day.year - year) * 12 + day.month - year_starts[0] - (day.day < year_starts[1])
    return Period(kind, year, months // MONTHS_IN[kind] + 1)


def _month(name: str) -> int:
    """1 to 12; 0 for what is no month."""
    short = "sep" if name == "sept" else name
    return next((n for n, month in enumerate(MONTHS, 1) if short in (month, month[:3])), 0)


def _full(year: str) -> int:
    if len(year) == 4:
        return int(year)
    return int(year) + (2000 if int(year) < 70 else 1900)


def _financial(start: str, end: str) -> int | None:
    """The first of two years that follow each other."""
    first = _full(start)
    return first if int(end) in (first + 1, (first + 1) % 100) and len(end) in (2, 4) else None


def _both(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02d}"
