"""A file of figures taken in at once: looked at, checked as a whole, and applied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from adapters.cli.failures import OK, WRONG, named
from adapters.cli.session import Session
from adapters.cli.verbs import task

if TYPE_CHECKING:
    from adapters.cli.left_out import LeftOut
    from engine.importing.apply import ImportResult
    from engine.importing.mapping import Mapping
    from engine.importing.plan import Plan
    from engine.importing.table import Table
    from engine.office import Office
    from events.errors import Problem

MOST_ALIKE = 3
"""Of problems that say the same, so many are shown."""
MAPPING = click.option(
    "--mapping",
    type=click.Path(path_type=Path),
    metavar="FILE.yaml",
    help="A mapping file: what the file's headings, codes and words mean.",
)
ALL = click.option(
    "--all", "everything", is_flag=True, help="Show every problem of the file, however many there are."
)
ACCEPT = click.option(
    "--accept-warnings", metavar="REASON", default="", help="Why the warnings do not matter. Recorded."
)
NO_FIGURE = click.option(
    "--no-figure-reason",
    metavar="WORDS",
    default="",
    help="Why there is no figure where a cell says n/a, TBC or the like; without it, such a cell is an error.",
)


@task("import")
@click.argument(
    "file",
    type=click.Path(path_type=Path),
    help="A CSV file; 'indicator', 'service', 'period' and 'value' are columns, or periods are.",
)
@MAPPING
@click.option("--reason", metavar="WORDS", help="Why confirmed figures are restated, one for the whole file.")
@NO_FIGURE
@ACCEPT
@click.option(
    "--partial", is_flag=True, help="Take the rows without an error; the others are written to a file."
)
@click.option(
    "--rejected",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where --partial writes the rows left out; a free name beside the file, FILE.rejected.csv, by default.",
)
@click.option(
    "--acting-for", metavar="PERSON", help="Whom you stand in for, by a delegation from them to you."
)
@ALL
def import_return(
    session: Session,
    file: Path,
    mapping: Path | None,
    rejected: Path | None,
    everything: bool,
    **options: Any,
) -> int:
    """Take in a return from a CSV file. It is checked whole first; with one error, nothing is saved."""
    from adapters.cli.left_out import left_out
    from adapters.cli.progress import reaching

    session.manners.all_problems = everything
    table, words = read_table(session, file, mapping)
    office = session.writing()
    actor = session.actor(office)
    plan = make_plan(session, office, table, words, options)
    if plan.errors and (plan.unreadable or not options["partial"]):
        show_plan(session, plan, saved=" Nothing saved.")
        return WRONG
    wanted = options["partial"] and not session.manners.dry_run
    aside = left_out(session, plan, file, rejected) if wanted else nullcontext()
    with aside as rows, reaching(session, "Importing") as progress:
        result = _apply(session, office, plan, actor, options, rows, progress)
    if result.refused:
        plan = replace(plan, counts=result.counts, problems=(*plan.problems, *result.refused))
    session.note("imported", import_id=result.import_id or "none", applied=result.applied)
    _tell(session, plan, result)
    return OK


def read_table(session: Session, file: Path, mapping: Path | None) -> tuple[Table, Mapping]:
    """The file, and the mapping by which it is to be read. Raises Invalid or NotFound."""
    from adapters.cli.files import read_file
    from engine.imports import NO_MAPPING, read_mapping

    words = NO_MAPPING
    if mapping is not None:
        words = read_mapping(read_file(mapping), str(mapping), session.root.documents())
    return session.root.read_csv(read_file(file), str(file), words.separator), words


def make_plan(
    session: Session, office: Office, table: Table, mapping: Mapping, options: dict[str, Any]
) -> Plan:
    """Check the whole file."""
    from adapters.cli.progress import counting
    from engine.imports import plan_import

    with counting(session, "Checking") as progress:
        return plan_import(
            office.engine,
            table,
            office.today(),
            reason=options.get("reason"),
            mapping=mapping,
            no_figure=options.get("no_figure_reason", ""),
            history=options.get("history", False),
            progress=progress,
        )


def _apply(
    session: Session,
    office: Office,
    plan: Plan,
    actor: str,
    options: dict[str, Any],
    rows: LeftOut | None,
    progress: Callable[[int, int], None] | None,
) -> ImportResult:
    """Import; where nobody has said why warnings do not matter, they are shown first."""
    from engine.importing.apply import EveryRowRefused, unaccepted
    from engine.imports import apply_import
    from events.errors import Refused

    dry_run, accepted = session.manners.dry_run, options["accept_warnings"]
    if plan.counts.warnings and not accepted and not dry_run:
        if session.json:
            raise Refused(unaccepted(plan), *plan.problems)
        show_plan(session, plan, saved=" Nothing saved.")
    try:
        return apply_import(
            office,
            plan,
            actor,
            dry_run=dry_run,
            partial=options["partial"],
            accept_warnings=accepted,
            acting_for=office.person(options["acting_for"]) if options["acting_for"] else None,
            rejected=rows.take if rows is not None else None,
            ready=rows.ready if rows is not None else None,
            progress=progress,
        )
    except EveryRowRefused as refused:
        session.aside(f"{refused.counts}. Nothing saved.")
        raise


def _tell(session: Session, plan: Plan, result: ImportResult) -> None:
    """What became of the file."""
    from adapters.cli.tables import as_json

    if session.json:
        session.say(
            as_json(
                "import",
                result=result,
                problems=_named(session, plan.problems),
                notes=plan.notes,
                read_as=plan.read_as,
            )
        )
        return
    show_plan(session, plan)
    if result.dry_run:
        session.say("Nothing was saved: this was a dry run.")
    elif result.import_id is None:
        refused = plan.counts.all_refused
        session.say("Nothing was saved." if refused else "The file says nothing new; nothing was saved.")
    else:
        again = ", taken up where it had stopped" if result.resumed else ""
        session.say(
            f"Saved as import {result.import_id}{again}; the figures count once another person confirms them."
        )
        if not result.kept:
            session.say(
                "The file is too large to be kept in the book: only its digest is. Keep the file yourself."
            )
        session.aside("Next: goldenthread figure confirm-return --as SOMEBODY-ELSE")


def _alike(problems: Sequence[Problem]) -> list[Problem]:
    """The problems, of those that say the same in so many words the first few; the last of these says how many more."""
    alike = Counter((problem.code, problem.sentence) for problem in problems)
    seen: Counter[tuple[str, str]] = Counter()
    kept = []
    for problem in problems:
        key = (problem.code, problem.sentence)
        seen[key] += 1
        more = alike[key] - seen[key]
        if seen[key] == MOST_ALIKE and more > 1:
            fix = f"{problem.fix} And {more:,} more say the same.".strip()
            kept.append(replace(problem, fix=fix))
        elif seen[key] <= MOST_ALIKE or alike[key] <= MOST_ALIKE + 1:
            kept.append(problem)
    return kept


def _named(session: Session, problems: Sequence[Problem]) -> list[Problem]:
    """The problems, in which people have their names."""
    people = session.people
    return [named(problem, people) for problem in problems]


def show_plan(session: Session, plan: Plan, saved: str = "") -> None:
    """The problems, each at its line and cell, what was found out, and the totals."""
    from adapters.cli.problems import MOST_SHOWN, most_telling
    from adapters.cli.tables import as_json

    if session.json:
        problems = _named(session, plan.problems)
        session.say(as_json("import", counts=plan.counts, problems=problems, notes=plan.notes))
        return
    for note in plan.notes:
        session.say(f"  {note}")
    for each in plan.read_as:
        times = "once" if each.count == 1 else f"{each.count:,} times"
        session.say(f"  Read as what alone it can mean: {each.how}, {times} ({each.found} → {each.taken}).")
    gathered = plan.problems if session.manners.all_problems else _alike(plan.problems)
    shown, _ = most_telling(gathered, None if session.manners.all_problems else MOST_SHOWN)
    left = plan.counts.errors + plan.counts.warnings - len(shown)
    for problem in _named(session, shown):
        line = problem.place.line if problem.place else 0
        fix = f" {problem.fix}" if problem.fix else ""
        cell = getattr(problem, "cell", "")
        session.say(
            f"  line {line:<4} {cell:<5} {problem.severity:<8} {problem.sentence}{fix} [{problem.code}]"
        )
    if left:
        session.say(f"  … and {left:,} more. --all shows them.")
    session.say(f"{plan.counts}.{saved}")
