"""Importing a checked file: accepted once, applied in chunks of one command each, taken up again if interrupted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec

from engine.commands import AcceptImport, FinishImport, Step, TakeSteps
from engine.importing.planned import RESTATEMENT, Counts, Plan, PlannedRow
from engine.office import Office
from engine.queries.reader import Reader
from engine.states.imports import Imports
from events import stream as streams
from events.errors import GoldenthreadError, Invalid, Place, Problem, Refused
from events.text import Text

CHUNK = 500
"""Rows applied in one command."""

Progress = Callable[[int, int], None]
"""Called after each chunk with (rows applied, rows to apply)."""


class ImportResult(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did."""

    import_id: str | None
    """None where the file says nothing new, and in a dry run."""
    counts: Counts
    applied: int
    """Rows written."""
    resumed: bool = False
    """It took up an import that had been interrupted."""
    dry_run: bool = False


def apply_import(
    office: Office, plan: Plan, actor: str, *, dry_run: bool = False, progress: Progress | None = None
) -> ImportResult:
    """Import what a plan decided. Raises Invalid with the plan's errors, and Refused with every reason against a row.

    Everything is decided once before anything is written, so that a refusal leaves the book as it was. The same
    file again changes nothing; after an interruption it goes on where it stopped.
    """
    if plan.errors:
        raise Invalid(*plan.errors)
    rows = [row for row in plan.rows if row.step is not None]
    _rehearse(office, plan, rows, actor)
    if dry_run:
        return ImportResult(import_id=None, counts=plan.counts, applied=0, dry_run=True)
    imports = Reader(office.engine).work.state(streams.IMPORTS, Imports)
    begun = imports.interrupted(plan.digest)
    if not rows and begun is None:
        return ImportResult(import_id=None, counts=plan.counts, applied=0)
    import_id = begun.event.import_id if begun else _accept(office, plan, imports, len(rows), actor)
    done = 0
    for number, chunk in zip(_free_numbers(office, import_id), _chunks(rows), strict=False):
        _take(office, plan, chunk, actor, import_id, command_id=f"{import_id}/{number}")
        done += len(chunk)
        if progress is not None:
            progress(done, len(rows))
    office.ask(FinishImport(import_id=import_id), actor=actor, command_id=f"{import_id}/finished")
    return ImportResult(import_id=import_id, counts=plan.counts, applied=done, resumed=begun is not None)


def _accept(office: Office, plan: Plan, imports: Imports, changes: int, actor: str) -> str:
    import_id = imports.next_id(plan.digest)
    name = office.text(plan.file)
    request = AcceptImport(
        import_id=import_id, digest=plan.digest, rows=plan.counts.rows, changes=changes, name=name.ref
    )
    office.ask(request, actor=actor, texts=(name,), command_id=import_id)
    return import_id


def _rehearse(office: Office, plan: Plan, rows: Sequence[PlannedRow], actor: str) -> None:
    """Decide every chunk without writing; raise all reasons together, each at its line."""
    problems: list[Problem] = []
    for chunk in _chunks(rows):
        try:
            _take(office, plan, chunk, actor, None, dry_run=True)
        except GoldenthreadError as refused:
            problems += [_placed(problem, plan, chunk) for problem in refused.problems]
    if problems:
        raise Refused(*problems)


def _take(
    office: Office,
    plan: Plan,
    chunk: Sequence[PlannedRow],
    actor: str,
    import_id: str | None,
    *,
    command_id: str | None = None,
    dry_run: bool = False,
) -> None:
    restates = any(row.action == RESTATEMENT for row in chunk)
    reason = office.text(plan.reason) if restates and plan.reason else None
    office.ask(
        TakeSteps(steps=tuple(_step(row, reason) for row in chunk), import_id=import_id),
        actor=actor,
        texts=(reason,) if reason else (),
        command_id=command_id,
        dry_run=dry_run,
    )


def _step(row: PlannedRow, reason: Text | None) -> Step:
    assert row.step is not None  # only rows that say something new come this far
    if row.action != RESTATEMENT or reason is None:
        return row.step
    return msgspec.structs.replace(row.step, fields={"reason": reason.ref})


def _placed(problem: Problem, plan: Plan, chunk: Sequence[PlannedRow]) -> Problem:
    """The line of the row that a reason is about, found by the name that the sentence begins with."""
    for row in chunk:
        if problem.sentence.startswith(f"{row.indicator}/{row.service}/{row.period}"):
            return msgspec.structs.replace(problem, place=Place(file=plan.file, line=row.line, column=1))
    return problem


def _chunks(rows: Sequence[PlannedRow]) -> Iterator[Sequence[PlannedRow]]:
    return (rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK))


def _free_numbers(office: Office, import_id: str) -> Iterator[int]:
    """Numbers of chunks that no command has yet: those of an interrupted import go on after the last one applied."""
    number = 1
    while True:
        if office.store.command(f"{import_id}/{number}") is None:
            yield number
        number += 1
