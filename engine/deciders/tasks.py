"""Tasks that no step of a workflow closes: a consequence that had to follow and was refused."""

from __future__ import annotations

from engine.commands import FinishTask
from engine.context import Context
from engine.states.series import Series
from events.kinds.book import TaskDone


def finish_task(context: Context, request: FinishTask) -> None:
    """Record that a governance lead dealt with a refused consequence, and how."""
    context.need_governance_lead()
    stream = request.task.rpartition("@")[0]
    known = stream.startswith("series/") and request.task in context.work.state(stream, Series).refused
    if not known:
        context.refuse(
            "GT-BOOK-005",
            f"No refused consequence '{request.task}' waits to be dealt with.",
            "'goldenthread task list' shows what does.",
        )
    context.settle()
    context.work.record(stream, TaskDone(task=request.task, reason=request.reason), caused_by=request.task)
