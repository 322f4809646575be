"""Longer periods, years so far, twelve months and services above follow from figures in force; nothing is ever averaged."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.yaml import YamlDocuments
from engine.commands import FigureFields
from engine.judging.spans import parts_of, twelve_months, year_of, year_so_far
from engine.packs.load import load_pack
from engine.queries.figures.derived import Derived, derived
from engine.queries.references import FigureRef
from engine.testing.council import Council
from events.errors import Invalid, NotFound
from events.period import Period, parse_period

ROOT = Path(__file__).resolve().parents[3]
ANALYST, MANAGER = "p3", "p4"
MONTHS = [str(Period("month", 2017, 4).shift(n)) for n in range(24)]


@pytest.fixture
def council() -> Council:
    """A directorate over two services, and nothing in the register yet."""
    pack = load_pack(
        ROOT / "examples" / "hospital-waiting" / "example-council",
        ROOT / "packs" / "library",
        YamlDocuments(),
    )
    made = Council(pack, date(2019, 6, 1))
    made.service("people")
    made.service("adults", "people")
    made.service("children", "people")
    made.hire("Priya", "data_enterer")
    made.hire("Tom", "data_manager")
    return made


def give(council: Council, ref: str, figure: str, *, provisional: bool = False, confirm: bool = True) -> None:
    indicator, service, period = ref.split("/")
    over, _, under = figure.partition(" of ")
    given_parts = (
        FigureFields(numerator=Decimal(over), denominator=Decimal(under), provisional=provisional)
        if under
        else FigureFields(value=Decimal(over), provisional=provisional)
    )
    council.step(ANALYST, "submission", (indicator, service, period), "enter", figure=given_parts)
    if confirm:
        council.figure(MANAGER, "confirm", ref)


def give_all(council: Council, series: str, figures: Iterable[str]) -> None:
    for month, figure in zip(MONTHS, figures, strict=False):
        give(council, f"{series}/{month}", figure)


def ask(council: Council, ref: str, measure: str = "period") -> Derived:
    return derived(council.engine, FigureRef(*ref.split("/")), measure=measure)


def ways_out(council: Council, ref: str, today: date) -> list[str]:
    with pytest.raises(Invalid) as invalid:
        derived(council.engine, FigureRef(*ref.split("/")), today=today)
    return [problem.fix for problem in invalid.value.problems]


def refused(council: Council, ref: str, measure: str = "period") -> list[str]:
    with pytest.raises(Invalid) as invalid:
        ask(council, ref, measure)
    return [problem.sentence for problem in invalid.value.problems]


def test_a_quarter_of_percentages_is_the_sum_of_numerators_over_the_sum_of_denominators(
    council: Council,
) -> None:
    council.indicator("CH04", "adults")
    give_all(council, "CH04/adults", ["1 of 2", "9 of 10", "0 of 0"])
    quarter = ask(council, "CH04/adults/2017-Q1")
    assert (quarter.numerator, quarter.denominator, quarter.shown) == ("10", "12", "83.3 %")
    assert len(quarter.parts) == 3


def test_percentages_without_their_parts_are_not_averaged(council: Council) -> None:
    council.indicator("CH04", "adults")
    give_all(council, "CH04/adults", ["50", "9 of 10", "70"])
    told = refused(council, "CH04/adults/2017-Q1")
    assert [sentence.split()[0] for sentence in told] == ["CH04/adults/2017-04", "CH04/adults/2017-06"]


def test_every_missing_part_is_named_and_why(council: Council) -> None:
    council.indicator("CH04", "adults")
    give(council, "CH04/adults/2017-04", "1 of 2", confirm=False)
    council.figure(MANAGER, "declare_none", "CH04/adults/2017-05", words={"reason": "system down"})
    assert refused(council, "CH04/adults/2017-Q1") == [
        "CH04/adults/2017-04 is entered but not confirmed, so CH04/adults/2017-Q1 cannot be derived.",
        "CH04/adults/2017-05 was said to have no figure, so CH04/adults/2017-Q1 cannot be derived.",
        "CH04/adults/2017-06 has no figure, so CH04/adults/2017-Q1 cannot be derived.",
    ]


def test_plain_numbers_are_added_up(council: Council) -> None:
    council.indicator("HC1", "adults", measured_in="number", aggregation="sum")
    give_all(council, "HC1/adults", ["0.1", "0.2", "0.7"])
    assert ask(council, "HC1/adults/2017-Q1").value == "1.0"


def test_a_service_above_is_the_sum_of_those_below_it(council: Council) -> None:
    council.indicator("CH04", "adults", "children")
    give(council, "CH04/adults/2017-04", "1 of 2")
    give(council, "CH04/children/2017-04", "8 of 8")
    month = ask(council, "CH04/people/2017-04")
    assert (month.numerator, month.denominator, month.shown) == ("9", "10", "90.0 %")
    with pytest.raises(NotFound):
        ask(council, "CH04/highways/2017-04")


def test_one_provisional_part_makes_the_whole_provisional(council: Council) -> None:
    council.indicator("CH04", "adults")
    give(council, "CH04/adults/2017-04", "1 of 2")
    give(council, "CH04/adults/2017-05", "1 of 2", provisional=True)
    give(council, "CH04/adults/2017-06", "1 of 2")
    assert ask(council, "CH04/adults/2017-Q1").provisional
    assert not ask(council, "CH04/adults/2017-04").provisional


def test_figures_of_the_year_so_far_are_told_apart(council: Council) -> None:
    """3 in the second quarter, though September's figure says 9: June's 6 is taken away."""
    council.indicator("HC1", "adults", measured_in="number", aggregation="sum", accumulation="year_to_date")
    give_all(council, "HC1/adults", [str(n) for n in (1, 3, 6, 7, 8, 9, 11, 12, 13, 14, 15, 20, 2, 5, 9)])
    assert ask(council, "HC1/adults/2017-Q1").value == "6"
    assert ask(council, "HC1/adults/2017-Q2").value == "3"
    assert ask(council, "HC1/adults/2017").value == "20"
    assert ask(council, "HC1/adults/2017-09", "year_to_date").value == "9"
    twelve = ask(council, "HC1/adults/2018-06", "rolling")
    assert twelve.value == "23", "9 of this year, and 20 less the first 6 of the last"
    assert ask(council, "HC1/adults/2018-03", "rolling").value == "20"


def test_the_last_of_a_snapshot_stands_for_longer_periods_and_services_add_up(council: Council) -> None:
    council.indicator(
        "HC1", "adults", "children", measured_in="number", aggregation="sum", accumulation="snapshot"
    )
    give_all(council, "HC1/adults", ["10", "11", "12"])
    give_all(council, "HC1/children", ["20", "21", "22"])
    assert ask(council, "HC1/adults/2017-Q1").value == "12"
    assert ask(council, "HC1/people/2017-Q1").value == "34"
    assert refused(council, "HC1/adults/2017-06", "year_to_date") == [
        "A figure of HC1 is of one day, so there is no value of the year so far."
    ]


def test_without_a_word_on_aggregation_nothing_is_guessed(council: Council) -> None:
    council.indicator("HC1", "adults", measured_in="number")
    give_all(council, "HC1/adults", ["10", "11", "12"])
    assert refused(council, "HC1/adults/2017-Q1") == [
        "How values of longer periods follow is not said of HC1: its aggregation is 'none'."
    ]
    assert ask(council, "HC1/adults/2017-04").value == "10"


def test_as_of_an_earlier_event_what_was_known_then_is_derived(council: Council) -> None:
    council.indicator("CH04", "adults")
    give_all(council, "CH04/adults", ["1 of 2", "9 of 10", "0 of 0"])
    before = council.store.head().position
    figure = FigureFields(numerator=Decimal(2), denominator=Decimal(2))
    council.step(
        ANALYST,
        "submission",
        ("CH04", "adults", "2017-04"),
        "restate",
        figure=figure,
        words={"reason": "late"},
    )
    council.figure(MANAGER, "approve_restatement", "CH04/adults/2017-04")
    ref = FigureRef("CH04", "adults", "2017-Q1")
    assert ask(council, str(ref)).numerator == "11"
    assert derived(council.engine, ref, at=before).numerator == "10"


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(
        st.tuples(st.integers(0, 999), st.integers(1, 999)).map(lambda pair: (min(pair), pair[1])),
        min_size=12,
        max_size=12,
    )
)
def test_quarters_of_a_year_so_far_add_up_to_the_year_as_those_of_single_months_do(
    council: Council, months: list[tuple[int, int]]
) -> None:
    codes = f"A{council.store.head().position}", f"B{council.store.head().position}"
    council.indicator(codes[0], "adults")
    council.indicator(codes[1], "adults", accumulation="year_to_date")
    give_all(council, f"{codes[0]}/adults", [f"{over} of {under}" for over, under in months])
    so_far = [(sum(o for o, _ in months[: n + 1]), sum(u for _, u in months[: n + 1])) for n in range(12)]
    give_all(council, f"{codes[1]}/adults", [f"{over} of {under}" for over, under in so_far])
    for period in ("2017-Q1", "2017-Q2", "2017-Q3", "2017-Q4", "2017-H1", "2017-H2", "2017"):
        plain, told_apart = (ask(council, f"{code}/adults/{period}") for code in codes)
        assert (plain.numerator, plain.denominator) == (told_apart.numerator, told_apart.denominator)
    year = ask(council, f"{codes[0]}/adults/2017")
    assert Fraction(year.numerator or 0) == sum(over for over, _ in months)


@pytest.mark.parametrize(
    ("period", "frequency", "year_starts", "parts"),
    [
        ("2026-Q1", "month", (4, 1), "2026-04 2026-05 2026-06"),
        ("2026-Q4", "month", (4, 1), "2027-01 2027-02 2027-03"),
        ("2026-Q1", "month", (1, 1), "2026-01 2026-02 2026-03"),
        ("2026-H2", "quarter", (4, 1), "2026-Q3 2026-Q4"),
        ("2026", "half", (4, 1), "2026-H1 2026-H2"),
        ("2026-04", "month", (4, 1), "2026-04"),
        ("2026-04", "quarter", (4, 1), ""),
        ("2026-Q1", "month", (4, 6), ""),
        ("2026", "quarter", (4, 6), "2026-Q1 2026-Q2 2026-Q3 2026-Q4"),
    ],
)
def test_the_parts_of_a_period(period: str, frequency: str, year_starts: tuple[int, int], parts: str) -> None:
    assert [str(each) for each in parts_of(parse_period(period), frequency, year_starts)] == parts.split()


def test_years_run_from_the_councils_own_first_day() -> None:
    march, april = parse_period("2027-03"), parse_period("2027-04")
    assert (str(year_of(march, (4, 1))), str(year_of(april, (4, 1)))) == ("2026", "2027")
    assert len(year_so_far(march, (4, 1))) == 12
    assert [str(each) for each in year_so_far(april, (4, 1))] == ["2027-04"]
    assert [str(each) for each in twelve_months(parse_period("2026-Q2"))] == [
        "2025-Q3",
        "2025-Q4",
        "2026-Q1",
        "2026-Q2",
    ]


def test_the_ways_out_of_a_ratio_lead_to_its_value_when_they_are_typed(council: Council) -> None:
    """Whatever is advised brings the quarter nearer, and nothing is advised that would have to be done again."""
    council.indicator("CH04", "adults", target="95")
    give(council, "CH04/adults/2017-05", "50", confirm=False)
    council.figure(MANAGER, "declare_none", "CH04/adults/2017-06", words={"reason": "system down"})
    parts = "--numerator N --denominator N"
    assert ways_out(council, "CH04/adults/2017-Q1", date(2019, 6, 1)) == [
        f"Enter it: goldenthread figure enter CH04/adults/2017-04 {parts}.",
        f"Enter it with both: goldenthread figure enter CH04/adults/2017-05 {parts}. Another person confirms it.",
        f"A figure that has come since is given with 'goldenthread figure restate CH04/adults/2017-06 {parts} "
        "--reason WORDS'.",
    ]
    give(council, "CH04/adults/2017-04", "1 of 2")
    give(council, "CH04/adults/2017-05", "2 of 2")
    restated = FigureFields(numerator=Decimal(3), denominator=Decimal(4))
    series = ("CH04", "adults", "2017-06")
    council.step(
        ANALYST, "submission", series, "restate", figure=restated, words={"reason": "found after all"}
    )
    council.figure(MANAGER, "approve_restatement", "CH04/adults/2017-06")
    quarter = ask(council, "CH04/adults/2017-Q1")
    assert (quarter.numerator, quarter.denominator) == ("6", "8")


def test_nobody_is_told_to_enter_a_figure_before_its_period_has_ended(council: Council) -> None:
    council.indicator("CH04", "adults", target="95")
    give(council, "CH04/adults/2017-04", "1 of 2")
    assert ways_out(council, "CH04/adults/2017-Q1", date(2017, 6, 15)) == [
        "Enter it: goldenthread figure enter CH04/adults/2017-05 --numerator N --denominator N.",
        "Period 2017-06 has not ended: its last day is 2017-06-30 and today is 2017-06-15. Enter the figure from "
        "2017-07-01 on.",
    ]


def test_a_figure_of_before_the_first_pack_is_said_to_come_with_a_load(council: Council) -> None:
    council.indicator("CH04", "adults", target="95")
    (told,) = ways_out(council, "CH04/adults/1999-05", date(2019, 6, 1))
    assert told == (
        "No pack is in force at the end of 1999-05; figures from before that are loaded with "
        "'goldenthread figure load-history'."
    )
