"""The register, the people, the packs and the calendar, as anybody can look them up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from engine.commands import SetTarget
from engine.queries.calendar import bank_holidays, next_deadlines
from engine.queries.matters.matters import matters
from engine.queries.names import Names
from engine.queries.packs import pack_history
from engine.queries.people import people
from engine.queries.register import indicators, meetings, services, targets
from engine.testing.council import Council
from events.errors import NotFound

ANALYST, MANAGER, CLERK = "p3", "p4", "p6"


def test_the_register_is_found_by_code_and_by_title(council: Council) -> None:
    council.indicator("CH04", "acute")
    assert [line.indicator for line in indicators(council.engine)] == ["AE4", "CH04"]
    assert [line.indicator for line in indicators(council.engine, word="ch0")] == ["CH04"]


def test_services_stand_below_their_parents(council: Council) -> None:
    council.service("ward", parent="acute")
    assert [(line.service, line.depth, line.indicators) for line in services(council.engine)] == [
        ("acute", 0, 1),
        ("ward", 1, 0),
    ]


def test_every_target_is_kept_with_who_set_it(council: Council) -> None:
    council.ask(
        SetTarget(indicator="AE4", from_period="2017-04", service="acute", value=Decimal("92.50")), "p2"
    )
    found = targets(council.engine, "AE4", names=Names({"p1": "Ada", "p2": "Ben"}))
    assert [(line.from_period, line.service, line.shown, line.set_by) for line in found] == [
        ("2000-01", "", "95 %", "Ada"),
        ("2017-04", "acute", "92.5 %", "Ben"),
    ]
    with pytest.raises(NotFound, match="Did you mean 'AE4'"):
        targets(council.engine, "AE", names=Names())


def test_people_are_listed_with_the_roles_of_a_day(council: Council) -> None:
    found = {
        line.name: [role.role for role in line.roles]
        for line in people(council.engine, date(2017, 7, 10), names=Names())
    }
    assert found["p3"] == ["data_enterer"]
    early = people(council.engine, date(1999, 12, 31), names=Names())
    assert all(not line.roles for line in early)


def test_the_history_of_packs_says_who_proposed_and_who_approved(council: Council) -> None:
    (line,) = pack_history(council.engine, names=Names({"p1": "Ada", "p2": "Ben"}))
    assert (line.pack, line.state, line.proposed_by, line.decided_by) == (
        "example-council",
        "adopted",
        "Ada",
        "Ben",
    )
    assert pack_history(council.engine, names=Names(), at=6)[0].state == "waiting"


def test_what_is_coming_stands_in_the_order_of_its_days(council: Council) -> None:
    for period, value in (("2017-05", "90"), ("2017-06", "80")):
        council.figure(ANALYST, "enter", f"AE4/acute/{period}", value)
        council.figure(MANAGER, "confirm", f"AE4/acute/{period}")
    council.step(
        CLERK, "intervention", ("AE4", "acute", "1"), "answer", {"category": "category_4"}, body="CPEG"
    )
    council.meeting("CPEG", date(2017, 7, 20))
    found = next_deadlines(council.engine, date(2017, 7, 10), date(2017, 8, 10))
    assert [(entry.on, entry.kind) for entry in found] == [
        (date(2017, 7, 13), "reminder"),
        (date(2017, 7, 14), "window closes"),
        (date(2017, 7, 20), "meeting"),
        (date(2017, 8, 1), "data request"),
        (date(2017, 8, 3), "reminder"),
        (date(2017, 8, 10), "deadline"),
    ]
    later = next_deadlines(council.engine, date(2017, 7, 21), date(2017, 10, 1))
    assert ("data request", date(2017, 10, 1)) in [(entry.kind, entry.on) for entry in later]
    overdue = next_deadlines(council.engine, date(2017, 8, 11), date(2017, 8, 12))
    assert [(entry.on, entry.kind, entry.overdue) for entry in overdue] == [
        (date(2017, 8, 10), "deadline", True),
        (date(2017, 8, 11), "reminder", False),
    ]
    assert [line.on for line in meetings(council.engine)] == [date(2017, 7, 20)]


def test_bank_holidays_are_those_of_the_packs_nation(council: Council) -> None:
    found = bank_holidays(council.engine, 2026)
    assert found.nation == "England"
    assert (date(2026, 12, 25), "Christmas Day") in found.days


def test_interventions_are_listed_open_or_over(council: Council) -> None:
    for period, value in (("2017-05", "90"), ("2017-06", "80")):
        council.figure(ANALYST, "enter", f"AE4/acute/{period}", value)
        council.figure(MANAGER, "confirm", f"AE4/acute/{period}")
    today = date(2017, 7, 10)
    (line,) = matters(council.engine, today)
    assert (line.id, line.label, line.trigger) == ("INT-0001", "Waiting for CPEG to answer", "turned_red")
    council.step(
        CLERK,
        "intervention",
        ("AE4", "acute", "1"),
        "decline",
        words={"reason": "A closed ward."},
        body="CPEG",
    )
    assert matters(council.engine, today) == []
    (over,) = matters(council.engine, today, ended=True)
    assert (over.label, over.ended_on) == ("No corporate action", today)
