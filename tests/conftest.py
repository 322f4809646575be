"""What every folder of tests shares: packs are read once, and what campaigns found is told at the end of the run."""

from __future__ import annotations

from typing import Any

from adapters.yaml.reader import YamlDocuments
from tests.campaigns.telling import TOLD
from tests.reading import read_once

YamlDocuments.read = read_once  # type: ignore[method-assign]  # it answers the same, and reads a text once


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
