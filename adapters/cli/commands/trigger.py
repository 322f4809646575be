"""Muting triggers: for one series, up to a day, with a reason."""

from __future__ import annotations

from datetime import date

import click

from adapters.cli.manners import DAY
from adapters.cli.session import Session
from adapters.cli.verbs import listing, write


@write("mute")
@click.argument("trigger", help="A trigger of the pack, for example turned_red.")
@click.argument("series", help="INDICATOR/SERVICE, for example CH04/childrens.")
@click.option(
    "--until", type=DAY, metavar="DAY", required=True, help="The last day on which nothing follows."
)
@click.option("--reason", metavar="WORDS", required=True, help="Why.")
def mute(session: Session, trigger: str, series: str, until: date, reason: str) -> None:
    """Let nothing follow from a trigger of a series up to a day; that it would have fired is still recorded."""
    from adapters.cli import references
    from engine.commands import MuteTrigger

    indicator, service = references.series(series)
    office = session.writing()
    text = office.text(reason)
    request = MuteTrigger(trigger=trigger, indicator=indicator, service=service, until=until, reason=text.ref)
    session.write(office, request, texts=(text,))


@write("unmute")
@click.argument("trigger", help="A trigger that is muted.")
@click.argument("series", help="INDICATOR/SERVICE, for example CH04/childrens.")
@click.option("--reason", metavar="WORDS", required=True, help="Why.")
def unmute(session: Session, trigger: str, series: str, reason: str) -> None:
    """Take a mute back before its last day."""
    from adapters.cli import references
    from engine.commands import UnmuteTrigger

    indicator, service = references.series(series)
    office = session.writing()
    text = office.text(reason)
    request = UnmuteTrigger(trigger=trigger, indicator=indicator, service=service, reason=text.ref)
    session.write(office, request, texts=(text,))


@listing("list")
@click.option("--all", "everything", is_flag=True, help="Those whose last day is over too.")
def list_mutes(session: Session, everything: bool) -> None:
    """The triggers that are muted, the first to end first."""
    from adapters.cli.moments import day_words
    from adapters.cli.tables import Column, show_list
    from engine.queries.mutes import mutes
    from engine.queries.names import Names

    office = session.reading()
    day = session.day(office)
    found = mutes(office.engine, day, names=Names.of(office), at=session.position(office), over=everything)
    columns = [
        Column("trigger", lambda line: line.trigger),
        Column("series", lambda line: line.series),
        Column("until", lambda line: day_words(line.until)),
        Column("by", lambda line: line.name),
        Column("reason", lambda line: line.reason, wraps=True),
    ]
    show_list(session, "mutes", found, columns, empty="No trigger is muted.")
