"""The files that were imported: listed, shown, given back, and historic loads approved or declined."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from adapters.cli import door
from adapters.cli.commands.figure_template import FORCE
from adapters.cli.failures import OK, WRONG
from adapters.cli.session import Session
from adapters.cli.verbs import listing, read, task

if TYPE_CHECKING:
    from engine.importing.history import Loaded
    from engine.importing.kept import KeptImport
    from engine.importing.mapping import Mapping
    from engine.importing.plan import Plan
    from engine.importing.table import Table
    from engine.office import Office
    from engine.states.imports import Accepted

_ID = click.argument("import_id", metavar="ID", help="An import, as 'goldenthread import list' names it.")


@listing("list")
def list_imports(session: Session) -> None:
    """Every file that was imported or put forward as history."""
    from adapters.cli.tables import Column, show_list
    from engine.importing.kept import imports_kept

    office = session.reading()
    columns = [
        Column("import", lambda each: each.import_id),
        Column("on", lambda each: each.on),
        Column("file", lambda each: each.file, wraps=True),
        Column("by", lambda each: each.by),
        Column("rows", lambda each: each.rows, right=True),
        Column("new", lambda each: each.changes, right=True),
        Column("left out", lambda each: each.left_out, right=True),
        Column("state", lambda each: each.state),
    ]
    rows = imports_kept(office, session.position(office))
    show_list(session, "imports", rows, columns, empty="No file has been imported yet.")


@read("show")
@_ID
def show(session: Session, import_id: str) -> None:
    """One import: who, when, what was in the file, and what became of it."""
    from adapters.cli.tables import show_object
    from engine.importing.kept import import_kept

    office = session.reading()
    kept = import_kept(office, import_id, session.position(office))
    show_object(session, "import", kept, _lines(kept))


def _lines(kept: KeptImport) -> Iterator[str]:
    what = "history" if kept.kind == "history" else "a return"
    yield f"{kept.import_id}: {what}, {kept.state}"
    yield f"  file      {kept.file}, {kept.rows} rows, {kept.changes} figures new"
    yield f"  digest    SHA-256 {kept.digest}"
    yield f"  kept      {'yes' if kept.kept else 'no, only its digest'}"
    yield f"  by        {kept.by}, {kept.on}"
    if kept.first:
        yield f"  periods   {kept.first} to {kept.last}"
    if kept.reason:
        yield f"  reason    “{kept.reason}”"
    if kept.approved_by:
        yield f"  approved  by {kept.approved_by}"
    if kept.left_out:
        yield f"  left out  {kept.left_out} rows with an error"
    if kept.warnings:
        yield f"  warnings  {kept.warnings}, accepted: “{kept.accepted_because}”"
    if kept.mapping:
        yield f"  mapping   SHA-256 {kept.mapping}"
    yield f"  events    {', '.join(map(str, kept.events))}"


@read("file")
@_ID
@click.option("--mapping", is_flag=True, help="The mapping file by which it was read, in its place.")
@click.option(
    "-o",
    "--output-file",
    "out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where to write it; to the standard output by default.",
)
@FORCE
def give_back(session: Session, import_id: str, mapping: bool, out: Path | None, force: bool) -> None:
    """Give back the file as it came, byte for byte."""
    from adapters.cli.files import write_file
    from engine.importing.kept import content_kept, import_kept

    office = session.reading()
    kept = import_kept(office, import_id, session.position(office))
    digest = kept.mapping if mapping else kept.digest
    what = f"the {'mapping ' if mapping else ''}file of {import_id}"
    content = content_kept(office, digest or "none", what)
    if out is None:
        door.give(content)
        return
    write_file(out, content, force=force)
    session.aside(f"Wrote {len(content):,} bytes to {out}.")


@task("approve")
@_ID
@click.option(
    "--file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file itself, where the book holds only its digest.",
)
def approve(session: Session, import_id: str, file: Path | None) -> int:
    """Approve a historic load that somebody else put forward, and load it; or go on where that was interrupted."""
    from adapters.cli.commands.figure_import import make_plan, show_plan
    from adapters.cli.progress import reaching
    from engine.imports import Approving, find_load, imports_of

    office = session.writing()
    actor = session.actor(office)
    found = find_load(office, import_id)
    table, mapping = _file_of(session, office, found, file)
    plan = make_plan(session, office, table, mapping, {"history": True})
    if plan.errors:
        show_plan(session, plan, saved=" Nothing saved.")
        session.aside(_way_out(import_id, begun=import_id in imports_of(office).unfinished))
        return WRONG
    approving = Approving(office=office, plan=plan, import_id=import_id, actor=actor)
    with reaching(session, "Loading") as progress:
        loaded = approving.approve(dry_run=session.manners.dry_run, progress=progress)
    if not session.json and (left := _left_out(plan)) is not None:
        show_plan(session, left)
    session.note("history loaded", import_id=import_id, applied=loaded.loaded)
    _tell(session, plan, loaded)
    return OK


def _way_out(import_id: str, *, begun: bool) -> str:
    """What else can be done about a load that cannot go on as it is."""
    if begun:
        return f"Put that right and approve it again, or give up what is left: goldenthread import give-up {import_id} --reason WORDS"
    return f"Put that right and approve it again, or turn it down: goldenthread import decline {import_id} --reason WORDS"


def _left_out(plan: Plan) -> Plan | None:
    """What has become impossible since the load was approved, without the warnings that were accepted then."""
    from msgspec.structs import replace

    from engine.importing.decision import LEFT_OUT

    left = tuple(problem for problem in plan.problems if problem.fix == LEFT_OUT)
    return replace(plan, problems=left, counts=replace(plan.counts, warnings=len(left))) if left else None


def _file_of(session: Session, office: Office, found: Accepted, file: Path | None) -> tuple[Table, Mapping]:
    """The file that was put forward, and its mapping: from the book, or the file itself."""
    from adapters.cli.files import read_file
    from engine.importing.kept import content_kept
    from engine.importing.mapping import NO_MAPPING, read_mapping

    event, names = found.event, office.store.texts([found.event.name])
    held = names.get(event.name)
    name = held.text if held is not None else event.import_id
    content = read_file(file) if file is not None else content_kept(office, event.digest, f"the file {name}")
    mapping = NO_MAPPING
    if event.mapping is not None:
        words = content_kept(office, event.mapping, f"the mapping file of {event.import_id}")
        mapping = read_mapping(words, "the mapping file", session.root.documents())
    return session.root.read_csv(content, name, mapping.separator), mapping


def _tell(session: Session, plan: Plan, loaded: Loaded) -> None:
    from adapters.cli.tables import as_json

    if session.json:
        session.say(as_json("history", result=loaded, problems=list(plan.problems), notes=plan.notes))
        return
    if loaded.dry_run:
        session.say(f"{plan.counts.changes} figures would be loaded. Nothing was saved: this was a dry run.")
        return
    again = ", taken up where it had stopped" if loaded.resumed else ""
    session.say(
        f"Approved {loaded.import_id}{again}: {loaded.loaded} figures loaded as history. They are confirmed and judged; "
        "no deadline, intervention or notice follows from them."
    )


@task("decline")
@_ID
@click.option("--reason", required=True, metavar="WORDS", help="Why.")
def decline(session: Session, import_id: str, reason: str) -> None:
    """Turn a historic load down."""
    from adapters.cli.tables import as_json
    from engine.imports import decline_load

    office = session.writing()
    dry_run = session.manners.dry_run
    decline_load(office, import_id, session.actor(office), reason, dry_run=dry_run)
    session.note("history declined", import_id=import_id)
    if session.json:
        session.say(as_json("history", import_id=import_id, declined=not dry_run))
    else:
        session.say(f"{import_id} {'would be' if dry_run else 'was'} declined. Nothing was loaded.")


@task("give-up")
@_ID
@click.option("--reason", required=True, metavar="WORDS", help="Why.")
def give_up_import(session: Session, import_id: str, reason: str) -> None:
    """Give up what is left of an import that was interrupted, or of an approved historic load that nobody goes on with.

    What was taken in stays in the book. Whoever took it in or approved it may give it up, and every governance lead.
    """
    from adapters.cli.tables import as_json
    from engine.imports import give_up

    office = session.writing()
    dry_run = session.manners.dry_run
    give_up(office, import_id, session.actor(office), reason, dry_run=dry_run)
    session.note("import given up", import_id=import_id)
    if session.json:
        session.say(as_json("import", import_id=import_id, given_up=not dry_run))
        return
    session.say(
        f"What is left of {import_id} {'would be' if dry_run else 'was'} given up. What was taken in stays in the book."
    )
