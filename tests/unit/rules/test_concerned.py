"""Triggers asked by generated code: one that cannot hold at a status is passed over, and nothing comes out otherwise."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from events.kinds.statuses import StatusAssessed
from events.period import parse_period
from rules.case import Past
from rules.generated import decider
from rules.generated_truths import asked as asked_one_by_one
from rules.ir import Condition, RuleSet, Then, Trigger
from rules.judge import judge
from rules.kinds.all_of import AllOf
from rules.kinds.any_of import AnyOf
from rules.kinds.consecutive import Consecutive
from rules.kinds.first_status import FirstStatus
from rules.kinds.not_so import NotSo
from rules.kinds.out_of import OutOf
from rules.kinds.reported import ReportedAs
from rules.kinds.status import IsStatus
from rules.kinds.turned import Turned
from rules.rating import Rating, rate
from rules.standing import Standing
from tests.unit.rules.given import DECLARED, case, rules

SCALE = ("red", "amber", "green")
some = st.lists(st.sampled_from(SCALE), min_size=1, max_size=2, unique=True).map(tuple)
asked: st.SearchStrategy[Condition] = st.recursive(
    st.builds(IsStatus, statuses=some)
    | st.builds(FirstStatus, statuses=some)
    | st.builds(Turned, turned_from=some, to=some)
    | st.builds(OutOf, statuses=some, n=st.just(2), of=st.just(3))
    | st.builds(ReportedAs, words=st.just(("risk",)))
    | st.builds(
        Consecutive,
        statuses=some,
        count=st.sampled_from(["at_least", "exactly", "reaching"]),
        periods=st.just(2),
    ),
    lambda inner: (
        st.builds(AllOf, of=st.lists(inner, min_size=1, max_size=3).map(tuple))
        | st.builds(AnyOf, of=st.lists(inner, min_size=1, max_size=3).map(tuple))
        | st.builds(NotSo, of=inner)
    ),
    max_leaves=4,
)
lives = st.builds(
    Trigger,
    id=st.sampled_from(["a", "b", "c"]),
    label=st.just("T"),
    when=asked,
    then=st.just(Then()),
    fires=st.sampled_from(["every_period", "once"]),
    clears_when=st.none() | asked,
    hold=st.integers(0, 2),
    gaps=st.sampled_from(["break", "look_through"]),
    suppressed_by=st.sampled_from([(), (), ("a",)]),
)
counting = st.builds(msgspec.structs.replace, lives, gaps=st.just("count_as"), gaps_as=st.sampled_from(SCALE))


def pack_with(triggers: list[Trigger]) -> RuleSet:
    free = [msgspec.structs.replace(each, suppressed_by=()) if each.id == "a" else each for each in triggers]
    return msgspec.structs.replace(rules(DECLARED), triggers=tuple(free), lookback=3)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(lives | counting, min_size=1, max_size=3, unique_by=lambda each: each.id),
    st.lists(st.tuples(st.sampled_from([*SCALE, None, "purple"]), st.booleans()), min_size=1, max_size=10),
)
def test_only_triggers_that_cannot_hold_are_passed_over(
    triggers: list[Trigger], history: list[tuple[str | None, bool]]
) -> None:
    pack, period = pack_with(triggers), parse_period("2016-04")
    before: StatusAssessed | None = None
    pasts: tuple[Past, ...] = ()
    for declared, risky in history:
        now = case(
            period=str(period),
            declared_status=declared,
            reported_as="risk" if risky else None,
            history=pasts,
            triggers=before.triggers if before else {},
            rated_before=any(past.status in SCALE for past in pasts),
        )
        standing = Standing(pack, now, rate(pack, now))
        assert decider(pack).truths(standing) == asked_one_by_one(pack, standing)
        found = judge(pack, now)
        assert found == judge(pack, now, interpreted=True)
        before = found[-1]  # type: ignore[assignment]  # `judge` promises that the assessment comes last
        assert isinstance(before, StatusAssessed)
        pasts, period = (*pasts, Past(str(period), before.status)), period.shift(2 if risky else 1)


def test_at_green_a_trigger_about_red_is_passed_over() -> None:
    red = Trigger(id="a", label="T", when=IsStatus(statuses=("red",)), then=Then())
    bad = Trigger(id="b", label="T", when=OutOf(statuses=("red",), n=1, of=3), then=Then())
    assert pack_with([red, bad]).concerned["green"] == {"b"}
    assert pack_with([red, bad]).concerned["red"] == {"a", "b"}


def test_a_status_that_no_code_was_made_for_is_asked_of_the_conditions() -> None:
    pack = pack_with([Trigger(id="a", label="T", when=NotSo(of=IsStatus(statuses=("red",))), then=Then())])
    standing = Standing(pack, case(), Rating("scarlet", "declared"))
    assert decider(pack).truths(standing) == asked_one_by_one(pack, standing) == (None,)
