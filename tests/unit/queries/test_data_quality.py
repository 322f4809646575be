"""Each data-quality check finds the case it comes from, and keeps quiet about what only resembles it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.yaml import YamlDocuments
from engine.packs.data_quality import CHECKS as KNOWN
from engine.packs.load import load_pack
from engine.packs.pack import Pack
from engine.queries.quality import checks
from engine.queries.quality.checks import CHECKS
from engine.queries.quality.looking import look_at
from engine.queries.quality.series import PeriodFigure, SeriesFigures
from engine.queries.quality.usual import LEAST, usual_range
from events.kinds.register import IndicatorAdded
from events.period import parse_period
from goldenthread.resources import examples_folder, packs_folder
from rules.case import Target
from rules.exact import ONE, Ratio

Figure = str | tuple[int, int]


def series(
    *figures: Figure,
    first: str = "2024-Q1",
    targets: dict[str, str] | None = None,
    declared: str | None = None,
    pack: Pack | None = None,
    measured_in: str = "number",
    polarity: str = "higher",
    **register: object,
) -> SeriesFigures:
    """Figures running from `first` on, as text or as (numerator, denominator); targets by the period they begin in."""
    start = parse_period(first)
    set_ = [(parse_period(period), Target(value=Decimal(value))) for period, value in (targets or {}).items()]
    found = []
    for index, given_ in enumerate(figures):
        period = start.shift(index)
        held = [each for each in set_ if each[0] <= period]
        top, bottom = given_ if isinstance(given_, tuple) else (None, None)
        found.append(
            PeriodFigure(
                period=period,
                value=_value(given_, measured_in),
                numerator=None if top is None else Decimal(top),
                denominator=None if bottom is None else Decimal(bottom),
                declared=declared,
                target=held[-1][1] if held else None,
                target_from=held[-1][0] if held else None,
                pack=pack,
            )
        )
    added = IndicatorAdded(
        indicator="HW1",
        title="Potholes",
        polarity=polarity,
        frequency=start.kind,
        measured_in=measured_in,
        services=("highways",),
        **register,  # type: ignore[arg-type]  # the caller's keywords
    )
    starts = tuple(period for period, _ in set_)
    return SeriesFigures(indicator=added, service="highways", figures=found, targets_from=starts)


def _value(figure: Figure, measured_in: str) -> Ratio | None:
    if isinstance(figure, str):
        return Ratio(Decimal(figure), ONE)
    top, bottom = figure
    times = 100 if measured_in == "percent" else 1
    return Ratio(Decimal(top * times), Decimal(bottom)) if bottom else None


def said(looked_at: SeriesFigures) -> dict[str, str]:
    """What is said of the last figure: check → sentence."""
    last = len(looked_at.figures) - 1
    return {remark.check.name: remark.sentence for remark in look_at(looked_at, last)}


def pack_of(folder: Path) -> Pack:
    return load_pack(folder, packs_folder() / "library", YamlDocuments())


# declared against computed ------------------------------------------------------------------------------------------
def test_a_declared_status_is_compared_with_what_the_bands_give() -> None:
    banded = pack_of(examples_folder() / "hospital-waiting" / "example-council")
    figures = series("94", targets={"2024-Q1": "95"}, declared="green", pack=banded, measured_in="percent")
    assert said(figures) == {
        "declared_against_computed": "HW1/highways/2024-Q1 is declared green, but 94 % gives amber."
    }
    same = series("94", targets={"2024-Q1": "95"}, declared="amber", pack=banded, measured_in="percent")
    assert said(same) == {}


def test_where_bands_ask_about_other_periods_the_status_it_has_is_compared() -> None:
    havering = pack_of(Path(__file__).parents[2] / "packs_in_use" / "havering")
    figures = series("80", targets={"2024-Q1": "100"}, declared="green", pack=havering)
    assert said(figures) == {}
    (figure,) = figures.figures
    judged = msgspec.structs.replace(figure, assessed="amber")
    assert said(msgspec.structs.replace(figures, figures=[judged])) == {
        "declared_against_computed": "HW1/highways/2024-Q1 is declared green, but 80 gives amber."
    }


def test_where_officers_declare_only_the_two_ends_are_compared_with_the_target() -> None:
    hampshire = pack_of(packs_folder() / "hampshire-2008")

    def declared(status: str, value: str, polarity: str = "higher") -> dict[str, str]:
        return said(
            series(value, targets={"2024-Q1": "10"}, declared=status, pack=hampshire, polarity=polarity)
        )

    assert declared("green", "9") == {
        "declared_against_computed": "HW1/highways/2024-Q1 is declared green, but 9 misses the target of 10."
    }
    assert declared("red", "10") == {
        "declared_against_computed": "HW1/highways/2024-Q1 is declared red, but 10 meets the target of 10."
    }
    assert declared("amber", "9") == declared("amber", "11") == declared("green", "10") == {}
    assert declared("green", "9", polarity="lower") == {}


# target left over ---------------------------------------------------------------------------------------------------
def test_last_years_target_is_left_over_where_each_year_had_its_own() -> None:
    each_year = {"2022-Q1": "60", "2023-Q1": "65"}
    figures = series("1", first="2024-Q2", targets=each_year)
    assert said(figures)["target_left_over"].startswith(
        "HW1/highways/2024-Q2 is judged by the target of 65 that was set from 2023-Q1 on; targets were set anew for 2022 and 2023"
    )
    assert said(series("1", first="2024-Q2", targets={**each_year, "2024-Q1": "65"})) == {}


def test_a_target_set_once_is_a_standing_one() -> None:
    assert said(series("1", first="2030-Q2", targets={"2016-Q1": "95"})) == {}


def test_a_target_set_now_and_then_is_not_left_over() -> None:
    assert said(series("1", first="2024-Q2", targets={"2021-Q1": "60", "2023-Q1": "65"})) == {}


def test_a_months_target_belongs_to_the_councils_year() -> None:
    in_march = series("1", first="2025-03", targets={"2023-04": "60", "2024-04": "65"})
    in_april = series("1", first="2025-04", targets={"2023-04": "60", "2024-04": "65"})
    assert "target_left_over" not in said(in_march)
    assert "target_left_over" in said(in_april)


# unchanged ----------------------------------------------------------------------------------------------------------
def test_a_precise_figure_that_comes_again_was_probably_sent_again() -> None:
    assert said(series("71.43", "71.43")) == {
        "unchanged": "HW1/highways/2024-Q2: 71.43 is exactly what it was in 2024-Q1."
    }
    parts = series((412, 500), (412, 500), measured_in="percent")
    assert said(parts)["unchanged"] == (
        "HW1/highways/2024-Q2: 82.4 % (412 of 500) is exactly what it was in 2024-Q1."
    )
    assert said(series((412, 500), (824, 1000), measured_in="percent")) == {}


def test_a_short_number_must_stand_for_several_periods() -> None:
    assert said(series("12", "12")) == {}
    assert said(series("12", "12", "12"))["unchanged"].endswith(
        "12 is exactly what it was in the 2 periods before, from 2024-Q1 on."
    )


@pytest.mark.parametrize(("value", "measured_in"), [("0", "number"), ("100", "percent")])
def test_where_many_indicators_rightly_stay_nothing_is_said(value: str, measured_in: str) -> None:
    assert said(series(*[value] * 6, measured_in=measured_in)) == {}


def test_a_gap_ends_a_run() -> None:
    whole = series("71.43", "71.43", "71.43")
    gap = SeriesFigures(
        indicator=whole.indicator, service="highways", figures=[whole.figures[0], whole.figures[2]]
    )
    assert said(gap) == {}


# zero ---------------------------------------------------------------------------------------------------------------
def test_a_zero_where_nothing_was_near_it_may_be_no_figure() -> None:
    figures = series("81.5", "79.2", "83.1", "80", "0", measured_in="percent")
    assert said(figures) == {
        "zero_as_missing": "HW1/highways/2025-Q1 is 0, and the 4 figures before it lie between 79.2 % and 83.1 %."
    }
    none_of_many = series((81, 100), (79, 100), (83, 100), (80, 100), (0, 0), measured_in="percent")
    assert said(none_of_many) == {
        "zero_as_missing": "HW1/highways/2025-Q1 is 0 of 0, and the denominators of the 4 figures before it lie "
        "between 100 and 100."
    }


@pytest.mark.parametrize(
    "before", [("3", "1", "2", "4"), ("50", "8", "30", "9"), ("7", "0", "8", "9"), ("80", "81")]
)
def test_a_zero_that_may_well_be_one_is_left_alone(before: tuple[str, ...]) -> None:
    assert "zero_as_missing" not in said(series(*before, "0"))


def test_no_cases_among_few_are_left_alone() -> None:
    assert said(series((1, 2), (3, 3), (1, 1), (2, 4), (0, 0), measured_in="percent")) == {}


# saw-tooth ----------------------------------------------------------------------------------------------------------
TOOTHED = ("10", "21", "33", "40", "9", "20", "31", "44", "11")


def test_a_running_total_that_is_declared_as_a_figure_of_its_period_is_seen() -> None:
    assert said(series(*TOOTHED))["saw_tooth"] == (
        "HW1/highways/2026-Q1: it has grown through each year and fallen back at the beginning of the next since "
        "2024-Q1, as a running total does, and HW1 is registered as of the period."
    )
    assert "saw_tooth" not in said(series(*TOOTHED, accumulation="year_to_date"))


def test_a_running_total_shows_in_any_quarter_of_the_year() -> None:
    for turn in range(4):
        rolled = [*TOOTHED[turn:], *("22", "33", "45", "10")[: turn + 1]]
        first = str(parse_period("2024-Q1").shift(turn))
        assert "saw_tooth" in said(series(*rolled, first=first)), turn


def test_the_denominators_of_a_percentage_show_it() -> None:
    parts = [(int(value) // 2, int(value) * 10) for value in TOOTHED]
    assert "saw_tooth" in said(series(*parts, measured_in="percent"))


def test_neither_seasons_nor_growth_are_a_running_total() -> None:
    growth = ("10", "12", "15", "19", "24", "30", "37", "45", "54")
    assert "saw_tooth" not in said(series(*growth))
    summer = ("10", "33", "31", "12") * 2 + ("10",)
    assert "saw_tooth" not in said(series(*summer))
    assert "saw_tooth" not in said(series(*TOOTHED, first="2024-Q2"))


# equality after rounding --------------------------------------------------------------------------------------------
def test_a_figure_that_only_rounds_to_its_target_misses_it() -> None:
    figures = series((12914, 13597), targets={"2024-Q1": "95"}, measured_in="percent")
    assert said(figures) == {
        "equal_after_rounding": "HW1/highways/2024-Q1: 94.98 % (12914 of 13597) misses the target of 95 %, although "
        "with 1 decimal it reads the same."
    }


@pytest.mark.parametrize(
    ("value", "polarity"), [("95.04", "higher"), ("95", "higher"), ("94.9", "higher"), ("94.96", "lower")]
)
def test_what_meets_its_target_or_reads_otherwise_is_left_alone(value: str, polarity: str) -> None:
    assert said(series(value, targets={"2024-Q1": "95"}, polarity=polarity)) == {}


# target without direction -------------------------------------------------------------------------------------------
def test_a_target_without_a_direction_can_be_neither_met_nor_missed() -> None:
    assert list(said(series("1", targets={"2024-Q1": "95"}, polarity="none"))) == ["target_without_direction"]
    assert said(series("1", polarity="none")) == said(series("1", targets={"2024-Q1": "95"})) == {}


# outside the usual range --------------------------------------------------------------------------------------------
def test_a_figure_outside_its_usual_range_is_told_with_the_range() -> None:
    figures = series("50", "52", "51", "54", "55", "53", "56", "57", "71", measured_in="percent")
    assert said(figures) == {
        "outside_usual_range": "HW1/highways/2026-Q1: 71 % is above the usual range (41.3–65.8 %, from the 8 figures before)."
    }


def test_too_few_figures_have_no_usual_range() -> None:
    assert said(series("50", "52", "51", "520")) == {}
    assert "outside_usual_range" in said(series("50", "52", "51", "50.5", "520"))


def test_what_was_usual_in_the_same_period_last_year_is_usual() -> None:
    winter = ["31", *["80", "82", "81", "79"] * 2, "80", "81", "79"]
    assert said(series(*winter, "32", first="2024-01")) == {}
    assert "outside_usual_range" in said(series(*winter, "79", "32", first="2024-01"))


NUMBERS = st.decimals(min_value=-(10**6), max_value=10**6, places=3)
RATIOS = st.builds(Ratio, NUMBERS, st.decimals(min_value="0.001", max_value=10**4, places=3))


@given(st.lists(RATIOS, min_size=LEAST, max_size=12), RATIOS, st.booleans())
def test_the_usual_range_is_what_fractions_say(before: Sequence[Ratio], value: Ratio, percent: bool) -> None:
    exact = [Fraction(each.over) / Fraction(each.under) for each in (*before, value)]
    low, high, count = min(exact[:-1]), max(exact[:-1]), len(before)
    margin = max((high - low) * (1 + Fraction(2, count)), max(abs(low), abs(high)) / 20)
    floor = max(low - margin, 0) if low >= 0 else low - margin
    ceiling = min(high + margin, 100) if percent and high <= 100 else high + margin
    usual = usual_range(before, value, percent=percent)
    assert Fraction(usual.low.over) / Fraction(usual.low.under) == floor
    assert Fraction(usual.high.over) / Fraction(usual.high.under) == ceiling
    assert (usual.below, usual.above) == (exact[-1] < floor, exact[-1] > high + margin)
    assert not any(usual_range(before, each, percent=percent)[2:] != (False, False) for each in before), (
        "what was, is usual"
    )


# numerator above denominator ----------------------------------------------------------------------------------------
def test_more_cases_than_there_were() -> None:
    assert said(series((620, 615), measured_in="percent")) == {
        "numerator_above_denominator": "HW1/highways/2024-Q1: the numerator 620 is above the denominator 615."
    }
    assert said(series((620, 615), measured_in="pounds")) == {}
    assert said(series((620, 615), measured_in="percent", highest=Decimal(120))) == {}


# all of them --------------------------------------------------------------------------------------------------------
def test_every_check_in_the_folder_is_registered_and_explained() -> None:
    files = {file.stem for file in Path(checks.__file__).parent.glob("*.py")} - {"__init__"}
    assert {check.name for check in CHECKS} == files == set(KNOWN)
    assert [check.name for check in CHECKS] == list(KNOWN)
    assert len({check.code for check in CHECKS}) == len(CHECKS)


SOME = st.one_of(
    st.integers(-50, 200).map(str), st.tuples(st.integers(0, 9), st.integers(0, 9)), st.just("71.43")
)


@given(
    st.lists(SOME, min_size=1, max_size=30),
    st.sampled_from(["2024-03", "2024-Q4", "2024-H2", "2024"]),
    st.sampled_from(["number", "percent", "pounds"]),
    st.sampled_from(["higher", "lower", "none", "in_band"]),
    st.dictionaries(st.sampled_from(["2020", "2021", "2024"]), st.integers(-9, 99).map(str)),
)
def test_no_figures_make_a_check_fail_and_none_looks_at_a_later_one(
    figures: list[Figure], first: str, unit: str, polarity: str, targets: dict[str, str]
) -> None:
    begins = {first.replace("2024", year): value for year, value in sorted(targets.items())}
    whole = series(*figures, first=first, targets=begins, measured_in=unit, polarity=polarity)
    for at in range(len(figures)):
        cut = SeriesFigures(
            indicator=whole.indicator,
            service=whole.service,
            figures=whole.figures[: at + 1],
            targets_from=whole.targets_from,
        )
        assert list(look_at(whole, at)) == list(look_at(cut, at))
        for remark in look_at(whole, at):
            assert whole.ref(at) in remark.sentence
            assert remark.sentence.endswith(".")
            assert remark.fix.endswith(".")


def test_a_value_that_nearly_comes_again_is_another() -> None:
    assert "unchanged" not in said(series("33.333333333", (1, 3)))
