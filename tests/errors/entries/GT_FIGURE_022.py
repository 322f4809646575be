"""The year so far, of an indicator whose figures are of a single day. `figure show --derived` tells it beside the figure."""

from engine.queries.figures.derived import derived
from engine.queries.references import FigureRef
from tests.errors.council import a_council

SAYS = "A figure of HC1 is of one day, so there is no value of the year so far."
FIX = "If its figures are of their period alone: goldenthread indicator amend HC1 --accumulation period --reason WORDS."


def provoke():
    council = a_council()
    council.indicator("HC1", "highways", accumulation="snapshot", aggregation="last")
    derived(council.engine, FigureRef("HC1", "highways", "2026-06"), measure="year_to_date")
