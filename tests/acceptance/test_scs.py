"""Kent's Specialist Children's Services: a year's assurances asked for with one command, signed, and listed while they are owed."""

from __future__ import annotations

import pytest

from .conftest import Council

MARCH, APRIL = "2012-03-01T09:00:00+00:00", "2012-04-02T09:00:00+00:00"
ROUND = (
    "matter", "begin", "assurance", "--every-service", "--period", "2011", "--due-on", "2012-03-31", "--as", "Mia Unit",
)  # fmt: skip


@pytest.fixture
def kent(empty: Council) -> Council:
    """The pack adopted, two services, a head of one of them."""
    empty.at = MARCH
    empty.does(
        "init", "--pack", "kent-scs", "--council", "Kent County Council",
        "--proposer", "Ann Parker", "--approver", "Bob Reed",
    )  # fmt: skip
    empty.does("pack", "adopt", "--as", "Bob Reed")
    for service in ("adoption", "fostering"):
        empty.does("service", "add", service, "--label", service.title(), "--as", "p1")
    for name in ("Mia Unit", "Fay Foster"):
        empty.does("person", "add", name, "--as", "p1")
    empty.does("role", "assign", "Mia Unit", "management_information", "--as", "p1")
    empty.does("role", "assign", "Fay Foster", "head_of_service", "--for", "fostering", "--as", "p1")
    return empty


def test_a_year_of_assurance_from_the_round_to_what_is_outstanding(kent: Council) -> None:
    dry = kent.run(*ROUND, "--dry-run")
    assert (dry.code, "assurance: would be begun for 2 of 2 services." in dry.out) == (0, True)
    assert kent.run("matter", "list").out == "No matter is open.\n"

    begun = kent.run(*ROUND)
    assert (begun.code, "assurance: begun for 2 of 2 services." in begun.out) == (0, True)
    assert "assurance fostering#1: Not signed. Signature: by Sat 31 Mar 2012" in begun.out
    again = kent.run(*ROUND)
    assert "begun for 0 of 2 services.\nIt is there already for adoption, fostering." in again.out

    mine = kent.run("task", "list", "--mine", "--as", "Fay Foster", "--json").json["rows"]
    assert [(task["service"], task["due"]) for task in mine] == [("fostering", "2012-03-31")]
    signed = kent.run(
        "matter", "take", "sign", "fostering", "--workflow", "assurance", "--statement", "The controls work",
        "--evidence", "Case file audits", "--as", "Fay Foster",
    )  # fmt: skip
    assert (signed.code, "It now stands at: Signed" in signed.out) == (0, True)

    kent.at = APRIL
    kent.does("tick")
    tasks = kent.run("task", "list", "--json").json["rows"]
    assert [(task["service"], task["late_days"]) for task in tasks] == [("adoption", 1)]
    kent.does("service", "add", "safeguarding", "--label", "Safeguarding", "--as", "p1")
    following = kent.run(
        "matter", "begin", "assurance", "--every-service", "--period", "2012", "--due-on", "2013-03-31",
        "--as", "Mia Unit", "--json",
    )  # fmt: skip
    assert {key: following.json[key] for key in ("services", "begun", "there", "owing")} == {
        "services": 3,
        "begun": ["fostering", "safeguarding"],
        "there": [],
        "owing": ["adoption"],
    }
    assert kent.run("audit", "verify").code == 0


def test_a_round_is_of_services_and_complete(kent: Council) -> None:
    undated = kent.run("matter", "begin", "assurance", "--every-service", "--as", "Mia Unit")
    assert (undated.code != 0, "A round of 'assurance' needs due_on and period." in undated.err) == (
        True,
        True,
    )
    one = kent.run("matter", "begin", "assurance", "fostering", *ROUND[3:])
    assert (one.code, "Name 'fostering', or say --every-service, not both." in one.err) == (2, True)
    series = kent.run("matter", "begin", "action", "--every-service", "--as", "Mia Unit")
    assert (series.code, "cannot be begun for every service" in series.err) == (2, True)
    nobody = kent.run(*ROUND[:-1], "Fay Foster")
    assert (nobody.code, "is for Management Information Unit" in nobody.err) == (5, True)
