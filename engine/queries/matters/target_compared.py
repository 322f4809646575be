"""A target that is proposed, beside the one that it is to take the place of and what was last achieved."""

from __future__ import annotations

import msgspec

from engine.deciders.targets import with_tolerance
from engine.matters.outturns import easier_than, outcome_known, period_field
from engine.matters.targeting import NUMBERS, asked_for, changes_targets
from engine.queries.reader import Reader
from engine.queries.references import MatterRef
from engine.queries.shown import MISSING, number_shown
from engine.states.register import Targets
from engine.views.columns import number_text
from events import stream as streams
from events.kinds.workflow import TargetApproved
from workflows.definition import Definition
from workflows.instance import Instance


class ComparedLine(msgspec.Struct, frozen=True):
    """One part of a target, old and new."""

    name: str
    old: str
    new: str


class TargetCompared(msgspec.Struct, frozen=True, kw_only=True):
    """Old and new side by side."""

    from_period: str
    service: str
    """Empty: of every service; the old target is then that of the first."""
    lines: tuple[ComparedLine, ...]
    easier_than: str
    """The last outturn that the new target is easier than; empty where it is not, or it is decided."""
    outcome_known: str
    """The last period it applies to whose outcome is known; empty where there is none, or it is decided."""
    restates: bool = False
    """Whether it was put forward as a restatement; that stays with it for ever."""


def target_compared(
    reader: Reader, ref: MatterRef, definition: Definition, instance: Instance
) -> TargetCompared | None:
    """What a matter about a target would change, or has changed; None for any other matter."""
    start = period_field(instance.fields, "from_period")
    added = reader.work.indicator(ref.indicator).added if ref.indicator else None
    if not changes_targets(definition) or start is None or added is None:
        return None
    before = _before(reader, ref)
    service = ref.service or (added.services[0] if added.services else "")
    found = before.for_period(start, service)
    old = found[0] if found else None
    new = with_tolerance(asked_for(ref.indicator, ref.service, instance.fields), before)
    about, over = (ref.indicator, ref.service), definition.state(instance.state).final
    return TargetCompared(
        from_period=str(start),
        service=ref.service,
        lines=tuple(
            ComparedLine(
                name="target" if name == "value" else name,
                old=_shown(old, name, added.measured_in),
                new=_shown(new, name, added.measured_in),
            )
            for name in NUMBERS
            if getattr(old, name, None) is not None or getattr(new, name) is not None
        ),
        easier_than="" if over else easier_than(reader.work, about, instance.fields),
        outcome_known="" if over else outcome_known(reader.work, about, instance.fields),
        restates=instance.fields.get("restates") == "yes",
    )


def _before(reader: Reader, ref: MatterRef) -> Targets:
    """The indicator's targets, without those that this matter has set and any set after it."""
    approved = {
        fact.ref
        for fact in reader.facts_of(streams.matters(ref.workflow, ref.indicator, ref.service))
        if isinstance(fact.event, TargetApproved) and fact.event.move.subject == ref.ordinal
    }
    held = Targets()
    for fact in reader.facts_of(streams.targets(ref.indicator)):
        if fact.caused_by in approved:
            break
        held.apply(fact)
    return held


def _shown(target: object, name: str, measured_in: str) -> str:
    value = number_text(getattr(target, name, None))
    if value is None:
        return MISSING
    counted_in = getattr(target, "tolerance_in", "")
    if name == "tolerance":
        return number_shown(value, "percent" if counted_in == "percent" else "number")
    return number_shown(value, measured_in)
