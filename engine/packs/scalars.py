"""Days, numbers and periods as packs and their tests write them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeVar

from events.errors import Invalid
from events.number import parse_number
from events.period import Period, parse_period
from workflows.node import Node

T = TypeVar("T")

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_day(node: Node) -> date:
    """A date; the first of all days where it is none."""
    text = node.text()
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    if text:
        node.problem(
            "GT-PACK-012", f"'{text}' is not a date.", "Write year, month and day, for example 2008-12-01."
        )
    return date.min


def read_number(node: Node) -> Decimal:
    """A plain decimal; zero where it is none."""
    return _parsed(node, parse_number, "GT-PACK-066") or Decimal(0)


def read_period(node: Node) -> Period | None:
    """A month, quarter, half-year or year."""
    return _parsed(node, parse_period, "GT-PACK-067")


def _parsed(node: Node, parse: Callable[[str], T], code: str) -> T | None:
    text = node.text()
    try:
        return parse(text) if text else None
    except Invalid as invalid:
        node.problem(code, invalid.problems[0].sentence, invalid.problems[0].fix)
        return None
