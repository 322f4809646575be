"""One row of a file as its figures, or every reason why it is none, each at its cell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from engine.figures import check_ended, check_figure
from engine.importing.asides import aside, lonely
from engine.importing.cells import Cells
from engine.importing.found import Findings, Line
from engine.importing.layout import Group, Layout
from engine.importing.mapping import COMMENT, Mapping
from engine.importing.periods import Spelled, as_period, spelled
from engine.importing.reading import Unread
from engine.importing.table import Table, TableRow
from engine.packs.pack import Pack
from engine.queries.reader import Reader
from events.errors import Problem
from events.kinds.register import IndicatorAdded
from events.nearest import did_you_mean
from events.period import SPELLINGS, Period, kind_words

_COLUMN_OF = {
    "GT-FIGURE-004": "period",
    "GT-FIGURE-005": "numerator",
    "GT-FIGURE-006": "denominator",
    "GT-FIGURE-007": "numerator",
    "GT-FIGURE-009": "declared_status",
    "GT-FIGURE-010": "declared_status",
    "GT-FIGURE-011": "reported_as",
}
"""Reason against a figure → the column that shows it best; for any other it is where the figure stands."""


MOST_SUGGESTIONS = 500
"""For so many wrong codes of a file it is looked for what was meant."""


class Lines:
    """Reads rows against the register and the packs. `reader` may be put in the place of an older one at any time."""

    def __init__(
        self,
        reader: Reader,
        table: Table,
        layout: Layout,
        mapping: Mapping,
        today: date,
        *,
        history: bool = False,
    ) -> None:
        self._history = history
        self.reader = reader
        self.found = Findings(table)
        self._layout = layout
        self._mapping = mapping
        self._today = today
        self._cells = Cells(layout, mapping, self.found, table.separator)
        self._year_starts = reader.calendar.year_starts
        self._words: dict[tuple[str, str], tuple[str, str, str]] = {}
        self._indicators: dict[str, IndicatorAdded | None] = {}
        self._periods: dict[tuple[str, str], Period | Unread] = {}
        self._packs: dict[Period, Pack | None] = {}
        self._ended: dict[tuple[Period, str], bool] = {}

    def read(self, row: TableRow, no_figure: str = "") -> list[Line]:
        """A row's figures, those left out that something is wrong with. `no_figure`: why a word like n/a stands for none."""
        why = aside(row, self._layout, self._mapping, self._known)
        if why is not None:
            self.found.pass_over(row, why)
            return []
        before = self.found.errors
        if lonely(row) is not None and self._layout.width > 2:
            self._lonely(row)
        elif len(row.cells) > self._layout.width:
            self._too_wide(row)
        else:
            self._nameless(row)
            added = self._indicator(row)
            service = self._service(row, added)
            if self.found.errors == before and added is not None:
                found = (
                    self._line(row, n, group, added, service, no_figure)
                    for n, group in enumerate(self._layout.groups)
                )
                return [line for line in found if line is not None]
            self._periods_too(row, added)
        return []

    def _known(self, text: str) -> bool:
        return self._added(self._mapping.indicators.get(text, text)) is not None

    def _added(self, code: str) -> IndicatorAdded | None:
        if code not in self._indicators:
            self._indicators[code] = self.reader.work.indicator(code).added
        return self._indicators[code]

    # what is wrong with a row as a whole ---------------------------------------------------------------------
    def _lonely(self, row: TableRow) -> None:
        index = next(n for n, cell in enumerate(row.cells) if cell)
        sentence = "This row has a single cell, and is neither a figure nor a footnote that says so."
        fix = "Take it out, begin it with '# ', or name it under 'skip_rows' in the mapping file."
        self.found.add(row, None, index, ("GT-IMPORT-050", sentence, fix), expected="a figure")

    def _too_wide(self, row: TableRow) -> None:
        wide, expected = len(row.cells), self._layout.width
        sentence = f"This row has {wide} cells and the header has {expected}."
        fix = "A comma inside a cell needs quotation marks around the cell; 1,234 is written 1234."
        self.found.add(row, None, expected, ("GT-IMPORT-006", sentence, fix), expected=f"{expected} cells")

    def _nameless(self, row: TableRow) -> None:
        for index in self._layout.nameless:
            if index < len(row.cells) and row.cells[index]:
                sentence = f"'{row.cells[index][:40]}' stands in a column without a heading."
                fix = (
                    "Give the column a heading, or take it out; a heading that begins with # is of a comment."
                )
                self.found.add(row, None, index, ("GT-IMPORT-051", sentence, fix), expected="nothing")

    # what names a figure -------------------------------------------------------------------------------------
    def _named(self, row: TableRow, column: str) -> str | None:
        text = self._cells.text(row, column) or self._mapping.fixed.get(column, "")
        if not text:
            fix = "Every row names an indicator, a service and a period."
            self._at_key(row, column, ("GT-IMPORT-021", f"The {column} is missing.", fix), f"the {column}")
        return text or None

    def _at_key(
        self, row: TableRow, column: str, said: tuple[str, str, str], expected: str, meant: str = ""
    ) -> None:
        self.found.add(row, None, self._layout.keys.get(column, 0), said, expected=expected, meant=meant)

    def _indicator(self, row: TableRow) -> IndicatorAdded | None:
        text = self._named(row, "indicator")
        if text is None:
            return None
        added = self._added(self._mapping.indicators.get(text, text))
        if added is None:
            said = self._known_problem(("indicator", text), lambda: self._no_indicator(text))
            self._at_key(row, "indicator", said, "an indicator of the register")
        return added

    def _service(self, row: TableRow, added: IndicatorAdded | None) -> str:
        text = self._named(row, "service")
        if text is None or added is None:
            return ""
        service = self._mapping.services.get(text, text)
        if service not in added.services:
            said = self._known_problem((added.indicator, text), lambda: _no_service(text, added))
            self._at_key(row, "service", said, f"one of: {', '.join(added.services)}")
        return service

    def _known_problem(
        self, key: tuple[str, str], make: Callable[[], tuple[str, str, str]]
    ) -> tuple[str, str, str]:
        """A problem that many rows share is put into words once: looking for what was meant takes its time."""
        if key not in self._words:
            if len(self._words) >= MOST_SUGGESTIONS:
                what = "an indicator of the register" if key[0] == "indicator" else f"a service of {key[0]}"
                code = "GT-IMPORT-018" if key[0] == "indicator" else "GT-IMPORT-019"
                return code, f"'{key[1]}' is not {what}.", "Put the first such rows right, and look again."
            self._words[key] = make()
        return self._words[key]

    def _no_indicator(self, text: str) -> tuple[str, str, str]:
        problem = self.reader.shelf.unknown_indicator(text)
        return "GT-IMPORT-018", problem.sentence, problem.fix

    def _periods_too(self, row: TableRow, added: IndicatorAdded | None) -> None:
        """The period's own problems, where another column's keep the row out already: all are told at once."""
        group = self._layout.groups[0]
        if group.said is None:
            self._period(row, 0, group, added)
            self._cells.figure(row, 0, group, added, None, "")

    def _period(
        self, row: TableRow, number: int, group: Group, added: IndicatorAdded | None
    ) -> tuple[Period, Pack] | None:
        text = group.heading if group.said is not None else self._named(row, "period")
        if text is None:
            return None
        kind = added.frequency if added else "month"
        period = self._periods.get((text, kind))
        if period is None:
            period = self._periods[text, kind] = as_period(
                self._said(group, text), text, kind, self._year_starts
            )
        at = (
            next(iter(group.cells.values())) if group.said is not None else self._layout.keys.get("period", 0)
        )
        where = None if group.said is None else number
        if isinstance(period, Unread):
            if added is not None or period.code != "GT-IMPORT-044":
                said = (period.code, period.sentence, period.fix)
                self.found.add(row, where, at, said, expected=f"a {kind_words(kind)}", meant=period.meant)
            return None
        if added is not None and period.kind != kind:
            sentence = f"{period} is a {kind_words(period.kind)}, but {added.indicator} is returned every {kind_words(kind)}."
            self.found.add(
                row, where, at, ("GT-IMPORT-022", sentence, SPELLINGS), expected=f"a {kind_words(kind)}"
            )
            return None
        pack = self._pack(period)
        if pack is None:
            first = min((each.effective_from for each in self.reader.framework.adopted), default=None)
            fix = f"The earliest adopted pack is in force from {first}." if first else "Adopt a pack first."
            said = ("GT-IMPORT-027", f"No pack is in force at the end of {period}.", fix)
            self.found.add(row, where, at, said, expected="a period under an adopted pack")
            return None
        return period, pack

    def _said(self, group: Group, text: str) -> Spelled:
        if group.said is not None:
            return group.said
        return spelled(text, self._mapping.year, self._year_starts[0])

    def _pack(self, period: Period) -> Pack | None:
        if period not in self._packs:
            pack = self.reader.pack_for(period)
            if pack is None and self._history:
                pack = self.reader.shelf.first(self.reader.framework)
            self._packs[period] = pack
        return self._packs[period]

    # the figure ----------------------------------------------------------------------------------------------
    def _line(
        self, row: TableRow, number: int, group: Group, added: IndicatorAdded, service: str, no_figure: str
    ) -> Line | None:
        if self._cells.blank(row, group):
            if group.said is None:
                self._period(row, number, group, added)
            self.found.blanks += 1
            self._comment_alone(row, number, group)
            return None
        before = self.found.errors
        found = self._period(row, number, group, added)
        figure = self._cells.figure(row, number, group, added, found[1] if found else None, no_figure)
        if found is None or figure is None:
            return None
        line = Line(
            row=row,
            group=number,
            at=self._layout.at(row, group),
            indicator=added.indicator,
            service=service,
            period=found[0],
            figure=None if isinstance(figure, str) else figure,
            absent=figure if isinstance(figure, str) else "",
            comment=self._cells.comment(row, group),
        )
        self._sense(line, group, added, found[1])
        return line if self.found.errors == before else None

    def _comment_alone(self, row: TableRow, number: int, group: Group) -> None:
        """A comment on a figure that is not supplied stands for nothing that an import could take in."""
        if self._cells.comment(row, group):
            sentence = "This comment stands beside no figure, so it is not taken in."
            fix = "Comment on the figure by itself: goldenthread figure comment."
            at = group.cells[COMMENT]
            self.found.add(row, number, at, ("GT-IMPORT-402", sentence, fix), severity="warning")

    def _sense(self, line: Line, group: Group, added: IndicatorAdded, pack: Pack) -> None:
        """Whether the figure makes sense, by the same checks as one entered by hand; warnings are told here too."""
        problems = self._not_yet(line.period, pack, added)
        if line.figure is not None:
            problems = [*problems, *check_figure(line.figure, added, pack)]
        for problem in problems:
            column = _COLUMN_OF.get(problem.code, "")
            at = self._layout.keys.get(column, group.cells.get(column, line.at))
            said = (problem.code, problem.sentence, problem.fix)
            self.found.add(line.row, line.group, at, said, severity=problem.severity)

    def _not_yet(self, period: Period, pack: Pack, added: IndicatorAdded) -> list[Problem]:
        """Why nothing can be known of a period yet; asked once for all series of the same reporting lag."""
        key = (period, added.lag)
        if key not in self._ended:
            self._ended[key] = not check_ended(period, pack, self._today, added)
        return [] if self._ended[key] else check_ended(period, pack, self._today, added)


def _no_service(text: str, added: IndicatorAdded) -> tuple[str, str, str]:
    sentence = f"{added.indicator} is not returned by '{text}'.{did_you_mean(text, added.services)}"
    return "GT-IMPORT-019", sentence, f"Its services are: {', '.join(added.services)}."
