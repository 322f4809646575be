"""Cambridgeshire, 2026: KPIs of the register changed as a batch, decided together, removed, and audited, typed."""

from __future__ import annotations

import pytest

from .conftest import Council

OCTOBER, NOVEMBER = "2026-10-05T09:00:00+00:00", "2026-11-02T09:00:00+00:00"
STRATEGY, HIGHWAYS = "STRATEGY_AND_RESOURCES", "HIGHWAYS_AND_TRANSPORT"
MANAGER, AUDITOR, TEAM, COMMITTEE, OTHER = (
    "Mina Manager",
    "Ida Audit",
    "Tess Team",
    "Stan Strategy",
    "Hana High",
)
BATCH = """about,step,why,title,from period,comparable
CF1,propose_amendment,Scope 3 was left out,Scopes 1 to 3,2026-Q4,no
CF2,propose_removal,Nobody asks for it,,,
CF3,propose_amendment,A better name,Better,{period},{comparable}
"""


def _adopt(county: Council) -> None:
    """Reviewed by the Joint Management Team, and approved by the committee at a meeting."""
    for body in ("JMT", STRATEGY):
        county.does("role", "assign", "Bob Reed", "clerk", "--for", body, "--as", "p1")
    day = county.at[:10]
    county.does("meeting", "add", STRATEGY, day, "--as", "p1")
    county.does("pack", "step", "review", "--on-behalf-of", "JMT", "--as", "Bob Reed")
    county.does("pack", "adopt", "--on-behalf-of", STRATEGY, "--as", "Bob Reed")


@pytest.fixture
def county(empty: Council) -> Council:
    """The council with its people, three KPIs of the register, and a meeting of the committees to come."""
    empty.at = OCTOBER
    empty.does(
        "init", "--pack", "cambridgeshire-2022", "--council", "Cambridgeshire County Council",
        "--proposer", "Ann Parker", "--approver", "Bob Reed",
    )  # fmt: skip
    _adopt(empty)
    empty.does("service", "add", "climate", "--label", "Climate change", "--as", "p1")
    for name, role, scope in (
        (MANAGER, "service_manager", ()),
        (AUDITOR, "internal_audit", ()),
        (TEAM, "clerk", ("--for", "JMT")),
        (COMMITTEE, "clerk", ("--for", STRATEGY)),
        (OTHER, "clerk", ("--for", HIGHWAYS)),
    ):
        empty.does("person", "add", name, "--as", "p1")
        empty.does("role", "assign", name, role, *scope, "--as", "p1")
    for body in (STRATEGY, HIGHWAYS):
        empty.does("meeting", "add", body, "2026-11-02", "--as", "p1")
    for code in ("CF1", "CF2", "CF3"):
        empty.does(
            "indicator", "add", code, "--title", f"Emissions {code}", "--polarity", "lower", "--frequency", "quarter",
            "--service", "climate", "--first-period", "2026-Q1", "--field", "kpi_class=strategic", "--field",
            "stage=in_use", "--as", "p1",
        )  # fmt: skip
    return empty


def write(county: Council, name: str, text: str) -> str:
    file = county.folder / name
    file.write_text(text, "utf-8")
    return str(file)


def test_a_batch_is_checked_whole_and_decided_together(county: Council) -> None:
    wrong = write(county, "wrong.csv", BATCH.format(period="", comparable="perhaps"))
    refused = county.run("matter", "batch", "kpi_lifecycle", wrong, "--as", MANAGER)
    assert refused.code == 5
    assert "4:1    error    GT-STEP-012" in refused.err
    assert "'propose_amendment' needs 'from_period'" in refused.err
    assert "'perhaps' will not do for 'comparable'" in refused.err
    assert county.run("matter", "list", "--workflow", "kpi_lifecycle", "--json").json["rows"] == []
    right = write(county, "right.csv", BATCH.format(period="2026-Q4", comparable="yes"))
    dry = county.run("matter", "batch", "kpi_lifecycle", right, "--as", MANAGER, "--dry-run")
    assert "3 rows would be taken" in dry.out
    assert county.run("matter", "list", "--workflow", "kpi_lifecycle", "--json").json["rows"] == []
    county.does("matter", "batch", "kpi_lifecycle", right, "--as", MANAGER)
    amended = "kpi_lifecycle-0001,kpi_lifecycle-0003"
    county.does("matter", "take", "endorse_amendment", amended, "--on-behalf-of", "JMT", "--as", TEAM)
    county.at = NOVEMBER
    wrong_body = county.run(
        "matter", "take", "approve_amendment", amended, "--on-behalf-of", HIGHWAYS, "--as", OTHER
    )
    assert wrong_body.code == 5
    assert wrong_body.err.count("'approve_amendment' is not a decision of HIGHWAYS_AND_TRANSPORT") == 2
    county.does("matter", "take", "approve_amendment", amended, "--on-behalf-of", STRATEGY, "--as", COMMITTEE)
    shown = county.run("indicator", "show", "CF1").out
    assert "another version from 2026-Q4 on: figures before it cannot be compared with those after" in shown


def test_a_batch_may_be_yaml_and_a_removal_is_refused_then_approved(county: Council) -> None:
    file = write(county, "batch.yaml", "- {about: CF2, step: propose-removal, why: Nobody asks for it}\n")
    county.does("matter", "batch", "kpi_lifecycle", file, "--as", MANAGER)
    kpi = "kpi_lifecycle-0001"
    county.does("matter", "take", "endorse_removal", kpi, "--on-behalf-of", "JMT", "--as", TEAM)
    county.at = NOVEMBER
    for_strategy = ("--on-behalf-of", STRATEGY, "--as", COMMITTEE)
    county.does("matter", "take", "refuse_removal", kpi, "--reason", "It is wanted", *for_strategy)
    county.does("matter", "take", "propose_removal", kpi, "--why", "CF1 counts it", "--as", MANAGER)
    county.does("matter", "take", "endorse_removal", kpi, "--on-behalf-of", "JMT", "--as", TEAM)
    county.does("matter", "take", "approve_removal", kpi, *for_strategy)
    late = county.run("figure", "enter", "CF2/climate/2026-Q2", "5", "--as", "p1")
    assert late.code == 5
    assert "CF2 was retired on 2 November 2026: its history stays, and it takes no more figures" in late.err


def test_every_kpi_is_asked_in_the_audit_and_what_is_outstanding_is_shown(county: Council) -> None:
    ask = ("matter", "round", "audit", "kpi_lifecycle", "--audit-of", "2026", "--due-on", "2026-10-30")
    planned = county.run(*ask, "--as", AUDITOR, "--dry-run", "--json").json
    assert (planned["asked"], planned["dry_run"]) == (["CF1", "CF2", "CF3"], True)
    county.does(*ask, "--as", AUDITOR)
    assert "Asked already: CF1, CF2, CF3." in county.run(*ask, "--as", AUDITOR).out
    county.does("matter", "take", "keep", "kpi_lifecycle-0001", "--reason", "It is ours", "--as", MANAGER)
    county.at = NOVEMBER
    left = county.run("report", "kpi-audit", "--outstanding", "--json").json["rows"]
    assert [(line["indicator"], line["overdue"]) for line in left] == [("CF2", True), ("CF3", True)]
    assert "3 KPIs: 1 Keep it as it is, 2 outstanding." in county.run("report", "kpi-audit").out
