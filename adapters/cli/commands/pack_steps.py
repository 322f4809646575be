"""The way of a pack into force: noted and endorsed by bodies, its assumptions initialled, and minuted later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from adapters.cli.session import Session
from adapters.cli.verbs import listing, write

if TYPE_CHECKING:
    from engine.office import Office


@write("step")
@click.argument("step", help="As the pack calls it, for example endorse.")
@click.option("--on-behalf-of", metavar="BODY", help="The body that takes it; you are its clerk or chair.")
@click.option("--acting-for", metavar="PERSON", help="For whom you stand in.")
@click.option("--comment", metavar="WORDS", help="What was said.")
@click.option("--minute", metavar="WORDS", help="Where it is minuted, where that is known already.")
def step(
    session: Session,
    step: str,
    on_behalf_of: str | None,
    acting_for: str | None,
    comment: str | None,
    minute: str | None,
) -> None:
    """Take a step before the approval of the pack that was put forward; --on says when the body met."""
    from engine.commands import TakeAdoptionStep

    office = session.writing()
    said = office.text(comment) if comment else None
    where = office.text(minute) if minute else None
    request = TakeAdoptionStep(
        pack=_waiting(office),
        step=step,
        on_behalf_of=on_behalf_of,
        acting_for=office.person(acting_for) if acting_for else None,
        comment=said.ref if said else None,
        minute=where.ref if where else None,
    )
    session.write(office, request, texts=[text for text in (said, where) if text])


@listing("assumptions")
@click.argument(
    "pack",
    required=False,
    help="A name of 'pack list', or a folder; by default the one that waits, else the book's.",
)
def list_assumptions(session: Session, pack: str | None) -> None:
    """What a pack rests on where its source leaves something open, and who initialled it."""
    from adapters.cli.moments import day_words
    from adapters.cli.packs import load
    from adapters.cli.tables import Column, show_list
    from engine.queries.adoption import assumptions
    from engine.queries.names import Names
    from engine.queries.reader import Reader

    office = session.reading()
    digest = _waiting(office)
    found = load(session.root, pack) if pack else office.engine.shelf.pack(digest) if digest else None
    found = found or Reader(office.engine).newest
    lines = (
        assumptions(office.engine, found, names=Names.of(office), at=session.position(office))
        if found
        else []
    )
    columns = [
        Column("assumption", lambda line: line.id),
        Column("what is open", lambda line: line.issue, wraps=True),
        Column("reading", lambda line: line.reading),
        Column("initialled by", lambda line: line.initialled_by),
        Column("on", lambda line: day_words(line.initialled_on) if line.initialled_on else None),
    ]
    show_list(session, "assumptions", lines, columns, empty="It rests on none.")


@write("initial")
@click.argument("assumptions", nargs=-1, help="Their names, for example K1 K2.")
@click.option("--all", "everything", is_flag=True, help="All that nobody has initialled yet.")
def initial(session: Session, assumptions: tuple[str, ...], everything: bool) -> None:
    """Initial assumptions of the pack that was put forward: you know them, and stand for them."""
    from engine.commands import InitialAssumptions
    from engine.work import Work

    if bool(assumptions) == everything:
        raise click.UsageError("Name the assumptions, or say --all.")
    office = session.writing()
    digest = _waiting(office)
    waiting = Work(office.engine.memory).framework().waiting
    if everything and waiting is not None:
        known = office.engine.shelf.pack(digest).assumptions
        assumptions = tuple(name for name in known if name not in waiting.initialled)
    session.write(office, InitialAssumptions(pack=digest, assumptions=assumptions))


@write("minute")
@click.argument("step", help="The step as the pack calls it, for example endorse; approve for the approval.")
@click.argument("reference", help="Where it stands, as the body numbers its minutes.")
def minute(session: Session, step: str, reference: str) -> None:
    """Note where a body's step or approval is minuted. Its clerk or chair does, or a governance lead."""
    from engine.commands import RecordPackMinute

    office = session.writing()
    words = office.text(reference)
    session.write(office, RecordPackMinute(step=step, minute=words.ref), texts=[words])


def _waiting(office: Office) -> str:
    """The digest of the pack that waits; empty where none does, and the engine says so."""
    from engine.work import Work

    office.engine.memory.catch_up()
    waiting = Work(office.engine.memory).framework().waiting
    return waiting.event.digest if waiting else ""
