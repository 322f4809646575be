"""Figures from before the book: put forward by one person, to be approved by another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from adapters.cli.commands.figure_import import ACCEPT, ALL, MAPPING, make_plan, read_table, show_plan
from adapters.cli.failures import OK, WRONG
from adapters.cli.session import Session
from adapters.cli.verbs import task

if TYPE_CHECKING:
    from engine.importing.history import Loaded
    from engine.importing.plan import Plan


@task("load-history")
@click.argument(
    "file",
    type=click.Path(path_type=Path),
    help="A CSV file of figures of periods that ended before the first pack was adopted.",
)
@click.option("--reason", required=True, metavar="WORDS", help="Where the figures come from. Recorded.")
@MAPPING
@ACCEPT
@ALL
def load_history(
    session: Session, file: Path, reason: str, mapping: Path | None, everything: bool, **options: Any
) -> int:
    """Put a file of history forward. Another person approves it; its figures then count as confirmed, and nothing follows."""
    from engine.imports import propose_load

    session.manners.all_problems = everything
    table, words = read_table(session, file, mapping)
    office = session.writing()
    actor = session.actor(office)
    plan = make_plan(session, office, table, words, {"history": True})
    accepted, dry_run = options["accept_warnings"], session.manners.dry_run
    if plan.errors:
        show_plan(session, plan, saved=" Nothing saved.")
        return WRONG
    if plan.counts.warnings and not accepted and not dry_run and not session.json:
        show_plan(session, plan, saved=" Nothing saved.")
    found = propose_load(office, plan, actor, reason, accept_warnings=accepted, dry_run=dry_run)
    session.note("history proposed", import_id=found.import_id or "none", rows=found.counts.rows)
    _tell(session, plan, found)
    return OK


def _tell(session: Session, plan: Plan, found: Loaded) -> None:
    from adapters.cli.tables import as_json

    if session.json:
        session.say(as_json("history", result=found, problems=list(plan.problems), notes=plan.notes))
        return
    show_plan(session, plan)
    if found.dry_run:
        session.say("Nothing was saved: this was a dry run.")
    elif found.import_id is None:
        session.say("The file says nothing new; nothing was saved.")
    else:
        session.say(
            f"Put forward as {found.import_id}: {found.counts.changes} figures of {found.first} to {found.last}. "
            "They count for nothing until another governance lead approves them."
        )
        session.aside(f"Next: goldenthread import approve {found.import_id} --as SOMEBODY-ELSE")
