"""A step's effect → the fact it becomes. The list is closed: definitions choose from it, rules listen to it."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from engine.commands import FigureFields
from engine.states.series import Standing
from engine.states.standing import Entered
from events.errors import Problem
from events.kinds import figures, workflow
from events.schema import Event
from events.text import TextRef
from workflows.decide import Decision


class Taken(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A decided step with what its effect needs."""

    decision: Decision
    figure: FigureFields | None
    standing: Standing
    """The period as it stands, for steps of a submission."""
    import_id: str | None = None

    def text(self, name: str) -> TextRef:
        """A text field's reference."""
        return TextRef(str(self.decision.fields[name]))

    @property
    def waiting(self) -> tuple[Entered, str]:
        """The figure that waits for another person, and its citation; asked for only where one does."""
        assert self.standing.entry is not None  # `take` refuses the step otherwise
        return self.standing.entry


def _entered(taken: Taken) -> Event:
    figure = taken.figure or FigureFields()
    return figures.FigureEntered(
        move=taken.decision.move,
        period=taken.decision.move.subject,
        revision=taken.standing.revision + 1,
        value=figure.value,
        numerator=figure.numerator,
        denominator=figure.denominator,
        declared_status=figure.declared_status,
        reported_as=figure.reported_as,
        provisional=figure.provisional,
        import_id=taken.import_id,
    )


def _restated(taken: Taken) -> Event:
    figure = taken.figure or FigureFields()
    return figures.RestatementProposed(
        move=taken.decision.move,
        period=taken.decision.move.subject,
        revision=taken.standing.revision + 1,
        reason=taken.text("reason"),
        value=figure.value,
        numerator=figure.numerator,
        denominator=figure.denominator,
        declared_status=figure.declared_status,
        reported_as=figure.reported_as,
        provisional=figure.provisional,
    )


def _confirmed(taken: Taken) -> Event:
    entry, ref = taken.waiting
    return figures.FigureConfirmed(
        move=taken.decision.move,
        period=entry.period,
        revision=entry.revision,
        entry=ref,
        value=entry.value,
        numerator=entry.numerator,
        denominator=entry.denominator,
        declared_status=entry.declared_status,
        reported_as=entry.reported_as,
        provisional=entry.provisional,
    )


def _withdrawn(taken: Taken, *, declined: bool = False) -> Event:
    entry, ref = taken.waiting
    return figures.RestatementWithdrawn(
        move=taken.decision.move,
        period=entry.period,
        revision=entry.revision,
        proposal=ref,
        reason=taken.text("reason"),
        declined=declined,
    )


def _declined(taken: Taken) -> Event:
    return _withdrawn(taken, declined=True)


def _queried(taken: Taken) -> Event:
    move = taken.decision.move
    return figures.FigureQueried(move=move, period=move.subject, reason=taken.text("reason"))


def _absent(taken: Taken) -> Event:
    move = taken.decision.move
    return figures.FigureAbsent(move=move, period=move.subject, reason=taken.text("reason"))


def _commented(taken: Taken) -> Event:
    move = taken.decision.move
    action = taken.text("action") if taken.decision.fields.get("action") else None
    return figures.CommentAdded(move=move, period=move.subject, comment=taken.text("comment"), action=action)


def _answered(taken: Taken) -> Event:
    move = taken.decision.move
    return figures.CommentAdded(move=move, period=move.subject, comment=taken.text("comment"), answers=True)


def _plain(struct: type[workflow.StepTaken]) -> Callable[[Taken], Event]:
    return lambda taken: struct(move=taken.decision.move, fields=dict(taken.decision.fields))


EFFECTS: dict[str | None, Callable[[Taken], Event]] = {
    None: _plain(workflow.StepTaken),
    "figure_entered": _entered,
    "figure_queried": _queried,
    "figure_confirmed": _confirmed,
    "comment_added": _commented,
    "query_answered": _answered,
    "no_figure": _absent,
    "restatement_proposed": _restated,
    "restatement_withdrawn": _withdrawn,
    "restatement_declined": _declined,
    "intervention_proposed": _plain(workflow.InterventionProposed),
    "intervention_agreed": _plain(workflow.InterventionAgreed),
    "report_received": _plain(workflow.ReportReceived),
    "moved_to_rung": _plain(workflow.RungMoved),
    "item_owed": _plain(workflow.ItemOwed),
    "item_done": _plain(workflow.ItemDone),
    "indicator_added": _plain(workflow.KpiApproved),
    "indicator_amended": _plain(workflow.KpiAmendmentApproved),
    "indicator_retired": _plain(workflow.KpiRemovalApproved),
    "target_changed": _plain(workflow.TargetApproved),
    "deadline_extended": _plain(workflow.DeadlineExtended),
    "waived": _plain(workflow.InterventionWaived),
}
"""Effect → how the fact is made."""
OF_WHAT_WAITS = frozenset({"figure_confirmed", "restatement_withdrawn", "restatement_declined"})
"""The effects on a figure that waits for another person; without one there is nothing that they could be about."""


def event_of(taken: Taken) -> Event:
    """The fact that a decided step becomes; the first move of a matter has a name of its own, effect or not."""
    decision = taken.decision
    if decision.effect is None and not decision.move.source:
        return _plain(workflow.MatterBegun)(taken)
    return EFFECTS[decision.effect](taken)


def nothing_waits(name: str, step: str) -> Problem:
    """Where a workflow allows a step of `OF_WHAT_WAITS` although no figure waits."""
    return Problem(
        code="GT-STEP-240",
        sentence=f"{name}: no figure waits for another person, so there is nothing for '{step}'.",
        fix=f"Put one forward first; 'goldenthread explain {name}' says what has been done.",
    )
