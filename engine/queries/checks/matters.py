"""What waits for a person in a book: packs, refused consequences, interrupted imports, notices, duties."""

from __future__ import annotations

from collections.abc import Iterator

from engine.judging.rejudging import unfinished
from engine.queries.checks.visit import Visit
from engine.queries.duties import duty_findings
from engine.queries.finding import ERROR, NOTE, WARNING, Finding
from engine.queries.shown import counted, day_shown
from engine.states.imports import Accepted, Imports
from engine.views import AGENDA
from events import stream as streams
from events.kinds.imports import HistoryProposed

MOST_UNSENT = 1_000


def pack_waiting(visit: Visit) -> Iterator[Finding]:
    """A book without a pack judges nothing; a proposed one waits for somebody."""
    framework = visit.reader.framework
    waiting = framework.waiting
    if waiting is not None:
        yield Finding(
            code="GT-PACK-120",
            severity=NOTE if framework.adopted else WARNING,
            sentence=f"The pack {waiting.event.pack} {waiting.event.version}, proposed by {visit.names.person(waiting.by)}, "
            f"waits for another governance lead; it would be in force from {day_shown(waiting.event.effective_from)}.",
            fix="Approve it with 'goldenthread pack adopt', or turn it down with 'goldenthread pack decline'.",
        )
    elif not framework.adopted:
        yield Finding(
            code="GT-PACK-121",
            severity=WARNING,
            sentence="No pack is adopted: figures can be neither entered nor judged.",
            fix="Propose one with 'goldenthread pack propose PACK'; another governance lead approves it.",
        )


def unfinished_rejudging(visit: Visit) -> Iterator[Finding]:
    """An adoption that judges again must reach every series."""
    for each in unfinished(visit.reader):
        (fact,) = visit.reader.store.page(each.position - 1, 1)
        if not visit.interrupted(fact.recorded_at):
            continue
        yield Finding(
            code="GT-PACK-123",
            severity=ERROR,
            sentence=f"Judging again by the pack {each.pack} {each.version} was interrupted: {each.done} of "
            f"{len(each.series)} series are done (adopted in event {each.position}).",
            fix="Run 'goldenthread pack rejudge': it goes on where it stopped.",
        )


def refused(visit: Visit) -> Iterator[Finding]:
    """Consequences that could not follow wait for a person."""
    rows = visit.reader.rows(AGENDA, {"kind": "refused"})
    if rows:
        yield Finding(
            code="GT-STEP-120",
            severity=ERROR,
            sentence=f"{counted(len(rows), 'consequence')} that had to follow could not be taken, for example: "
            f"{rows[0]['words']}",
            fix="Look at them with 'goldenthread task list' and do by hand what should have followed.",
        )


def interrupted_imports(visit: Visit) -> Iterator[Finding]:
    """An accepted file must be applied whole."""
    unfinished = visit.reader.work.state(streams.IMPORTS, Imports).unfinished
    visit.names.fetch(accepted.event.name for accepted in unfinished.values())
    for import_id, accepted in unfinished.items():
        (fact,) = visit.reader.store.page(accepted.position - 1, 1)
        if not visit.interrupted(fact.recorded_at):
            continue
        yield Finding(
            code="GT-IMPORT-101",
            severity=ERROR,
            sentence=f"The import of “{visit.names.text(accepted.event.name)}” by {visit.names.person(accepted.by)} "
            f"({import_id}, event {accepted.position}) was interrupted.",
            fix=f"{_going_on(accepted, visit.names.person(accepted.by))} Or give up what is left of it: "
            f"goldenthread import give-up {import_id} --reason WORDS.",
        )


def _going_on(begun: Accepted, who: str) -> str:
    """How an import is taken up where it stopped."""
    event = begun.event
    if isinstance(event, HistoryProposed):
        return f"Let {who} say again: goldenthread import approve {event.import_id}."
    options = [name for name, given in (("--partial", event.left_out), ("--mapping", event.mapping)) if given]
    like = f" with {' and '.join(options)}, as it was" if options else ""
    return f"Import the same file again{like}: it goes on where it stopped."


def unsent(visit: Visit) -> Iterator[Finding]:
    """Notices wait in the outbox until something hands them over."""
    rows = visit.reader.store.outbox(unsent_only=True, limit=MOST_UNSENT + 1)
    if rows:
        count = f"more than {MOST_UNSENT}" if len(rows) > MOST_UNSENT else str(len(rows))
        yield Finding(
            code="GT-BOOK-120",
            severity=NOTE,
            sentence=f"{count} {'notice waits' if len(rows) == 1 else 'notices wait'} to be handed over.",
            fix="Nothing hands notices over yet; what they are about stands in 'goldenthread task list'.",
        )


def duties(visit: Visit) -> Iterator[Finding]:
    """Every role a workflow needs must be held, and not everything by one person."""
    return duty_findings(visit.reader, visit.today, visit.names)
