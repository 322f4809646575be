"""A figure of history in a book that has no pack."""

from engine.judging.history import not_history
from engine.states.framework import Framework
from events.period import parse_period

SAYS = "HW1/highways/2026-02 cannot be history yet: no pack is adopted, so nothing says from when on figures are live."
FIX = "Propose a pack with 'goldenthread pack propose PACK'; once it is adopted, put the file forward again."


def provoke():
    return [not_history("HW1/highways/2026-02", parse_period("2026-02"), Framework(), (4, 1))]
