"""The proof of bands, against looking at every value one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal as D
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rules.case import Case, Target
from rules.compile import compile_rules
from rules.ir import RuleSet
from rules.rating import rate
from tests.unit.rules.given import NAMES, SCALE, problems, rules

STATUSES = ["worst", "bad", "good", "best"]
LOWER, UPPER = {"at_least": True, "above": False, "from": True}, {"at_most": True, "below": False, "to": True}
QUARTERS = 4
"""Everything is tried in whole quarters: edges lie on whole numbers, tolerances on halves, values in between."""

edges = st.sampled_from([*map(str, range(-3, 4)), *map(str, range(-3, 4)), "tolerance", "-tolerance"])
ends = {
    "lower": st.tuples(st.sampled_from([*LOWER]), edges),
    "upper": st.tuples(st.sampled_from([*UPPER]), edges),
}


@st.composite
def bands(draw: st.DrawFn) -> Mapping[str, str]:
    band = {"status": draw(st.sampled_from(STATUSES))}
    for end in ends.values():
        if draw(st.booleans()):
            key, edge = draw(end)
            band[key] = edge
    floor = draw(st.sampled_from(["", "", "", "met", "missed"]))
    return {**band, "floor": floor} if floor else band


Written = Mapping[str, str]


def number(edge: str, tolerance: int) -> int:
    return {"tolerance": tolerance, "-tolerance": -tolerance}[edge] if "t" in edge else int(edge) * QUARTERS


def holds(band: Written, value: int, tolerance: int, floor: str) -> bool:
    """A band on its own, read as a person would."""
    for key, text in band.items():
        if key in LOWER:
            edge = number(text, tolerance)
            if value < edge or (value == edge and not LOWER[key]):
                return False
        if key in UPPER:
            edge = number(text, tolerance)
            if value > edge or (value == edge and not UPPER[key]):
                return False
    return band.get("floor", floor) == floor


def lines(written: list[Written], step: int | None) -> Iterator[tuple[str, list[int | None]]]:
    """For every tolerance and floor, the band of each value in turn upwards."""
    size = (step or 0) * QUARTERS or 1
    far = (4 + 4 * (step or 1)) * QUARTERS
    values = range(-size * (far // size + 1), far + 2 * size, size)
    uses = any("tolerance" in text for band in written for text in band.values())
    for tolerance in range(0, far, 2) if uses else [0]:
        for floor in ("met", "missed"):
            yield (
                floor,
                [
                    next((i for i, band in enumerate(written) if holds(band, value, tolerance, floor)), None)
                    for value in values
                ],
            )


def compiled(written: list[Written], step: int | None) -> tuple[RuleSet | None, set[str], set[int]]:
    compare = {"use": "difference"} | ({"round_to": str(step)} if step else {})
    tree = {"statuses": {word: {} for word in STATUSES}, "compare_by": compare, "bands": written}
    found, said = compile_rules(tree, NAMES)
    idle = {int(problem.path[1]) for problem in said if problem.code in ("GT-RULE-031", "GT-RULE-032")}
    return found, {problem.code for problem in said}, idle


@settings(max_examples=4000, deadline=None)
@given(st.lists(bands(), min_size=1, max_size=5), st.sampled_from([None, None, 1, 2, 3]))
@example(
    [
        {"status": "worst", "at_most": "2"},
        {"status": "bad", "below": "tolerance"},
        {"status": "worst", "at_most": "tolerance"},
    ],
    2,
)
def test_the_proof_agrees_with_trying_every_value(written: list[Written], step: int | None) -> None:
    found, codes, idle = compiled(written, step)
    looked = list(lines(written, step))
    assert ("GT-RULE-030" in codes) == any(band is None for _, line in looked for band in line)
    assert idle == set(range(len(written))) - {band for _, line in looked for band in line}
    rank = {i: STATUSES.index(band["status"]) for i, band in enumerate(written)}
    rated = [[rank[band] for band in line if band is not None] for _, line in looked]
    falls = any(after < before for line in rated for before, after in pairwise(line))
    assert ("GT-RULE-033" in codes) == falls
    worse = any(
        one is not None and other is not None and rank[other] > rank[one]
        for (_, met), (_, missed) in zip(looked[::2], looked[1::2], strict=True)
        for one, other in zip(met, missed, strict=True)
    )
    assert ("GT-RULE-036" in codes) == (worse and not falls)
    assert (found is None) == bool(codes)


ordered = st.lists(st.integers(-32, 32).map(lambda n: D(n) / 2), min_size=1, max_size=3, unique=True).map(
    lambda cuts: sorted(cuts, reverse=True)
)


@settings(max_examples=100, deadline=None)
@given(ordered, st.booleans(), st.decimals(-1000, 1000, places=4), st.decimals(-1000, 1000, places=4))
def test_a_checked_pack_puts_every_number_in_exactly_one_band(
    cuts: list[D], inclusive: bool, one: D, other: D
) -> None:
    word = "at_least" if inclusive else "above"
    best = STATUSES[::-1]
    written: list[Written] = [{"status": best[i], word: str(cut)} for i, cut in enumerate(cuts)]
    written.append({"status": best[len(cuts)]})
    found, codes, _ = compiled(written, None)
    assert found is not None
    assert not codes
    expected = [sum(cut <= value if inclusive else cut < value for cut in cuts) for value in (one, other)]
    rated = [
        rate(
            found, Case(pack="", period="2016", value=value, polarity="higher", target=Target(value=D(0)))
        ).status
        for value in (one, other)
    ]
    assert rated == [best[len(cuts) - reached] for reached in expected]
    if one <= other:
        assert STATUSES.index(rated[0]) <= STATUSES.index(rated[1])


# what the proof says --------------------------------------------------------------------------------------


def said(bands: str, compare: str = "percent_from_target") -> list[str]:
    return [problem.sentence for problem in problems(f"{SCALE}\ncompare_by: {compare}\nbands: {bands}\n")]


def test_values_that_fall_through_are_named() -> None:
    printed = (
        "[{status: green, at_least: 0}, {status: amber, from: -9.9, to: -0.1}, {status: red, at_most: -10}]"
    )
    assert said(printed) == [
        "No band covers values above -10 % and below -9.9 %.",
        "No band covers values above -0.1 % and below 0 %.",
    ]
    assert said(printed, "{use: percent_from_target, round_to: 0.05}") == [
        "No band covers the value -9.95 %.",
        "No band covers the value -0.05 %.",
    ]
    assert rules(f"{SCALE}\ncompare_by: {{use: percent_from_target, round_to: 0.1}}\nbands: {printed}\n")


@pytest.mark.parametrize(
    ("bands", "sentence"),
    [
        ("[{status: green, above: 0}, {status: red, below: 0}]", "No band covers the value 0 %."),
        ("[{status: green, at_least: 0}]", "No band covers values below 0 %."),
        ("[{status: red, below: 0}]", "No band covers values from 0 %."),
        (
            "[{status: green, at_least: 0}, {status: red, below: 0, floor: missed}]",
            "No band covers values below 0 % where the floor is met.",
        ),
        (
            "[{status: green, at_least: 0}, {status: red, below: -tolerance}]",
            "No band covers values from -2 % and below 0 % with a tolerance of 2.",
        ),
        (
            "[{status: green, at_least: 0}, {status: green, at_least: 5}, {status: red}]",
            "No value can reach this band: the bands before it take all of its values.",
        ),
        (
            "[{status: green, at_least: 0}, {status: amber, from: -1, to: -5}, {status: red}]",
            "No value can reach this band: it ends below where it begins.",
        ),
        (
            "[{status: red, at_least: 0}, {status: green}]",
            "A better figure would get a worse status: 'red' for the value 0 %, but 'green' for values below 0 %.",
        ),
        (
            "[{status: red, floor: met}, {status: green, floor: missed}]",
            "A figure that misses the floor would get a better status than one that meets it: at any value 'green' against 'red'.",
        ),
    ],
)
def test_what_is_wrong_with_bands_is_said_with_its_values(bands: str, sentence: str) -> None:
    assert said(bands) == [sentence]


def test_a_band_between_two_rounded_values_is_named() -> None:
    bands = "[{status: green, at_least: 0}, {status: amber, above: -0.1, below: 0}, {status: red}]"
    assert said(bands, "{use: percent_from_target, round_to: 0.1}") == [
        "No value can reach this band: values are rounded to multiples of 0.1, and none lies in it."
    ]


def test_a_fault_that_only_a_tolerance_between_two_rounded_values_shows_is_found() -> None:
    bands = (
        "[{status: green, above: 0, below: tolerance}, {status: red, below: 4}, "
        "{status: red, above: tolerance, to: 4}, {status: green}]"
    )
    assert said(bands, "{use: difference, round_to: 2}") == [
        "A better figure would get a worse status: 'red' for the value 4, but 'green' for the value 2 with a tolerance of 2.5."
    ]


def test_where_lower_values_are_better_the_order_of_bands_turns() -> None:
    low = "[{status: green, at_most: 5}, {status: amber, at_most: 10}, {status: red}]"
    assert rules(f"{SCALE}\ncompare_by: {{use: value, better: lower}}\nbands: {low}\n")
    assert said(low, "{use: value, better: higher}")[0].startswith("A better figure would get a worse status")
