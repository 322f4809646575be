"""Explain whatever a reference names."""

from __future__ import annotations

from datetime import date

from engine.handle import Engine
from engine.queries.explaining.explain_figure import explain_figure
from engine.queries.explaining.explain_matter import explain_matter
from engine.queries.explaining.explain_named import explain_named
from engine.queries.explaining.explanation import ExplainedLine, Explanation
from engine.queries.log import show
from engine.queries.names import Names
from engine.queries.reader import Reader
from engine.queries.references import EventRef, FigureRef, MatterRef, SeriesRef, find_matter, parse_reference
from engine.views import MATTERS, STATUSES, SUBMISSIONS
from events.errors import Invalid, NotFound

__all__ = ["ExplainedLine", "Explanation", "explain"]


def explain(engine: Engine, text: str, today: date, *, names: Names, at: int | None = None) -> Explanation:
    """Explain a figure, a series (its latest period, or its matter), an intervention or an event. Raises Invalid and NotFound.

    Of what has no explanation of its own, as an indicator, it is said what it is and which command shows it.
    """
    try:
        ref = parse_reference(engine, text, at)
    except (Invalid, NotFound):
        named = explain_named(Reader(engine, at), text, names)
        if named is None:
            raise
        return named
    match ref:
        case FigureRef():
            return explain_figure(engine, ref, names=names, at=at)
        case SeriesRef():
            latest = _latest(engine, ref, at)
            if isinstance(latest, MatterRef):
                return explain_matter(engine, latest, today, names=names, at=at)
            return explain_figure(engine, latest, names=names, at=at)
        case MatterRef():
            return explain_matter(engine, ref, today, names=names, at=at)
        case EventRef():
            fact = show(engine, ref.position, names=names, at=at).line
            what = f"{fact.sentence} Recorded {fact.after_closing}." if fact.after_closing else fact.sentence
            line = ExplainedLine(
                kind="note", what=what, rule=fact.type, where=fact.ref, events=(fact.position,)
            )
            return Explanation(ref=text, heading=f"Event {fact.position}", lines=(line,))


def _latest(engine: Engine, ref: SeriesRef, at: int | None) -> FigureRef | MatterRef:
    """The latest figure; where none has come yet, the matter that was begun without one, an open one before others."""
    reader = Reader(engine, at)
    where = {"indicator": ref.indicator, "service": ref.service}
    periods = [str(row["period"]) for view in (STATUSES, SUBMISSIONS) for row in reader.rows(view, where)]
    if not periods:
        begun = sorted(reader.rows(MATTERS, where), key=lambda row: (row["ended"], -int(row["ordinal"] or 0)))
        if begun:
            return find_matter(engine, f"{begun[0]['workflow']}/{ref}#{begun[0]['ordinal']}", at)
        raise NotFound.of(
            "GT-USE-103",
            f"{ref} has no figure yet.",
            "'goldenthread indicator list' shows the register; enter one with 'goldenthread figure enter'.",
        )
    return FigureRef(ref.indicator, ref.service, max(periods))
