"""New York: met or not met, recomputed by a pack and a real import, beside what the city's Comptroller found.

The Comptroller's rule is "Up: value at or above target; Down: value at or below target". Every verdict of 2023 is
asked for; a verdict that is not the product's must have a reason that can be checked in its row. Indicators without a
direction were left out of the Comptroller's file, so those of the file are entered a second time without theirs.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from adapters.spreadsheets.csv import read_csv
from adapters.yaml import YamlDocuments
from engine.commands import AddIndicator, AddService, SetTarget
from engine.imports import apply_import, confirm_return, plan_import
from engine.packs.check import check_pack
from engine.packs.folder import PackFolder
from engine.packs.load import load_pack
from engine.queries.dashboard import dashboard
from engine.queries.quality.report import data_quality
from engine.queries.shown import MISSING
from engine.testing.council import Council
from engine.view import Row
from engine.views import STATUSES
from goldenthread.resources import packs_folder
from tests.judges.real_series import rows
from tests.office import office_of

PACK = Path(__file__).parent / "nyc" / "new-york"
FILE = "nyc-mmr/mmr_indicators.csv"
YEARS = range(2016, 2024)
JUDGED = "2022"
"""Fiscal year 2023 begins in July 2022."""
VERDICTS = {"met_goal": "Met_Goal", "did_not_meet": "Did_Not_Meet"}
NINTH = Decimal("0.000000001")
"""Figures have nine decimals at most; the file has floats of a spreadsheet with up to fifteen digits."""


@dataclass(frozen=True)
class Verdict:
    """One indicator of the file with a target, and what came of it."""

    row: dict[str, str]
    status: Row
    """As the product judged it."""

    @property
    def agrees(self) -> bool:
        return VERDICTS.get(str(self.status["status"])) == self.row["comptroller_success"]

    @property
    def reason(self) -> str:
        """Why the two differ, from the row alone; empty where nothing in it explains it."""
        value, target = Decimal(self.row["fy2023"]), Decimal(self.row["target_fy23"])
        if (nine_decimals(value) == target) is not (value == target):
            return "equal to its target only with nine decimals"
        if self.row["fy2023"] != self.row["fy23_projected"]:
            return "judged by the projected figure"
        return ""


@dataclass(frozen=True)
class City:
    """New York's book, once every figure of the file is in it."""

    council: Council
    rows: list[dict[str, str]]
    statuses: dict[tuple[str, str], Row]
    """(indicator, period) → as it was judged."""

    def verdicts(self) -> list[Verdict]:
        """Every verdict of the Comptroller, beside the product's."""
        return [
            Verdict(row, self.statuses[code_of(row), JUDGED])
            for row in self.rows
            if row["comptroller_success"]
        ]


def code_of(row: dict[str, str]) -> str:
    return f"MMR-{row['id']}"


def undirected(row: dict[str, str]) -> str:
    """The code under which an indicator is entered without its direction."""
    return f"ANY-{row['id']}"


def nine_decimals(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return value.quantize(NINTH, ROUND_HALF_UP) if exponent < -9 else value


def agencies(held: list[dict[str, str]]) -> dict[str, str]:
    """Agency → the code of its service."""
    names = sorted({row["agency"] for row in held})
    return {name: f"A{number:02d}" for number, name in enumerate(names, 1)}


@pytest.fixture(scope="module")
def city() -> City:
    held = list(rows(FILE))
    council = Council(load_pack(PACK, packs_folder() / "library", YamlDocuments()), date(2023, 8, 1))
    analyst = council.hire("Priya Analyst", "data_enterer")
    manager = council.hire("Tom Manager", "data_manager")
    services = agencies(held)
    for name, service in services.items():
        council.ask(AddService(service=service, label=name), "p1")
    for row in held:
        register(council, row, code_of(row), services[row["agency"]], row["desired_direction"])
        if row["target_fy23"]:
            register(council, row, undirected(row), services[row["agency"]], "")
    office = office_of(council)
    plan = plan_import(office.engine, read_csv(converted(held, services), "mmr.csv"), office.today())
    apply_import(office, plan, analyst, accept_warnings="The city's figures as they were published.")
    confirm_return(office, actor=manager)
    statuses = {(str(row["indicator"]), str(row["period"])): row for row in council.store.rows(STATUSES)}
    return City(council, held, statuses)


def register(council: Council, row: dict[str, str], code: str, service: str, direction: str) -> None:
    """An indicator and, where it has one, its target of 2023."""
    polarity = {"Up": "higher", "Down": "lower", "": "none"}[direction]
    added = AddIndicator(
        indicator=code, title=row["indicator"], polarity=polarity, frequency="year", services=(service,)
    )
    council.ask(added, "p1")
    if row["target_fy23"]:
        target = nine_decimals(Decimal(row["target_fy23"]))
        council.ask(SetTarget(indicator=code, from_period=JUDGED, value=target), "p1")


def converted(held: list[dict[str, str]], services: dict[str, str]) -> bytes:
    """The city's file, a year a column, as a file of figures, a figure a line."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["indicator", "service", "period", "value"])
    for row in held:
        for code in (code_of(row), undirected(row)) if row["target_fy23"] else (code_of(row),):
            for year, value in published(row):
                writer.writerow([code, services[row["agency"]], year - 1, f"{nine_decimals(value):f}"])
    return out.getvalue().encode()


def published(row: dict[str, str]) -> Iterator[tuple[int, Decimal]]:
    """Fiscal year and figure, where there is one."""
    return ((year, Decimal(row[f"fy{year}"])) for year in YEARS if row[f"fy{year}"])


def test_the_citys_pack_is_without_error() -> None:
    checked = check_pack(PackFolder(PACK, packs_folder() / "library", YamlDocuments()))
    assert [str(problem) for problem in checked.problems] == []


def test_every_figure_of_the_file_is_in_the_book_and_judged(city: City) -> None:
    once = sum(1 for row in city.rows for _ in published(row))
    again = sum(1 for row in city.rows if row["target_fy23"] for _ in published(row))
    assert (len(city.rows), once, again) == (1139, 8297, 2666)
    assert len(city.statuses) == once + again


def test_all_verdicts_of_the_comptroller_but_those_explained_agree(
    city: City, capsys: pytest.CaptureFixture[str]
) -> None:
    verdicts = city.verdicts()
    others = [verdict for verdict in verdicts if not verdict.agrees]
    with capsys.disabled():
        print(f"\nNew York: {len(verdicts) - len(others)} of {len(verdicts)} verdicts agree.")
        for verdict in others:
            print(
                f"  {verdict.row['id']}: {verdict.row['comptroller_success']}, but {verdict.status['reason']} ({verdict.reason})"
            )
    assert len(verdicts) == 351
    assert [verdict.row["id"] for verdict in others if not verdict.reason] == []
    assert len(others) == 0


def test_nothing_that_has_no_target_is_rated(city: City) -> None:
    without = [row for row in city.rows if not row["target_fy23"]]
    found = Counter(str(city.statuses[code_of(row), JUDGED]["status"]) for row in without)
    assert found == {"no_target": 788}
    earlier = {str(row["status"]) for (_, period), row in city.statuses.items() if period < JUDGED}
    assert earlier <= {"no_target", "no_direction"}


def test_nothing_that_has_no_direction_is_rated_whatever_its_target(city: City) -> None:
    with_target = [row for row in city.rows if row["target_fy23"]]
    assert [row["id"] for row in with_target if not row["desired_direction"]] == [], (
        "the Comptroller left them out"
    )
    found = [city.statuses[undirected(row), JUDGED] for row in with_target]
    assert Counter(str(row["status"]) for row in found) == {"no_direction": 351}
    assert {str(row["reason"]) for row in found} == {"No direction: nothing says which way is better."}
    told = [line for line in data_quality(city.council.engine) if line.check == "target_without_direction"]
    assert len(told) == 351
    assert {line.indicator.partition("-")[0] for line in told} == {"ANY"}


def test_the_direction_of_travel_is_the_one_the_comptroller_found(city: City) -> None:
    """Its word "improving" takes in what is the same; the product says "same" of that."""
    lines = {line.indicator: line for line in dashboard(city.council.engine, period=JUDGED).lines}
    found = Counter((row["improving_1yr"], lines[code_of(row)].direction) for row in city.rows)
    assert found == {
        ("Improving", "better"): 516,
        ("Improving", "same"): 69,
        ("Not_Improving", "worse"): 541,
        ("", MISSING): 13,
    }
