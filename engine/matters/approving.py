"""Approvals of several people on the record: what they are about, and that they lapse when it changes."""

from __future__ import annotations

from engine.states.series import Standing
from engine.work import Work
from events.kinds.workflow import ApprovalLapsed
from workflows.approvals import lapsed
from workflows.definition import Definition
from workflows.instance import Instance


def decided_about(standing: Standing) -> str:
    """What a step of a submission is about besides its workflow: the figure that waits, or the one in force."""
    return standing.entry[1] if standing.entry else standing.basis or ""


def let_lapse(
    work: Work, stream: str, definition: Definition, instance: Instance | None, about: str, caused_by: str
) -> None:
    """Record which approvals count no longer after a step."""
    gone = lapsed(definition, instance, about)
    for step in dict.fromkeys(each.step for each in gone):
        assert instance is not None  # nothing lapses where nothing has begun
        work.record(
            stream,
            ApprovalLapsed(
                workflow=instance.workflow,
                subject=instance.subject,
                step=step,
                persons=tuple(each.person for each in gone if each.step == step),
            ),
            caused_by=caused_by,
        )
