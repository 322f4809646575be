"""Blind spots: series that stay at the worst status without any trigger ever noticing.

A rule for "turned from amber to red" never sees what was red from the first day; this lists such places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from engine.handle import Engine
from engine.queries.reader import Reader
from engine.queries.status_words import StatusWord, status_word
from engine.view import Row
from engine.views import INDICATORS, STATUSES
from events import stream as streams
from events.kinds.statuses import TriggerFired, TriggerWithdrawn
from events.period import Period, parse_period

ALWAYS, RUN = "always", "run"
Series = tuple[str, str]


class BlindSpot(msgspec.Struct, frozen=True, kw_only=True):
    """One series that nobody was told about."""

    kind: str
    """``always``: the worst status in every judged period, and no trigger ever fired. ``run``: now, for so many
    judged periods running, with no trigger fired among them."""
    indicator: str
    title: str
    service: str
    status: StatusWord
    periods: int
    """How many judged periods it has been so."""
    judged: int
    """How many periods of the series are judged at all."""
    first_period: str
    last_period: str
    sentence: str


def blind_spots(
    engine: Engine,
    *,
    at: int | None = None,
    least: int = 3,
    since: str | None = None,
    until: str | None = None,
) -> list[BlindSpot]:
    """Series at the worst status that no trigger saw, the longest first.

    `since` and `until` are periods that bound the span looked at; `least` is the shortest run reported.
    """
    reader = Reader(engine, at)
    titles = {str(row["indicator"]): str(row["title"]) for row in reader.rows(INDICATORS)}
    span = _Span(parse_period(since) if since else None, parse_period(until) if until else None)
    found = []
    for series in _may_be_red(reader, span):
        spot = _spot(reader, series, _judged(reader, series, span), least)
        if spot is not None:
            found.append(msgspec.structs.replace(spot, title=titles.get(series[0], "")))
    return sorted(found, key=lambda spot: (-spot.periods, spot.indicator, spot.service))


class _Span(NamedTuple):
    """Periods from one to another, where they are bounded."""

    first: Period | None
    last: Period | None

    def has(self, text: str) -> bool:
        """Whether a period lies in it; one of another kind does not."""
        period = parse_period(text)
        return not (
            (self.first is not None and (period.kind != self.first.kind or period < self.first))
            or (self.last is not None and (period.kind != self.last.kind or period > self.last))
        )


def _may_be_red(reader: Reader, span: _Span) -> list[Series]:
    """The series that are not plainly out of it: judged otherwise than the worst at the end of the span."""
    ends = reader.latest(
        STATUSES, 1, upto=span.last, only=("indicator", "service", "period", "status", "pack")
    )
    return [
        (str(row["indicator"]), str(row["service"]))
        for row in ends
        if _worst(reader, row) or not (span.has(str(row["period"])) and _is_judged(reader, row))
    ]


def _judged(reader: Reader, series: Series, span: _Span) -> list[Row]:
    """The judged periods of a series, oldest first."""
    where = {"indicator": series[0], "service": series[1]}
    rows = reader.rows(STATUSES, where, order_by=("period",), only=("period", "status", "pack"))
    return [row for row in rows if span.has(str(row["period"])) and _is_judged(reader, row)]


def _is_judged(reader: Reader, row: Row) -> bool:
    return row["status"] in reader.shelf.pack(str(row["pack"])).rules.judged


def _fired(reader: Reader, series: Series) -> frozenset[str]:
    """Periods of a series in which a trigger fired that was not withdrawn."""
    firings: dict[str, str] = {}
    stream = streams.series(*series)
    for fact in reader.all_of("trigger.fired", "trigger.withdrawn", stream_prefix=stream):
        if fact.stream != stream:
            continue
        if isinstance(fact.event, TriggerWithdrawn):
            firings.pop(fact.event.fired_at, None)
        elif isinstance(fact.event, TriggerFired):
            firings[fact.ref] = fact.event.period
    return frozenset(firings.values())


def _spot(reader: Reader, series: Series, rows: Sequence[Row], least: int) -> BlindSpot | None:
    run = list(_trailing(reader, rows))
    if len(run) < least or not run:
        return None
    always, fired = len(run) == len(rows), _fired(reader, series)
    if (always and fired) or (not always and any(row["period"] in fired for row in run)):
        return None
    word = status_word(reader.shelf.pack(str(run[-1]["pack"])), str(run[-1]["status"]))
    first, last = str(run[0]["period"]), str(run[-1]["period"])
    ever = "in every judged period" if always else "without a break"
    return BlindSpot(
        kind=ALWAYS if always else RUN,
        indicator=series[0],
        title="",
        service=series[1],
        status=word,
        periods=len(run),
        judged=len(rows),
        first_period=first,
        last_period=last,
        sentence=f"{series[0]}/{series[1]} has been {word.label.lower()} {ever} from {first} to {last} "
        f"({len(run)} {'period' if len(run) == 1 else 'periods'}), and no trigger fired.",
    )


def _trailing(reader: Reader, rows: Sequence[Row]) -> Iterator[Row]:
    """The latest periods at the worst status without a break, oldest first."""
    run = []
    for row in reversed(rows):
        if not _worst(reader, row):
            break
        run.append(row)
    yield from reversed(run)


def _worst(reader: Reader, row: Row) -> bool:
    rules = reader.shelf.pack(str(row["pack"])).rules
    judged = [each for each in rules.statuses if each.judged]
    return bool(judged) and min(judged, key=lambda each: each.rank).id == row["status"]
