"""Numbers, days and times as people read them. What is missing is a dash, never a zero."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from events.instant import Instant, moment
from rules.case import Case
from rules.compared import value_of
from rules.exact import ONE, Ratio
from rules.spoken import amount, shown

MISSING = "–"
BETTER, WORSE, SAME = "better", "worse", "same"


def figure_shown(
    measured_in: str,
    decimals: int,
    *,
    value: str | None,
    numerator: str | None = None,
    denominator: str | None = None,
    apart_from: Iterable[str | None] = (),
) -> str:
    """A figure in its unit with the indicator's decimals, more where it would be rounded onto a target it misses."""
    ratio = exact(measured_in, value, numerator, denominator)
    if ratio is None:
        return MISSING
    others = [Decimal(each) for each in apart_from if each is not None]
    return _in_unit(shown(ratio, decimals, others), measured_in)


def exact(
    measured_in: str, value: str | None, numerator: str | None, denominator: str | None
) -> Ratio | None:
    """A figure as an exact ratio; None where there is none."""
    if numerator is None and value is not None:
        return Ratio(Decimal(value), ONE)
    found = value_of(
        Case(
            pack="",
            period="",
            numerator=_number(numerator),
            denominator=_number(denominator),
            measured_in=measured_in,
        )
    )
    return found if isinstance(found, Ratio) else None


def number_shown(value: str | None, measured_in: str) -> str:
    """A number that was set by people, such as a target, as they set it."""
    return MISSING if value is None else amount(Decimal(value), measured_in)


def position_shown(position: int) -> str:
    """A citation of the log: ``event 10482``."""
    return f"event {position}"


def day_shown(day: date) -> str:
    """A day in full: ``Thu 21 Jan 2027``."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def time_shown(at: Instant, zone: str) -> str:
    """A day and a local time: ``5 Oct 2026 09:14``."""
    local = moment(at).astimezone(ZoneInfo(zone))
    return f"{local.day} {local:%b %Y %H:%M}"


def counted(count: int, noun: str, nouns: str = "") -> str:
    """``1 figure``, ``3 figures``."""
    return f"{count} {noun if count == 1 else nouns or noun + 's'}"


def joined(words: Iterable[str], last: str = "or") -> str:
    """``a, b or c``; nobody where there is none."""
    said = list(words)
    if len(said) < 2:
        return said[0] if said else "nobody"
    return f"{', '.join(said[:-1])} {last} {said[-1]}"


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _in_unit(value: Decimal, measured_in: str) -> str:
    """With trailing zeros kept, so that columns of figures line up; otherwise as in every reason."""
    text = format(value, "f")
    sign = "-" if text.startswith("-") else ""
    return sign + amount(Decimal(0), measured_in).replace("0", text.lstrip("-"), 1)
