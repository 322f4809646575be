"""The cells that make one figure: numbers and words, each read or noted as a problem."""

from __future__ import annotations

from decimal import Decimal

from engine.commands import FigureFields
from engine.importing.found import Findings
from engine.importing.layout import Group, Layout
from engine.importing.mapping import COMMENT, NUMBERS, Mapping
from engine.importing.numbers import NOTHING, Form, read_number
from engine.importing.reading import Reading, Unread
from engine.importing.table import TableRow
from engine.packs.pack import Pack
from events.kinds.register import IndicatorAdded
from events.number import plain

_YES = {"yes": True, "y": True, "true": True, "1": True, "provisional": True, "p": True}
_NO = {"no": False, "n": False, "false": False, "0": False, "final": False, "f": False}
_ONE = Decimal(1)


class Cells:
    """Reads the cells of a figure."""

    def __init__(self, layout: Layout, mapping: Mapping, found: Findings, separator: str) -> None:
        self._layout = layout
        self._mapping = mapping
        self._found = found
        self._comma = mapping.comma if mapping.comma is not None else (None if separator == ";" else False)
        self._forms: dict[tuple[str, str, bool | None], Form] = {}

    def text(self, row: TableRow, column: str) -> str:
        """What a row says in one of the columns that name a figure."""
        index = self._layout.keys.get(column)
        return row.cells[index] if index is not None and index < len(row.cells) else ""

    def blank(self, row: TableRow, group: Group) -> bool:
        """Whether nothing is said of a figure at all, but for a comment."""
        cells = row.cells
        return not any(
            index < len(cells) and cells[index] and column != COMMENT for column, index in group.cells.items()
        )

    def comment(self, row: TableRow, group: Group) -> str:
        """What is said about a figure."""
        return self._word(row, group, COMMENT)

    def figure(
        self,
        row: TableRow,
        number: int,
        group: Group,
        added: IndicatorAdded | None,
        pack: Pack | None,
        no_figure: str,
    ) -> FigureFields | str | None:
        """The figure; why there is none, where the file says so; or None where something is wrong."""
        numbers: dict[str, Decimal | None] = {}
        before = self._found.errors
        for column in NUMBERS:
            index = group.cells.get(column)
            text = row.cells[index] if index is not None and index < len(row.cells) else ""
            if index is None or not text:
                continue
            why = self._absence(text, no_figure)
            if why:
                return why
            form = self._form(column, added, group)
            read = read_number(text, form)
            numbers[column] = self._taken(row, number, index, read, form, added)
        words = self._words(row, number, group, pack)
        return FigureFields(**numbers, **words) if self._found.errors == before else None  # type: ignore[arg-type]  # each by its own name

    def _absence(self, text: str, no_figure: str) -> str:
        """Why a word stands for no figure; empty where it does not, or nobody said why."""
        word = text.casefold()
        if word in self._mapping.no_figure:
            return self._mapping.no_figure[word]
        return no_figure if word in NOTHING else ""

    def _form(self, column: str, added: IndicatorAdded | None, group: Group) -> Form:
        measured_in = added.measured_in if added is not None and column == "value" else "number"
        fraction = group.fractions.get(column, self._mapping.fraction)
        key = (column, measured_in, fraction)
        if key not in self._forms:
            self._forms[key] = Form(measured_in, fraction, self._comma)
        return self._forms[key]

    def _taken(
        self,
        row: TableRow,
        number: int,
        index: int,
        read: Reading | Unread,
        form: Form,
        added: IndicatorAdded | None,
    ) -> Decimal | None:
        text = row.cells[index]
        if isinstance(read, Unread):
            said = (read.code, read.sentence, read.fix)
            expected = f"a figure in {form.measured_in}" if form.measured_in != "number" else "a number"
            self._found.add(row, number, index, said, expected=expected, meant=read.meant)
            return None
        for how in read.how:
            self._found.read_as(how, text, plain(read.value))
        if read.mark:
            sentence = f'"{text}" carries the mark {read.mark}: {plain(read.value)} is taken without it.'
            fix = "Say what the mark means in a comment on the figure, or take it out."
            self._found.add(
                row,
                number,
                index,
                ("GT-IMPORT-052", sentence, fix),
                severity="warning",
                meant=plain(read.value),
            )
        if form.percent and form.fraction is None and 0 < abs(read.value) <= _ONE and not read.how:
            meant = form.own(plain(read.value * 100))
            code = added.indicator if added else "it"
            sentence = f"{text} is a very small percentage of {code}. Did you mean {meant}?"
            fix = "Say in the mapping file how percentages are written: 'percentages: fraction' or 'percentages: percent'."
            self._found.add(
                row, number, index, ("GT-IMPORT-053", sentence, fix), severity="warning",
                expected="a percentage from 0 to 100", meant=meant,
            )  # fmt: skip
        return read.value

    def _words(
        self, row: TableRow, number: int, group: Group, pack: Pack | None
    ) -> dict[str, str | bool | None]:
        found: dict[str, str | bool | None] = {}
        status = self._word(row, group, "declared_status")
        if status:
            found["declared_status"] = _as_id(self._mapping.statuses.get(status.casefold(), status), pack)
        found["reported_as"] = self._word(row, group, "reported_as") or self._mapping.fixed.get("reported_as")
        provisional = self._word(row, group, "provisional").casefold()
        if provisional:
            found["provisional"] = self._yes(row, number, group, provisional)
        return found

    def _word(self, row: TableRow, group: Group, column: str) -> str:
        index = group.cells.get(column)
        return row.cells[index] if index is not None and index < len(row.cells) else ""

    def _yes(self, row: TableRow, number: int, group: Group, word: str) -> bool:
        if word not in _YES and word not in _NO:
            sentence = f"'{word}' does not say whether the figure is provisional."
            said = ("GT-IMPORT-054", sentence, "Write yes or no; an empty cell is no.")
            self._found.add(row, number, group.cells["provisional"], said, expected="yes or no")
        return _YES.get(word, False)


def _as_id(text: str, pack: Pack | None) -> str | None:
    """A status by id or by label, capitals aside; anything else is left for the check to refuse."""
    if pack is None:
        return text
    by_word = {word.casefold(): each.id for each in pack.rules.statuses for word in (each.label, each.id)}
    return by_word.get(text.casefold(), text)
