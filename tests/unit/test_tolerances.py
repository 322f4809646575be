"""An indicator's tolerance in percent of its target or in its own units, whatever the pack compares by, judged exactly."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.yaml import YamlDocuments
from engine.commands import FigureFields
from engine.judging.tolerances import tolerance_of
from events.kinds.register import IndicatorAdded, TargetSet
from rules.case import Case, Target
from rules.compile import compile_rules
from rules.ir import RuleSet
from rules.judge import judge
from rules.names import Names
from rules.rating import rate

PACK = """
statuses:
  red: {{label: Red}}
  amber: {{label: Amber}}
  green: {{label: Green}}
status_from: bands
compare_by: {compare}
bands:
{bands}
triggers: {{}}
"""
INCLUSIVE = "  - {status: green, at_least: 0}\n  - {status: amber, at_least: -tolerance}\n  - {status: red, below: -tolerance}"
EXCLUSIVE = "  - {status: green, at_least: 0}\n  - {status: amber, above: -tolerance}\n  - {status: red, at_most: -tolerance}"


def rules_of(compare: str, bands: str) -> RuleSet:
    document = YamlDocuments().read(PACK.format(compare=compare, bands=bands), "pack.yaml")
    rules, problems = compile_rules(
        document.tree, Names(bodies=frozenset(), roles=frozenset(), workflows=frozenset())
    )
    assert rules is not None, problems
    return rules


RULES = {
    (compare, bands): rules_of(compare, bands)
    for compare in ("percent_from_target", "difference")
    for bands in (INCLUSIVE, EXCLUSIVE)
}


def status(rules: RuleSet, figure: FigureFields, target: TargetSet, polarity: str = "higher") -> str:
    added = IndicatorAdded(
        indicator="HW1", title="Potholes", polarity=polarity, frequency="month", measured_in="number"
    )
    tolerance = tolerance_of(target, rules, added, figure)
    case = Case(
        pack="",
        period="2026-04",
        value=figure.value,
        numerator=figure.numerator,
        denominator=figure.denominator,
        polarity=polarity,
        target=Target(value=target.value, low=target.low, high=target.high, tolerance=tolerance),
    )
    last: Any = judge(rules, case)[-1]
    word: str = last.status
    assert rate(rules, case).status == word, "the reference says the same as the generated code"
    return word


def target(value: str, tolerance: str, tolerance_in: str) -> TargetSet:
    return TargetSet(
        indicator="HW1",
        from_period="2026-04",
        value=Decimal(value),
        tolerance=Decimal(tolerance),
        tolerance_in=tolerance_in,
    )


@pytest.mark.parametrize("compare", ["percent_from_target", "difference"])
@pytest.mark.parametrize(
    ("tolerance", "tolerance_in", "edge"),
    [("5", "units", "65"), ("10", "percent", "63"), ("0", "units", "70")],
)
def test_the_edge_lies_where_the_tolerance_says_whatever_the_pack_compares_by(
    compare: str, tolerance: str, tolerance_in: str, edge: str
) -> None:
    """5 units below 70 is 7.142857… %: no decimal says it, and a figure of exactly 65 is still amber, or no longer."""
    aim, hair = target("70", tolerance, tolerance_in), Decimal("0.000000001")
    inclusive, exclusive = RULES[compare, INCLUSIVE], RULES[compare, EXCLUSIVE]
    just = "green" if edge == "70" else "amber"
    assert status(inclusive, FigureFields(value=Decimal(edge)), aim) == just
    assert status(inclusive, FigureFields(value=Decimal(edge) - hair), aim) == "red"
    assert status(exclusive, FigureFields(value=Decimal(edge)), aim) == ("green" if edge == "70" else "red")
    assert status(exclusive, FigureFields(value=Decimal(edge) + hair), aim) == just


@pytest.mark.parametrize("aim", ["60", "70", "90", "0.7", "-3", "700000.001"])
def test_a_figure_exactly_on_the_edge_falls_where_the_band_has_it(aim: str) -> None:
    figure, wanted = FigureFields(value=Decimal(aim) - 5), target(aim, "5", "units")
    assert status(RULES["percent_from_target", INCLUSIVE], figure, wanted) == "amber"
    assert status(RULES["percent_from_target", EXCLUSIVE], figure, wanted) == "red"


def test_an_endless_percentage_is_rounded_where_it_is_said() -> None:
    added = IndicatorAdded(
        indicator="HW1", title="Potholes", polarity="higher", frequency="month", measured_in="number"
    )
    rules, wanted = RULES["percent_from_target", INCLUSIVE], target("70", "5", "units")
    figure = FigureFields(value=Decimal(65))
    tolerance = tolerance_of(wanted, rules, added, figure)
    case = Case(
        pack="",
        period="2026-04",
        value=figure.value,
        polarity="higher",
        target=Target(value=wanted.value, tolerance=tolerance),
    )
    last: Any = judge(rules, case)[-1]
    assert last.reason == "Amber: 65 is 7.1 % below the target of 70; amber ends at 7.14 %."


numbers = st.decimals(Decimal("-999999.999"), Decimal("999999.999"), places=3)


@given(
    numbers,
    st.decimals(Decimal("0.001"), Decimal("99999.999"), places=3),
    numbers.filter(bool),
    st.decimals(0, 1000, places=3),
    st.sampled_from(["units", "percent"]),
    st.sampled_from(["higher", "lower"]),
    st.sampled_from(sorted(RULES)),
)
@example(
    Decimal(65), Decimal(1), Decimal(70), Decimal(5), "units", "higher", ("percent_from_target", INCLUSIVE)
)
@example(
    Decimal(65), Decimal(1), Decimal(70), Decimal(5), "units", "higher", ("percent_from_target", EXCLUSIVE)
)
@example(
    Decimal(75), Decimal(1), Decimal(70), Decimal(5), "units", "lower", ("percent_from_target", EXCLUSIVE)
)
def test_every_status_is_that_of_exact_fractions(
    over: Decimal,
    under: Decimal,
    aim: Decimal,
    tolerance: Decimal,
    tolerance_in: str,
    polarity: str,
    which: tuple[str, str],
) -> None:
    figure = FigureFields(numerator=over, denominator=under)
    found = status(RULES[which], figure, target(str(aim), str(tolerance), tolerance_in), polarity)
    away = Fraction(over) / Fraction(under) - Fraction(aim)
    better = away if polarity == "higher" else -away
    allowed = Fraction(tolerance) * (abs(Fraction(aim)) / 100 if tolerance_in == "percent" else 1)
    within = better >= -allowed if which[1] == INCLUSIVE else better > -allowed
    assert found == ("green" if better >= 0 else "amber" if within else "red")


def test_a_tolerance_set_before_units_were_said_is_in_the_packs_own() -> None:
    aim = target("70", "10", "")
    assert status(RULES["percent_from_target", INCLUSIVE], FigureFields(value=Decimal(63)), aim) == "amber"
    assert status(RULES["difference", INCLUSIVE], FigureFields(value=Decimal(60)), aim) == "amber"


def test_in_a_wanted_band_a_percentage_is_of_the_nearer_edge() -> None:
    band = TargetSet(
        indicator="HW1",
        from_period="2026-04",
        low=Decimal(50),
        high=Decimal(100),
        tolerance=Decimal(10),
        tolerance_in="percent",
    )
    rules = RULES["difference", INCLUSIVE]
    found = [
        status(rules, FigureFields(value=Decimal(v)), band, "in_band")
        for v in ("44", "45", "50", "110", "111")
    ]
    assert found == ["red", "amber", "green", "amber", "red"]
