"""Which matters a list shows, asked for alike wherever matters are listed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict

import click

from adapters.cli.session import Session

if TYPE_CHECKING:
    from engine.queries.matters.matters import MatterLine


class Which(TypedDict):
    """The matters that are wanted."""

    everything: bool
    ended: bool
    body: str | None
    indicator: str | None
    service: str | None


_OPTIONS = (
    click.option("--all", "everything", is_flag=True, help="Also those that are over."),
    click.option("--ended", is_flag=True, help="Only those that are over."),
    click.option("--body", metavar="BODY", help="Only those with this body."),
    click.option("--indicator", metavar="CODE", help="Only those of this indicator."),
    click.option("--service", metavar="SERVICE", help="Only those of this service."),
)


def which_matters(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options by which a command is told which matters are wanted: what `Which` holds."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def listed(session: Session, workflow: str | None, which: Which) -> tuple[list[MatterLine], date]:
    """The matters of a workflow, or of every one; and the day on which they are looked at."""
    from engine.queries.matters.matters import matters

    office = session.reading()
    today = session.day(office)
    lines = matters(
        office.engine,
        today,
        workflow=workflow,
        ended=None if which["everything"] else which["ended"],
        body=which["body"],
        indicator=which["indicator"],
        service=which["service"],
        at=session.position(office),
    )
    return lines, today
