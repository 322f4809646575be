"""Many steps from a file, as one batch: KPIs proposed, changed and removed together, or decided on together."""

from __future__ import annotations

from pathlib import Path

import click

from adapters.cli.session import Session
from adapters.cli.verbs import taking


@taking("batch")
@click.argument("workflow", help="The workflow, for example kpi_lifecycle.")
@click.argument(
    "file",
    type=click.Path(path_type=Path),
    help="A CSV or YAML file: each row has 'about' (the KPI), 'step', and the step's fields.",
)
@click.option(
    "--on-behalf-of",
    metavar="BODY",
    help="The body that decided on all of them; you act for it as clerk or chair.",
)
def batch(session: Session, workflow: str, file: Path, on_behalf_of: str | None) -> None:
    """Take many steps from a file, each in a matter of its own: all of them, or none and every problem is told.

    A KPI of the register that has no matter yet is taken up first.
    """
    from adapters.cli.answers import tell_answer
    from adapters.cli.batch import at_their_rows, read_rows, steps_of
    from engine.commands import TakeSteps
    from events.errors import Refused

    rows = read_rows(session, file)
    office = session.writing()
    steps, sources, texts = steps_of(office, workflow, rows, on_behalf_of)
    try:
        answer = session.ask(office, TakeSteps(steps=tuple(steps)), texts=texts)
    except Refused as refused:
        raise Refused(*at_their_rows(sources, refused.problems)) from refused
    if not session.json:
        would = "would be " if session.manners.dry_run else ""
        session.say(f"{workflow}: {len(rows)} row{'' if len(rows) == 1 else 's'} {would}taken.")
    tell_answer(session, office, answer, "")
