"""A matter begun about a KPI that is in the register already: what the register says of it need not be said again.

Only steps from nothing do this; a proposal says everything itself, for the KPI is not in the register yet.
"""

from __future__ import annotations

import msgspec

from engine.commands import Step
from engine.context import Context
from engine.deciders.retired import refuse_retired
from engine.deciders.subjects import Subject
from events.kinds.register import IndicatorAdded
from workflows.definition import PROPOSE
from workflows.definition import Step as Defined


def taken_up(context: Context, step: Step, subject: Subject) -> Step | None:
    """The step with the fields that the register knows; collects where it contradicts the register.

    None, and the one reason why, where there is nothing to take up.
    """
    defined = _beginning(step, subject)
    if defined is None or not step.indicator:
        return step
    entry = context.work.indicator(step.indicator)
    if entry.added is None:
        _not_there(context, step)
        return None
    if entry.retired_on is not None:
        refuse_retired(context, step.indicator, takes="changes")
        return None
    known = {name: entry.added.fields[name] for name in _asked(defined) if name in entry.added.fields}
    _contradicted(context, step, entry.added, known)
    return msgspec.structs.replace(step, fields={**known, **step.fields})


def _beginning(step: Step, subject: Subject) -> Defined | None:
    """The step from nothing that begins the matter; None for any other."""
    if subject.instance is not None or step.step == PROPOSE:
        return None
    return next((each for each in subject.definition.beginnings if each.name == step.step), None)


def _asked(step: Defined) -> tuple[str, ...]:
    return (*step.needs, *step.may)


def _not_there(context: Context, step: Step) -> None:
    """Of a KPI that was proposed before and never entered the register; an unknown code is refused before."""
    context.refuse(
        "GT-REGISTER-460",
        f"{step.indicator} is not in the register, so there is nothing to take up.",
        f"Propose it: goldenthread matter begin {step.workflow} {step.indicator}.",
    )


def _contradicted(context: Context, step: Step, added: IndicatorAdded, known: dict[str, str]) -> None:
    for name, says in known.items():
        said = step.fields.get(name)
        if said is not None and said != says:
            context.refuse(
                "GT-REGISTER-462",
                f"The register says {name.replace('_', ' ')} '{says}' of {added.indicator}, and not '{said}'.",
                f"Leave it out, or say {says}; another version of the KPI changes it.",
            )
