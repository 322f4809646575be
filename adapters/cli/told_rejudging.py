"""Judging again after an adoption, told: what came out otherwise, and in a dry run what would, series by series."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.judging.otherwise import Outcome
from engine.judging.rejudging import Rejudged
from engine.judging.rejudging_foretold import Foretold

MOST_SERIES = 20
MOST_LINES = 6
"""So many series, and so many lines of each, are told; the others are counted. JSON names more."""


def judged_again_lines(found: Sequence[Rejudged] | Sequence[Foretold]) -> list[str]:
    """What is said; nothing where nothing is judged again."""
    return [line for each in found for line in _lines(each)]


def _lines(found: Rejudged | Foretold) -> Iterator[str]:
    if isinstance(found, Rejudged):
        yield f"{found.series} series judged again by {found.pack} {found.version}; {found.changed} of them came out otherwise."
        return
    yield (
        f"{found.series} series would be judged again by {found.pack} {found.version}; "
        f"{found.changed} of them would come out otherwise: another status in {found.statuses} of "
        f"{_many(found.periods, 'period')}, and {_many(found.triggers, 'trigger')} that would fire, clear or end otherwise."
    )
    for series in found.named[:MOST_SERIES]:
        yield from _of_series(series)
    more = found.changed - min(len(found.named), MOST_SERIES)
    if more:
        yield f"  And {more} more series; --json names up to {len(found.named)} of them."


def _of_series(series: Outcome) -> Iterator[str]:
    yield f"  {series.indicator}/{series.service}"
    changes = [(each.period, f"{each.before}, then {each.after}") for each in series.statuses]
    changes += [(each.period, f"trigger {each.trigger}: {each.became}") for each in series.triggers]
    for period, what in sorted(changes)[:MOST_LINES]:
        yield f"    {period}  {what}"
    more = series.status_changes + series.trigger_changes - min(len(changes), MOST_LINES)
    if more:
        yield f"    and {more} more"


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
