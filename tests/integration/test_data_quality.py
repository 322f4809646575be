"""Odd figures are told at entry and in the report, on every database, and never keep anybody from entering them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from engine.commands import FigureFields
from engine.packs.pack import Pack
from engine.queries.quality.known import KnownFigures
from engine.queries.quality.report import QualityLine, data_quality
from engine.queries.quality.warnings import warnings_for
from engine.queries.reader import Reader
from engine.testing.council import Council
from events.errors import Invalid, NotFound, Problem
from events.period import parse_period

from .founding import once

ANALYST, MANAGER = "p3", "p4"
STEADY = ("91", "92.5", "90.25", "93", "91.75", "92")


@pytest.fixture
@once
def council(example: Pack) -> Council:
    """Two services that returned six months of one indicator, 95 % its target; five are confirmed."""
    council = Council(example, date(2018, 7, 2))
    for service in ("acute", "urgent"):
        council.service(service)
    council.indicator("AE4", "acute", "urgent", target="95", first="2017-04")
    council.hire("Ann Analyst", "data_enterer")
    council.hire("Max Manager", "data_manager")
    return council


def returned(
    council: Council, service: str, *values: str, first: str = "2017-07", confirm: bool = True
) -> None:
    period = parse_period(first)
    for value in values:
        ref = f"AE4/{service}/{period}"
        council.figure(ANALYST, "enter", ref, value)
        if confirm:
            council.figure(MANAGER, "confirm", ref)
        period = period.next()


def told(lines: list[QualityLine]) -> list[tuple[str, str, str]]:
    return [(line.check, line.service, line.period) for line in lines]


def asked(known: KnownFigures | Reader, period: str, value: str, service: str = "acute") -> list[Problem]:
    reader = known if isinstance(known, Reader) else known.reader
    added = reader.work.indicator("AE4").added
    assert added is not None
    return warnings_for(known, added, service, parse_period(period), FigureFields(value=Decimal(value)))


# the report ---------------------------------------------------------------------------------------------------------
def test_the_report_names_the_figure_says_why_and_what_to_do(council: Council) -> None:
    returned(council, "acute", *STEADY, "19.2")
    returned(council, "urgent", *STEADY)
    (line,) = data_quality(council.engine)
    assert (line.check, line.service, line.period, line.waiting) == (
        "outside_usual_range", "acute", "2018-01", False,
    )  # fmt: skip
    assert line.sentence.startswith("AE4/acute/2018-01: 19.2 % is below the usual range (")
    assert line.fix


def test_a_figure_that_waits_is_looked_at_too(council: Council) -> None:
    returned(council, "acute", *STEADY)
    returned(council, "acute", "19.2", first="2018-01", confirm=False)
    (line,) = data_quality(council.engine)
    assert line.waiting


def test_a_figure_that_was_sent_back_is_no_figure(council: Council) -> None:
    returned(council, "acute", *STEADY)
    returned(council, "acute", "19.2", first="2018-01", confirm=False)
    council.figure(MANAGER, "query", "AE4/acute/2018-01", words={"reason": "Is it 91.2?"})
    assert data_quality(council.engine) == []


def test_what_goes_on_is_told_once_at_its_end(council: Council) -> None:
    returned(council, "acute", "91.25", "91.25", "91.25", "90", "88.75", "88.75")
    assert told(data_quality(council.engine)) == [
        ("unchanged", "acute", "2017-09"),
        ("unchanged", "acute", "2017-12"),
    ]


def test_the_report_can_be_of_one_indicator_service_or_period(council: Council) -> None:
    for service in ("acute", "urgent"):
        returned(council, service, "91.25", "91.25", "91.25")
    assert told(data_quality(council.engine, service="urgent")) == [("unchanged", "urgent", "2017-09")]
    assert told(data_quality(council.engine, period="2017-08", service="acute")) == [
        ("unchanged", "acute", "2017-08")
    ]
    assert data_quality(council.engine, indicator="AE4", period="2017-07") == []
    with pytest.raises(NotFound):
        data_quality(council.engine, indicator="AE5")
    with pytest.raises(Invalid):
        data_quality(council.engine, period="Tuesday")


def test_the_report_looks_back_to_what_was_known_then(council: Council) -> None:
    returned(council, "acute", *STEADY)
    before = council.store.head().position
    returned(council, "acute", "19.2", first="2018-01")
    assert data_quality(council.engine, at=before) == []
    assert len(data_quality(council.engine)) == 1


def test_progress_is_told_by_indicator(council: Council) -> None:
    council.indicator("AE5", "acute")
    seen: list[tuple[int, int]] = []
    data_quality(council.engine, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 2), (2, 2)]


# at entry -----------------------------------------------------------------------------------------------------------
def test_a_figure_is_looked_at_beside_those_before_it(council: Council) -> None:
    returned(council, "acute", *STEADY)
    (problem,) = asked(Reader(council.engine), "2018-01", "19.2")
    assert (problem.code, problem.severity) == ("GT-QUALITY-008", "warning")
    assert asked(Reader(council.engine), "2018-01", "91.2") == []
    assert asked(Reader(council.engine), "2018-01", "19.2", service="urgent") == []


def test_an_earlier_figure_is_not_held_against_later_ones(council: Council) -> None:
    returned(council, "acute", *STEADY)
    assert asked(Reader(council.engine), "2017-06", "19.2") == []


def test_a_correction_is_not_compared_with_what_it_corrects(council: Council) -> None:
    returned(council, "acute", *STEADY, "91.25", confirm=False)
    assert asked(Reader(council.engine), "2018-01", "91.25") == []


# many rows at once --------------------------------------------------------------------------------------------------
@contextmanager
def questions(council: Council) -> Iterator[list[str]]:
    """The questions that the store is asked meanwhile."""
    counted: list[str] = []
    store = council.engine.store

    class Counting:
        def __getattr__(self, name: str) -> Any:
            if name in ("rows", "streams", "find", "row"):
                counted.append(name)
            return getattr(store, name)

    council.engine.store = Counting()  # type: ignore[assignment]  # it answers as the store does
    yield counted
    council.engine.store = store


def test_a_chunk_of_rows_is_one_question_however_many_they_are(council: Council) -> None:
    for service in ("acute", "urgent"):
        returned(council, service, *STEADY)
    with questions(council) as counted:
        known = KnownFigures(Reader(council.engine))
        known.fetch(("AE4", service, "2018-01") for service in ("acute", "urgent"))
        once = counted.count("rows")
        for service in ("acute", "urgent"):
            for month in range(1, 6):
                asked(known, f"2018-{month:02d}", "92", service)
    assert (once, counted.count("rows")) == (1, 1)


def test_the_rows_of_a_file_are_seen_beside_each_other(council: Council) -> None:
    known = KnownFigures(Reader(council.engine))
    codes = [
        [problem.code for problem in asked(known, f"2017-{7 + n:02d}", value)]
        for n, value in enumerate(STEADY[:5])
    ]
    assert codes == [[], [], [], [], []]
    assert [problem.code for problem in asked(known, "2017-12", "19.2")] == ["GT-QUALITY-008"]


def test_what_is_true_of_a_series_is_said_of_it_once(council: Council) -> None:
    council.indicator("AE5", "acute", target="40", first="2017-04", polarity="none")
    reader = Reader(council.engine)
    added = reader.work.indicator("AE5").added
    assert added is not None
    known = KnownFigures(reader)
    said = [
        [
            each.code
            for each in warnings_for(
                known, added, "acute", parse_period(period), FigureFields(value=Decimal(value))
            )
        ]
        for period, value in (("2017-07", "39"), ("2017-08", "38"))
    ]
    assert said == [["GT-QUALITY-007"], []]


def test_what_the_book_holds_between_two_chunks_is_seen(council: Council) -> None:
    returned(council, "acute", *STEADY)
    known = KnownFigures(Reader(council.engine))
    known.fetch([("AE4", "acute", "2017-07")])
    asked(known, "2017-07", "91.5")
    known.fetch([("AE4", "acute", "2018-01")])
    assert [problem.code for problem in asked(known, "2018-01", "19.2")] == ["GT-QUALITY-008"]


def test_in_whatever_order_rows_come_the_series_is_in_order(council: Council) -> None:
    known = KnownFigures(Reader(council.engine))
    for month, value in reversed(list(enumerate(STEADY, 7))):
        asked(known, f"2017-{month:02d}", value)
    assert [problem.code for problem in asked(known, "2018-01", "19.2")] == ["GT-QUALITY-008"]
