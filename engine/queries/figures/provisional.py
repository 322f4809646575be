"""Figures that count for the time being and still have to be made final."""

from __future__ import annotations

from datetime import date

import msgspec

from engine.commands import FigureFields
from engine.handle import Engine
from engine.queries.figures.figure_facts import figure_facts
from engine.queries.known import check_known
from engine.queries.reader import Reader
from engine.queries.references import FigureRef
from engine.queries.shown import figure_shown
from engine.view import Row
from engine.views import INDICATORS, SUBMISSIONS
from events.errors import Invalid


class ProvisionalLine(msgspec.Struct, frozen=True, kw_only=True):
    """A provisional figure in force."""

    indicator: str
    service: str
    period: str
    shown: str
    confirmed_on: date
    days: int
    """How many days it has been provisional."""
    waiting: bool
    """Another figure for the period waits for approval."""

    @property
    def ref(self) -> str:
        """Indicator, service and period."""
        return f"{self.indicator}/{self.service}/{self.period}"


def provisional_figures(
    engine: Engine,
    today: date,
    *,
    indicator: str | None = None,
    service: str | None = None,
    at: int | None = None,
) -> list[ProvisionalLine]:
    """What waits to be made final, the longest first. Raises NotFound for an unknown indicator or service."""
    reader = Reader(engine, at)
    check_known(reader, indicator=indicator, service=service)
    where: dict[str, str | int] = {"provisional": 1}
    where |= {"indicator": indicator} if indicator else {}
    where |= {"service": service} if service else {}
    register = {str(row["indicator"]): row for row in reader.rows(INDICATORS)}
    rows = [row for row in reader.rows(SUBMISSIONS, where) if row["confirmed_on"] is not None]
    lines = [_line(row, register[str(row["indicator"])], today) for row in rows]
    return sorted(lines, key=lambda line: (line.confirmed_on, line.ref))


def figure_to_finish(engine: Engine, ref: FigureRef) -> FigureFields:
    """The provisional figure in force, as it is given again when it is final. Raises Invalid where none is provisional."""
    own = figure_facts(Reader(engine), ref)
    standing = own.reader.work.series(ref.indicator, ref.service).at(ref.period)
    held = standing.confirmed[0] if standing.confirmed else None
    if held is None or not held.provisional:
        raise Invalid.of(
            "GT-FIGURE-023",
            f"{ref} has no provisional figure in force, so there is nothing to make final.",
            "'goldenthread figure provisional' lists those that are; a final figure is corrected with 'goldenthread figure restate'.",
        )
    return FigureFields(
        value=held.value,
        numerator=held.numerator,
        denominator=held.denominator,
        declared_status=held.declared_status,
        reported_as=held.reported_as,
    )


def _line(row: Row, register: Row, today: date) -> ProvisionalLine:
    confirmed_on = date.fromisoformat(str(row["confirmed_on"]))
    shown = figure_shown(
        str(register["measured_in"]),
        int(register["decimals"] or 0),
        value=_text(row["value"]),
        numerator=_text(row["numerator"]),
        denominator=_text(row["denominator"]),
    )
    return ProvisionalLine(
        indicator=str(row["indicator"]),
        service=str(row["service"]),
        period=str(row["period"]),
        shown=shown,
        confirmed_on=confirmed_on,
        days=(today - confirmed_on).days,
        waiting=bool(row["waiting"]),
    )


def _text(value: str | int | None) -> str | None:
    return None if value is None else str(value)
