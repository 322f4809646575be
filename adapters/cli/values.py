"""Words of the command line that stand for several things: ``name=value``, numbers."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import click


class Number(click.ParamType[Decimal]):
    """A plain decimal number, exact."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """Read it; anything else is a mistake in usage."""
        from events.errors import Invalid
        from events.number import parse_number

        if isinstance(value, Decimal):
            return value
        try:
            return parse_number(str(value))
        except Invalid as invalid:
            problem = invalid.problems[0]
            self.fail(f"{problem.sentence} {problem.fix}", param, ctx)


NUMBER = Number()

Tolerance = tuple[Decimal | None, str]
"""How much, and of what: ``percent`` of the target, or ``units`` of the indicator; ``none`` where there is to be none."""


class ToleranceText(click.ParamType[Tolerance]):
    """``5%`` of the target, ``5`` in the unit of the indicator, or ``none``."""

    name = "tolerance"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Tolerance:
        """Read it; anything else is a mistake in usage."""
        if isinstance(value, tuple):
            return value
        text = str(value).strip()
        if text == "none":
            return None, text
        bare = text.removesuffix("%").rstrip()
        return NUMBER.convert(bare, param, ctx), "units" if bare == text else "percent"


TOLERANCE = ToleranceText()


def pairs(words: Iterable[str], option: str) -> dict[str, str]:
    """``name=value`` words as a mapping. Raises a usage error for a word without ``=``, or a name given twice."""
    found: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name:
            raise click.UsageError(f"'{word}' will not do for {option}; write name=value.")
        if name in found:
            raise click.UsageError(f"{option} gives '{name}' twice.")
        found[name] = value
    return found
