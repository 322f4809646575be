"""A length of time as people write it on a command line: ``30s``, ``5m``, ``1h``, ``1d``."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import click

_UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
}
_SHORTEST, _LONGEST = timedelta(seconds=1), timedelta(days=7)


class Interval(click.ParamType[timedelta]):
    """How often something happens: from a second to a week."""

    name = "interval"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """Read it; anything else is a mistake in usage."""
        if isinstance(value, timedelta):
            return value
        written = re.fullmatch(r"([1-9]\d{0,5})([smhd])", str(value))
        interval = int(written[1]) * _UNITS[written[2]] if written else timedelta(0)
        if not _SHORTEST <= interval <= _LONGEST:
            self.fail(
                f"'{value}' will not do: write a number and s, m, h or d, from 1s to 7d, for example 30s.",
                param,
                ctx,
            )
        return interval


INTERVAL = Interval()
