"""The same step for every KPI: an audit asks of each whether it is still the right one.

Planned from what the book holds, and sent as one command. A KPI of the register that has no matter yet is taken up
first; who was asked already is left alone, so that a round can be gone on with after others were added.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from engine.commands import Step as Taken
from engine.matters.ways_in import missing_for, way_to, ways_in
from engine.queries.matters.state_labels import state_label
from engine.queries.reader import Reader
from engine.states.matters import Matters
from engine.views import INDICATORS
from events import stream as streams
from events.errors import Invalid
from events.kinds.workflow import FieldValue
from events.nearest import did_you_mean
from workflows.definition import Definition, Step
from workflows.instance import Instance

PERIOD = "period"
"""The type of the field that says which round a step belongs to."""


class Unclear(msgspec.Struct, frozen=True, kw_only=True):
    """A KPI of the register of which too little is known to take it up by itself."""

    step: str
    """The step with which it is taken up."""
    missing: tuple[str, ...]
    """The fields that somebody has to say."""


@dataclass(slots=True)
class SuiteRound:
    """What taking a step for every KPI comes to."""

    steps: list[Taken] = field(default_factory=list)
    """In the order in which they are taken; a KPI that is taken up has two."""
    asked: list[str] = field(default_factory=list)
    """KPIs for which it is taken."""
    there: list[str] = field(default_factory=list)
    """KPIs for which it has been taken for this round."""
    pending: dict[str, str] = field(default_factory=dict)
    """KPI → where its matter stands, from which the step cannot be taken."""
    unclear: dict[str, Unclear] = field(default_factory=dict)

    @property
    def kpis(self) -> int:
        """All there are."""
        return len(self.asked) + len(self.there) + len(self.pending) + len(self.unclear)


def plan_suite(
    reader: Reader,
    definition: Definition,
    workflow: str,
    step: str,
    fields: Mapping[str, FieldValue],
    *,
    service: str | None = None,
) -> SuiteRound:
    """What is to be done for each KPI that is not retired, by code; with `service`, for those that it returns.

    Raises Invalid where something that the step needs is not said, or there is no such step.
    """
    taken = _checked(definition, workflow, step, fields)
    rows = [row for row in reader.rows(INDICATORS) if row["retired_on"] is None]
    codes = [str(row["indicator"]) for row in rows if service in (None, *str(row["services"]).split())]
    reader.work.fetch(
        name for code in codes for name in (streams.matters(workflow, code, ""), streams.indicator(code))
    )
    planned = SuiteRound()
    for code in codes:
        _plan(reader, planned, code, definition, workflow, taken, fields)
    return planned


def _checked(definition: Definition, workflow: str, name: str, fields: Mapping[str, FieldValue]) -> Step:
    known = [each.name for each in definition.steps if not each.begins]
    if name not in known:
        raise Invalid.of(
            "GT-STEP-460",
            f"There is no step '{name}' to take for every KPI in the workflow {workflow}.{did_you_mean(name, known)}",
            f"'goldenthread pack diagram {workflow}' shows its steps.",
        )
    step = definition.step(name)
    missing = [each for each in step.needs if not fields.get(each)]
    if missing:
        given = " ".join(f"--{each.replace('_', '-')} …" for each in missing)
        raise Invalid.of(
            "GT-STEP-461",
            f"'{name}' for every KPI needs {' and '.join(missing)}.",
            f"'goldenthread matter round {name} {workflow}' takes it as {given}.",
        )
    return step


def _plan(
    reader: Reader,
    planned: SuiteRound,
    code: str,
    definition: Definition,
    workflow: str,
    step: Step,
    fields: Mapping[str, FieldValue],
) -> None:
    held = reader.work.matters(workflow, code, "")
    if held.open is None:
        _take_up(reader, planned, code, definition, workflow, step, fields)
        return
    instance = held.instances[held.open]
    own = reader.definition(instance.definition)
    governing = own[1] if own else definition
    if _asked_before(held, step, fields):
        planned.there.append(code)
    elif not _possible(governing, instance, step.name):
        planned.pending[code] = state_label(governing, instance.state, instance.body or "")
    else:
        planned.asked.append(code)
        planned.steps.append(_taking(workflow, code, held.open, step.name, fields))


def _asked_before(held: Matters, step: Step, fields: Mapping[str, FieldValue]) -> bool:
    """Whether the step was taken for the same period."""
    rounds = [name for name, type_ in step.needs.items() if type_ == PERIOD]
    return bool(rounds) and any(
        all(instance.fields.get(name) == fields[name] for name in rounds)
        for instance in held.instances.values()
    )


def _possible(definition: Definition, instance: Instance, name: str) -> bool:
    return any(each.name == name and instance.state in each.source for each in definition.steps)


def _take_up(
    reader: Reader,
    planned: SuiteRound,
    code: str,
    definition: Definition,
    workflow: str,
    step: Step,
    fields: Mapping[str, FieldValue],
) -> None:
    """Take a KPI of the register up first, where what the register says is enough."""
    added = reader.work.indicator(code).added
    assert added is not None  # it stands in the register
    way = way_to(definition, step, added.fields)
    if way is None:
        other = ways_in(definition, added.fields)
        planned.pending[code] = definition.state(other[0].target).label if other else "not in the lifecycle"
        return
    missing = missing_for(definition, way, added.fields)
    if missing:
        planned.unclear[code] = Unclear(step=way.name, missing=missing)
        return
    planned.asked.append(code)
    planned.steps += [
        _taking(workflow, code, "", way.name, {}),
        _taking(workflow, code, "", step.name, fields),
    ]


def _taking(workflow: str, code: str, subject: str, step: str, fields: Mapping[str, FieldValue]) -> Taken:
    return Taken(
        workflow=workflow, indicator=code, service="", subject=subject, step=step, fields=dict(fields)
    )
