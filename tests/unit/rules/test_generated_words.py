"""What generated code reads off a quotient is what the interpreter divides, subtracts and rounds: digit by digit."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.number import plain
from rules import generated, generated_words
from rules.case import Case, Target
from rules.exact import EXACT, HUNDRED, Ratio
from rules.generated_distance import above_one, below_one, distances
from rules.ir import Band, Compare, Edge, RuleSet, Status
from rules.rating import Rating, rate
from rules.reason import explained, reason


def pack(*edges: D) -> RuleSet:
    """Green at the target or better, amber down to each of the edges, red beyond."""
    bands = [Band(status="green", rule="bands/green", lower=Edge(at=D(0), inclusive=True))]
    bands += [Band(status="amber", rule=f"bands/{at}", lower=Edge(at=at, inclusive=True)) for at in edges]
    return RuleSet(
        statuses=tuple(
            Status(id=word, label=word.capitalize(), rank=rank)
            for rank, word in enumerate(("red", "amber", "green"))
        ),
        status_from="bands",
        compare=Compare(
            use="percent_from_target", better="positive", round_to=None, rounding="", tolerance=None
        ),
        bands=(*bands, Band(status="red", rule="bands/red")),
    )


USUAL = pack(D("-10"))
packs = st.sampled_from([USUAL, pack(D("-0.05"), D("-7.25")), pack(D("-12.340"), D("-100"))])
goals = st.integers(1, 20_000).map(lambda tenths: D(tenths).scaleb(-1)) | st.sampled_from(
    [D("70"), D("70.0"), D("7E+1"), D("0.003"), D("-70"), D("100"), D("94.97"), D("70.004")]
)
shares = st.integers(-200, 4_200).map(lambda each: D(each).scaleb(-3) / 2)
"""A figure over its target: every other one lies halfway between two tenths of a per cent."""
hairs = st.sampled_from([D(0), D("1E-9"), D("-1E-9"), D("1E-30"), D("-1E-30"), D("1E-70"), D("-1E-70")])
"""So little beside it, that even 60 digits may not show it."""
polarities = st.sampled_from(["higher", "lower"])


Told = tuple[str, str, str, str]
"""Status, rule, sentence and kept numbers, with every sign and every zero of them."""


def told(rules: RuleSet, case: Case) -> Told:
    """By the generated code."""
    made = generated.decider(rules)
    status, rule, words = made.told(case)
    assert made.decide(case) == (status, rule)
    return status, rule, words, str(made.explained(case))


def at_length(rules: RuleSet, case: Case) -> Told:
    """By the interpreter."""
    rating = rate(rules, case)
    words = reason(rules, case, rating)
    return rating.status, rating.rule, words, str(explained(rating, words))


def entered(goal: D, polarity: str = "higher", **figure: Any) -> Case:
    return Case(
        pack="digest",
        period="2016-04",
        polarity=polarity,
        measured_in="percent",
        target=Target(value=goal),
        **figure,
    )


def away(goal: D, share: D, hair: D) -> D:
    return EXACT.add(EXACT.multiply(goal, share), hair)


@settings(max_examples=500, deadline=None)
@given(packs, goals, shares, hairs, polarities)
def test_a_whole_figure_is_told_alike_wherever_it_lies(
    rules: RuleSet, goal: D, share: D, hair: D, polarity: str
) -> None:
    case = entered(goal, polarity, value=away(goal, share, hair))
    assert told(rules, case) == at_length(rules, case)


@settings(max_examples=500, deadline=None)
@given(packs, goals, shares, hairs, polarities, st.integers(-12_000, 12_000), st.integers(0, 12))
def test_a_fraction_is_told_alike_wherever_it_lies(
    rules: RuleSet, goal: D, share: D, hair: D, polarity: str, bottom: int, decimals: int
) -> None:
    top = EXACT.multiply(away(goal, share, hair), D(bottom)).scaleb(-2, EXACT)
    case = entered(goal, polarity, numerator=top, denominator=D(bottom), decimals=decimals)
    assert told(rules, case) == at_length(rules, case)


HALF = D("92.75")
"""Of 100, 7.25 % below."""


@pytest.mark.parametrize("places", [20, 40, 50, 57, 58, 59, 60, 70, 290])
@pytest.mark.parametrize("sign", [1, -1])
def test_what_lies_a_hair_beside_a_half_is_rounded_as_it_is_at_length(sign: int, places: int) -> None:
    hair = D(sign).scaleb(-places, EXACT)
    whole = EXACT.add(HALF, hair)
    for figure in (
        {"value": whole},
        {"numerator": whole, "denominator": D(100)},
        {"numerator": HALF, "denominator": EXACT.add(D(100), hair)},
    ):
        case = entered(D(100), **figure)
        assert told(USUAL, case) == at_length(USUAL, case)


@pytest.mark.parametrize(
    "figure",
    [
        "0",
        "-0",
        "0.00",
        "-0.00",
        "-5",
        "69.99",
        "70",
        "70.000",
        "63",
        "1E+2",
        "1E+20",
        "1E-20",
        "139.99",
        "140",
        "9E+25",
    ],
)
@pytest.mark.parametrize("goal", ["70", "70.0", "7E+1", "0", "-0.0", "-70", "1E-20", "7E+25"])
@pytest.mark.parametrize("polarity", ["higher", "lower", "in_band", "none"])
def test_the_odd_figure_is_told_alike(figure: str, goal: str, polarity: str) -> None:
    case = entered(D(goal), polarity, value=D(figure))
    assert told(USUAL, case) == at_length(USUAL, case)


class Long(Exception):
    """Told at length."""


def test_the_usual_figure_is_told_from_parts_and_the_unusual_at_length() -> None:
    def at_length(*case: Any) -> Any:
        raise Long

    tell = generated_words.telling(USUAL, at_length)
    green = generated_words.Verdict(Rating("green", "bands/green"), compared=True, head="Green: ", tail=".")
    for n, d in ((D("63.5"), None), (D("80"), None), (D(9_900), D(123)), (D(1_230), D(123))):
        told = tell(entered(D(70), value=n), green, n, d, D(70) if d is None else D(70) * d)
        assert told[2].startswith("Green: ")
    for n in (D(70), D("63"), D("1.5"), D(70) + D("1E-50"), D("1E+60")):
        with pytest.raises(Long):
            tell(entered(D(70), value=n), green, n, None, D(70))


@settings(max_examples=500, deadline=None)
@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(-3, 3))
def test_what_is_said_of_a_quotient_is_the_distance_of_its_numbers(n: int, r: int, places: int) -> None:
    over, under = D(n).scaleb(places), D(r)
    below, above = distances(frozenset())
    said = above.get(str(above_one(over, under))) if over > under else below.get(str(below_one(over, under)))
    far = plain(Ratio(EXACT.multiply(abs(over - under), HUNDRED), under).shown(1) or D(0))
    share = over / under
    if said is None:
        assert far == "0" or share < D("0.1") or share >= D("1.9995")
    else:
        assert said == f"is {far} % {'above' if over > under else 'below'} the target of"


def test_no_distance_is_told_as_an_edge() -> None:
    below, above = distances(frozenset({"10"}))
    assert below["0.899"] == "is 10.1 % below the target of"
    assert not {"0.9", "0.90", "0.900", "1"} & set(below)
    assert not {"1.1", "1.10", "1.100", "1", "1.000"} & set(above)


def test_a_share_is_never_told_rounded_onto_its_target() -> None:
    case = entered(D(70), numerator=D(704), denominator=D(1000), decimals=0)
    assert generated.decider(USUAL).told(case)[2] == "Green: 70.4 % is 0.6 % above the target of 70 %."
    assert told(USUAL, case) == at_length(USUAL, case)


def test_a_share_is_never_told_rounded_past_its_target() -> None:
    case = entered(D("94.97"), numerator=D(9496), denominator=D(10_000), decimals=1)
    assert "94.96 % is" in generated.decider(USUAL).told(case)[2]
    assert told(USUAL, case) == at_length(USUAL, case)


def test_a_distance_is_never_told_rounded_past_an_edge() -> None:
    rules = pack(D("-6.25"))
    for value, said in (
        ("75", "Amber: 75 % is 6.25 % below the target of 80 %; amber ends at 6.25 %."),
        ("74.98", "Red: 74.98 % is 6.3 % below the target of 80 %; amber ends at 6.25 %."),
    ):
        case = entered(D(80), value=D(value))
        assert generated.decider(rules).told(case)[2] == said
        assert told(rules, case) == at_length(rules, case)
