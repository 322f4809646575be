"""Generated code decides and explains exactly as the interpreter does, and says nothing of what it does not know."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules import generated
from rules.case import Case, Override, Target
from rules.ir import Band, Compare, Edge, RuleSet, Status
from rules.judge import judge
from rules.rating import rate
from rules.reading.comparison import ROUNDINGS, WAYS
from rules.reading.statuses import CAUSES
from rules.reason import explained, reason

# figures and edges from few numbers, so that they meet; and some from many, so that they do not
near = st.sampled_from(
    [
        D(text)
        for text in (
            "-10",
            "-5",
            "-0.5",
            "-0",
            "0",
            "0.5",
            "5",
            "9.99",
            "10",
            "10.0",
            "1E+1",
            "90",
            "100",
            "110",
        )
    ]
)
anywhere = st.decimals(min_value=-(10**11), max_value=10**11, places=3)
numbers = near | anywhere
steps = st.sampled_from([D("0.1"), D("0.5"), D("1"), D("5"), D("0.03")])
unrated = st.lists(st.sampled_from(sorted(CAUSES)), unique=True, max_size=3).map(tuple)


@st.composite
def packs(draw: st.DrawFn) -> RuleSet:
    """Any way to compare, any bands, the last of them taking all that is left."""
    use = draw(st.sampled_from(sorted(WAYS)))
    rounds = draw(st.none() | steps)
    better = draw(st.sampled_from(["higher", "lower"])) if use == "value" else "positive"
    own = draw(st.none() | st.sampled_from([D("5"), D("10"), D("0.5")]))
    words = ("red", "amber", "green")
    many = draw(st.lists(bands(words), max_size=4))
    listed = (*many, Band(status=draw(st.sampled_from(words)), rule="bands/rest"))
    outside = Status(
        id="odd",
        label="Odd",
        rank=-1,
        judged=False,
        reason=draw(st.sampled_from(["", "It is odd."])),
        stands_for=draw(unrated),
    )
    return RuleSet(
        statuses=(
            *(Status(id=word, label=word.capitalize(), rank=at) for at, word in enumerate(words)),
            outside,
        ),
        status_from="bands",
        override_by=draw(st.sampled_from([None, "chief_officer"])),
        compare=draw(
            st.none()
            | st.just(
                Compare(
                    use=use,
                    better=better,
                    round_to=rounds,
                    rounding=draw(st.sampled_from(sorted(ROUNDINGS))) if rounds else "",
                    tolerance=own,
                )
            )
        ),
        bands=tuple(msgspec.structs.replace(band, rule=f"bands/{at}") for at, band in enumerate(listed)),
    )


def bands(words: tuple[str, ...]) -> st.SearchStrategy[Band]:
    return st.builds(
        Band,
        status=st.sampled_from(words),
        rule=st.just(""),
        lower=st.none() | edges(),
        upper=st.none() | edges(),
        floor=st.sampled_from(["", "", "met", "missed"]),
    )


def edges() -> st.SearchStrategy[Edge]:
    return st.builds(Edge, at=near, inclusive=st.booleans()) | st.builds(
        Edge, tolerance=st.sampled_from([1, -1]), inclusive=st.booleans()
    )


OF_A_TARGET: dict[str, st.SearchStrategy[Any]] = {
    "value": st.none() | numbers,
    "low": st.none() | numbers,
    "high": st.none() | numbers,
    "floor": st.none() | numbers,
    "tolerance": st.none() | st.sampled_from([D("0"), D("0.5"), D("5"), D("10.0")]),
    "cite": st.just("targets/X@1"),
}
OF_A_CASE: dict[str, st.SearchStrategy[Any]] = {
    "pack": st.just("digest"),
    "period": st.just("2016-04"),
    "figure": st.just("series/X/Y@1"),
    "value": st.none() | numbers,
    "numerator": st.none() | numbers,
    "denominator": st.none() | numbers,
    "declared_status": st.sampled_from([None, None, "red", "green", "purple"]),
    "reported_as": st.sampled_from([None, "risk"]),
    "polarity": st.sampled_from(["higher", "lower", "in_band", "none", "sideways"]),
    "measured_in": st.sampled_from(["percent", "number", "pounds", "working_days"]),
    "decimals": st.integers(0, 12),
    "fields": st.just({}),
    "target": st.none() | st.builds(Target, **OF_A_TARGET),
    "history": st.just(()),
    "triggers": st.just({}),
    "consequences": st.booleans(),
    "cause": st.just("confirmed"),
    "historic": st.booleans(),
    "last_year": st.just(None),
    "rated_before": st.none() | st.booleans(),
    "late": st.none() | st.booleans(),
    "override": st.none() | st.builds(Override, status=st.sampled_from(["red", "purple"]), by=st.just("p1")),
    "cleared": st.frozensets(st.sampled_from(["turned_red", "once"])),
    "mutes": st.just({}),
    "indicator": st.just("X"),
    "service": st.just("Y"),
}


def cases() -> st.SearchStrategy[Case]:
    return st.builds(Case, **OF_A_CASE)


@settings(
    max_examples=800, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)  # a pack takes long to draw
@given(packs(), st.lists(cases(), min_size=1, max_size=8))
def test_generated_code_and_interpreter_agree_on_status_rule_and_sentence(
    pack: RuleSet, each: list[Case]
) -> None:
    made = generated._make(pack)
    assert made.by_code is (pack.compare is not None)
    for one in each:
        rating = rate(pack, one)
        assert made.decide(one) == (rating.status, rating.rule)
        assert str(made.explained(one)) == str(explained(rating, reason(pack, one, rating)))
        assert made.told(one) == (rating.status, rating.rule, reason(pack, one, rating))
        assert judge(pack, one) == judge(pack, one, interpreted=True)


@pytest.mark.parametrize(
    ("struct", "drawn"), [(Case, OF_A_CASE), (Target, OF_A_TARGET)], ids=["case", "target"]
)
def test_every_field_of_a_case_is_drawn(struct: type[msgspec.Struct], drawn: dict[str, Any]) -> None:
    assert set(drawn) == set(struct.__struct_fields__)
