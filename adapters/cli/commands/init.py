"""Opening a council's book: two named people and a pack, which the one proposes and the other approves."""

from __future__ import annotations

from datetime import date
from shlex import quote
from typing import TYPE_CHECKING

import click

from adapters.cli.manners import DAY
from adapters.cli.session import Session
from adapters.cli.verbs import write

if TYPE_CHECKING:
    from engine.office import Office
    from engine.packs.pack import Pack


@write("init")
@click.option(
    "--pack", "pack", required=True, metavar="PACK", help="The pack: a name of 'pack list', or a folder."
)
@click.option("--council", required=True, metavar="NAME", help="The council's name.")
@click.option(
    "--proposer", required=True, metavar="NAME", help="Who proposes the pack; a governance lead from now on."
)
@click.option(
    "--approver", required=True, metavar="NAME", help="Who approves it; the second governance lead."
)
@click.option(
    "--from",
    "start",
    type=DAY,
    metavar="DATE",
    help="In force from that day; the pack's own date by default.",
)
def init(session: Session, pack: str, council: str, proposer: str, approver: str, start: date | None) -> None:
    """Open a council's book with two people and a pack.

    One of the two proposes the pack; the other approves it with 'goldenthread pack adopt', or the bodies do that the pack
    names.
    """
    from adapters.cli.packs import load
    from engine.commands import OpenBook
    from engine.deciders.book import PROPOSER
    from engine.namesakes import one_name

    if one_name(proposer) == one_name(approver):
        raise click.UsageError("The proposer and the approver must be two people.")
    loaded = load(session.root, pack)
    office = _new_book(session)
    first, second = office.text(proposer), office.text(approver)
    session.write(
        office,
        OpenBook(
            book=session.doors.book,
            council=council,
            proposer_name=first.ref,
            approver_name=second.ref,
            pack=loaded.digest,
            effective_from=start,
            simulated=office.simulated,
        ),
        actor=PROPOSER,
        texts=[first, second],
        blobs={loaded.digest: loaded.canonical()},
        hint=_next(loaded, approver),
    )


def _next(pack: Pack, approver: str) -> str:
    """The command that follows: the approval, or the first step of the way that the pack says."""
    way = pack.adoption
    if way is None or not way.steps:
        return f"goldenthread pack adopt --as {quote(approver)}"
    first = way.steps[0]
    for_body = first.by in pack.organisation.bodies
    if first is way.approval and for_body:
        return f"goldenthread pack adopt --on-behalf-of {first.by} --as ITS-CLERK"
    if first is way.approval:
        return "goldenthread pack adopt --as WHO-HOLDS-THE-ROLE"
    if for_body:
        return f"goldenthread pack step {first.name} --on-behalf-of {first.by} --as ITS-CLERK"
    return f"goldenthread pack step {first.name} --as WHO-HOLDS-THE-ROLE"


def _new_book(session: Session) -> Office:
    if session.manners.dry_run:
        return session.use(session.doors.rehearse())
    return session.use(session.doors.doorway.create())
