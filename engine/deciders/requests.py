"""Figures are asked for on the day that the pack says: a fact, and a notice to whoever enters them, once."""

from __future__ import annotations

import msgspec

from engine.commands import RequestData
from engine.context import Context
from engine.ports import Notice
from engine.states.requests import Requests
from events import stream as streams
from events.kinds.figures import DataRequested


def request_data(context: Context, request: RequestData) -> None:
    """Ask for a period's figures; nothing happens where they were asked for before."""
    if context.work.state(streams.REQUESTS, Requests).asked(request.period, request.lag, context.today):
        return
    context.work.record(streams.REQUESTS, DataRequested(**msgspec.structs.asdict(request)))
    words = (
        f"Figures of {request.period} are asked for, and are in time until {request.last_day.isoformat()}."
    )
    for who in request.to:
        context.work.notify(Notice(to=who, kind="data request", subject=request.period, words=words))
