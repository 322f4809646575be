"""Numbers as people leave them in spreadsheets: read where only one number can be meant, else refused with what it may be."""

from __future__ import annotations

import re
from decimal import Decimal

import msgspec

from engine.importing.reading import Reading, Unread
from events.errors import Invalid
from events.number import MOST_CHARACTERS, parse_number, plain

NOTHING = frozenset({
    "n/a", "na", "n.a.", "-", "--", "–", "—", "nil", "none", "null", "nan", "tbc", "tba", "tbd", ".", "..", "...", "?",
    "x", "[x]", "[c]", "[z]", ":", "no data", "not available", "not applicable", "not collected", "suppressed", "pending",
    "to be confirmed", "awaited", "awaiting data",
})  # fmt: skip
"""Words that say that there is no figure, and never that it is zero."""
ERROR = re.compile(r"#[A-Z0-9_/]+[!?]?|#+", re.IGNORECASE)
_DATE = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{1,2}-[A-Za-z]{3}(-\d{2,4})?|[A-Za-z]{3}-\d{2,4}")
_MARK = re.compile(r"\s*(\*+|[†‡§¹²³⁴-⁹]+|\([a-z]\)|\[(?:\d{1,2}|[a-z])\])$")  # footnote marks as they come
_BRACKETS = re.compile(r"\((.*\d.*)\)")
_SIGNS = str.maketrans(
    {"−": "-", "–": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " "}
)  # what spreadsheets write
_MONEY = re.compile(r"(-?)([£€$])\s*(-?[\d., ']+)|(-?[\d., ']+)\s*([£€$])")
_SCALED = re.compile(r"[-+]?[£€$]?[\d.,]+ ?(k|m|bn|million|thousand)", re.IGNORECASE)
_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_SCIENCE = re.compile(r"[-+]?\d+(?:[.,]\d+)?[eE][-+]?\d{1,2}")
_POINT_GROUPS = re.compile(
    r"[-+]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|[-+]?[1-9]\d{0,2}(?:[ ']\d{3})+(?:\.\d+)?"
)
_COMMA_GROUPS = re.compile(r"[-+]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?|[-+]?[1-9]\d{0,2}(?:[ ']\d{3})+(?:,\d+)?")
_COMMA = re.compile(r"[-+]?\d+,\d+")
_POINT = re.compile(r"[-+]?(?:\d+\.\d*|\.\d+)")
_EITHER = re.compile(r"[-+]?[1-9]\d{0,2}[.,]\d{3}")
_MONEY_UNITS = {"£": ("pounds", "gbp", "£"), "€": ("euros", "eur", "€"), "$": ("dollars", "usd", "$")}


class Form(msgspec.Struct, frozen=True):
    """How the numbers of a column are written."""

    measured_in: str = "number"
    fraction: bool | None = None
    """Percentages stand as fractions of one (True) or from 0 to 100 (False); None where nobody said."""
    comma: bool | None = False
    """A comma separates the decimals; None: it may, as in files with semicolons."""

    @property
    def words(self) -> str:
        """What the figure is measured in, as the end of a sentence."""
        return "a plain number" if self.measured_in == "number" else f"measured in {self.measured_in}"

    @property
    def percent(self) -> bool:
        """Whether it is of a percentage."""
        return self.measured_in == "percent"

    def own(self, words: str) -> str:
        """Words about a number with the decimal mark that the mapping file says."""
        if self.comma is not True:
            return words
        return re.sub(r"(?<=\d)\.(?=\d)", ",", words).replace("decimal point", "decimal comma")


def read_number(text: str, form: Form) -> Reading | Unread:
    """The number that a cell says, and how it was read; or what is wrong with it."""
    if form.comma is False and not (form.fraction and form.percent) and _PLAIN.fullmatch(text):
        found = _grouped(text, text, form, [])
        return found if isinstance(found, Unread) else Reading(found)
    return _spelled(text, form)


def _spelled(text: str, form: Form) -> Reading | Unread:
    """A number that is not written plainly."""
    bare, how = text.translate(_SIGNS).strip(), []
    if bare.startswith("'"):
        bare = bare[1:].strip()
    refused = _no_number(text, bare, form)
    if refused is not None:
        return refused
    mark = _MARK.search(bare)
    if mark and mark.start():
        bare = bare[: mark.start()]
    brackets = _BRACKETS.fullmatch(bare)
    if brackets and not brackets[1].strip().startswith("-"):
        bare = f"-{brackets[1].strip()}"
        how.append("brackets as a minus")
    elif bare.startswith("-") and not text.strip().startswith(("-", "'")):
        how.append("another dash as a minus")
    found = _with_unit(text, bare, form, how)
    if isinstance(found, Unread):
        return found
    return Reading(found, tuple(how), mark[1] if mark and mark.start() else "")


def _no_number(text: str, bare: str, form: Form) -> Unread | None:
    """What is no number at all, and what a spreadsheet made of one."""
    if ERROR.fullmatch(bare):
        sentence = f'"{text}" is a spreadsheet error.'
        if set(bare) == {"#"}:
            sentence = f'"{text}" is what a spreadsheet shows where the column is too narrow.'
        fix = (
            "Enter the figure; where there is none, leave the cell empty and say so with 'goldenthread figure none' "
            "and a reason."
        )
        return Unread("GT-IMPORT-013", sentence, fix)
    if bare.casefold() in NOTHING:
        fix = (
            "Leave the cell empty where the figure is still to come. Where there is none, say why: --no-figure-reason, "
            "or 'no_figure' in the mapping file. It is not 0."
        )
        return Unread("GT-IMPORT-014", f'"{text}" is not a figure.', fix)
    if bare.startswith("="):
        fix = "Save the file so that it holds what the formula gives."
        return Unread("GT-IMPORT-034", f'"{text[:40]}" is a formula, not a number.', fix)
    if _DATE.fullmatch(bare):
        fix = "A spreadsheet may have made a date of it: format the column as numbers and enter the figure again."
        return Unread("GT-IMPORT-035", f'"{text}" is a date, not a number.', fix)
    if _SCIENCE.fullmatch(bare):
        meant = form.own(plain(Decimal(bare.replace(",", "."))))
        sentence = f'"{text}" may have been shortened by the spreadsheet. Did you mean {meant}?'
        fix = "Format the column as plain numbers and save the file again, or write the number out."
        return Unread("GT-IMPORT-036", sentence, fix, meant)
    if scaled := _SCALED.fullmatch(bare):
        fix = "Write the number out in full."
        return Unread("GT-IMPORT-037", f'"{text}" is written in steps of a {_step(scaled[1])}.', fix)
    return None


def _step(word: str) -> str:
    return {"k": "thousand", "thousand": "thousand", "bn": "billion"}.get(word.casefold(), "million")


def _with_unit(text: str, bare: str, form: Form, how: list[str]) -> Decimal | Unread:
    """The number without its percent sign or currency."""
    per_cent = bare.endswith("%") or bare.startswith("%")
    if per_cent:
        bare = (bare[:-1] if bare.endswith("%") else bare[1:]).strip()
        if not form.percent:
            sentence = f'"{text}" has a % sign, and the figure is {form.words}.'
            return Unread(
                "GT-IMPORT-015", sentence, "Enter the figure in its own unit, without the sign.", bare
            )
        how.append("a percent sign")
    elif money := _MONEY.fullmatch(bare):
        sign, number = money[2] or money[5], (money[1] or "") + (money[3] or money[4]).strip()
        if _another_unit(sign, form.measured_in):
            sentence = f'"{text}" is money, and the figure is {form.words}.'
            return Unread("GT-IMPORT-038", sentence, "Enter the figure in its own unit.", number)
        bare = number
        how.append(f"{sign} left out")
    value = _grouped(text, bare, form, how)
    if isinstance(value, Unread) or not form.percent or per_cent or not form.fraction:
        return value
    how.append("a fraction as a percentage")
    return value * 100


def _another_unit(sign: str, measured_in: str) -> bool:
    """Whether money is not what the figure is measured in; an indicator that only says 'number' may be money."""
    words = measured_in.casefold()
    return words not in ("number", "money") and not any(unit in words for unit in _MONEY_UNITS[sign])


def _grouped(text: str, bare: str, form: Form, how: list[str]) -> Decimal | Unread:
    """The number without separators between its thousands, and with a decimal point."""
    if form.comma is None and _EITHER.fullmatch(bare):
        small, large = re.sub("[.,]", ".", bare), re.sub("[.,]", "", bare)
        sentence = f'"{text}" may be {plain(Decimal(small))} or {large}.'
        fix = "Say in the mapping file which it is: 'decimal: point' or 'decimal: comma'."
        return Unread("GT-IMPORT-039", sentence, fix)
    if form.comma is not None and (meant := _with_the_other_mark(bare, form)):
        return _of_the_other_mark(text, meant, form)
    may_comma = form.comma is not False
    if form.comma is not True and _POINT_GROUPS.fullmatch(bare):
        how.append("separators between thousands")
        bare = re.sub(r"[,' ]", "", bare)
    elif may_comma and _COMMA_GROUPS.fullmatch(bare):
        how.append("separators between thousands")
        bare = re.sub(r"[.' ]", "", bare)
    if may_comma and _COMMA.fullmatch(bare):
        how.append("a decimal comma")
        bare = bare.replace(",", ".")
    try:
        return parse_number(bare)
    except Invalid as invalid:
        problem = invalid.problems[0]
        sentence = problem.sentence.replace(f"'{bare[:40]}'", f"'{text[:40]}'")
        return Unread(problem.code, sentence, form.own(problem.fix))


def _with_the_other_mark(bare: str, form: Form) -> str:
    """What a number is in the spelling of the file, if it is one with the other decimal mark alone; else nothing."""
    point, comma = (_POINT, _POINT_GROUPS), (_COMMA, _COMMA_GROUPS)
    own, other = (comma, point) if form.comma else (point, comma)
    if _is_any(bare, own) or not _is_any(bare, other) or len(bare) > MOST_CHARACTERS:
        return ""
    separators, mark = ("[, ']", ".") if form.comma else ("[. ']", ",")
    return form.own(plain(Decimal(re.sub(separators, "", bare).replace(mark, "."))))


def _is_any(bare: str, spellings: tuple[re.Pattern[str], ...]) -> bool:
    return any(spelling.fullmatch(bare) for spelling in spellings)


def _of_the_other_mark(text: str, meant: str, form: Form) -> Unread:
    """Why such a number is refused: in one column a mark would mean two things."""
    if form.comma:
        sentence = (
            f'"{text}" is not written with a decimal comma, as the mapping file says. Did you mean {meant}?'
        )
        fix = "Write digits with at most one decimal comma, or say 'decimal: point' in the mapping file."
        return Unread("GT-IMPORT-340", sentence, fix, meant)
    sentence = f'"{text}" is not a plain number. Did you mean {meant}?'
    fix = "Write digits with at most one decimal point, or say 'decimal: comma' in the mapping file."
    return Unread("GT-IMPORT-017", sentence, fix, meant)
