"""What people write to name something: a figure, a series, an intervention or another matter, an event."""

from __future__ import annotations

import re

import msgspec

from engine.handle import Engine
from engine.matters.which import meant, still_open, which
from engine.queries.matters.numbering import Key, begun_about, matter_numbered, numbered, numbers_of
from engine.queries.reader import Reader
from events.errors import Invalid, NotFound, Refused
from events.nearest import did_you_mean
from events.period import parse_period
from events.stream import INTERVENTION, NONE

_NUMBERED = re.compile(r"(?:INT-?)?0*([1-9]\d{0,8})", re.IGNORECASE)
_EVENT = re.compile(r"(?:event\s+|#)([1-9][\d ]{0,14})", re.IGNORECASE)
_CODE = r"[A-Za-z0-9][\w.-]*"
_ID = re.compile(r"([A-Za-z][\w]*)-0*([1-9]\d{0,8})")
_MATTER = re.compile(rf"(\w+)[/ ]({_CODE}|-|the council)(?:/({_CODE}|-))?(?:#([1-9]\d*))?")
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


class MatterRef(msgspec.Struct, frozen=True):
    """One matter of a series, or of whatever it is about; `display` is the number people use."""

    indicator: str
    service: str
    ordinal: str
    display: str = ""
    """``INT-0042``, or ``decision-0042``: numbered by workflow, in the order in which they were begun."""
    workflow: str = INTERVENTION

    @property
    def about(self) -> str:
        """The series, or what else it is about: ``CH04/childrens``."""
        return "/".join(filter(None, (self.indicator, self.service))) or "the council"

    @property
    def key(self) -> Key:
        """What it is found by in the view."""
        return self.workflow, self.indicator, self.service, self.ordinal

    def __str__(self) -> str:
        return self.display or f"{self.about}#{self.ordinal}"


class EventRef(msgspec.Struct, frozen=True):
    """A position of the log."""

    position: int


Reference = FigureRef | SeriesRef | MatterRef | EventRef


def parse_reference(engine: Engine, text: str, at: int | None = None) -> Reference:
    """Read a reference.

    Raises Invalid GT-USE-101 for something else, NotFound GT-USE-102 or GT-USE-104 for an unknown matter.
    """
    cleaned = text.strip()
    if event := _EVENT.fullmatch(cleaned):
        return EventRef(int(event[1].replace(" ", "")))
    if _NUMBERED.fullmatch(cleaned) and cleaned.upper().startswith("INT"):
        return find_intervention(engine, cleaned, at)
    if _ID.fullmatch(cleaned):
        return find_matter(engine, cleaned, at)
    reader = Reader(engine, at)
    if (named := _named(reader, cleaned, None)) is not None:
        return _ref(named, reader)
    parts = _PARTS.fullmatch(cleaned)
    if parts is None:
        raise Invalid.of(
            "GT-USE-101",
            f"'{text}' names no figure, no series, no matter and no event.",
            "Name a figure as CH04/childrens/2026-Q2, a series as CH04/childrens, an intervention as INT-0042, another "
            "matter as decision-0042 and an event as 'event 10482'.",
        )
    indicator, service, period, ordinal = parts.groups()
    if ordinal:
        return find_intervention(engine, cleaned, at)
    if period:
        return FigureRef(indicator, service, str(parse_period(period)))
    return SeriesRef(indicator, service)


def find_intervention(engine: Engine, text: str, at: int | None = None) -> MatterRef:
    """An intervention by its number (INT-0042, 42), or as series and ordinal (CH04/childrens#1).

    A series alone means its last one. Raises NotFound GT-USE-102.
    """
    reader = Reader(engine, at)
    found = _found(reader, text.strip(), INTERVENTION)
    if found is None:
        ours = [display for key, display in numbered(reader).items() if key[0] == INTERVENTION]
        raise NotFound.of(
            "GT-USE-102",
            f"There is no intervention '{text}'.{did_you_mean(text, ours)}",
            "'goldenthread intervention list' shows those there are.",
        )
    return _ref(found, reader)


def find_matter(
    engine: Engine, text: str, at: int | None = None, *, workflow: str | None = None
) -> MatterRef:
    """A matter by its number (decision-0042, INT-0042), or as decision/CH04/childrens#1.

    Where the workflow is given, a series (or an indicator, a service, '-') alone means its open one, or its last.
    Raises NotFound GT-USE-104; Refused GT-STEP-490 where several are open and none is said.
    """
    reader = Reader(engine, at)
    found = _found(reader, text.strip(), workflow)
    if found is None:
        raise NotFound.of(
            "GT-USE-104",
            f"There is no matter '{text}'{f' of the workflow {workflow}' if workflow else ''}."
            f"{did_you_mean(text, numbered(reader).values())}",
            "'goldenthread matter list --all' shows those there are.",
        )
    return _ref(found, reader)


def _ref(found: Key, reader: Reader) -> MatterRef:
    workflow, indicator, service, ordinal = found
    display = numbers_of(reader, [found]).get(found, "")
    return MatterRef(indicator, service, ordinal, display=display, workflow=workflow)


def _found(reader: Reader, text: str, workflow: str | None) -> Key | None:
    """The matter that a text names, of the workflow given or, with none, of any."""
    number = _number(text, workflow)
    if number is not None:
        known = matter_numbered(reader, *number)
        return known if known is not None and workflow in (None, known[0]) else None
    if (named := _named(reader, text, workflow)) is not None:
        return named
    about, _, ordinal = text.partition("#")
    found = (_about(reader, workflow or INTERVENTION, thing, ordinal) for thing in _things(about))
    return next(filter(None, found), None)


def _named(reader: Reader, text: str, workflow: str | None) -> Key | None:
    """By its workflow and what it is about, as the product writes it: decision/CH04/childrens#1, or with a space.

    What a matter about one thing is not about may be left out: self_assessment/childrens is self_assessment/-/childrens.
    """
    named = _MATTER.fullmatch(text)
    if named is None or workflow not in (None, named[1]):
        return None
    first, second, ordinal = named[2], named[3], named[4] or ""
    things = [(first, second)] if second else _things(first)
    found = (_about(reader, named[1], thing, ordinal) for thing in things)
    return next(filter(None, found), None)


def _number(text: str, workflow: str | None) -> tuple[str, int] | None:
    """A workflow and a number, however they were written."""
    number = _NUMBERED.fullmatch(text)
    if number is not None and (text.isdigit() or workflow in (None, INTERVENTION)):
        return workflow or INTERVENTION, int(number[1])
    named = _ID.fullmatch(text)
    return (named[1].lower(), int(named[2])) if named else None


def _things(about: str) -> list[tuple[str, str]]:
    """What a text may name: an indicator and a service, or the one of them that a matter is about."""
    first, slash, second = about.partition("/")
    return [(first, second)] if slash else [(first, NONE), (NONE, first)]


def _about(reader: Reader, workflow: str, thing: tuple[str, str], ordinal: str) -> Key | None:
    """By what it is about, with an ordinal; without one the one that is open, or the last. Refused where several are."""
    indicator, service = ("" if part in (NONE, "the council") else part for part in thing)
    ours = begun_about(reader, workflow, indicator, service)
    if not ours:
        return None
    held = reader.work.matters(workflow, indicator, service)
    number = ordinal or meant(held)
    if number is None:
        among = [key for key in ours if key[3] in still_open(held)]
        shown = numbers_of(reader, among)
        about = "/".join(filter(None, (indicator, service))) or "the council"
        raise Refused(which(about, workflow, [shown[key] for key in among]))
    return next((key for key in ours if key[3] == number), None)
