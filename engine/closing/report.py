"""A period's report as it is frozen: its lines in an order of their own, and the digest that tells them from any others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import msgspec

from engine.view import Row
from events import stream as streams
from events.period import Period

FORMAT = 1
"""The version of what the digest is made of; older ones stay readable for ever."""


class ReportLine(msgspec.Struct, frozen=True, array_like=True):
    """One series of the period, as it was judged."""

    indicator: str
    service: str
    status: str
    value: str | None
    target: str | None
    assessed: str
    """The assessment, as ``stream@version``."""

    @property
    def series(self) -> str:
        """Indicator and service."""
        return f"{self.indicator}/{self.service}"


def report_lines(rows: Iterable[Row]) -> tuple[ReportLine, ...]:
    """The lines of a report from the rows of the statuses of its period, by indicator and service."""
    lines = (
        ReportLine(
            indicator=str(row["indicator"]),
            service=str(row["service"]),
            status=str(row["status"]),
            value=None if row["value"] is None else str(row["value"]),
            target=None if row["target_value"] is None else str(row["target_value"]),
            assessed=streams.cite(
                streams.series(str(row["indicator"]), str(row["service"])), int(row["version"] or 0)
            ),
        )
        for row in rows
    )
    return tuple(sorted(lines, key=lambda line: (line.indicator, line.service)))


def digest_of(period: Period | str, lines: Sequence[ReportLine], missing: Sequence[str]) -> str:
    """SHA-256 of everything a report holds, in hex."""
    said = msgspec.json.encode([FORMAT, str(period), lines, missing])
    return hashlib.sha256(said).hexdigest()
