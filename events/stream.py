"""The names of streams: what is decided together stands in one stream."""

from __future__ import annotations

BOOK = "book"
FRAMEWORK = "framework"
PEOPLE = "people"
SERVICES = "services"
MEETINGS = "meetings"
IMPORTS = "imports"


def series(indicator: str, service: str) -> str:
    """Entries, confirmations, comments, assessments and trigger facts of one series, for all periods."""
    return f"series/{indicator}/{service}"


def interventions(indicator: str, service: str) -> str:
    """The interventions of one series, one after another."""
    return f"interventions/{indicator}/{service}"


def workflow(kind: str, subject: str) -> str:
    """One instance of any other workflow."""
    return f"workflow/{kind}/{subject}"


def indicator(code: str) -> str:
    """The register entry of one indicator."""
    return f"indicator/{code}"


def targets(code: str) -> str:
    """The targets of one indicator, for all services and periods."""
    return f"targets/{code}"


def cite(stream: str, version: int) -> str:
    """How a fact cites another: ``series/CH04/childrens@12``."""
    return f"{stream}@{version}"
