"""The yearly audit of the suite: every KPI is kept, amended or proposed for removal, and the whole goes to the committee.

Source: Cambridgeshire 2022, Appendix 1: "Audits Performance Management Framework and KPI Suite annually. Undertakes
sample tests of KPIs"; Appendix 4, "KPI Suite".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from engine.commands import TakeSteps
from engine.matters.auditing import kpis_in_audit
from engine.matters.suite import SuiteRound, plan_suite
from engine.packs.pack import Pack
from engine.queries.kpi_audit import kpi_audit
from engine.queries.names import Names
from engine.queries.reader import Reader
from engine.queries.work_list.tasks import tasks
from events.errors import Invalid, NotFound, Refused
from events.kinds.workflow import FieldValue

from .conftest import ROOT
from .kpi_county import JULY, LIFECYCLE, MAY, STRATEGY, County, a_county

ROUND: Mapping[str, FieldValue] = {"audit_of": "2022", "due_on": "2022-07-08"}
SUITE = {"balanced": "yes", "optimal": "yes"}
SUITE_BECAUSE = {"balanced_because": "Both kinds", "optimal_because": "Few"}
WHOLE = ("", "", "")


@pytest.fixture
def county(pack_of: Callable[[Path], Pack], stores: None) -> County:
    found = a_county(pack_of(ROOT / "packs" / "cambridgeshire-2022"))
    found.kpi("CF1")
    found.kpi("CF2")
    found.kpi("CF3")
    found.council.live_until(MAY)
    return found


def plan(county: County, step: str = "audit", service: str | None = None, **other: FieldValue) -> SuiteRound:
    definition = county.council.pack.workflows[LIFECYCLE]
    reader = Reader(county.council.engine)
    return plan_suite(reader, definition, LIFECYCLE, step, {**ROUND, **other}, service=service)


def ask_all(county: County) -> None:
    county.council.ask(TakeSteps(steps=tuple(plan(county).steps)), county.auditor)


def outcomes(county: County, on: date = MAY) -> dict[str, tuple[str, bool]]:
    lines = kpi_audit(county.council.engine, on, names=Names())
    return {line.indicator: (line.step or line.outcome, line.overdue) for line in lines}


def report(county: County, step: str = "report", **words: str) -> None:
    given = {**SUITE_BECAUSE, "findings": "Sound", **words}
    county.council.step(county.auditor, "kpi_suite_audit", WHOLE, step, SUITE, words=given)


def test_every_kpi_of_the_register_is_asked_at_once_and_those_without_a_matter_are_taken_up(
    county: County,
) -> None:
    county.step(county.manager, "take_up", "CF1")
    planned = plan(county)
    assert (planned.asked, planned.kpis) == (["CF1", "CF2", "CF3"], 3)
    ask_all(county)
    assert {code: county.state(code) for code in ("CF1", "CF2", "CF3")} == dict.fromkeys(
        ("CF1", "CF2", "CF3"), "in_audit"
    )
    assert (plan(county).asked, plan(county).there) == ([], ["CF1", "CF2", "CF3"])


def test_a_round_leaves_alone_what_is_pending_tried_or_too_little_known(county: County) -> None:
    county.kpi("CF4", kpi_class="strategic", stage="trial")
    county.kpi("CF5", kpi_class="service", stage="in_use")
    county.kpi("CF6", "highways")
    county.step(county.manager, "take_up", "CF1")
    county.step(county.manager, "propose_removal", "CF1", why="Nobody asks for it")
    planned = plan(county)
    assert planned.asked == ["CF2", "CF3", "CF6"]
    assert planned.pending == {
        "CF1": "Removal is proposed, with the management team",
        "CF4": "On trial: collected and shown, not rated",
    }
    assert {code: each.missing for code, each in planned.unclear.items()} == {"CF5": ("refer_to",)}
    assert plan(county, service="highways").asked == ["CF6"]


def test_a_round_without_its_fields_or_of_an_unknown_step_is_refused(county: County) -> None:
    with pytest.raises(Invalid, match="'audit' for every KPI needs due_on"):
        plan(county, due_on="")
    with pytest.raises(Invalid, match="There is no step 'audti' to take for every KPI"):
        plan(county, step="audti")


def test_each_kpi_is_kept_amended_or_proposed_for_removal_and_what_is_outstanding_shows(
    county: County,
) -> None:
    ask_all(county)
    with pytest.raises(Refused, match="'keep' is for Service manager"):
        county.step(county.auditor, "keep", "CF1", reason="It is ours")
    county.step(county.manager, "keep", "CF1", reason="It is ours")
    new = {"title": "Counted anew", "from_period": "2022-Q3", "comparable": "no"}
    county.step(county.manager, "propose_amendment", "CF2", why="Scope 3", **new)
    assert outcomes(county) == {
        "CF1": ("keep", False),
        "CF2": ("propose_amendment", False),
        "CF3": ("outstanding", False),
    }
    county.council.live_until(JULY)
    assert outcomes(county, JULY)["CF3"] == ("outstanding", True)
    county.step(county.manager, "propose_removal", "CF3", why="Nobody asks for it")
    lines = {line.indicator: line for line in kpi_audit(county.council.engine, JULY, names=Names())}
    assert (lines["CF3"].step, lines["CF3"].on, lines["CF3"].due) == (
        "propose_removal",
        JULY,
        date(2022, 7, 8),
    )


def test_the_report_waits_for_every_answer_and_goes_to_the_committee(county: County) -> None:
    ask_all(county)
    due = {"period": "2022", "due_on": "2022-07-29"}
    county.council.step(county.auditor, "kpi_suite_audit", WHOLE, "propose", due)
    county.step(county.manager, "keep", "CF1", reason="It is ours")
    county.step(county.manager, "keep", "CF2", reason="It is ours")
    with pytest.raises(Refused, match="The audit still waits for an answer about some KPIs"):
        report(county)
    county.step(county.auditor, "leave_out", "CF3", reason="It was added in May")
    report(county)
    county.council.step(county.team, "kpi_suite_audit", WHOLE, "endorse", body="JMT")
    row = county.council.matter("kpi_suite_audit", "", "")
    assert row is not None
    assert (row["state"], row["body"]) == ("with_committee", STRATEGY)
    county.council.live_until(JULY)
    with pytest.raises(Refused, match="'conclude' is not a decision of HIGHWAYS_AND_TRANSPORT"):
        county.council.step(
            county.highways, "kpi_suite_audit", WHOLE, "conclude", body="HIGHWAYS_AND_TRANSPORT"
        )
    county.council.step(county.strategy, "kpi_suite_audit", WHOLE, "conclude", body=STRATEGY)
    ended = county.council.matter("kpi_suite_audit", "", "")
    assert ended is not None
    assert ended["state"] == "concluded"


def test_an_audit_in_which_no_kpi_was_asked_for_its_period_is_not_reported(county: County) -> None:
    due = {"period": "2022", "due_on": "2022-07-29"}
    county.council.step(county.auditor, "kpi_suite_audit", WHOLE, "propose", due)
    with pytest.raises(Refused, match="Where none was asked for this period, ask first: goldenthread matter"):
        report(county)
    county.council.ask(TakeSteps(steps=tuple(plan(county, audit_of="2021").steps)), county.auditor)
    for code in ("CF1", "CF2", "CF3"):
        county.step(county.manager, "keep", code, reason="It is ours")
    with pytest.raises(Refused, match="Where none was asked for this period, ask first"):
        report(county)
    ask_all(county)
    for code in ("CF1", "CF2", "CF3"):
        county.step(county.manager, "keep", code, reason="It is ours")
    report(county)


def test_an_audit_in_which_nothing_was_asked_is_not_reported_as_unfinished_either(county: County) -> None:
    due = {"period": "2022", "due_on": "2022-07-29"}
    county.council.step(county.auditor, "kpi_suite_audit", WHOLE, "propose", due)
    nothing = r"No KPI was asked in the audit of 2022, so there is nothing to report on.*--audit-of 2022"
    with pytest.raises(Refused, match=nothing):
        report(county, "report_unfinished", outstanding="All of them")
    county.council.ask(TakeSteps(steps=tuple(plan(county, audit_of="2021").steps)), county.auditor)
    with pytest.raises(Refused, match=nothing):
        report(county, "report_unfinished", outstanding="All of them")
    row = county.council.matter("kpi_suite_audit", "", "")
    assert row is not None
    assert row["state"] == "auditing"


def test_what_is_outstanding_may_be_reported_with_a_reason(county: County) -> None:
    ask_all(county)
    due = {"period": "2022", "due_on": "2022-07-29"}
    county.council.step(county.auditor, "kpi_suite_audit", WHOLE, "propose", due)
    report(county, "report_unfinished", outstanding="Three were not answered")
    row = county.council.matter("kpi_suite_audit", "", "")
    assert row is not None
    assert row["state"] == "reported"


def test_a_sample_test_is_recorded_beside_the_kpi(county: County) -> None:
    ask_all(county)
    finding = {"sound": "no"}
    words = {"finding": "The source was another one"}
    county.council.step(county.auditor, LIFECYCLE, ("CF1", "", ""), "record_test", finding, words=words)
    lines = {line.indicator: line for line in kpi_audit(county.council.engine, MAY, names=Names())}
    assert (lines["CF1"].tests, lines["CF1"].unsound, lines["CF2"].tests) == (1, 1, 0)
    assert county.state("CF1") == "in_audit"


def test_an_audit_that_nobody_asked_for_is_not_found(county: County) -> None:
    with pytest.raises(NotFound, match="No KPI was asked in an audit"):
        kpi_audit(county.council.engine, MAY, names=Names())
    ask_all(county)
    with pytest.raises(NotFound, match="No KPI was asked in an audit of 2021"):
        kpi_audit(county.council.engine, MAY, names=Names(), period="2021")


def test_the_audit_of_a_service_waits_for_the_kpis_that_it_or_a_service_below_it_returns(
    county: County,
) -> None:
    council = county.council
    council.service("roads", "highways")
    county.kpi("RD1", "roads")
    council.ask(TakeSteps(steps=tuple(plan(county).steps)), county.auditor)
    work, pack = Reader(council.engine).work, council.pack
    waiting = {
        service: kpis_in_audit(work, council.store, pack, service)
        for service in ("", "highways", "roads", "climate")
    }
    assert waiting == {
        "": ("CF1", "CF2", "CF3", "RD1"),
        "highways": ("RD1",),
        "roads": ("RD1",),
        "climate": ("CF1", "CF2", "CF3"),
    }
    county.step(county.manager, "keep", "RD1", reason="It is ours")
    assert kpis_in_audit(Reader(council.engine).work, council.store, pack, "highways") == ()


def test_an_answer_that_is_owed_stands_on_the_work_list_of_who_may_give_it(county: County) -> None:
    ask_all(county)
    mine = tasks(county.council.engine, MAY, person=county.manager)
    assert {"CF1", "CF2", "CF3"} <= {task.indicator for task in mine if task.due == date(2022, 7, 8)}
    assert not [
        task
        for task in tasks(county.council.engine, MAY, person=county.enterer)
        if task.due == date(2022, 7, 8)
    ]
