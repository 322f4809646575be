"""The names of streams: what is decided together stands in one stream."""

from __future__ import annotations

from functools import lru_cache

MOST_TAKEN_APART = 16_384
"""The parts of so many names are remembered: a fact's stream is asked for them by several views."""

BOOK = "book"
FRAMEWORK = "framework"
PEOPLE = "people"
SERVICES = "services"
MEETINGS = "meetings"
IMPORTS = "imports"
PERIODS = "periods"
REQUESTS = "requests"
"""Which periods' figures were asked for."""

SUBMISSION = "submission"
"""The workflow of a figure; it stands in the stream of its series."""
INTERVENTION = "intervention"
"""The workflow whose matters stood in streams of their own before there were others."""
NONE = "-"
"""Stands for the indicator or service that matters are not about; no code begins with it."""


def series(indicator: str, service: str) -> str:
    """Entries, confirmations, comments, assessments and trigger facts of one series, for all periods."""
    return f"series/{indicator}/{service}"


def interventions(indicator: str, service: str) -> str:
    """The interventions of one series, one after another."""
    return matters(INTERVENTION, indicator, service)


def matters(workflow: str, indicator: str, service: str) -> str:
    """The matters of one workflow about one thing, one after another.

    The thing is a series; an indicator or a service alone where the other is empty; the whole council where both are.
    Interventions keep a name of their own.
    """
    about = f"{indicator or NONE}/{service or NONE}"
    return f"interventions/{about}" if workflow == INTERVENTION else f"matters/{workflow}/{about}"


def matters_prefix(workflow: str) -> str:
    """What the streams of a workflow's matters begin with."""
    return f"{INTERVENTION}s/" if workflow == INTERVENTION else f"matters/{workflow}/"


@lru_cache(maxsize=MOST_TAKEN_APART)
def workflow_of(stream: str) -> str | None:
    """The workflow whose matters stand in a stream; None for any other stream."""
    kind, _, rest = stream.partition("/")
    if kind == "matters":
        return rest.partition("/")[0]
    return INTERVENTION if kind == "interventions" else None


@lru_cache(maxsize=MOST_TAKEN_APART)
def series_of(stream: str) -> tuple[str, str]:
    """Indicator and service of a stream of a series or of matters; empty where the matters are about no such thing."""
    _, indicator, service = stream.rsplit("/", 2)
    return ("" if indicator == NONE else indicator), ("" if service == NONE else service)


def cite_matter(stream: str, subject: str) -> str:
    """How a fact cites a matter: ``matters/action_plan/CH04/childrens#1``."""
    return f"{stream}#{subject}"


def matter_ref(cited: str) -> str:
    """A cited matter as a reference that people type: ``CH04/childrens#1``, ``action_plan/CH04/childrens#1``."""
    return cited.partition("/")[2]


def matter_words(cited: str) -> str:
    """A cited matter as sentences name it: ``intervention CH04/childrens#1``, ``action_plan CH04/childrens#1``."""
    stream, _, subject = cited.rpartition("#")
    about = "/".join(filter(None, series_of(stream))) or "the council"
    return f"{workflow_of(stream)} {about}#{subject}"


def indicator(code: str) -> str:
    """The register entry of one indicator."""
    return f"indicator/{code}"


def targets(code: str) -> str:
    """The targets of one indicator, for all services and periods."""
    return f"targets/{code}"


def cite(stream: str, version: int) -> str:
    """How a fact cites another: ``series/CH04/childrens@12``."""
    return f"{stream}@{version}"
