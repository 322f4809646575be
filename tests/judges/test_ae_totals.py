"""Accident and emergency: quarters, years and whole providers are the sums of their parts, added up a second time here.

Every third provider of England, each of its types of department a series of its own: patients seen within four hours
of all who attended, month by month. What the product derives is set beside fractions added up from the file with none of
the product's code. Where a month is missing, the product must say which, and give no value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from adapters.yaml import YamlDocuments
from engine.commands import AddIndicator, AddService, FigureFields, SetTarget, Step, TakeSteps
from engine.packs.load import load_pack
from engine.queries.figures.derived import Derived, derived
from engine.queries.references import FigureRef
from engine.testing.council import Council
from events.errors import Invalid
from tests.judges.real_series import rows

ROOT = Path(__file__).resolve().parents[2]
FILE = "nhs-ae/ae_attendances.csv"
ANALYST, MANAGER = "p3", "p4"
CHUNK = 400
YEARS = (2016, 2017, 2018)
Month = tuple[int, int]
Part = tuple[int, int]
"""Seen within four hours, and all who attended."""


@pytest.fixture(scope="module")
def parts() -> dict[str, dict[Month, Part]]:
    """Provider-type → month → what was counted."""
    found: dict[str, dict[Month, Part]] = defaultdict(dict)
    chosen = set(sorted({row["org_code"] for row in rows(FILE)})[::3])
    for row in rows(FILE):
        if row["org_code"] in chosen:
            year, month, _ = map(int, row["period"].split("-"))
            attended, waited = int(float(row["attendances"])), int(float(row["breaches"]))
            series = f"{row['org_code']}-{row['type'].replace(' ', '')}"
            found[series][year, month] = (attended - waited, attended)
    return dict(found)


@pytest.fixture(scope="module")
def council(parts: dict[str, dict[Month, Part]]) -> Council:
    """A book with all of it entered and confirmed."""
    pack = load_pack(
        ROOT / "examples" / "hospital-waiting" / "example-council",
        ROOT / "packs" / "library",
        YamlDocuments(),
    )
    made = Council(pack, date(2019, 5, 1))
    for provider in sorted({_provider(series) for series in parts}):
        made.ask(AddService(service=provider, label=provider), "p1")
    for series in parts:
        made.ask(AddService(service=series, label=series, parent=_provider(series)), "p1")
    indicator = AddIndicator(
        indicator="AE4",
        title="Seen within four hours",
        polarity="higher",
        frequency="month",
        measured_in="percent",
        services=tuple(parts),
    )
    made.ask(indicator, "p1")
    made.ask(SetTarget(indicator="AE4", from_period="2016-04", value=Decimal(95)), "p1")
    made.hire("Priya", "data_enterer")
    made.hire("Tom", "data_manager")
    keys = [(series, month) for series, months in parts.items() for month in sorted(months)]
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        made.ask(TakeSteps(steps=tuple(_enter(parts, *key) for key in chunk)), ANALYST)
        made.ask(TakeSteps(steps=tuple(_step("confirm", *key) for key in chunk)), MANAGER)
    return made


def _provider(series: str) -> str:
    return series.rpartition("-")[0]


def _step(step: str, series: str, month: Month, figure: FigureFields | None = None) -> Step:
    return Step(
        workflow="submission", indicator="AE4", service=series, subject=_text(month), step=step, figure=figure
    )


def _enter(parts: dict[str, dict[Month, Part]], series: str, month: Month) -> Step:
    seen, attended = parts[series][month]
    figure = FigureFields(numerator=Decimal(seen), denominator=Decimal(attended))
    return _step("enter", series, month, figure)


def _text(month: Month) -> str:
    return f"{month[0]}-{month[1]:02d}"


def months_of(year: int, quarters: Iterable[int]) -> list[Month]:
    """The months of quarters of the financial year that begins in April of a year."""
    return [
        (year + (index >= 9), (index + 3) % 12 + 1) for q in quarters for index in range(3 * q - 3, 3 * q)
    ]


def stretches() -> Iterator[tuple[str, list[Month]]]:
    for year in YEARS:
        for quarter in range(1, 5):
            yield f"{year}-Q{quarter}", months_of(year, [quarter])
        yield str(year), months_of(year, range(1, 5))


def told(council: Council, service: str, period: str, measure: str = "period") -> Derived | set[str]:
    """What the product derives, or the months that it says are missing."""
    try:
        return derived(council.engine, FigureRef("AE4", service, period), measure=measure)
    except Invalid as invalid:
        return {problem.sentence.split()[0] for problem in invalid.problems}


def check(
    answer: Derived | set[str],
    series: Iterable[str],
    months: list[Month],
    parts: dict[str, dict[Month, Part]],
) -> bool:
    """Compare with the file; answers whether there was a value."""
    wanted = [(each, month) for each in series for month in months]
    missing = {f"AE4/{each}/{_text(month)}" for each, month in wanted if month not in parts[each]}
    if missing:
        assert answer == missing
        return False
    seen, attended = (sum(parts[each][month][n] for each, month in wanted) for n in (0, 1))
    assert isinstance(answer, Derived)
    assert (answer.numerator, answer.denominator) == (str(seen), str(attended))
    if attended:
        shown = Fraction(answer.shown.removesuffix(" %"))
        assert abs(shown - Fraction(100 * seen, attended)) <= Fraction(1, 20)
    return True


def test_quarters_and_years_are_the_sums_of_their_months(
    council: Council, parts: dict[str, dict[Month, Part]]
) -> None:
    derived_ones = [
        check(told(council, series, period), [series], months, parts)
        for series in parts
        for period, months in stretches()
    ]
    assert derived_ones.count(True) > 1_500
    assert derived_ones.count(False) > 100, "the file has gaps, and some of them must have been met"


def test_providers_are_the_sums_of_their_departments(
    council: Council, parts: dict[str, dict[Month, Part]]
) -> None:
    """Month by month, by quarter and by year."""
    count = 0
    for provider in sorted({_provider(series) for series in parts}):
        own = [series for series in parts if _provider(series) == provider]
        if provider in parts:
            continue
        spans = [
            *stretches(),
            *((_text(month), [month]) for year in YEARS for month in months_of(year, range(1, 5))),
        ]
        count += sum(check(told(council, provider, period), own, months, parts) for period, months in spans)
    assert count > 1_000


def test_the_year_to_date_and_twelve_months_are_sums_of_months(
    council: Council, parts: dict[str, dict[Month, Part]]
) -> None:
    series = max(parts, key=lambda each: len(parts[each]))
    everything = [month for year in YEARS for month in months_of(year, range(1, 5))]
    for n, month in enumerate(everything):
        so_far = everything[n - n % 12 : n + 1]
        assert check(told(council, series, _text(month), "year_to_date"), [series], so_far, parts)
        if n >= 11:
            twelve = everything[n - 11 : n + 1]
            assert check(told(council, series, _text(month), "rolling"), [series], twelve, parts)
