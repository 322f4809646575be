"""One row of a file as a figure, or every reason why it is none, each at its line and column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import msgspec

from engine.commands import FigureFields
from engine.figures import check_ended, check_figure
from engine.importing.columns import NUMBERS
from engine.importing.numbers import read_number
from engine.importing.table import Cell, Table, TableRow
from engine.packs.pack import Pack
from engine.queries.reader import Reader
from events.errors import Invalid, Place, Problem
from events.kinds.register import IndicatorAdded
from events.nearest import did_you_mean
from events.period import SPELLINGS, Period, kind_words, parse_period

_COLUMN_OF = {
    "GT-FIGURE-004": "period",
    "GT-FIGURE-005": "numerator",
    "GT-FIGURE-006": "denominator",
    "GT-FIGURE-007": "numerator",
    "GT-FIGURE-008": "value",
    "GT-FIGURE-009": "declared_status",
    "GT-FIGURE-010": "declared_status",
    "GT-FIGURE-011": "reported_as",
}
"""Reason against a figure → the column that shows it best."""
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_EXCEL_MONTH = re.compile(r"([A-Za-z]{3})[- ](\d{2}|\d{4})|(\d{2})[- ]([A-Za-z]{3})")


class Line(msgspec.Struct, frozen=True):
    """A row understood: which figure it is for, and the figure."""

    row: TableRow
    indicator: str
    service: str
    period: Period
    figure: FigureFields

    @property
    def key(self) -> tuple[str, str, str]:
        """Indicator, service and period."""
        return self.indicator, self.service, str(self.period)


class Lines:
    """Reads rows against the register and the packs; collects every problem."""

    def __init__(self, reader: Reader, table: Table, columns: Mapping[str, int], today: date) -> None:
        self._reader = reader
        self._table = table
        self._columns = columns
        self._today = today
        self.problems: list[Problem] = []
        self._errors = 0

    def read(self, row: TableRow) -> Line | None:
        """A row's figure; None where there is something wrong with it."""
        if len(row.cells) > len(self._table.header.cells):
            self._too_wide(row)
            return None
        before = self._errors
        added = self._indicator(row)
        service = self._service(row, added)
        found = self._period(row, added)
        figure = self._figure(row, found[1] if found else None)
        if added is not None and found is not None and figure is not None:
            self._sense(row, figure, added, *found)
        if self._errors > before or added is None or found is None or figure is None or service is None:
            return None
        return Line(row, added.indicator, service, found[0], figure)

    def problem(
        self, row: TableRow, column: str, code: str, sentence: str, fix: str = "", severity: str = "error"
    ) -> None:
        """Note a problem at a cell."""
        place = self.place(row, column)
        self._errors += severity == "error"
        self.problems.append(Problem(code=code, sentence=sentence, fix=fix, severity=severity, place=place))

    def place(self, row: TableRow, column: str) -> Place:
        """Where a column's cell stands in a row; the row's beginning where there is none."""
        return self._table.place(row, self._cell(row, column))

    def _cell(self, row: TableRow, column: str) -> Cell | None:
        index = self._columns.get(column)
        return row.cells[index] if index is not None and index < len(row.cells) else None

    def _text(self, row: TableRow, column: str) -> str:
        cell = self._cell(row, column)
        return cell.text if cell else ""

    def _named(self, row: TableRow, column: str) -> str | None:
        text = self._text(row, column)
        if not text:
            self.problem(
                row,
                column,
                "GT-IMPORT-021",
                f"The {column} is missing.",
                "Every row names an indicator, a service and a period.",
            )
        return text or None

    def _too_wide(self, row: TableRow) -> None:
        wide, expected = len(row.cells), len(self._table.header.cells)
        self._errors += 1
        self.problems.append(
            Problem(
                code="GT-IMPORT-006",
                sentence=f"This row has {wide} cells and the header has {expected}.",
                fix="A comma inside a cell needs quotation marks around the cell; 1,234 is written 1234.",
                place=self._table.place(row, row.cells[expected]),
            )
        )

    def _indicator(self, row: TableRow) -> IndicatorAdded | None:
        code = self._named(row, "indicator")
        if code is None:
            return None
        added = self._reader.work.indicator(code).added
        if added is None:
            problem = self._reader.shelf.unknown_indicator(code)
            self.problem(row, "indicator", "GT-IMPORT-018", problem.sentence, problem.fix)
        return added

    def _service(self, row: TableRow, added: IndicatorAdded | None) -> str | None:
        service = self._named(row, "service")
        if service is None or added is None or service in added.services:
            return service
        self.problem(
            row,
            "service",
            "GT-IMPORT-019",
            f"{added.indicator} is not returned by '{service}'.{did_you_mean(service, added.services)}",
            f"Its services are: {', '.join(added.services)}.",
        )
        return None

    def _period(self, row: TableRow, added: IndicatorAdded | None) -> tuple[Period, Pack] | None:
        text = self._named(row, "period")
        if text is None:
            return None
        try:
            period = parse_period(text)
        except Invalid as invalid:
            own = invalid.problems[0]
            self.problem(row, "period", "GT-IMPORT-020", own.sentence + _as_month(text), own.fix)
            return None
        if added is not None and period.kind != added.frequency:
            sentence = (
                f"{period} is a {kind_words(period.kind)}, but {added.indicator} is returned every "
                f"{kind_words(added.frequency)}."
            )
            self.problem(row, "period", "GT-IMPORT-022", sentence, SPELLINGS)
            return None
        pack = self._reader.pack_for(period)
        if pack is None:
            first = min((each.effective_from for each in self._reader.framework.adopted), default=None)
            fix = f"The earliest adopted pack is in force from {first}." if first else "Adopt a pack first."
            self.problem(row, "period", "GT-IMPORT-027", f"No pack is in force at the end of {period}.", fix)
            return None
        return period, pack

    def _figure(self, row: TableRow, pack: Pack | None) -> FigureFields | None:
        numbers: dict[str, Decimal | None] = {}
        wrong = False
        for column in NUMBERS:
            text = self._text(row, column)
            read = read_number(text) if text else None
            if isinstance(read, Problem):
                wrong = True
                self.problem(row, column, read.code, read.sentence, read.fix)
            else:
                numbers[column] = read
        if wrong:
            return None
        return FigureFields(
            **numbers,
            declared_status=_as_id(self._text(row, "declared_status"), pack),
            reported_as=self._text(row, "reported_as") or None,
        )

    def _sense(
        self, row: TableRow, figure: FigureFields, added: IndicatorAdded, period: Period, pack: Pack
    ) -> None:
        """Whether the figure makes sense, by the same checks as one entered by hand."""
        for problem in (*check_ended(period, pack, self._today), *check_figure(figure, added, pack)):
            column = _COLUMN_OF.get(problem.code, "value")
            self.problem(row, column, problem.code, problem.sentence, problem.fix, problem.severity)
        if added.measured_in == "percent" and figure.value is not None and figure.value > 100:
            self.problem(
                row,
                "value",
                "GT-IMPORT-026",
                f"{figure.value} is above 100, and {added.indicator} is a percentage.",
                "Look again; it is taken as it stands.",
                "warning",
            )


def _as_id(text: str, pack: Pack | None) -> str | None:
    """A status by id or by label, capitals aside; anything else is left for the check to refuse."""
    if not text or pack is None:
        return text or None
    by_word = {word.casefold(): each.id for each in pack.rules.statuses for word in (each.label, each.id)}
    return by_word.get(text.casefold(), text)


def _as_month(text: str) -> str:
    """`` Did you mean 2026-04?`` for a month that a spreadsheet rewrote as ``Apr-26``."""
    found = _EXCEL_MONTH.fullmatch(text)
    name, year = (found[1] or found[4], found[2] or found[3]) if found else ("", "")
    if name.casefold() not in _MONTHS:
        return ""
    full = year if len(year) == 4 else f"20{year}"
    return (
        f" A spreadsheet may have rewritten it. Did you mean {full}-{_MONTHS.index(name.casefold()) + 1:02d}?"
    )
