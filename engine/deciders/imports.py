"""Accepting a file of figures, and noting that all of it has been applied."""

from __future__ import annotations

import msgspec

from engine.commands import AcceptImport, FinishImport, GiveUpImport
from engine.context import Context
from engine.states.imports import Imports
from events import stream as streams
from events.kinds.imports import ImportAccepted, ImportFinished, ImportGivenUp


def accept_import(context: Context, request: AcceptImport) -> None:
    """Record the file's digest before its rows follow, so that an interrupted import is seen and can be taken up."""
    context.need_person()
    if request.import_id in imports_of(context).accepted:
        context.refuse(
            "GT-IMPORT-030",
            f"The import {request.import_id} has been accepted already.",
            "Import the file again; what is in the book already is left alone.",
        )
    context.settle()
    context.work.record(
        streams.IMPORTS,
        ImportAccepted(**msgspec.structs.asdict(request)),
    )


def finish_import(context: Context, request: FinishImport) -> None:
    """Record that nothing of an accepted file is left to do."""
    context.need_person()
    if request.import_id not in imports_of(context).unfinished:
        context.refuse(
            "GT-IMPORT-031",
            f"There is no unfinished import {request.import_id}.",
            "Import the file again; what is in the book already is left alone.",
        )
    context.settle()
    context.work.record(streams.IMPORTS, ImportFinished(import_id=request.import_id))


def give_up_import(context: Context, request: GiveUpImport) -> None:
    """Leave the rest of a file out for good: whoever took it in may, and every governance lead."""
    imports = imports_of(context)
    begun = imports.unfinished.get(request.import_id)
    if begun is None or begun.by != context.command.actor:
        context.need_governance_lead()
    if begun is None:
        waits = request.import_id in imports.waiting
        context.refuse(
            "GT-IMPORT-220",
            f"Nothing is left to be taken in of {request.import_id}."
            if not waits
            else f"The historic load {request.import_id} waits for approval, and nothing of it was loaded.",
            "'goldenthread import list' shows those that are not finished."
            if not waits
            else f"Turn it down: goldenthread import decline {request.import_id} --reason WORDS.",
        )
    context.settle()
    assert begun is not None  # settle() has raised otherwise
    event = ImportGivenUp(import_id=request.import_id, reason=request.reason)
    context.work.record(streams.IMPORTS, event, caused_by=begun.ref or None)


def imports_of(context: Context) -> Imports:
    """Every import of the book, and every historic load."""
    return context.work.state(streams.IMPORTS, Imports)
