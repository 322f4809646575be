"""What people write to name something: a figure, a series, an intervention, an event."""

from __future__ import annotations

import re

import msgspec

from engine.handle import Engine
from engine.queries.reader import Reader
from engine.views import INTERVENTIONS
from engine.views.columns import series_of
from events.errors import Invalid, NotFound
from events.kinds.workflow import InterventionProposed
from events.nearest import did_you_mean
from events.period import parse_period

_NUMBERED = re.compile(r"(?:INT-?)?0*([1-9]\d{0,8})", re.IGNORECASE)
_EVENT = re.compile(r"(?:event\s+|#)([1-9][\d ]{0,14})", re.IGNORECASE)
_CODE = r"[A-Za-z0-9][\w.-]*"
_PARTS = re.compile(rf"({_CODE})/({_CODE})(?:/([\w-]+)|#([1-9]\d*))?")


class FigureRef(msgspec.Struct, frozen=True):
    """A series and a period."""

    indicator: str
    service: str
    period: str

    def __str__(self) -> str:
        return f"{self.indicator}/{self.service}/{self.period}"


class SeriesRef(msgspec.Struct, frozen=True):
    """An indicator of a service."""

    indicator: str
    service: str

    def __str__(self) -> str:
        return f"{self.indicator}/{self.service}"


class InterventionRef(msgspec.Struct, frozen=True):
    """One intervention of a series; `display` is the number people use, in the order in which they were begun."""

    indicator: str
    service: str
    ordinal: str
    display: str = ""

    def __str__(self) -> str:
        return self.display or f"{self.indicator}/{self.service}#{self.ordinal}"


class EventRef(msgspec.Struct, frozen=True):
    """A position of the log."""

    position: int


Reference = FigureRef | SeriesRef | InterventionRef | EventRef


def parse_reference(engine: Engine, text: str, at: int | None = None) -> Reference:
    """Read a reference. Raises Invalid GT-USE-101 for something else, NotFound GT-USE-102 for an unknown intervention."""
    cleaned = text.strip()
    if event := _EVENT.fullmatch(cleaned):
        return EventRef(int(event[1].replace(" ", "")))
    if _NUMBERED.fullmatch(cleaned) and cleaned.upper().startswith("INT"):
        return find_intervention(engine, cleaned, at)
    parts = _PARTS.fullmatch(cleaned)
    if parts is None:
        raise Invalid.of(
            "GT-USE-101",
            f"'{text}' names nothing in a book.",
            "Name a figure as CH04/childrens/2026-Q2, a series as CH04/childrens, an intervention as INT-0042 and an "
            "event as 'event 10482'.",
        )
    indicator, service, period, ordinal = parts.groups()
    if ordinal:
        return find_intervention(engine, cleaned, at)
    if period:
        return FigureRef(indicator, service, str(parse_period(period)))
    return SeriesRef(indicator, service)


def find_intervention(engine: Engine, text: str, at: int | None = None) -> InterventionRef:
    """An intervention by its number (INT-0042, 42), or as series and ordinal (CH04/childrens#1).

    A series alone means its last one. Raises NotFound GT-USE-102.
    """
    reader = Reader(engine, at)
    known = numbered(reader)
    cleaned = text.strip()
    if number := _NUMBERED.fullmatch(cleaned):
        wanted = display_id(int(number[1]))
        found = next((key for key, display in known.items() if display == wanted), None)
    else:
        found = _by_series(reader, cleaned)
    if found is None:
        raise NotFound.of(
            "GT-USE-102",
            f"There is no intervention '{text}'.{did_you_mean(text, known.values())}",
            "'goldenthread intervention list' shows those there are.",
        )
    return InterventionRef(*found, display=known.get(found, ""))


def numbered(reader: Reader) -> dict[tuple[str, str, str], str]:
    """(indicator, service, ordinal) → ``INT-0001``, numbered in the order in which they were begun."""
    facts = reader.all_of("intervention.proposed")
    begun = (
        (*series_of(fact.stream), fact.event.move.subject)
        for fact in facts
        if isinstance(fact.event, InterventionProposed)
    )
    return {key: display_id(number) for number, key in enumerate(begun, start=1)}


def display_id(number: int) -> str:
    """``INT-0001``."""
    return f"INT-{number:04d}"


def _by_series(reader: Reader, text: str) -> tuple[str, str, str] | None:
    parts = _PARTS.fullmatch(text)
    if parts is None or parts[3]:
        return None
    rows = reader.rows(INTERVENTIONS, {"indicator": parts[1], "service": parts[2]})
    ordinals = sorted((int(str(row["ordinal"])) for row in rows), reverse=True)
    wanted = int(parts[4]) if parts[4] else (ordinals[0] if ordinals else 0)
    return (parts[1], parts[2], str(wanted)) if wanted in ordinals else None
