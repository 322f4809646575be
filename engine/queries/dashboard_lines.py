"""The lines of the dashboard: everything read once, then put together series by series."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from engine.packs.pack import Pack
from engine.queries.figures.breaks import comparable_from
from engine.queries.figures.direction_of_travel import direction_of_travel
from engine.queries.last_rows import LastRows, Series, by_series
from engine.queries.matters.agenda import agenda_of, breaches, proposed_rung
from engine.queries.matters.numbering import key_of, numbered
from engine.queries.matters.state_labels import state_label
from engine.queries.reader import Reader
from engine.queries.shown import MISSING, figure_shown, number_shown
from engine.queries.status_words import NO_STATUS, StatusWord, status_word
from engine.view import Row
from engine.views import INDICATORS, MATTERS, STATUSES, SUBMISSIONS
from engine.views.columns import number_text
from events import stream as streams
from events.period import parse_period
from events.stream import INTERVENTION

RECENT = 8
"""So many latest periods are shown as a run of words."""


class OpenIntervention(msgspec.Struct, frozen=True, kw_only=True):
    """What is being done about a series."""

    id: str
    state: str
    label: str
    body: str
    report_due: date | None
    report_original: date | None
    proposed_rung: str | None
    breaches: int


class DashboardLine(msgspec.Struct, frozen=True, kw_only=True):
    """One series at one period."""

    indicator: str
    title: str
    service: str
    service_label: str
    period: str
    status: StatusWord
    reason: str
    shown: str
    value: str | None
    numerator: str | None
    denominator: str | None
    target: str
    """As shown."""
    target_restated: bool
    """The target was set after the outcome of this period was known."""
    measured_in: str
    decimals: int
    direction: str
    """``better``, ``worse``, ``same`` or a dash, against the period before."""
    comparable_from: str | None
    """The first period with which this one can be compared, where the indicator measured something else before."""
    recent: tuple[StatusWord, ...]
    """The latest periods up to this one, oldest first."""
    recent_comparable: int
    """How many of these, from the last one back, can be compared with it."""
    submission: str
    """Where the figure stands, in the workflow's own words; empty where it is confirmed and final."""
    provisional: bool
    """The figure in force is expected to change."""
    waiting: bool
    """A figure, or a restated one, waits for confirmation."""
    late_days: int | None
    intervention: OpenIntervention | None


class Board:
    """Everything read once, by series."""

    def __init__(self, reader: Reader, period: str | None, today: date | None = None) -> None:
        self._reader = reader
        self._period = period
        self._labels = reader.work.services().labels
        self._last = LastRows(reader, parse_period(period) if period else None, today)
        self._statuses = self._last.of(STATUSES, RECENT)
        self._submissions = self._last.of(SUBMISSIONS, 1)
        self.open = by_series(reader.rows(MATTERS, {"workflow": INTERVENTION, "ended": 0}))
        self._numbers = numbered(reader) if self.open else {}
        shown = [rows[-1] for rows in self.open.values()]
        self._agenda = agenda_of(reader, [key_of(row) for row in shown]) if shown else {}
        reader.work.fetch(streams.targets(str(row["indicator"])) for row in reader.rows(INDICATORS))

    def line(self, register: Row, service: str) -> DashboardLine:
        """One series."""
        series = (str(register["indicator"]), service)
        statuses = self._statuses.get(series, [])
        period = self._period or self._last.latest(statuses, self._submissions.get(series, []))
        judged = next((row for row in reversed(statuses) if row["period"] == period), None)
        given = next((row for row in self._submissions.get(series, []) if row["period"] == period), None)
        pack = self._pack(judged) if judged else None
        measured_in, decimals = str(register["measured_in"]), int(register["decimals"] or 0)
        target, target_shown = self._target(series, period, measured_in)
        numbers = {name: _text(given, name) for name in ("numerator", "denominator")}
        value = _text(given, "value") or _text(judged, "value")
        return DashboardLine(
            indicator=series[0],
            title=str(register["title"]),
            service=service,
            service_label=self._labels.get(service, service),
            period=period or MISSING,
            status=status_word(pack, str(judged["status"])) if judged else NO_STATUS,
            reason=str(judged["reason"]) if judged else "",
            shown=figure_shown(measured_in, decimals, value=value, apart_from=(target,), **numbers),
            value=value,
            numerator=numbers["numerator"],
            denominator=numbers["denominator"],
            target=target_shown,
            target_restated=self._restated(series, period),
            measured_in=measured_in,
            decimals=decimals,
            direction=direction_of_travel(self._reader, statuses, judged, str(register["polarity"])),
            comparable_from=self._comparable_from(series[0], period),
            recent=self._recent(statuses, period),
            recent_comparable=self._recent_comparable(series[0], statuses, period),
            submission=self._submission(given),
            provisional=bool(given and given["provisional"]),
            waiting=bool(given and given["waiting"]),
            late_days=int(given["late_days"]) if given and given["late_days"] is not None else None,
            intervention=self._intervention(series),
        )

    def _target(self, series: Series, period: str | None, measured_in: str) -> tuple[str | None, str]:
        """The target of the period, and as it is shown; a wanted band is shown by its edges."""
        found = (
            self._reader.work.targets(series[0]).for_period(parse_period(period), series[1])
            if period
            else None
        )
        if found is None:
            return None, MISSING
        target = found[0]
        if target.value is None and target.low is not None and target.high is not None:
            low, high = number_text(target.low), number_text(target.high)
            return None, f"{number_shown(low, 'number')} to {number_shown(high, measured_in)}"
        value = number_text(target.value)
        return value, number_shown(value, measured_in)

    def _restated(self, series: Series, period: str | None) -> bool:
        """Whether the period's target was set when its outcome was known."""
        held = self._reader.work.targets(series[0])
        return period is not None and held.set_after_outcome(parse_period(period), series[1])

    def _pack(self, row: Row) -> Pack:
        return self._reader.shelf.pack(str(row["pack"]))

    def _recent(self, statuses: Sequence[Row], period: str | None) -> tuple[StatusWord, ...]:
        upto = [row for row in statuses if period is not None and str(row["period"]) <= period]
        return tuple(status_word(self._pack(row), str(row["status"])) for row in upto[-RECENT:])

    def _recent_comparable(self, indicator: str, statuses: Sequence[Row], period: str | None) -> int:
        upto = [str(row["period"]) for row in statuses if period is not None and str(row["period"]) <= period]
        since = comparable_from(self._reader, indicator, parse_period(period)) if period else None
        return sum(since is None or parse_period(each) >= since for each in upto[-RECENT:])

    def _comparable_from(self, indicator: str, period: str | None) -> str | None:
        start = comparable_from(self._reader, indicator, parse_period(period)) if period else None
        return None if start is None else str(start)

    def _submission(self, given: Row | None) -> str:
        if given is None or (given["confirmed_on"] is not None and not given["waiting"]):
            return "Provisional" if given is not None and given["provisional"] else ""
        if given["confirmed_on"] is not None:
            return "A restated figure waits for confirmation"
        pack = self._reader.pack_for(parse_period(str(given["period"])))
        definition = pack.workflows.get("submission") if pack else None
        return state_label(definition, str(given["state"]))

    def _intervention(self, series: Series) -> OpenIntervention | None:
        rows = self.open.get(series)
        if not rows:
            return None
        row = rows[-1]
        found = self._reader.definition(str(row["definition"]))
        body, agenda = str(row["body"] or ""), self._agenda.get(key_of(row))
        return OpenIntervention(
            id=self._numbers.get((INTERVENTION, *series, str(row["ordinal"])), ""),
            state=str(row["state"]),
            label=state_label(found[1] if found else None, str(row["state"]), body),
            body=body,
            report_due=_day(row, "report_due"),
            report_original=_day(row, "report_original"),
            proposed_rung=proposed_rung(agenda),
            breaches=breaches(agenda),
        )


def _text(row: Row | None, column: str) -> str | None:
    value = row[column] if row else None
    return None if value is None else str(value)


def _day(row: Row, column: str) -> date | None:
    value = row[column]
    return None if value is None else date.fromisoformat(str(value))
