"""Loading history from a file: planned and put forward by one person, approved and loaded by another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import msgspec

from engine.commands import (
    ApproveHistory,
    DeclineHistory,
    FinishImport,
    GiveUpImport,
    HistoricFigure,
    LoadHistory,
    ProposeHistory,
)
from engine.importing.apply import MOST_KEPT_BYTES, evidence, free_numbers, unaccepted
from engine.importing.planned import NEW, Counts, Plan, PlannedRow
from engine.importing.walk import MOST_FACTS
from engine.office import Office
from engine.queries.reader import Reader
from engine.states.imports import Accepted, Imports
from events import stream as streams
from events.errors import Invalid, NotFound, Problem, Refused
from events.kinds.figures import FigureConfirmed
from events.period import parse_period

CHUNK = 5_000
"""Figures loaded in one command: in month order so many are several of each series, which is then looked at once for all."""
KIND = "history"


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """What a historic load has come to."""

    import_id: str | None
    """None where the file says nothing new, and in a dry run."""
    counts: Counts
    loaded: int = 0
    """Figures written."""
    first: str = ""
    last: str = ""
    kept: bool = True
    """The file itself is in the book; else its digest alone."""
    resumed: bool = False
    dry_run: bool = False


def propose_load(
    office: Office, plan: Plan, actor: str, reason: str, *, accept_warnings: str = "", dry_run: bool = False
) -> Loaded:
    """Put a file forward as history. Raises Invalid with the plan's errors, Refused where warnings are not accepted."""
    if plan.counts.errors:
        raise Invalid(*plan.errors)
    if plan.counts.warnings and not accept_warnings and not dry_run:
        raise Refused(unaccepted(plan))
    kept = len(plan.table.content) <= MOST_KEPT_BYTES
    first, last = _span(plan)
    found = Loaded(import_id=None, counts=plan.counts, first=first, last=last, kept=kept, dry_run=dry_run)
    if dry_run or not plan.counts.changes:
        return found
    imports = imports_of(office)
    import_id = imports.next_id(plan.digest, KIND)
    name, why = office.text(plan.file), office.text(reason)
    accepted = office.text(accept_warnings) if plan.counts.warnings else None
    request = ProposeHistory(
        import_id=import_id,
        digest=plan.digest,
        rows=plan.counts.rows,
        changes=plan.counts.changes,
        name=name.ref,
        reason=why.ref,
        first=first,
        last=last,
        kept=kept,
        mapping=plan.mapping.digest,
        warnings=plan.counts.warnings,
        accepted_because=accepted.ref if accepted else None,
    )
    texts = (name, why, accepted) if accepted else (name, why)
    office.ask(request, actor=actor, texts=texts, blobs=evidence(plan, kept=kept), command_id=import_id)
    return msgspec.structs.replace(found, import_id=import_id)


def _span(plan: Plan) -> tuple[str, str]:
    """The earliest and the latest period of a file, by their last days; empty where it has no figure."""
    if not plan.periods:
        return "", ""
    ordered = sorted(plan.periods, key=lambda text: parse_period(text).last_day())
    return ordered[0], ordered[-1]


def imports_of(office: Office) -> Imports:
    """The imports of a book."""
    return Reader(office.engine).work.state(streams.IMPORTS, Imports)


def find_load(office: Office, import_id: str) -> Accepted:
    """A historic load that waits, or that has figures left. Raises NotFound."""
    imports = imports_of(office)
    found = imports.waiting.get(import_id) or imports.unfinished.get(import_id)
    if found is None or not import_id.startswith(f"{KIND}-"):
        raise NotFound(
            Problem(
                code="GT-IMPORT-066",
                sentence=f"No historic load {import_id} waits for approval.",
                fix="'goldenthread import list' shows those there are.",
            )
        )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Approving:
    """A historic load about to be approved, with its file planned again."""

    office: Office
    plan: Plan
    import_id: str
    actor: str

    def approve(self, *, dry_run: bool, progress: Callable[[int, int], None] | None = None) -> Loaded:
        """Approve it, unless that has happened already, and load what is left. Raises Refused with every reason."""
        plan, import_id = self.plan, self.import_id
        if plan.counts.errors:
            raise Refused(*plan.errors)
        resumed = import_id in imports_of(self.office).unfinished
        found = Loaded(import_id=import_id, counts=plan.counts, resumed=resumed, dry_run=dry_run)
        request = ApproveHistory(import_id=import_id, digest=plan.digest)
        if not resumed:
            self.office.ask(request, actor=self.actor, command_id=None if dry_run else f"{import_id}/approved", dry_run=dry_run)  # fmt: skip
        if dry_run:
            return found
        loaded = self._load(progress)
        self.office.ask(
            FinishImport(import_id=import_id), actor=self.actor, command_id=f"{import_id}/finished"
        )
        return msgspec.structs.replace(found, loaded=loaded)

    def _load(self, progress: Callable[[int, int], None] | None) -> int:
        done, loaded, numbers = 0, 0, free_numbers(self.office, self.import_id)
        for figures in self._chunks():
            answer = self.office.ask(
                LoadHistory(import_id=self.import_id, figures=figures),
                actor=self.actor,
                command_id=f"{self.import_id}/{next(numbers)}",
            )
            self.office.engine.memory.trim(MOST_FACTS)
            done += len(figures)
            loaded += sum(isinstance(fact.event, FigureConfirmed) for fact in answer.facts)
            if progress is not None:
                progress(done, self.plan.counts.changes)
        return loaded

    def _chunks(self) -> Iterator[tuple[HistoricFigure, ...]]:
        chunk: list[HistoricFigure] = []
        for row in self.plan.rows():
            if row.action != NEW:
                continue
            chunk.append(_figure(row))
            if len(chunk) == CHUNK:
                yield tuple(chunk)
                chunk = []
        if chunk:
            yield tuple(chunk)


def decline_load(office: Office, import_id: str, actor: str, reason: str, *, dry_run: bool = False) -> None:
    """Turn a historic load down."""
    find_load(office, import_id)
    why = office.text(reason)
    office.ask(
        DeclineHistory(import_id=import_id, reason=why.ref), actor=actor, texts=(why,), dry_run=dry_run
    )


def give_up(office: Office, import_id: str, actor: str, reason: str, *, dry_run: bool = False) -> None:
    """Give up what is left of an import or of an approved historic load."""
    why = office.text(reason)
    office.ask(GiveUpImport(import_id=import_id, reason=why.ref), actor=actor, texts=(why,), dry_run=dry_run)


def _figure(row: PlannedRow) -> HistoricFigure:
    assert row.step is not None  # rows that say something new have a step
    assert row.step.figure is not None  # a load has figures only
    return HistoricFigure(
        indicator=row.indicator, service=row.service, period=row.period, figure=row.step.figure
    )
