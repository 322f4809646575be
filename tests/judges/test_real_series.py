"""The data-quality checks over thousands of real series: how much they say, and how many planted slips they see.

The counts are those of `docs/explanation/data-quality.md`. A change of a check changes them: look at what it says now
before they are written down anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal

import msgspec
import pytest

from engine.queries.quality.looking import look_at
from engine.queries.quality.report import remarks
from engine.queries.quality.series import PeriodFigure, SeriesFigures
from engine.queries.quality.usual import LEAST
from rules.exact import ONE, Ratio
from tests.judges.real_series import accident_and_emergency, scottish_annual, scottish_quarterly

Source = Callable[[], list[SeriesFigures]]

SAID: dict[Source, tuple[int, int, dict[str, int]]] = {
    accident_and_emergency: (9, 324, {"equal_after_rounding": 1, "outside_usual_range": 1}),
    scottish_quarterly: (
        64,
        1339,
        {"unchanged": 3, "zero_as_missing": 1, "outside_usual_range": 16, "numerator_above_denominator": 3},
    ),
    scottish_annual: (
        3305,
        33370,
        {
            "unchanged": 113,
            "zero_as_missing": 2,
            "outside_usual_range": 564,
            "numerator_above_denominator": 145,
        },
    ),
}
"""Source → its series, its figures, and what is said of them."""

every_source = pytest.mark.parametrize("source", SAID, ids=lambda source: source.__name__)


@every_source
def test_what_is_said_of_real_figures_is_little_and_has_been_looked_at(source: Source) -> None:
    held = source()
    said = Counter(remark.check.name for series in held for remark in remarks(series))
    assert (len(held), sum(len(series.figures) for series in held), dict(said)) == SAID[source]


CAUGHT: dict[Source, dict[str, int]] = {
    accident_and_emergency: {
        "ten times": 100,
        "a tenth": 100,
        "a fraction of one": 100,
        "zero": 100,
        "first two digits swapped": 67,
    },
    scottish_quarterly: {
        "ten times": 100,
        "a tenth": 93,
        "a fraction of one": 94,
        "zero": 100,
        "first two digits swapped": 76,
    },
}
"""Source → how many of a hundred planted slips are seen."""


@pytest.mark.parametrize("source", CAUGHT, ids=lambda source: source.__name__)
def test_slips_of_the_decimal_point_and_zeros_are_seen(source: Source) -> None:
    seen: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    for series, at in _with_a_past(source()):
        for slip, spoil in SLIPS.items():
            spoilt = spoil(series.figures[at])
            if spoilt is not None:
                tried[slip] += 1
                seen[slip] += any(look_at(_with(series, at, spoilt), at))
    assert {slip: 100 * seen[slip] // tried[slip] for slip in SLIPS} == CAUGHT[source]


Slip = Callable[[PeriodFigure], PeriodFigure | None]


def _times(over: int, under: int) -> Slip:
    """A figure entered by its value, with the decimal point in the wrong place."""

    def spoil(figure: PeriodFigure) -> PeriodFigure:
        assert figure.value is not None
        value = Ratio(figure.value.over * over, figure.value.under * under)
        return msgspec.structs.replace(figure, value=value, numerator=None, denominator=None)

    return spoil


def _swapped(figure: PeriodFigure) -> PeriodFigure | None:
    """47.1 for 74.1; none for 77.1."""
    assert figure.value is not None
    shown = f"{figure.value.shown(1):04}"
    if shown[0] == shown[1]:
        return None
    value = Ratio(Decimal(shown[1] + shown[0] + shown[2:]), ONE)
    return msgspec.structs.replace(figure, value=value, numerator=None, denominator=None)


def _zero(figure: PeriodFigure) -> PeriodFigure:
    return msgspec.structs.replace(figure, value=Ratio(ONE - ONE, ONE), numerator=None, denominator=None)


SLIPS: dict[str, Slip] = {
    "ten times": _times(10, 1),
    "a tenth": _times(1, 10),
    "a fraction of one": _times(1, 100),
    "zero": _zero,
    "first two digits swapped": _swapped,
}


def _with_a_past(held: list[SeriesFigures]) -> Iterator[tuple[SeriesFigures, int]]:
    """Every figure with as many before it as make a usual range."""
    for series in held:
        known = [at for at, figure in enumerate(series.figures) if figure.value is not None]
        yield from ((series, at) for at in known[LEAST:])


def _with(series: SeriesFigures, at: int, figure: PeriodFigure) -> SeriesFigures:
    figures = [*series.figures]
    figures[at] = figure
    return msgspec.structs.replace(series, figures=figures)
