"""That a figure's period is closed, and what of what is shown became so only afterwards."""

from __future__ import annotations

from collections.abc import Iterator

from engine.queries.after_closing import AfterClosing
from engine.queries.explaining.explanation import ExplainedLine
from engine.queries.figures.figure_facts import FigureFacts
from engine.queries.names import Names
from engine.queries.period_report import closed_by, closing_of
from engine.queries.shown import day_shown
from events.fact import Fact
from events.schema import Event


def closing_line(own: FigureFacts, names: Names) -> Iterator[ExplainedLine]:
    """That the period is closed, by whom, and where its report stands; nothing where it is not."""
    found = closing_of(own.reader, own.ref.period)
    if found is None:
        return
    fact, event = found
    later = [each.position for each in own.facts if each.position > fact.position]
    what = f"{event.period} was closed on {day_shown(fact.effective_on)} by {closed_by(fact, event, names)}"
    if later:
        what += "; what was recorded after that is marked in its report"
    yield ExplainedLine(
        kind="note",
        what=f"{what}.",
        where=f"goldenthread period report {event.period}",
        events=(fact.position, *later),
    )


def judged_after(own: FigureFacts, fact: Fact[Event]) -> str:
    """A sentence more where the status is another than the one that was frozen, or came to it again."""
    words = AfterClosing(own.reader).words(fact)
    return f" Judged so {words}." if words else ""


def marked(closings: AfterClosing, fact: Fact[Event]) -> str:
    """That the period was closed by then, to stand behind what was done."""
    words = closings.words(fact)
    return f", {words}" if words else ""
