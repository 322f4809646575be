"""The dashboard: where every series stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from adapters.cli.session import Session
from adapters.cli.verbs import listing

if TYPE_CHECKING:
    from engine.queries.dashboard import Dashboard, DashboardLine


SHOWN = 4
"""So many latest periods stand in the table."""


@listing("dashboard")
@click.option("--period", metavar="PERIOD", help="At this period; each series' latest one by default.")
def dashboard(session: Session, period: str | None) -> None:
    """Every indicator's status, what waits for confirmation, and what is being done."""
    from adapters.cli.tables import Column, show_list, show_object
    from engine.queries.dashboard import dashboard as board_of

    office = session.reading()
    board = board_of(office.engine, period=period, at=session.position(office), today=session.day(office))
    if session.json:
        show_object(session, "dashboard", board, ())
        return
    told = session.manners.output == "table"
    width = 28 if told else 10_000  # data that leaves for elsewhere is never cut
    done = f"what is done {_moment(session)}" if board.period and told else "what is done"
    columns = [
        Column("indicator", lambda line: f"{line.indicator}/{line.service}"),
        Column("title", lambda line: _cut(line.title, width)),
        Column("service", lambda line: _cut(line.service_label, width)),
        Column("period", lambda line: line.period),
        Column("figure", lambda line: line.shown, right=True),
        Column("target", _target if told else lambda line: line.target, right=True),
        Column("status", lambda line: line.status.label, colour=_colour),
        Column("direction", lambda line: line.direction),
        Column("so far", _so_far),
        Column(done, _done, wraps=True),
    ]
    show_list(session, "dashboard", board.lines, columns, empty="The register has no indicator yet.")
    if told and board.lines:
        session.say(_totals(board, _moment(session)))
        for line in _breaks(board):
            session.say(line)


def _target(line: DashboardLine) -> str:
    """The target; one that was set after the outcome was known says so."""
    return f"{line.target} (restated)" if line.target_restated else line.target


def _so_far(line: DashboardLine) -> str:
    """The latest words; a bar where the indicator measures something else from then on."""
    words = [word.label for word in line.recent[-SHOWN:]]
    at = len(words) - min(line.recent_comparable, len(words))
    return " ".join([*words[:at], *(["|"] if at else []), *words[at:]])


def _breaks(board: Dashboard) -> list[str]:
    """What the bars mean, for those that are shown."""
    from engine.queries.figures.breaks import break_words

    barred = [line for line in board.lines if line.recent_comparable < min(len(line.recent), SHOWN)]
    since = {line.indicator: line.comparable_from for line in barred if line.comparable_from}
    return [f"|  {break_words(code, start)}" for code, start in since.items()]


def _colour(line: DashboardLine) -> str | None:
    """The pack's own colour of the status, else the usual one."""
    from adapters.cli.columns import STATUS_COLOURS

    return line.status.colour or STATUS_COLOURS.get(line.status.id)


def _done(line: DashboardLine) -> str | None:
    if line.waiting or line.submission:
        return line.submission or "waits for confirmation"
    matter = line.intervention
    if matter is None:
        return None
    rung = f"; {matter.proposed_rung} is proposed" if matter.proposed_rung else ""
    due = f", report due {matter.report_due}" if matter.report_due else ""
    return f"{matter.id} {matter.label}{due}{rung}"


def _totals(board: Dashboard, moment: str) -> str:
    words = " · ".join(f"{word.label} {count}" for word, count in board.counts)
    when = f"{moment}, for any period: " if board.period else ""
    things = "intervention" if board.interventions == 1 else "interventions"
    return f"{words}   ({when}{board.waiting} waiting for confirmation, {board.interventions} {things} open)"


def _moment(session: Session) -> str:
    """A period stands as it was judged; what is done about the series is told as of the day of looking."""
    day = session.manners.as_of
    return "now" if day is None else f"on {day.isoformat()}"


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"
