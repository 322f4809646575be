"""What every folder of tests shares: what campaigns found is told at the end, whichever process ran them."""

from __future__ import annotations

from typing import Any

from tests.campaigns.telling import TOLD


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Show every report that a campaign gave, with its seed and counts."""
    told = [
        words
        for outcome in ("passed", "failed")
        for report in terminalreporter.getreports(outcome)
        for name, words in report.user_properties
        if name == TOLD
    ]
    if told:
        terminalreporter.section("campaigns")
    for words in told:
        terminalreporter.write_line(words)
