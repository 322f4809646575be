"""Which tolerance stays with targets that are set without one: said where it happens, so that nobody is surprised."""

from __future__ import annotations

from collections.abc import Iterable

from engine.commands import SetTarget
from engine.deciders.targets import with_tolerance
from engine.queries.reader import Reader
from engine.queries.register import tolerance_shown
from events.errors import Invalid
from events.period import parse_period


def tolerance_kept(reader: Reader, targets: Iterable[SetTarget]) -> list[str]:
    """A sentence for each tolerance that targets take over from those that applied before; asked before they are set."""
    first: dict[str, str] = {}
    for target in targets:
        added = reader.work.indicator(target.indicator).added
        if added is None or target.tolerance is not None or not _is_period(target.from_period):
            continue
        after = with_tolerance(target, reader.work.targets(target.indicator))
        if after.tolerance is not None:
            first.setdefault(tolerance_shown(after, added.measured_in), target.from_period)
    return [
        f"The tolerance of {shown} stays from {period} on; '--tolerance none' drops it."
        for shown, period in first.items()
    ]


def _is_period(text: str) -> bool:
    """Whether it can be read; where it cannot, the command says so."""
    try:
        parse_period(text)
    except Invalid:
        return False
    return True
