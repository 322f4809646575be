"""The last rows of each series up to a period, or up to today: what lies before them is not read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from engine.queries.reader import Reader
from engine.view import Row, View
from events.period import Period, parse_period

Series = tuple[str, str]
"""Indicator and service."""


class LastRows:
    """The ends of series; up to a period where one is given."""

    def __init__(self, reader: Reader, upto: Period | None, today: date | None) -> None:
        self._reader = reader
        self._upto = upto
        self._today = today

    def of(self, view: View, count: int) -> dict[Series, list[Row]]:
        """The last rows of each series up to the period, oldest first; all of a series whose last ones do not tell."""
        found = by_series(self._reader.latest(view, count, upto=self._upto))
        for series, rows in found.items():
            if not self._tell(rows):
                where = dict(zip(("indicator", "service"), series, strict=True))
                found[series] = self._reader.rows(view, where, order_by=("period",))
        if self._upto is None:
            return found
        run = {str(self._upto.shift(-back)) for back in range(count)}
        return {series: [row for row in rows if row["period"] in run] for series, rows in found.items()}

    def latest(self, *kinds: Sequence[Row]) -> str | None:
        """The latest period of a series; one that has not ended is known only from a clock that had run ahead."""
        known = sorted({str(row["period"]) for rows in kinds for row in rows}, reverse=True)
        return next((period for period in known if self._ended(period)), None)

    def _tell(self, rows: Sequence[Row]) -> bool:
        """Whether the last rows of a series stand in the order of time, and have ended."""
        kinds = {parse_period(str(row["period"])).kind for row in rows}
        if self._upto is not None:
            return kinds == {self._upto.kind}
        return len(kinds) == 1 and self._ended(str(rows[-1]["period"]))

    def _ended(self, period: str) -> bool:
        last = parse_period(period).last_day(self._reader.calendar.year_starts)
        return self._today is None or last < self._today


def by_series(rows: Sequence[Row]) -> dict[Series, list[Row]]:
    """Rows, gathered under the series they are about."""
    found: dict[Series, list[Row]] = {}
    for row in rows:
        found.setdefault((str(row["indicator"]), str(row["service"])), []).append(row)
    return found
