"""Bank holidays of the nations of the United Kingdom, offline, with an overlay for days announced since.

Deadlines freeze the dates computed with them, so a newer edition of these days never rewrites an old deadline.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import holidays
import msgspec

from engine.ports import Document
from engine.problems import placed
from events.errors import Invalid, Problem
from events.nearest import did_you_mean

NATIONS = {"England": "ENG", "Scotland": "SCT", "Wales": "WLS", "Northern Ireland": "NIR"}
"""The nations whose bank holidays are known, as packs spell them."""

_KEYS = ("day", "name", "nations", "works", "source")


class OneOffDay(msgspec.Struct, frozen=True, kw_only=True):
    """A day that the calendar does not know of, or one on which people work after all."""

    day: date
    name: str
    source: str
    """Who announced it, and when."""
    nations: tuple[str, ...] = tuple(NATIONS)
    works: bool = False
    """True takes a bank holiday away."""


class UkHolidays:
    """The port `Holidays`: bank holidays by nation and calendar year, with one-off days laid over them."""

    def __init__(self, one_off: Iterable[OneOffDay] = ()) -> None:
        self._one_off = tuple(one_off)

    def days(self, nation: str, year: int) -> Mapping[date, str]:
        """Day → name, for one calendar year. Raises Invalid for a nation it does not know."""
        if nation not in NATIONS:
            raise Invalid(_unknown_nation(nation, ()))
        known = holidays.country_holidays("GB", subdiv=NATIONS[nation], years=year)
        days = {day: str(name) for day, name in known.items() if day.year == year}
        for extra in self._one_off:
            if extra.day.year != year or nation not in extra.nations:
                continue
            if extra.works:
                days.pop(extra.day, None)
            else:
                days[extra.day] = extra.name
        return days


def read_overlay(document: Document) -> tuple[OneOffDay, ...]:
    """The one-off days of an overlay file. Raises Invalid with every problem, each with its place."""
    tree = document.tree
    entries = tree.get("one_off_days") if isinstance(tree, dict) and set(tree) == {"one_off_days"} else None
    if not isinstance(entries, list):
        problem = Problem(
            code="GT-DATE-061",
            sentence="An overlay of one-off days holds one list, 'one_off_days'.",
            fix="Begin the file with 'one_off_days:' and write one entry beginning with '- day:' for each day.",
        )
        raise Invalid(*placed([problem], document))
    days: list[OneOffDay] = []
    problems: list[Problem] = []
    for index, entry in enumerate(entries):
        found = _entry_problems(entry, ("one_off_days", index))
        problems += found
        if not found:
            days.append(_day(entry))
    if problems:
        raise Invalid(*placed(problems, document))
    return tuple(days)


def _entry_problems(entry: object, path: tuple[str | int, ...]) -> list[Problem]:
    if not isinstance(entry, dict) or {"day", "name", "source"} - set(entry) or set(entry) - set(_KEYS):
        problem = Problem(
            code="GT-DATE-062",
            sentence="A one-off day says day, name and source, and may say nations and works.",
            fix='For example: {day: 2022-09-19, name: State Funeral, source: "Proclamation of 10 September 2022"}',
            path=path,
        )
        return [problem]
    problems = []
    if _read_day(entry["day"]) is None:
        problems.append(
            Problem(
                code="GT-DATE-063",
                sentence=f"'{entry['day']}' is not a date.",
                fix="Write year, month and day, for example 2022-09-19.",
                path=(*path, "day"),
            )
        )
    if entry.get("works", "no") not in ("yes", "no"):
        problems.append(
            Problem(
                code="GT-DATE-064",
                sentence=f"'works: {entry['works']}' is neither yes nor no.",
                fix="Say 'works: yes' where people work on this day although it is a bank holiday.",
                path=(*path, "works"),
            )
        )
    nations = entry.get("nations", [])
    for nation in nations if isinstance(nations, list) else [nations]:
        if nation not in NATIONS:
            problems.append(_unknown_nation(str(nation), (*path, "nations")))
    return problems


def _day(entry: dict[str, object]) -> OneOffDay:
    day = _read_day(entry["day"])
    assert day is not None
    nations = entry.get("nations", list(NATIONS))
    return OneOffDay(
        day=day,
        name=str(entry["name"]),
        source=str(entry["source"]),
        nations=tuple(str(nation) for nation in nations) if isinstance(nations, list) else (str(nations),),
        works=entry.get("works") == "yes",
    )


def _read_day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)) if len(str(text)) == len("2022-09-19") else None
    except ValueError:
        return None


def _unknown_nation(nation: str, path: tuple[str | int, ...]) -> Problem:
    return Problem(
        code="GT-DATE-060",
        sentence=f"'{nation}' is not a nation whose bank holidays are known.{did_you_mean(nation, NATIONS)}",
        fix="Write England, Scotland, Wales or Northern Ireland.",
        path=path,
    )
