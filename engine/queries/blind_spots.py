"""Blind spots: series that stay at the worst status without any trigger ever noticing.

A rule for "turned from amber to red" never sees what was red from the first day; this lists such places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from engine.handle import Engine
from engine.queries.reader import Reader
from engine.queries.status_words import StatusWord, status_word
from engine.view import Row
from engine.views import INDICATORS, STATUSES
from engine.views.columns import series_of
from events.fact import Fact
from events.kinds.statuses import TriggerFired, TriggerWithdrawn
from events.period import parse_period
from events.schema import Event

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
    fired = _fired(reader)
    found = []
    for series, rows in _judged(reader, since, until).items():
        spot = _spot(reader, series, rows, fired.get(series, frozenset()), least)
        if spot is not None:
            found.append(msgspec.structs.replace(spot, title=titles.get(series[0], "")))
    return sorted(found, key=lambda spot: (-spot.periods, spot.indicator, spot.service))


def _judged(reader: Reader, since: str | None, until: str | None) -> dict[Series, list[Row]]:
    """Judged periods by series, oldest first."""
    first = parse_period(since) if since else None
    last = parse_period(until) if until else None
    found: dict[Series, list[Row]] = {}
    for row in reader.rows(STATUSES, order_by=("indicator", "service", "period")):
        period = parse_period(str(row["period"]))
        outside = (first is not None and (period.kind != first.kind or period < first)) or (
            last is not None and (period.kind != last.kind or period > last)
        )
        if not outside and row["status"] in reader.shelf.pack(str(row["pack"])).rules.judged:
            found.setdefault((str(row["indicator"]), str(row["service"])), []).append(row)
    return found


def _fired(reader: Reader) -> dict[Series, frozenset[str]]:
    """Periods of each series in which a trigger fired that was not withdrawn."""
    firings: dict[str, Fact[Event]] = {}
    for fact in reader.all_of("trigger.fired", "trigger.withdrawn"):
        if isinstance(fact.event, TriggerWithdrawn):
            firings.pop(fact.event.fired_at, None)
        else:
            firings[fact.ref] = fact
    found: dict[Series, set[str]] = {}
    for fact in firings.values():
        if isinstance(fact.event, TriggerFired):
            found.setdefault(series_of(fact.stream), set()).add(fact.event.period)
    return {series: frozenset(periods) for series, periods in found.items()}


def _spot(
    reader: Reader, series: Series, rows: Sequence[Row], fired: frozenset[str], least: int
) -> BlindSpot | None:
    run = list(_trailing(reader, rows))
    always = len(run) == len(rows)
    if len(run) < least or (always and fired) or (not always and any(row["period"] in fired for row in run)):
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
