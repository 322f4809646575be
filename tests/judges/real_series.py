"""Real series as the data-quality checks look at them: Scottish councils (LGBF) and accident and emergency departments.

Shaped from the files that stand beside the project, and nothing is added but the shape. Scottish percentages are given
by numerator and denominator where both are published, else as published, which is as fractions of one; all else is as
published.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

from engine.queries.quality.series import PeriodFigure, SeriesFigures
from events.kinds.register import IndicatorAdded
from events.period import Period, parse_period
from rules.case import Target
from rules.exact import ONE, Ratio

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def data(name: str) -> Path:
    """A file of real data; the test is skipped where it is not there."""
    file = DATA / name
    if not file.exists():
        pytest.skip(f"the real data is not here: {file}")
    return file


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a file of real data."""
    with data(name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def accident_and_emergency() -> list[SeriesFigures]:
    """Nine providers, 36 months each: seen within four hours, of all attendances; the national standard is 95 %."""
    standard, since = Target(value=Decimal(95)), parse_period("2016-04")
    found: dict[str, list[PeriodFigure]] = {}
    for row in rows("ae-four-hour.csv"):
        seen, all_of = Decimal(row["seen_within_four_hours"]), Decimal(row["attendances"])
        figure = _of_parts(parse_period(row["month"]), seen, all_of, target=standard, target_from=since)
        found.setdefault(row["provider"], []).append(figure)
    return [_series("AE4", name, "month", "percent", "higher", figures) for name, figures in found.items()]


def scottish_annual() -> list[SeriesFigures]:
    """Every indicator of every council of the LGBF with its annual figures; no targets are published."""
    about = {row["Code"].replace(" ", ""): row for row in rows("scotland-lgbf/indicator_information.csv")}
    found: dict[tuple[str, str], list[PeriodFigure]] = {}
    for row in rows("scotland-lgbf/lgbf_real_annual.csv"):
        if not row["Code"]:  # two lines of the file are cut off
            continue
        figure = _annual(row, percent=about[row["Code"]]["MeasureType"] == "Percentage")
        if figure is not None:
            found.setdefault((row["Code"], row["LocalAuthority"]), []).append(figure)
    return [
        _series(
            code,
            council,
            "year",
            "percent" if about[code]["MeasureType"] == "Percentage" else "number",
            "none",
            figures,
        )
        for (code, council), figures in found.items()
    ]


def _annual(row: dict[str, str], *, percent: bool) -> PeriodFigure | None:
    period = parse_period(row["LGBF Year"][:4])
    value, top, bottom = (
        _number(row[name]) for name in ("LA_IndicatorReal", "LA_Numerator_real", "LA_Den_Real")
    )
    if value is None:
        return None
    if percent and top is not None and bottom is not None:
        return _of_parts(period, top, bottom)
    return PeriodFigure(period=period, value=Ratio(100 * value if percent else value, ONE))


def scottish_quarterly() -> list[SeriesFigures]:
    """The quarterly indicators of the LGBF, by numerator and denominator."""
    found: dict[tuple[str, str], list[PeriodFigure]] = {}
    for row in rows("scotland-lgbf/quarterly_ranked.csv"):
        top, bottom = _number(row["Numerator"]), _number(row["Denominator"])
        if top is not None and bottom is not None:
            year, _, quarter = row["Period"].partition(";")
            figure = _of_parts(parse_period(f"{year[:4]}-{quarter}"), top, bottom)
            found.setdefault((row["Code"], row["LocalAuthority"]), []).append(figure)
    return [
        _series(code, council, "quarter", "percent", "higher", figures)
        for (code, council), figures in found.items()
    ]


def _series(
    code: str, service: str, frequency: str, unit: str, polarity: str, figures: list[PeriodFigure]
) -> SeriesFigures:
    added = IndicatorAdded(
        indicator=code,
        title=code,
        polarity=polarity,
        frequency=frequency,
        measured_in=unit,
        services=(service,),
    )
    return SeriesFigures(
        indicator=added,
        service=service,
        figures=sorted(figures, key=lambda figure: figure.period),
        targets_from=tuple({figure.target_from for figure in figures if figure.target_from}),
    )


def _of_parts(
    period: Period,
    top: Decimal,
    bottom: Decimal,
    *,
    target: Target | None = None,
    target_from: Period | None = None,
) -> PeriodFigure:
    value = Ratio(100 * top, bottom) if bottom else None
    return PeriodFigure(
        period=period,
        value=value,
        numerator=top,
        denominator=bottom,
        target=target,
        target_from=target_from,
    )


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
