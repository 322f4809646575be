"""Importing a checked file: accepted once, applied in chunks of one command each, taken up again if interrupted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from engine.commands import AcceptImport, FinishImport, Step, TakeSteps
from engine.importing.leaving_out import Refusal, at_row, without
from engine.importing.mapping import COMMENT
from engine.importing.planned import NONE, RESTATEMENT, Counts, Plan, PlannedRow, Rejected
from engine.importing.walk import MOST_FACTS
from engine.office import Office
from engine.queries.reader import Reader
from engine.queries.shown import counted
from engine.states.imports import Imports
from events import stream as streams
from events.errors import GoldenthreadError, Invalid, Problem, Refused
from events.text import Text

CHUNK = 500
"""Rows applied in one command."""
MOST_KEPT_BYTES = 10_000_000
"""A file of more is not kept in the book, only its digest."""
MOST_LEFT_OUT = 20_000
"""So many figures of a file that is taken in part may be refused; of more, the file is looked at again by a person."""
MOST_REASONS = 200
"""So many reasons against figures are told; the rest of the file is then not looked at."""

Progress = Callable[[int, int], None]
"""Called after each chunk with (rows applied, rows to apply)."""


class EveryRowRefused(Refused):
    """Nothing of a file can be taken; `counts` says of how many rows. Of many reasons the first are given."""

    def __init__(self, *problems: Problem, counts: Counts) -> None:
        self.counts = counts
        super().__init__(*problems)


class ImportResult(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did."""

    import_id: str | None
    """None where the file says nothing new, and in a dry run."""
    counts: Counts
    applied: int
    """Figures written."""
    resumed: bool = False
    """It took up an import that had been interrupted."""
    dry_run: bool = False
    kept: bool = True
    """The file itself is in the book; else its digest alone."""
    refused: tuple[Problem, ...] = ()
    """Why figures of a file that was taken in part were left out, besides what is wrong with the file itself."""


def apply_import(
    office: Office,
    plan: Plan,
    actor: str,
    *,
    dry_run: bool = False,
    partial: bool = False,
    accept_warnings: str = "",
    acting_for: str | None = None,
    rejected: Callable[[Rejected], None] | None = None,
    ready: Callable[[], None] | None = None,
    progress: Progress | None = None,
) -> ImportResult:
    """Import what a plan decided. Raises Invalid with the plan's errors, and Refused with every reason against a figure.

    Everything is decided once before anything is written, so that a refusal leaves the book as it was. The same
    file again changes nothing; after an interruption it goes on where it stopped. `partial` takes what has no error
    and is not refused, and hands `rejected` every row that is left out; where there are any, `ready` is called before
    anything is accepted, so that what cannot take them keeps all of it back. `accept_warnings` says why warnings do not
    matter.
    With `acting_for` every figure is entered for somebody who has delegated it; one they may not enter refuses the file,
    or is left out of it.
    """
    imports = Reader(office.engine).work.state(streams.IMPORTS, Imports)
    begun = imports.interrupted(plan.digest, plan.mapping.digest)
    accepted = bool(accept_warnings) or (begun is not None and begun.event.accepted_because is not None)
    _check(plan, partial=partial, accepted=dry_run or accepted)
    plan, refused = _Applying(office, plan, actor, acting_for).rehearse(partial=partial)
    applying = _Applying(office, plan, actor, acting_for)
    kept = len(plan.table.content) <= MOST_KEPT_BYTES
    result = ImportResult(import_id=None, counts=plan.counts, applied=0, kept=kept, refused=refused)
    if dry_run:
        return msgspec.structs.replace(result, dry_run=True)
    if not plan.counts.changes and begun is None:
        _tell(plan, rejected)
        return result
    if ready is not None and plan.counts.left_out:
        ready()
    import_id = begun.event.import_id if begun else applying.accept(imports, accept_warnings, kept=kept)
    done = applying.take(import_id, rejected, progress)
    office.ask(FinishImport(import_id=import_id), actor=actor, command_id=f"{import_id}/finished")
    return msgspec.structs.replace(result, import_id=import_id, applied=done, resumed=begun is not None)


def _check(plan: Plan, *, partial: bool, accepted: bool) -> None:
    """Whether a plan may be applied as it is."""
    if plan.counts.errors and (plan.unreadable or not partial):
        raise Invalid(*plan.errors)
    if plan.counts.warnings and not accepted:
        raise Refused(unaccepted(plan))


def unaccepted(plan: Plan) -> Problem:
    """Why a file with warnings is not taken in without a word about them."""
    return Problem(
        code="GT-IMPORT-055",
        sentence=f"The file has {counted(plan.counts.warnings, 'warning')}, and nobody has said why "
        f"{'it does' if plan.counts.warnings == 1 else 'they do'} not matter.",
        fix="Look at them with --dry-run; then put the figures right, or give the reason with --accept-warnings.",
    )


def _tell(plan: Plan, rejected: Callable[[Rejected], None] | None) -> None:
    """Hand over the rows that are left out, where nothing else is to be done."""
    if rejected is not None and plan.counts.left_out:
        for batch in plan.batches():
            for row in batch.rejected:
                rejected(row)


class _Applying:
    """A plan on its way into the book."""

    def __init__(self, office: Office, plan: Plan, actor: str, acting_for: str | None = None) -> None:
        self._office = office
        self._plan = plan
        self._actor = actor
        self._acting_for = acting_for

    def accept(self, imports: Imports, accept_warnings: str, *, kept: bool) -> str:
        """Record that the file was accepted; its bytes and those of the mapping file are kept with it."""
        plan, office = self._plan, self._office
        import_id = imports.next_id(plan.digest)
        name = office.text(plan.file)
        reason = office.text(accept_warnings) if plan.counts.warnings else None
        request = AcceptImport(
            import_id=import_id,
            digest=plan.digest,
            rows=plan.counts.rows,
            changes=plan.counts.changes,
            name=name.ref,
            kept=kept,
            mapping=plan.mapping.digest,
            left_out=plan.counts.left_out,
            warnings=plan.counts.warnings,
            accepted_because=reason.ref if reason else None,
        )
        office.ask(
            request,
            actor=self._actor,
            texts=(name, reason) if reason else (name,),
            blobs=evidence(plan, kept=kept),
            command_id=import_id,
        )
        return import_id

    def rehearse(self, *, partial: bool) -> tuple[Plan, tuple[Problem, ...]]:
        """Decide every chunk without writing. Raises all reasons together, each at its line; where the file is taken in
        part, answers the plan without the figures that were refused, as long as others are left, and these reasons.
        """
        out: list[Refusal] = []
        others: list[Problem] = []
        most = MOST_LEFT_OUT if partial else MOST_REASONS
        for chunk in self._chunks(None):
            refused, unplaced = self._refused(chunk)
            out += refused
            others += unplaced
            self._office.engine.memory.trim(MOST_FACTS)
            if others or len(out) > most:
                break
        told = tuple(at_row(self._plan, row, reason) for row, reasons in out for reason in reasons)
        in_part = partial and not others and len(out) <= MOST_LEFT_OUT
        if (out or others) and not (in_part and len(out) < self._plan.counts.changes):
            raise self._refusal([*others, *told][:MOST_REASONS], out)
        return without(self._plan, out), told

    def _refusal(self, reasons: Sequence[Problem], out: Sequence[Refusal]) -> Refused:
        """What is raised where nothing is taken: it says so where not one row could be."""
        counts = without(self._plan, out).counts if len(out) == self._plan.counts.changes else None
        if counts is not None and counts.all_refused:
            return EveryRowRefused(*reasons, counts=counts)
        return Refused(*reasons)

    def _refused(self, chunk: Sequence[PlannedRow]) -> tuple[list[Refusal], list[Problem]]:
        """The figures of a chunk that are refused, each with every reason; and the reasons that are against no figure."""
        try:
            self._ask(chunk, None, dry_run=True)
        except GoldenthreadError as refused:
            return _by_figure(chunk, refused.problems)
        return [], []

    def take(
        self, import_id: str, rejected: Callable[[Rejected], None] | None, progress: Progress | None
    ) -> int:
        """Write what is new, chunk by chunk; answers how many figures that were."""
        done, numbers = 0, free_numbers(self._office, import_id)
        for chunk in self._chunks(rejected):
            self._ask(chunk, import_id, command_id=f"{import_id}/{next(numbers)}")
            done += len(chunk)
            if progress is not None:
                progress(done, self._plan.counts.changes)
        return done

    def _chunks(self, rejected: Callable[[Rejected], None] | None) -> Iterator[list[PlannedRow]]:
        """The figures that say something new, a command's worth at a time."""
        chunk: list[PlannedRow] = []
        for batch in self._plan.batches():
            for left_out in batch.rejected if rejected is not None else ():
                rejected(left_out)  # type: ignore[misc]  # it is there, or there is nothing to go through
            for row in batch.rows:
                if row.step is None:
                    continue
                chunk.append(row)
                if len(chunk) == CHUNK:
                    yield chunk
                    chunk = []
        if chunk:
            yield chunk

    def _ask(
        self,
        chunk: Sequence[PlannedRow],
        import_id: str | None,
        *,
        command_id: str | None = None,
        dry_run: bool = False,
    ) -> None:
        texts = self._texts(chunk)
        self._office.ask(
            TakeSteps(
                steps=tuple(step for row in chunk for step in self._steps(row, texts)), import_id=import_id
            ),
            actor=self._actor,
            texts=tuple(texts.values()),
            command_id=command_id,
            dry_run=dry_run,
        )

    def _steps(self, row: PlannedRow, texts: dict[str, Text]) -> Iterator[Step]:
        """The figure, and what is said about it."""
        steps = [_step(row, texts, self._plan.reason)]
        if row.comments is not None:
            steps.append(msgspec.structs.replace(row.comments, fields={COMMENT: texts[row.comment].ref}))
        for step in steps:
            yield msgspec.structs.replace(step, acting_for=self._acting_for) if self._acting_for else step

    def _texts(self, chunk: Iterable[PlannedRow]) -> dict[str, Text]:
        """The reasons that the figures of a chunk need, and what is said about them, each once."""
        words = {row.absent for row in chunk if row.action == NONE}
        words |= {row.comment for row in chunk if row.comments is not None}
        if self._plan.reason and any(row.action == RESTATEMENT for row in chunk):
            words.add(self._plan.reason)
        return {said: self._office.text(said) for said in sorted(words)}


def _by_figure(
    chunk: Sequence[PlannedRow], reasons: Iterable[Problem]
) -> tuple[list[Refusal], list[Problem]]:
    """Reasons by the figure that their sentence begins with; one figure alone is what they are all about."""
    rows = {f"{row.indicator}/{row.service}/{row.period}": row for row in chunk}
    found: dict[str, list[Problem]] = {}
    others = []
    for reason in reasons:
        name = next(iter(rows)) if len(rows) == 1 else reason.sentence.partition(" ")[0].rstrip(":")
        if name in rows:
            found.setdefault(name, []).append(reason)
        else:
            others.append(reason)
    return [(rows[name], tuple(told)) for name, told in found.items()], others


def evidence(plan: Plan, *, kept: bool) -> dict[str, bytes]:
    """What is kept of a file: its bytes unless they are too many, and the mapping file's; each under its digest."""
    found = {plan.digest: plan.table.content} if kept else {}
    if plan.mapping.digest is not None:
        found[plan.mapping.digest] = plan.mapping.content
    return found


def _step(row: PlannedRow, texts: dict[str, Text], reason: str | None) -> Step:
    assert row.step is not None  # only rows that say something new come this far
    said = row.absent if row.action == NONE else reason if row.action == RESTATEMENT else None
    return msgspec.structs.replace(row.step, fields={"reason": texts[said].ref}) if said else row.step


def free_numbers(office: Office, import_id: str) -> Iterator[int]:
    """Numbers of chunks that no command has yet: those of an interrupted import go on after the last one applied."""
    number = 1
    while True:
        if office.store.command(f"{import_id}/{number}") is None:
            yield number
        number += 1
