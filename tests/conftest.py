"""What every folder of tests shares: where they write, packs that are read once, and what campaigns found."""

from __future__ import annotations

import os
from typing import Any

from adapters.yaml.reader import YamlDocuments
from tests.campaigns.telling import TOLD
from tests.reading import read_once
from tests.room import in_memory

YamlDocuments.read = read_once  # type: ignore[method-assign]  # it answers the same, and reads a text once


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
