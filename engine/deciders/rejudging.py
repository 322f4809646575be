"""Judging again after an adoption: one command a series, so that none waits for the others and a kill loses nothing."""

from __future__ import annotations

from engine.commands import FinishRejudging, RejudgeSeries
from engine.context import Context
from engine.judging.series import Rejudge, rejudge
from engine.packs.shelf import Shelf
from engine.states.people import SYSTEM
from engine.states.series import Series
from events import stream as streams
from events.kinds.framework import PackAdopted, PackRejudged
from events.period import Period


def rejudge_series(context: Context, request: RejudgeSeries) -> None:
    """Judge a series again from the first period on that the adopted pack governs."""
    adopted = _adopted(context, request.adoption)
    context.settle()
    assert adopted is not None  # settle() has raised otherwise
    series = context.work.series(request.indicator, request.service)
    start = first_governed(series, adopted, context.shelf)
    if start is None:
        return
    order = Rejudge(
        indicator=request.indicator,
        service=request.service,
        start=start,
        cause="adoption",
        caused_by=request.adoption,
    )
    rejudge(context.work, context.shelf, order)


def finish_rejudging(context: Context, request: FinishRejudging) -> None:
    """Note that all is done."""
    adopted = _adopted(context, request.adoption)
    context.settle()
    assert adopted is not None  # settle() has raised otherwise
    context.work.record(
        streams.FRAMEWORK,
        PackRejudged(
            adoption=request.adoption, pack=adopted.pack, version=adopted.version, series=request.series
        ),
        caused_by=request.adoption,
    )


def first_governed(series: Series, adopted: PackAdopted, shelf: Shelf) -> Period | None:
    """The first judged period of a series that ends while an adoption is in force."""
    year_starts = shelf.pack(adopted.digest).organisation.calendar.year_starts
    return next(
        (each for each in series.judged if each.last_day(year_starts) >= adopted.effective_from), None
    )


def _adopted(context: Context, adoption: str) -> PackAdopted | None:
    if context.command.actor != SYSTEM:
        context.need_governance_lead()
    found = dict(context.work.framework().rejudging).get(adoption)
    if found is None:
        context.refuse(
            "GT-PACK-122",
            f"Nothing is being judged again because of {adoption}.",
            "'goldenthread pack history' shows which adoptions judge again, and how far that is.",
        )
    return found
