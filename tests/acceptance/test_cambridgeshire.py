"""Cambridgeshire, 2026: a strategic KPI through the lifecycle, typed: refused, approved, shown."""

from __future__ import annotations

import pytest

from .conftest import Council

OCTOBER, NOVEMBER = "2026-10-05T09:00:00+00:00", "2026-11-02T09:00:00+00:00"
KPI, STRATEGY = "kpi_lifecycle-0001", "STRATEGY_AND_RESOURCES"
MANAGER, ANALYST, TEAM, COMMITTEE = "Mina Manager", "Ana Analyst", "Tess Team", "Stan Strategy"
QUESTIONS = (
    *("relevant", "comparator", "accurate", "asset-register", "reliable", "recent", "time-series"),
    *("balanced", "optimal", "presentation", "target-wanted", "target-fair"),
)


def answers(*, without: str = "") -> list[str]:
    given = (name for name in QUESTIONS if name != without)
    return [word for name in given for word in (f"--{name}", "yes", f"--{name}-because", "Seen")]


@pytest.fixture
def county(empty: Council) -> Council:
    """The council with its people, and a meeting of the committee to come."""
    empty.at = OCTOBER
    empty.does(
        "init", "--pack", "cambridgeshire-2022", "--council", "Cambridgeshire County Council",
        "--proposer", "Ann Parker", "--approver", "Bob Reed",
    )  # fmt: skip
    _adopt(empty)
    empty.does("service", "add", "climate", "--label", "Climate change", "--as", "p1")
    for name, role, scope in (
        (MANAGER, "service_manager", ()),
        (ANALYST, "business_intelligence", ()),
        (TEAM, "clerk", ("--for", "JMT")),
        (COMMITTEE, "clerk", ("--for", STRATEGY)),
    ):
        empty.does("person", "add", name, "--as", "p1")
        empty.does("role", "assign", name, role, *scope, "--as", "p1")
    empty.does("meeting", "add", STRATEGY, "2026-11-02", "--as", "p1")
    return empty


def _adopt(county: Council) -> None:
    """Reviewed by the Joint Management Team, and approved by the committee at a meeting."""
    for body in ("JMT", STRATEGY):
        county.does("role", "assign", "Bob Reed", "clerk", "--for", body, "--as", "p1")
    day = county.at[:10]
    county.does("meeting", "add", STRATEGY, day, "--as", "p1")
    county.does("pack", "step", "review", "--on-behalf-of", "JMT", "--as", "Bob Reed")
    county.does("pack", "adopt", "--on-behalf-of", STRATEGY, "--as", "Bob Reed")


def propose(county: Council) -> None:
    county.does(
        "matter", "begin", "kpi_lifecycle", "CF1", "--why", "The Council's own emissions", "--title", "Carbon footprint",
        "--kpi-class", "strategic", "--stage", "in_use", "--produced-by", "business_intelligence", "--better", "lower",
        "--frequency", "quarter", "--measured-in", "tonnes", "--services", "climate", "--first-period", "2026-Q2",
        "--as", MANAGER,
    )  # fmt: skip


def takes(step: str, *words: str) -> tuple[str, ...]:
    return ("matter", "take", step, KPI, *words)


def for_body(body: str, who: str) -> tuple[str, ...]:
    return ("--on-behalf-of", body, "--as", who)


def test_a_strategic_kpi_is_refused_approved_and_shown(county: Council) -> None:
    propose(county)
    refused = county.run(*takes("check", *answers(without="recent"), "--as", ANALYST))
    assert refused.code == 5
    assert "The question 'recent' has no answer: Is the data sufficiently recent?" in refused.err
    county.does(*takes("check", *answers(), "--as", ANALYST))
    county.does(*takes("endorse", *for_body("JMT", TEAM)))
    county.at = NOVEMBER
    county.does(*takes("approve", *for_body(STRATEGY, COMMITTEE)))
    assert "CF1  Carbon footprint" in county.run("indicator", "show", "CF1").out
    county.does("matter", "minute", KPI, "Minute 14", "--as", COMMITTEE)
    county.does(*takes("propose_removal", "--why", "Replaced", "--as", MANAGER))
    county.does(*takes("endorse_removal", *for_body("JMT", TEAM)))
    county.does(*takes("approve_removal", *for_body(STRATEGY, COMMITTEE)))
    assert "retired on Mon 2 Nov 2026: its history stays" in county.run("indicator", "show", "CF1").out
