"""Exact numbers: decimals read from text, bounded, and written so that people can read them.

Nothing that a status depends on is ever a float: 0.9 against 1.0 is −10 %, and floats say otherwise.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from events.errors import Invalid, Problem

LIMIT = Decimal(10) ** 12
"""No figure may be this large or larger, and none may have more than `MOST_PLACES` decimals."""
MOST_PLACES = 9
MOST_CHARACTERS = 40
"""A number of council business is never longer, and a longer one could take minutes to read."""


def parse_number(text: str) -> Decimal:
    """Read a plain decimal such as ``57.1`` or ``-3``. Raises Invalid for anything else.

    NaN, infinities, exponents, more than 9 decimals and 10¹² or more are refused, never guessed at.
    """
    cleaned = text.strip()
    if len(cleaned) > MOST_CHARACTERS:
        raise Invalid(_problem(text, f"is longer than {MOST_CHARACTERS} characters"))
    try:
        value = Decimal(cleaned)
    except InvalidOperation:
        raise Invalid(_problem(text, "is not a number")) from None
    if not value.is_finite() or "e" in cleaned.lower() or "_" in cleaned or not cleaned.isascii():
        raise Invalid(_problem(text, "is not a plain number"))
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > MOST_PLACES:
        raise Invalid(_problem(text, f"has more than {MOST_PLACES} decimals", _rounded_words(value)))
    if abs(value) >= LIMIT:
        raise Invalid(_problem(text, "is 1,000,000,000,000 or more"))
    return value


_PLAINLY = "Write a figure with digits and at most one decimal point, for example 57.1."


def _problem(text: str, matter: str, fix: str = _PLAINLY) -> Problem:
    return Problem(code="GT-FIGURE-002", sentence=f"'{text[:40]}' {matter}.", fix=fix)


def _rounded_words(value: Decimal) -> str:
    """To how many decimals a number is to be rounded, and what it is then."""
    whole = f"Round it to {MOST_PLACES} decimals"
    if abs(value) < LIMIT:
        whole += f": {plain(rounded(value, MOST_PLACES))}"
    return f"{whole}. Of a fraction, give numerator and denominator: the value then follows exactly."


def plain(value: Decimal) -> str:
    """Write a decimal without exponent and without trailing zeros: ``70``, ``57.1``."""
    text = str(value)
    if "E" in text:
        text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(value: Decimal, places: int) -> Decimal:
    """Round half up to `places` decimals, for showing; comparisons use the exact value."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
