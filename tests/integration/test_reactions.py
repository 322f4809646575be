"""What follows by itself: bounded, and never at the price of what it follows from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec
import pytest

from adapters.holidays import UkHolidays
from engine.commands import FinishTask
from engine.context import Context
from engine.packs.pack import Pack
from engine.react import DEEPEST, react
from engine.testing.council import Council
from engine.views import AGENDA
from engine.work import Work, circumstances
from events.errors import Broken, Refused
from events.fact import Fact
from events.kinds.framework import PackDeclined
from events.schema import Event
from events.text import TextRef

from .conftest import varied
from .founding import once

ANALYST, MANAGER = "p3", "p4"


def without_a_body(pack: Pack) -> Pack:
    """The same pack, but its trigger forgets to say which body is asked."""
    triggers = tuple(
        msgspec.structs.replace(t, then=msgspec.structs.replace(t.then, refer_to=None))
        for t in pack.rules.triggers
    )
    return varied(pack, rules=msgspec.structs.replace(pack.rules, triggers=triggers))


@pytest.fixture
@once
def careless(example: Pack) -> Council:
    council = Council(without_a_body(example), date(2017, 7, 10), holidays=UkHolidays())
    council.service("acute")
    council.indicator("AE4", "acute", target="95")
    council.hire("Priya", "data_enterer")
    council.hire("Tom", "data_manager")
    return council


def test_a_refused_reaction_is_a_fact_and_a_task_and_never_undoes_the_confirmation(careless: Council) -> None:
    for period, value in (("2017-05", "90"), ("2017-06", "80")):
        careless.figure(ANALYST, "enter", f"AE4/acute/{period}", value)
        careless.figure(MANAGER, "confirm", f"AE4/acute/{period}")
    assert careless.status("AE4/acute/2017-06") == "red"
    assert careless.types()[-1] == "reaction.refused"
    assert careless.intervention("AE4", "acute") is None
    (task,) = careless.store.rows(AGENDA)
    assert task["kind"] == "refused"
    assert task["who"] == "governance_lead"
    reason = careless.text("Asked CPEG by letter.")
    with pytest.raises(Refused, match="not a governance lead"):
        careless.ask(FinishTask(task=str(task["ref"]), reason=reason.ref), ANALYST, texts=(reason,))
    careless.ask(FinishTask(task=str(task["ref"]), reason=reason.ref), "p1", texts=(reason,))
    assert careless.store.rows(AGENDA) == []
    with pytest.raises(Refused, match="No refused consequence"):
        careless.ask(FinishTask(task=str(task["ref"]), reason=reason.ref), "p1", texts=(reason,))


def test_a_chain_that_never_ends_is_an_error_and_writes_nothing(council: Council) -> None:
    work = Work(council.engine.memory)
    work.begin(
        circumstances(
            command_id="loop",
            actor="p1",
            account="tester@here",
            received_at=council.now(),
            effective_on=date(2017, 7, 10),
        )
    )
    turns: list[int] = []

    def again(context: Context, fact: Fact[Event]) -> list[Fact[Event]]:
        turns.append(1)
        return [work.record("framework", PackDeclined(digest="x", reason=TextRef("text:x")))]

    context = Context(
        work=work,
        command=None,  # type: ignore[arg-type]  # this listener asks for nothing
        shelf=council.engine.shelf,
        today=date(2017, 7, 10),
        effective_on=date(2017, 7, 10),
    )
    head = council.store.head()
    first: Sequence[Fact[Event]] = again(context, None)  # type: ignore[arg-type]  # nor looks at the fact
    with pytest.raises(Broken, match="circle"):
        react(context, list(first), {PackDeclined: again})
    assert len(turns) == DEEPEST + 1
    assert council.store.head() == head
