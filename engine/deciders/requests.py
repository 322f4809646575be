"""Figures are asked for on the day that the pack says: a fact, and a notice to whoever enters them, once."""

from __future__ import annotations

import msgspec

from engine.commands import RequestData
from engine.context import Context
from engine.notices import of_request
from engine.states.requests import Requests
from events import stream as streams
from events.kinds.figures import DataRequested


def request_data(context: Context, request: RequestData) -> None:
    """Ask for a period's figures; nothing happens where they were asked for before."""
    if context.work.state(streams.REQUESTS, Requests).asked(request.period, request.lag, context.today):
        return
    asked = context.work.record(streams.REQUESTS, DataRequested(**msgspec.structs.asdict(request)))
    for notice in of_request(asked):  # type: ignore[arg-type]  # the fact of what was just recorded
        context.work.notify(notice)
