"""Accepting a file of figures, and noting that all of it has been applied."""

from __future__ import annotations

import msgspec

from engine.commands import AcceptImport, FinishImport
from engine.context import Context
from engine.states.imports import Imports
from events import stream as streams
from events.kinds.imports import ImportAccepted, ImportFinished


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


def imports_of(context: Context) -> Imports:
    """Every import of the book, and every historic load."""
    return context.work.state(streams.IMPORTS, Imports)
