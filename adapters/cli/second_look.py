"""After a figure was entered: what the data-quality checks say about it, beside the answer and never in its way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.cli.session import Session

if TYPE_CHECKING:
    from engine.commands import FigureFields
    from engine.office import Office
    from engine.queries.references import FigureRef
    from events.errors import Problem


def warn_of(session: Session, office: Office, ref: FigureRef, figure: FigureFields) -> None:
    """Say what should be looked at again of a figure just entered; nothing where nothing looks odd.

    What was recorded stands, so trouble with reading the book is told and is no failure.
    """
    from events.errors import GoldenthreadError

    try:
        odd = _odd(office, ref, figure)
    except GoldenthreadError as trouble:
        session.aside(f"The figure was not compared with those before it: {trouble}")
        return
    for problem in odd:
        session.aside(f"Warning: {problem.sentence} {problem.fix} [{problem.code}]")


def _odd(office: Office, ref: FigureRef, figure: FigureFields) -> list[Problem]:
    from engine.queries.quality.warnings import warnings_for
    from engine.queries.reader import Reader
    from events.period import parse_period

    reader = Reader(office.engine)
    added = reader.work.indicator(ref.indicator).added
    return [] if added is None else warnings_for(reader, added, ref.service, parse_period(ref.period), figure)
