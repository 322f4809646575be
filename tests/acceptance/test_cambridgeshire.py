"""Cambridgeshire, 2026: a strategic KPI through the lifecycle, typed: refused, approved, shown."""

from __future__ import annotations

from .conftest import Council

OCTOBER, NOVEMBER = "2026-10-05T09:00:00+00:00", "2026-11-02T09:00:00+00:00"
QUESTIONS = (
    *("relevant", "comparator", "accurate", "asset-register", "reliable", "recent", "time-series"),
    *("balanced", "optimal", "presentation", "target-wanted", "target-fair"),
)


def answers(*, without: str = "") -> list[str]:
    given = (name for name in QUESTIONS if name != without)
    return [word for name in given for word in (f"--{name}", "yes", f"--{name}-because", "Seen")]


def test_a_strategic_kpi_is_refused_approved_and_shown(empty: Council) -> None:
    empty.at = OCTOBER
    empty.does(
        "init", "--pack", "cambridgeshire-2022", "--council", "Cambridgeshire County Council",
        "--proposer", "Ann Parker", "--approver", "Bob Reed",
    )  # fmt: skip
    empty.does("pack", "adopt", "--as", "Bob Reed")
    empty.does("service", "add", "climate", "--label", "Climate change", "--as", "p1")
    for name, role, scope in (
        ("Mina Manager", "service_manager", ()),
        ("Ana Analyst", "business_intelligence", ()),
        ("Tess Team", "clerk", ("--for", "JMT")),
        ("Stan Strategy", "clerk", ("--for", "STRATEGY_AND_RESOURCES")),
    ):
        empty.does("person", "add", name, "--as", "p1")
        empty.does("role", "assign", name, role, *scope, "--as", "p1")
    empty.does("meeting", "add", "STRATEGY_AND_RESOURCES", "2026-11-02", "--as", "p1")
    empty.does(
        "matter", "begin", "kpi_lifecycle", "CF1", "--why", "The Council's own emissions", "--title", "Carbon footprint",
        "--kpi-class", "strategic", "--stage", "in_use", "--produced-by", "business_intelligence", "--better", "lower",
        "--frequency", "quarter", "--measured-in", "tonnes", "--services", "climate", "--first-period", "2026-Q2",
        "--as", "Mina Manager",
    )  # fmt: skip
    check = ("matter", "take", "check", "kpi_lifecycle-0001")
    refused = empty.run(*check, *answers(without="recent"), "--as", "Ana Analyst")
    assert refused.code == 5
    assert "The question 'recent' has no answer: Is the data sufficiently recent?" in refused.err
    empty.does(*check, *answers(), "--as", "Ana Analyst")
    empty.does(
        "matter", "take", "endorse", "kpi_lifecycle-0001", "--on-behalf-of", "JMT", "--as", "Tess Team"
    )
    empty.at = NOVEMBER
    empty.does(
        "matter", "take", "approve", "kpi_lifecycle-0001", "--on-behalf-of", "STRATEGY_AND_RESOURCES",
        "--as", "Stan Strategy",
    )  # fmt: skip
    shown = empty.run("indicator", "show", "CF1").out
    assert "CF1  Carbon footprint" in shown
    empty.does("matter", "minute", "kpi_lifecycle-0001", "Minute 14", "--as", "Stan Strategy")
    empty.does(
        "matter", "take", "propose_removal", "kpi_lifecycle-0001", "--why", "Replaced", "--as", "Mina Manager"
    )
    empty.does(
        "matter",
        "take",
        "endorse_removal",
        "kpi_lifecycle-0001",
        "--on-behalf-of",
        "JMT",
        "--as",
        "Tess Team",
    )
    empty.does(
        "matter", "take", "approve_removal", "kpi_lifecycle-0001", "--on-behalf-of", "STRATEGY_AND_RESOURCES",
        "--as", "Stan Strategy",
    )  # fmt: skip
    assert "retired on Mon 2 Nov 2026: its history stays" in empty.run("indicator", "show", "CF1").out
