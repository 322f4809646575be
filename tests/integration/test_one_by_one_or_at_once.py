"""Whether figures are confirmed one by one or at once, the same is owed; and what ended by mistake begins anew."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from engine.audit.replay import replay
from engine.commands import SetTarget, Step, TakeSteps
from engine.packs.pack import Pack
from engine.testing.council import Council
from engine.views import VIEWS
from events.kinds.statuses import StatusAssessed, TriggerFired
from rules.ir import Then, Trigger
from rules.kinds.status import IsStatus

from .conftest import START, hire_everybody, varied
from .founding import once

LEAD, ANALYST, MANAGER = "p1", "p3", "p4"
PERIODS = ("2017-02", "2017-03", "2017-04", "2017-05", "2017-06")
VALUES = ("96", "90", "70", "70", "60")


@pytest.fixture
@once
def council(example: Pack) -> Council:
    """A council whose pack asks for an intervention once while a series is red."""
    once = Trigger(
        id="once_red",
        label="Red",
        when=IsStatus(statuses=("red",)),
        fires="once",
        then=Then(refer_to="CPEG", start="intervention"),
    )
    council = Council(varied(example, rules=msgspec.structs.replace(example.rules, triggers=(once,))), START)
    hire_everybody(council)
    return council


def confirming(periods: tuple[str, ...]) -> TakeSteps:
    return TakeSteps(
        steps=tuple(
            Step(workflow="submission", indicator="AE4", service="acute", subject=each, step="confirm")
            for each in periods
        )
    )


def entered(council: Council) -> None:
    for period, value in zip(PERIODS, VALUES, strict=True):
        council.figure(ANALYST, "enter", f"AE4/acute/{period}", value)


def series(council: Council) -> list[StatusAssessed | TriggerFired]:
    facts = council.store.streams({"series/AE4/acute": 0})["series/AE4/acute"]
    return [fact.event for fact in facts if isinstance(fact.event, StatusAssessed | TriggerFired)]


def whole(council: Council) -> None:
    assert replay(council.store, council.engine.shelf).differences == []
    assert list(council.store.differences(VIEWS)) == []


@pytest.mark.parametrize("order", [PERIODS, PERIODS[::-1]], ids=["oldest first", "latest first"])
def test_figures_confirmed_at_once_lead_to_what_they_lead_to_one_by_one(
    council: Council, order: tuple[str, ...]
) -> None:
    entered(council)
    council.ask(confirming(order), MANAGER)
    together = series(council)
    other = Council(council.pack, START)
    hire_everybody(other)
    entered(other)
    for period in PERIODS:
        other.ask(confirming((period,)), MANAGER)
    blank = {"figure": None}
    plain = [
        [
            msgspec.structs.replace(each, **blank) if isinstance(each, StatusAssessed) else each
            for each in said
        ]
        for said in (together, series(other))
    ]
    assert plain[0] == plain[1]
    assert {each.cause for each in together if isinstance(each, StatusAssessed)} == {"confirmed"}
    assert council.intervention("AE4", "acute") is not None
    whole(council)


def test_a_slip_of_a_target_that_is_put_right_leaves_what_was_owed(council: Council) -> None:
    entered(council)
    for period in PERIODS:
        council.ask(confirming((period,)), MANAGER)
    assert council.intervention("AE4", "acute", "2") is None
    for value in ("50", "95"):
        text = council.text("A slip of the pen")
        request = SetTarget(indicator="AE4", from_period="2017-06", value=Decimal(value), reason=text.ref)
        council.ask(request, LEAD, texts=(text,))
    assert council.status("AE4/acute/2017-06") == "red"
    fired = [each for each in series(council) if isinstance(each, TriggerFired)]
    assert [each.period for each in fired] == ["2017-04", "2017-06"]
    assert fired[-1].consequences
    standing = [
        row for n in ("1", "2") if (row := council.intervention("AE4", "acute", n)) and not row["ended_on"]
    ]
    assert len(standing) == 1, standing
    whole(council)


def test_a_turn_that_a_slip_had_cleared_is_restored_when_it_is_put_right(example: Pack) -> None:
    council = Council(example, START)
    hire_everybody(council)
    for period, value in (("2017-04", "90"), ("2017-05", "70"), ("2017-06", "96")):
        council.figure(ANALYST, "enter", f"AE4/acute/{period}", value)
        council.figure(MANAGER, "confirm", f"AE4/acute/{period}")
    first = council.intervention("AE4", "acute")
    assert first is not None
    assert "trigger.cleared" in council.types()
    for value in ("71", "72"):
        council.figure(ANALYST, "restate", "AE4/acute/2017-06", value, words={"reason": "A slip"})
        council.figure(MANAGER, "approve_restatement", "AE4/acute/2017-06")
    fired = [each for each in series(council) if isinstance(each, TriggerFired)]
    assert [(each.trigger, each.period, each.consequences) for each in fired] == [
        ("turned_red", "2017-05", True),
        ("turned_red", "2017-06", True),
    ]
    assert fired[-1].reason == (
        "It had fired in 2017-05 and still stands: the status is red, and that it cleared was put right."
    )
    whole(council)
    council.figure(ANALYST, "restate", "AE4/acute/2017-06", "97", words={"reason": "It was right after all"})
    council.figure(MANAGER, "approve_restatement", "AE4/acute/2017-06")
    assert council.types().count("trigger.withdrawn") == 1
    whole(council)
