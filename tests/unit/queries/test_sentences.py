"""Every kind of fact can be told in a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from engine.queries.names import Names
from engine.queries.sentences import TELLERS, sentence
from events.codec import kinds  # noqa: F401  # registers every kind
from events.fact import Fact
from events.instant import Instant
from events.kinds.people import RoleAssigned
from events.schema import TYPES, Event, type_of


def fact_of(event: Event, stream: str = "people") -> Fact[Event]:
    at = Instant("2026-10-05T08:14:00.000000Z")
    return Fact(
        position=7,
        stream=stream,
        version=1,
        type=type_of(event),
        schema=1,
        recorded_at=at,
        received_at=at,
        effective_on=date(2026, 10, 5),
        actor="p1",
        account="tester@here",
        command_id="C1",
        correlation_id="C1",
        caused_by=None,
        event=event,
    )


@pytest.mark.parametrize("name", sorted(TYPES))
def test_every_registered_kind_of_fact_has_a_sentence(name: str) -> None:
    assert TYPES[name] in TELLERS, f"{name} has no function in engine/queries/sentences"


def test_every_function_that_tells_a_fact_says_what_it_tells() -> None:
    assert [kind.__name__ for kind, teller in TELLERS.items() if not teller.__doc__] == []


def test_people_stand_in_sentences_by_name_and_by_id_where_no_name_is_at_hand() -> None:
    fact = fact_of(RoleAssigned(person="p4", role="data_manager", start=date(2026, 10, 5)))
    assert sentence(fact, Names({"p1": "Harriet Vale", "p4": "Tom Ellery"})) == (
        "Harriet Vale gave Tom Ellery the role data_manager from 5 October 2026."
    )
    assert sentence(fact, Names()).startswith("p1 gave p4 the role")
