"""How a pack says what a council is: calendar, bodies, roles, menu and ladder."""

from __future__ import annotations

import msgspec
import pytest

from events.errors import Problem
from tests.unit.workflows.town import HOUSE, house, tree
from workflows.duration import Duration
from workflows.organisation import KEYS, Organisation, compile_organisation


def problems(text: str) -> tuple[Problem, ...]:
    organisation, found = compile_organisation(tree(text))
    assert (organisation is None) == bool(found)
    return found


def test_the_whole_house_is_read() -> None:
    organisation = house()
    assert organisation.bodies["CPEG"].chair == "chief_executive"
    assert organisation.roles["service_manager"] == "Service manager"
    assert organisation.intervention.report_back["category_2"].within == Duration(3, "months")
    assert organisation.intervention.menu["13"].moves_to == "CMT"
    assert organisation.calendar.data_requests["quarter"] == ((1, 1), (4, 1), (7, 1), (10, 1))
    assert organisation.label("chief_executive") == "Chief executive"
    assert organisation.label("CPEG") == "CPEG"


def test_it_survives_being_written_and_read_back() -> None:
    organisation = house()
    written = msgspec.json.encode(organisation, order="sorted")
    assert msgspec.json.decode(written, type=Organisation) == organisation


def test_the_rung_above_is_the_next_one_up_to_the_top() -> None:
    ladder = house().ladder
    assert ladder is not None
    assert [ladder.above(body) for body in (*ladder.rungs, "COUNCIL", None)] == [
        "CMT",
        "EXECUTIVE_MEMBER",
        "CABINET",
        None,
        None,
        None,
    ]


def test_other_keys_of_the_pack_are_none_of_its_business() -> None:
    assert problems("statuses: {red: {}}\ntriggers: nonsense\n") == ()
    assert set(KEYS) == {"calendar", "bodies", "roles", "intervention"}


def test_roles_may_carry_labels() -> None:
    organisation, _ = compile_organisation(tree("roles: {dmt: Departmental management team}"))
    assert organisation is not None
    assert organisation.roles == {"dmt": "Departmental management team"}


def test_data_requests_may_differ_by_kind_of_period() -> None:
    organisation, _ = compile_organisation(
        tree("calendar: {data_requests: {quarter: [1 April, 1 July], month: the day after}}")
    )
    assert organisation is not None
    assert organisation.calendar.data_requests == {"quarter": ((4, 1), (7, 1))}


def test_clauses_and_assumptions_are_kept() -> None:
    text = "bodies: {CPEG: {label: Group, clause: '4.5', assumption: H9}}\ncalendar: {assumption: H10}"
    organisation, _ = compile_organisation(tree(text))
    assert organisation is not None
    assert (organisation.bodies["CPEG"].clause, organisation.calendar.assumption) == ("4.5", "H10")


WRONG = [
    ("chair: chief_executive", "chair: chief_exec", "GT-FLOW-030", ("bodies", "CPEG", "chair")),
    ("asks: service_manager", "asks: service_manger", "GT-FLOW-030", ("intervention", "menu", "5", "asks")),
    ("moves_to: CMT", "moves_to: COUNCIL", "GT-FLOW-015", ("intervention", "menu", "13", "moves_to")),
    ("rungs: [CPEG, CMT,", "rungs: [CPEG, CTM,", "GT-FLOW-030", ("intervention", "ladder", "rungs", 1)),
    ("mode: propose", "mode: automtic", "GT-FLOW-006", ("intervention", "ladder", "mode")),
    ("each_rung: 1 month", "each_rung: monthly", "GT-DATE-001", ("intervention", "ladder", "each_rung")),
    (
        "within: 6 months",
        "within: half a year",
        "GT-DATE-001",
        ("intervention", "report_back", "category_1", "within"),
    ),
    ("{menu: 2,", "{menu: 5,", "GT-FLOW-014", ("intervention", "report_back", "category_2")),
    ("    5: {name", "    five: {name", "GT-FLOW-013", ("intervention", "menu", "five")),
    ("clerk]\n", "clerk, CPEG]\n", "GT-FLOW-012", ("bodies", "CPEG")),
    ("clerk]\n", "clerk, system]\n", "GT-FLOW-011", ("roles",)),
    ("clerk]\n", "clerk, clerk]\n", "GT-FLOW-010", ("roles", 7)),
    (
        "{data_requests: [1 April",
        "{data_requests: [31 April",
        "GT-DATE-004",
        ("calendar", "data_requests", 0),
    ),
    ("{data_requests: [1 April", "{data_requests: [April", "GT-DATE-004", ("calendar", "data_requests", 0)),
    ("{data_requests:", "{time_zone: Europe/Londn, data_requests:", "GT-DATE-002", ("calendar", "time_zone")),
    (
        "{data_requests:",
        "{time_zone: ../../etc/passwd, data_requests:",
        "GT-DATE-002",
        ("calendar", "time_zone"),
    ),
    ("{data_requests:", "{day_ends: '01:30', data_requests:", "GT-DATE-003", ("calendar", "day_ends")),
    ("{data_requests:", "{day_ends: '24:00', data_requests:", "GT-DATE-003", ("calendar", "day_ends")),
    (
        "{data_requests:",
        "{bank_holidays: Britain, data_requests:",
        "GT-FLOW-006",
        ("calendar", "bank_holidays"),
    ),
    (
        "{data_requests:",
        "{bank_holiday: England, data_requests:",
        "GT-FLOW-001",
        ("calendar", "bank_holiday"),
    ),
    (
        "data_requests: [1 April, 1 July, 1 October, 1 January]",
        "data_requests: {quarterly: [1 April]}",
        "GT-DATE-005",
        ("calendar", "data_requests", "quarterly"),
    ),
    ("{label: Leader and Cabinet}", "{lable: Leader and Cabinet}", "GT-FLOW-002", ("bodies", "CABINET")),
]


@pytest.mark.parametrize(("was", "becomes", "code", "path"), WRONG)
def test_each_mistake_is_told_with_its_place(
    was: str, becomes: str, code: str, path: tuple[str | int, ...]
) -> None:
    assert was in HOUSE
    found = problems(HOUSE.replace(was, becomes, 1))
    assert (code, path) in [(each.code, each.path) for each in found], found


def test_all_mistakes_are_told_at_once() -> None:
    text = HOUSE.replace("chair: chief_executive", "chair: chief_exec").replace("mode: propose", "mode: x")
    assert {each.code for each in problems(text)} == {"GT-FLOW-030", "GT-FLOW-006"}


@pytest.mark.parametrize(
    "text", ["- a", "bodies: [CPEG]", "roles: {a: {b: c}}", "intervention: [x]", "calendar: April"]
)
def test_another_shape_is_refused_without_a_crash(text: str) -> None:
    assert problems(text)
