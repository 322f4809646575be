"""The record as people read it: facts as sentences."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from adapters.cli.session import Session
from adapters.cli.verbs import listing, plain

if TYPE_CHECKING:
    from engine.office import Office
    from engine.queries.log import LogLine

EVERY_SECONDS = 1.0
"""How often `log tail --follow` looks."""


@plain("show")
@click.argument("position", help="The number of the event.")
def show(session: Session, position: str) -> None:
    """One fact, whole."""
    import msgspec

    from adapters.cli.door import escaped
    from adapters.cli.tables import show_object
    from engine.queries.log import show as show_fact
    from engine.queries.names import Names

    office = session.reading()
    found = show_fact(office.engine, _number(position), names=Names.of(office))
    line = found.line
    show_object(
        session,
        "event",
        found,
        [
            f"Event {line.position}  {line.type}  {line.ref}",
            f"  {_marked(line)}",
            f"  by {line.person} ({line.actor}, {line.account}), effective {line.effective_on}, recorded {line.recorded_at}",
            f"  command {line.command_id}" + (f", caused by {line.caused_by}" if line.caused_by else ""),
            escaped(msgspec.json.format(msgspec.json.encode(found.content)).decode()),
        ],
    )


def _number(text: str) -> int:
    """The number of an event, with or without the mark before it. Raises Invalid for anything else."""
    from events.errors import Invalid

    digits = text.removeprefix("#")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 15 and int(digits)):
        raise Invalid.of(
            "GT-USE-550",
            f"'{text}' is not the number of an event.",
            "Every fact has one, from 1 on; 'goldenthread log search' shows them.",
        )
    return int(digits)


@listing("search")
@click.argument("words", required=False, help="Words to look for in the sentences.")
@click.option(
    "--type",
    "types",
    multiple=True,
    metavar="TYPE",
    help="figure.confirmed, or figure for all of figures; may be repeated.",
)
@click.option("--by", "who", metavar="PERSON", help="Only what this person did.")
@click.option(
    "--stream", "stream_prefix", metavar="PREFIX", help="Only streams that begin so, for example series/CH04."
)
@click.option(
    "--limit",
    default=50,
    type=click.IntRange(1, 10_000),
    metavar="N",
    help="How many at most; 50 by default.",
)
def search(
    session: Session,
    words: str | None,
    types: tuple[str, ...],
    who: str | None,
    stream_prefix: str | None,
    limit: int,
) -> None:
    """The newest facts that match, newest last."""
    from engine.queries.log import search as find
    from engine.queries.names import Names

    office = session.reading()
    found = find(
        office.engine,
        names=Names.of(office),
        types=types,
        person=office.person(who) if who else None,
        stream_prefix=stream_prefix,
        words=words,
        limit=limit,
        at=session.position(office),
    )
    _show_lines(session, office, found)


@listing("stream")
@click.argument("name", help="For example series/CH04/childrens, interventions/CH04/childrens, people.")
def stream(session: Session, name: str) -> None:
    """The facts of one stream, oldest first."""
    from engine.queries.log import stream as read_stream
    from engine.queries.names import Names

    office = session.reading()
    _show_lines(
        session,
        office,
        read_stream(office.engine, name, names=Names.of(office), at=session.position(office)),
    )


@listing("trace")
@click.argument("named", metavar="EVENT", help="The number of an event, or the id of a command.")
def trace(session: Session, named: str) -> None:
    """Everything that one command led to, each fact below the one that caused it."""
    from engine.queries.log import trace as follow
    from engine.queries.names import Names

    office = session.reading()
    found = follow(office.engine, named, names=Names.of(office), at=session.position(office))
    _show_lines(session, office, found)


@listing("tail")
@click.option(
    "--last", default=20, type=click.IntRange(1, 10_000), metavar="N", help="How many; 20 by default."
)
@click.option("--follow", is_flag=True, help="Go on telling new facts until interrupted.")
def tail(session: Session, last: int, follow: bool) -> None:
    """The newest facts, newest last."""
    from engine.queries.log import tail as read_tail
    from engine.queries.names import Names

    office = session.reading()
    end = session.position(office)
    after = max(0, (office.store.head().position if end is None else end) - last)
    _show_lines(
        session,
        office,
        read_tail(office.engine, after, names=Names.of(office), limit=last if end is None else end - after)
        if end != 0
        else [],
        empty="The record is empty.",
    )
    after += last
    while follow and end is None:
        time.sleep(EVERY_SECONDS)
        after = min(after, office.store.head().position)
        if found := read_tail(office.engine, after, names=Names.of(office)):
            _show_lines(session, office, found, headings=False)
            after = found[-1].position


def _marked(line: LogLine) -> str:
    """The sentence; and that the period was closed by then, where it was."""
    return f"{line.sentence} (Recorded {line.after_closing}.)" if line.after_closing else line.sentence


def _show_lines(
    session: Session,
    office: Office,
    found: Sequence[LogLine],
    empty: str = "Nothing matches.",
    headings: bool = True,
) -> None:
    from adapters.cli.moments import calendar_of, instant_words
    from adapters.cli.tables import Column, show_list

    calendar = calendar_of(office)
    columns = [
        Column("event", lambda line: line.position, right=True),
        Column("recorded", lambda line: instant_words(line.recorded_at, calendar)),
        Column("by", lambda line: line.person),
        Column("what", lambda line: "  " * line.depth + _marked(line), wraps=True),
    ]
    show_list(session, "events", found, columns, empty=empty, headings=headings)
