"""Historic loads: put forward by one person, approved or turned down by another; `loading` then takes the figures in."""

from __future__ import annotations

import msgspec

from engine.commands import ApproveHistory, DeclineHistory, ProposeHistory
from engine.context import Context
from engine.deciders.imports import imports_of
from engine.states.imports import Accepted
from events import stream as streams
from events.kinds.imports import HistoryApproved, HistoryDeclined, HistoryProposed


def propose_history(context: Context, request: ProposeHistory) -> None:
    """Put a file forward; the same file waits once."""
    context.need_person()
    imports = imports_of(context)
    waiting = next((each for each in imports.waiting.values() if each.event.digest == request.digest), None)
    begun = imports.begun_load(request.digest)
    if begun is not None:
        _begun(context, begun.event.import_id)
        context.settle()
    if waiting is not None or request.import_id in imports.accepted:
        known = waiting.event.import_id if waiting is not None else request.import_id
        context.refuse(
            "GT-IMPORT-058",
            f"This file has been put forward already, as {known}.",
            f"Another person approves it: goldenthread import approve {known}.",
        )
    context.settle()
    context.work.record(streams.IMPORTS, HistoryProposed(**msgspec.structs.asdict(request)))


def approve_history(context: Context, request: ApproveHistory) -> None:
    """Approve exactly the file that was put forward; refused to whoever did so."""
    context.need_governance_lead()
    waiting = _waiting(context, request.import_id)
    if waiting is not None and waiting.by == context.command.actor:
        context.refuse(
            "GT-IMPORT-059",
            f"Person {waiting.by} put {request.import_id} forward and cannot also approve it.",
            f"Another governance lead has to: goldenthread import approve {request.import_id}.",
        )
    if waiting is not None and waiting.event.digest != request.digest:
        context.refuse(
            "GT-IMPORT-060",
            f"The file is not the one that was put forward as {request.import_id}.",
            "Approve exactly that file; 'goldenthread import show' gives its digest.",
        )
    context.settle()
    assert waiting is not None  # settle() has raised otherwise
    context.work.record(
        streams.IMPORTS,
        HistoryApproved(import_id=request.import_id, digest=request.digest, proposed_by=waiting.by),
        caused_by=waiting.ref,
    )


def decline_history(context: Context, request: DeclineHistory) -> None:
    """Turn a historic load down."""
    context.need_governance_lead()
    waiting = _waiting(context, request.import_id)
    context.settle()
    assert waiting is not None  # settle() has raised otherwise
    context.work.record(
        streams.IMPORTS,
        HistoryDeclined(import_id=request.import_id, reason=request.reason),
        caused_by=waiting.ref,
    )


def _waiting(context: Context, import_id: str) -> Accepted | None:
    imports = imports_of(context)
    waiting = imports.waiting.get(import_id)
    if import_id in imports.unfinished:
        _begun(context, import_id)
    elif waiting is None:
        context.refuse(
            "GT-IMPORT-066",
            f"No historic load {import_id} waits for approval.",
            "'goldenthread import list' shows those there are.",
        )
    return waiting


def _begun(context: Context, import_id: str) -> None:
    context.refuse(
        "GT-IMPORT-221",
        f"The historic load {import_id} was approved already, and is not finished.",
        f"Go on with it: goldenthread import approve {import_id}. Or give up what is left of it: "
        f"goldenthread import give-up {import_id} --reason WORDS.",
    )
