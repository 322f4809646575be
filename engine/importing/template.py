"""The CSV file that a service fills in for a period: codes, and beside them what helps; it imports back as it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

import msgspec

from engine.importing.mapping import KEYS
from engine.importing.protected import protected
from engine.office import Office
from engine.queries.known import check_known
from engine.queries.reader import Reader
from engine.queries.shown import figure_shown
from engine.view import Row
from engine.views import INDICATORS, SUBMISSIONS
from events import stream as streams
from events.errors import Invalid, Problem
from events.kinds.register import IndicatorAdded
from events.number import plain
from events.period import Period, kind_words, parse_period

_COMMENTS = ("# title", "# measured in", "# target", "# last period")


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """A figure to be filled in."""

    indicator: str
    service: str
    period: str
    title: str
    measured_in: str
    target: str
    last: str
    """The figure of the period before, as it stands."""
    parts: bool
    """Numerator and denominator are wanted."""
    given: tuple[str, str, str] = ("", "", "")
    """What was entered already: value, numerator, denominator."""


class Template(msgspec.Struct, frozen=True):
    """The figures wanted, and the file."""

    figures: tuple[Wanted, ...]
    text: str


def template_of(office: Office, period: str, service: str | None = None) -> Template:
    """The file for a period. Raises NotFound for an unknown service, Invalid where nothing is returned for the period."""
    reader, wanted = Reader(office.engine), parse_period(period)
    check_known(reader, service=service)
    codes = [str(row["indicator"]) for row in reader.rows(INDICATORS, order_by=("indicator",))]
    reader.work.fetch(name for code in codes for name in (streams.indicator(code), streams.targets(code)))
    added = [found for code in codes if (found := reader.work.indicator(code).added) is not None]
    due = [each for each in added if each.frequency == wanted.kind]
    rows = {
        (str(row["indicator"]), str(row["service"]), str(row["period"])): row
        for row in reader.rows(SUBMISSIONS, {"period": {str(wanted), str(wanted.previous())}})
    }
    figures = tuple(
        _wanted(reader, each, name, wanted, rows)
        for each in due
        for name in each.services
        if service in (None, name)
    )
    if not figures:
        raise Invalid(_nothing(wanted, service, added))
    return Template(figures, _text(figures))


def _wanted(
    reader: Reader,
    added: IndicatorAdded,
    service: str,
    period: Period,
    rows: Mapping[tuple[str, str, str], Row],
) -> Wanted:
    target = reader.work.targets(added.indicator).for_period(period, service)
    given = _numbers(rows.get((added.indicator, service, str(period))))
    before = _numbers(rows.get((added.indicator, service, str(period.previous()))))
    return Wanted(
        indicator=added.indicator,
        service=service,
        period=str(period),
        title=added.title,
        measured_in=added.measured_in,
        target=plain(target[0].value) if target and target[0].value is not None else "",
        last=_shown(added, before),
        parts=added.aggregation == "ratio" or bool(given[1] or before[1]),
        given=given,
    )


def _numbers(row: Row | None) -> tuple[str, str, str]:
    """Value, numerator and denominator of a row; empty where there is none."""
    if row is None:
        return "", "", ""
    value, numerator, denominator = (str(row[name] or "") for name in ("value", "numerator", "denominator"))
    return value, numerator, denominator


def _shown(added: IndicatorAdded, numbers: tuple[str, str, str]) -> str:
    value, numerator, denominator = numbers
    if not value and not numerator:
        return ""
    return figure_shown(
        added.measured_in,
        added.decimals,
        value=value or None,
        numerator=numerator or None,
        denominator=denominator or None,
    )


def _text(figures: tuple[Wanted, ...]) -> str:
    """The file; columns for numerator and denominator where those of any of its indicators are added up."""
    numbers = ("value", "numerator", "denominator") if any(each.parts for each in figures) else ("value",)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*KEYS, *numbers, *_COMMENTS])
    for each in figures:
        comments = (each.title, each.measured_in, each.target, each.last)
        given = each.given[: len(numbers)]
        row = (each.indicator, each.service, each.period, *given, *comments)
        writer.writerow([protected(cell) for cell in row])
    return out.getvalue()


def _nothing(period: Period, service: str | None, added: list[IndicatorAdded]) -> Problem:
    whom = f" of {service}" if service else ""
    mine = [each for each in added if service is None or service in each.services]
    kinds = sorted({kind_words(each.frequency) for each in mine})
    return Problem(
        code="GT-IMPORT-069",
        sentence=f"No indicator{whom} is returned for {period}.",
        fix=f"Indicators are returned every {' or '.join(kinds)}."
        if kinds
        else "Add one first, with 'goldenthread indicator add'.",
    )
