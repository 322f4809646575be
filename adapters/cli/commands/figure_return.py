"""Whole returns: a file of figures taken in at once, and everything that waits confirmed at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from adapters.cli.failures import OK, WRONG
from adapters.cli.session import Session
from adapters.cli.verbs import task

if TYPE_CHECKING:
    from engine.importing.confirm_return import ConfirmResult
    from engine.importing.plan import Plan


@task("import")
@click.argument(
    "file",
    type=click.Path(path_type=Path),
    help="A CSV file; 'indicator', 'service', 'period' and 'value' are columns.",
)
@click.option("--reason", metavar="WORDS", help="Why confirmed figures are restated, one for the whole file.")
@click.option(
    "--all", "everything", is_flag=True, help="Show every problem of the file, however many there are."
)
def import_return(session: Session, file: Path, reason: str | None, everything: bool) -> int:
    """Take in a return from a CSV file. It is checked whole first; with one error, nothing is saved."""
    from adapters.cli.files import read_file
    from adapters.cli.progress import reaching
    from adapters.cli.tables import as_json
    from engine.imports import apply_import, plan_import

    session.manners.all_problems = everything
    table = session.root.read_csv(read_file(file), str(file))
    office = session.writing()
    actor = session.actor(office)
    plan = plan_import(office.engine, table, office.today(), reason=reason)
    if plan.errors:
        _show_problems(session, plan)
        return WRONG
    with reaching(session, "Importing") as progress:
        result = apply_import(office, plan, actor, dry_run=session.manners.dry_run, progress=progress)
    session.note("imported", import_id=result.import_id or "none", applied=result.applied)
    if session.json:
        session.say(as_json("import", result=result, problems=list(plan.problems)))
        return OK
    _show_problems(session, plan)
    if result.dry_run:
        session.say("Nothing was saved: this was a dry run.")
    elif result.import_id is None:
        session.say("The file says nothing new; nothing was saved.")
    else:
        again = ", taken up where it had stopped" if result.resumed else ""
        session.say(
            f"Saved as import {result.import_id}{again}; the figures count once another person confirms them."
        )
        session.aside("Next: goldenthread figure confirm-return --as SOMEBODY-ELSE")
    return OK


@task("confirm-return")
@click.option("--service", metavar="SERVICE", help="Only figures of this service.")
@click.option("--indicator", metavar="CODE", help="Only figures of this indicator.")
@click.option("--period", metavar="PERIOD", help="Only figures of this period.")
def confirm_return(session: Session, service: str | None, indicator: str | None, period: str | None) -> int:
    """Confirm everything that waits and that you may confirm. What is left out is listed with who may."""
    from adapters.cli.progress import reaching
    from adapters.cli.tables import as_json
    from engine.imports import confirm_return as confirm

    office = session.writing()
    with reaching(session, "Confirming") as progress:
        result = confirm(
            office,
            actor=session.actor(office),
            service=service,
            indicator=indicator,
            period=period,
            dry_run=session.manners.dry_run,
            progress=progress,
        )
    session.note("return confirmed", confirmed=len(result.confirmed), skipped=len(result.skipped))
    if session.json:
        session.say(as_json("return", result=result))
    else:
        _show_result(session, result)
    return OK


def _show_problems(session: Session, plan: Plan) -> None:
    """The problems, each at its line, then the totals."""
    from adapters.cli.problems import MOST_SHOWN, most_telling
    from adapters.cli.tables import as_json

    saved = " Nothing saved." if plan.errors else ""
    if session.json:
        session.say(as_json("import", counts=plan.counts, problems=list(plan.problems)))
        return
    shown, rest = most_telling(plan.problems, None if session.manners.all_problems else MOST_SHOWN)
    for problem in shown:
        line = problem.place.line if problem.place else 0
        fix = f" {problem.fix}" if problem.fix else ""
        session.say(f"  line {line:<4} {problem.severity:<8} {problem.sentence}{fix} [{problem.code}]")
    if rest:
        session.say(f"  {rest} --all shows them.")
    session.say(f"{plan.counts}.{saved}")


def _show_result(session: Session, result: ConfirmResult) -> None:
    would = "would be " if result.dry_run else ""
    statuses = ", ".join(f"{status} {count}" for status, count in result.statuses)
    count = len(result.confirmed)
    session.say(
        f"{count} figure{'' if count == 1 else 's'} {would}confirmed"
        + (f": {statuses}." if statuses else ".")
    )
    for figure, trigger, body in result.fired:
        session.say(f"  {figure}: trigger {trigger} fired" + (f" → {body}" if body else ""))
    for each in result.skipped:
        session.say(f"  {each.ref} was left out: {each.reason}")
