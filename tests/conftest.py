"""What every folder of tests shares: where they write, and what campaigns found, told at the end whichever process ran them."""

from __future__ import annotations

import os
from typing import Any

from tests.campaigns.telling import TOLD
from tests.room import in_memory


def pytest_configure() -> None:
    """The folders of tests stand in memory where there is room; somebody who names another place has it."""
    if (memory := in_memory()) is not None:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))


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
