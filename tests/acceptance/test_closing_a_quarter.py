"""A quarter closed in Kent, as commands: what is missing and who owes it, the refusal, the close, and what changes later."""

from __future__ import annotations

import json

from .conftest import Council
from .test_kent import FIGURE, OCTOBER, declared, kent

__all__ = ["kent"]

PERIOD = "2011-Q2"


def test_a_red_blocks_the_close_until_it_is_decided_and_a_restatement_shows_beside_the_frozen_report(
    kent: Council,
) -> None:
    kent.at = OCTOBER
    declared(kent, PERIOD, "61", "red")
    shown = kent.run("period", "show", PERIOD)
    assert shown.code == 0, shown.err
    assert "1 of 1 figures are in." in shown.out
    assert "CS1/scs#1" in shown.out
    assert "Ola Officer" in shown.out
    assert "Fri 28 Oct 2011" in shown.out
    refused = kent.run("period", "close", PERIOD, "--as", "Pat Performance")
    assert refused.code == 5
    assert "CS1/scs#1 (decision): A decision is needed." in refused.err
    kent.does(
        "matter", "take", "decide", "decision-0001", "--decision", "Two more assessors",
        "--review-on", "2012-03-30", "--as", "Ola Officer",
    )  # fmt: skip
    rehearsed = kent.run("period", "close", PERIOD, "-n", "--as", "Pat Performance")
    assert "Nothing is written; this would happen: Pat Performance closed 2011-Q2" in rehearsed.out
    kent.does("period", "close", PERIOD, "--as", "Pat Performance")
    kent.does(
        "figure", "restate", FIGURE, "71", "--status", "amber", "--reason", "A late file", "--as", "Dora Data"
    )
    kent.does("figure", "approve-restatement", FIGURE, "--as", "Max Manager")
    report = kent.run("period", "report", PERIOD).out
    assert "CHANGED: now Amber, 71" in report
    assert "after 2011-Q2 was closed: Dora Data proposed to restate" in report
    frozen = kent.run("period", "report", PERIOD, "--as-frozen").out
    assert "Red" in frozen
    assert "Amber" not in frozen
    whole = json.loads(kent.run("period", "report", PERIOD, "--json").out)
    assert (whole["lines"][0]["status"], whole["lines"][0]["now_status"]) == ("Red", "Amber")
    assert kent.run("audit", "verify").code == 0
    assert kent.run("audit", "replay").code == 0


def test_what_a_pack_rests_on_is_listed_with_who_initialled_it(kent: Council) -> None:
    listed = kent.run("pack", "assumptions").out
    assert "K20" in listed
    assert "Ann Parker" in listed
