"""How facts are told: a registry with one function a fact type, and the few words that many of them share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from engine.queries.names import Names
from engine.views.columns import series_of
from events.fact import Fact
from events.number import plain
from events.schema import Event
from events.stream import INTERVENTION, workflow_of

E = TypeVar("E", bound=Event)
Teller = Callable[[Any, Fact[Event], Names], str]

TELLERS: dict[type[Event], Teller] = {}
"""Kind of event → the function that tells it; `(event, fact, names) -> clause without a full stop`."""

__all__ = ["TELLERS", "day", "figure", "matter", "of", "quoted", "series", "tells"]


def tells(
    kind: type[E],
) -> Callable[[Callable[[E, Fact[Event], Names], str]], Callable[[E, Fact[Event], Names], str]]:
    """Register the function that tells one kind of event."""

    def register(
        teller: Callable[[E, Fact[Event], Names], str],
    ) -> Callable[[E, Fact[Event], Names], str]:
        if kind in TELLERS:
            raise ValueError(f"two functions tell {kind.__name__}")
        TELLERS[kind] = teller
        return teller

    return register


def series(fact: Fact[Event]) -> str:
    """The series a fact belongs to: ``CH04/childrens``."""
    return "/".join(series_of(fact.stream)) if fact.stream.count("/") >= 2 else fact.stream


def matter(fact: Fact[Event], subject: str) -> str:
    """A matter: ``CH04/childrens#2`` for an intervention, ``decision CH04/childrens#2`` for any other."""
    workflow = workflow_of(fact.stream)
    if workflow is None:
        return series(fact)
    about = "/".join(filter(None, series_of(fact.stream))) or "the council"
    return f"{'' if workflow == INTERVENTION else f'{workflow} '}{about}#{subject}"


def of(fact: Fact[Event], period: str) -> str:
    """A figure: ``CH04/childrens/2026-Q2``."""
    return f"{series(fact)}/{period}"


def day(on: date) -> str:
    """A day in words: ``5 October 2026``."""
    return f"{on.day} {on:%B %Y}"


def quoted(ref: str | None, names: Names) -> str:
    """A text in quotation marks with a colon before it; nothing where there is none."""
    return f": “{names.text(ref)}”" if ref else ""


def figure(event: Any) -> str:
    """What was given as a figure: ``71.4``, ``5 of 7``, ``declared red``."""
    parts = []
    if event.value is not None:
        parts.append(plain(event.value))
    if event.numerator is not None and event.denominator is not None:
        parts.append(f"{plain(event.numerator)} of {plain(event.denominator)}")
    if event.declared_status:
        parts.append(f"declared {event.declared_status}")
    if event.reported_as:
        parts.append(f"reported as {event.reported_as}")
    if event.provisional and parts:
        parts.append("provisional")
    return ", ".join(parts) or "no figure"
