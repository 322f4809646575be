"""An officer sets a status in place of the computed one, where the pack says who may; both are kept."""

from __future__ import annotations

import msgspec
import pytest

from engine.audit.replay import replay
from engine.commands import EndOverride, OverrideStatus
from engine.packs.pack import Pack
from engine.testing.council import Council
from engine.views import VIEWS
from events.errors import Refused
from events.kinds.statuses import StatusAssessed

from .conftest import START, hire_everybody, varied
from .founding import once

ANALYST, MANAGER, SERVICE = "p3", "p4", "p5"
MAY, JUNE = "AE4/acute/2017-05", "AE4/acute/2017-06"


@pytest.fixture
@once
def lenient(example: Pack) -> Council:
    """A council whose pack lets the service manager set a status otherwise."""
    rules = msgspec.structs.replace(example.rules, override_by="service_manager")
    council = Council(varied(example, rules=rules), START)
    hire_everybody(council)
    return council


def confirmed(council: Council, ref: str, value: str) -> None:
    council.figure(ANALYST, "enter", ref, value)
    council.figure(MANAGER, "confirm", ref)


def override(council: Council, ref: str, status: str, who: str = SERVICE) -> None:
    indicator, service, period = ref.split("/")
    text = council.text("A ward was closed by order")
    request = OverrideStatus(
        indicator=indicator, service=service, period=period, status=status, reason=text.ref
    )
    council.ask(request, who, texts=(text,))


def end(council: Council, ref: str) -> None:
    indicator, service, period = ref.split("/")
    text = council.text("The order was lifted")
    request = EndOverride(indicator=indicator, service=service, period=period, reason=text.ref)
    council.ask(request, SERVICE, texts=(text,))


def last(council: Council) -> StatusAssessed:
    facts = council.store.streams({"series/AE4/acute": 0})["series/AE4/acute"]
    return next(fact.event for fact in reversed(facts) if isinstance(fact.event, StatusAssessed))


def test_the_officers_status_counts_and_the_computed_one_stands_beside_it(lenient: Council) -> None:
    confirmed(lenient, MAY, "80")
    override(lenient, MAY, "amber")
    assessed = last(lenient)
    assert (assessed.status, assessed.computed, assessed.overridden_by) == ("amber", "red", SERVICE)
    assert assessed.cause == "override"
    assert assessed.override_reason is not None
    assert lenient.status(MAY) == "amber"


def test_what_followed_from_the_computed_status_is_withdrawn(lenient: Council) -> None:
    confirmed(lenient, MAY, "90")
    confirmed(lenient, JUNE, "80")
    assert "trigger.fired" in lenient.types()
    override(lenient, JUNE, "amber")
    assert "trigger.withdrawn" in lenient.types()


def test_it_is_taken_back(lenient: Council) -> None:
    confirmed(lenient, MAY, "80")
    override(lenient, MAY, "amber")
    end(lenient, MAY)
    assert (last(lenient).status, last(lenient).computed) == ("red", None)
    with pytest.raises(Refused, match="No status set by an officer"):
        end(lenient, MAY)


def test_it_lapses_when_the_figure_is_restated(lenient: Council) -> None:
    confirmed(lenient, MAY, "80")
    override(lenient, MAY, "amber")
    lenient.figure(ANALYST, "restate", MAY, "81", words={"reason": "late returns"})
    lenient.figure(MANAGER, "approve_restatement", MAY)
    assert (last(lenient).status, last(lenient).overridden_by) == ("red", None)


def test_only_whom_the_pack_names_may(lenient: Council) -> None:
    confirmed(lenient, MAY, "80")
    with pytest.raises(Refused, match=f"{MANAGER} is not one") as refused:
        override(lenient, MAY, "amber", who=MANAGER)
    assert SERVICE in refused.value.problems[0].fix


def test_every_reason_against_it_is_told(lenient: Council) -> None:
    confirmed(lenient, MAY, "80")
    with pytest.raises(Refused) as refused:
        override(lenient, MAY, "ambre", who=ANALYST)
    assert [problem.code for problem in refused.value.problems] == ["GT-FIGURE-035", "GT-FIGURE-030"]
    with pytest.raises(Refused, match="is red already"):
        override(lenient, MAY, "red")
    with pytest.raises(Refused, match="no confirmed figure"):
        override(lenient, JUNE, "red")


def test_no_pack_that_is_silent_lets_anybody(council: Council) -> None:
    confirmed(council, MAY, "80")
    with pytest.raises(Refused, match="lets nobody set a status"):
        override(council, MAY, "amber")


def test_a_replay_gives_the_same_judgements(lenient: Council) -> None:
    confirmed(lenient, MAY, "90")
    confirmed(lenient, JUNE, "80")
    override(lenient, JUNE, "amber")
    end(lenient, JUNE)
    found = replay(lenient.store, lenient.engine.shelf)
    assert (found.judgements, found.differences) == (4, [])
    assert list(lenient.store.differences(VIEWS)) == []
