"""The pack's `calendar:` section: time zone, bank holidays, when years start and when data is asked for."""

from __future__ import annotations

import re
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from events.period import MONTHS_IN
from workflows import keys as words
from workflows.calendar import MIDNIGHT
from workflows.node import Node

MonthDay = tuple[int, int]
NATIONS = ("England", "Scotland", "Wales", "Northern Ireland")
THE_DAY_AFTER = "the day after"
"""Data is asked for on the day after the period ends."""
_MONTHS = {date(2000, month, 1).strftime("%B"): month for month in range(1, 13)}


class CalendarSettings(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a pack says about the council's calendar."""

    time_zone: str = "Europe/London"
    nation: str = "England"
    """Whose bank holidays apply."""
    year_starts: MonthDay = (4, 1)
    """(month, day)."""
    day_ends: str = MIDNIGHT
    data_requests: dict[str, tuple[MonthDay, ...]] = msgspec.field(default_factory=dict)
    """Kind of period → the days of a year on which its data is asked for; a kind left out is asked for the day after."""
    clause: str = ""
    assumption: str = ""


def read_calendar(node: Node) -> CalendarSettings:
    """Read the section; without one, an English council's calendar."""
    keys = node.table(words.CALENDAR)
    settings: dict[str, object] = {}
    for key, name, read in (
        ("time_zone", "time_zone", _zone),
        ("bank_holidays", "nation", lambda at: at.choice(NATIONS, "nation with bank holidays called")),
        ("year_starts", "year_starts", _month_day),
        ("day_ends", "day_ends", _day_ends),
        ("data_requests", "data_requests", _requests),
        ("clause", "clause", Node.text),
        ("assumption", "assumption", Node.text),
    ):
        if key in keys:
            settings[name] = read(keys[key])
    return msgspec.convert(settings, CalendarSettings)


def _zone(node: Node) -> str:
    text = node.text()
    try:
        ZoneInfo(text or "Europe/London")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        node.problem(
            "GT-DATE-002",
            f"There is no time zone '{text}'.",
            "Councils of the United Kingdom use Europe/London.",
        )
        return "Europe/London"
    return text


def _day_ends(node: Node) -> str:
    text = node.text()
    if text and text != MIDNIGHT and not re.fullmatch(r"(0[2-9]|1\d|2[0-3]):[0-5]\d", text):
        node.problem(
            "GT-DATE-003",
            f"A day cannot end at '{text}'.",
            "Write midnight, or office close as HH:MM from 02:00 on: between 01:00 and 02:00 the clocks change.",
        )
        return MIDNIGHT
    return text


def _month_day(node: Node) -> MonthDay:
    text = node.text()
    day, _, month = text.partition(" ")
    number = _MONTHS.get(month.capitalize())
    if number and day.isascii() and day.isdigit() and 1 <= int(day[:3]) <= 28:
        return number, int(day)
    if text:
        node.problem(
            "GT-DATE-004", f"'{text}' is not a day that every year has.", "Write it as 1 April, up to day 28."
        )
    return 4, 1


def _requests(node: Node) -> dict[str, tuple[MonthDay, ...]]:
    if not isinstance(node.value, dict):
        days = _days(node)
        return dict.fromkeys(MONTHS_IN, days) if days else {}
    asked: dict[str, tuple[MonthDay, ...]] = {}
    for kind, below in node.entries().items():
        if kind not in MONTHS_IN:
            below.problem(
                "GT-DATE-005", f"'{kind}' is not a kind of period.", f"Known: {', '.join(MONTHS_IN)}."
            )
        elif days := _days(below):
            asked[kind] = days
    return asked


def _days(node: Node) -> tuple[MonthDay, ...]:
    if node.value == THE_DAY_AFTER:
        return ()
    return tuple(sorted({_month_day(item) for item in node.items()}))
