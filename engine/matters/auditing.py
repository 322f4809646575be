"""Which KPIs an audit of the suite asked, and which it still waits for: those in whose matter the deadline `audit` runs."""

from __future__ import annotations

from collections.abc import Iterator

from engine.packs.pack import Pack
from engine.ports import Store
from engine.views import MATTERS
from engine.work import Work
from events import stream as streams
from workflows.definition import INDICATOR, Definition

AUDIT = "audit"
"""The deadline by which a KPI is answered for; where it runs, an answer is owed."""


def audit_workflows(pack: Pack) -> Iterator[tuple[str, Definition]]:
    """The workflows about an indicator in which an audit asks something."""
    for name, definition in pack.workflows.items():
        if definition.about == INDICATOR and any(each.name == AUDIT for each in definition.deadlines):
            yield name, definition


def kpis_in_audit(work: Work, store: Store, pack: Pack, service: str = "") -> tuple[str, ...]:
    """The KPIs that owe an answer, by code; with `service`, those that it or a service below it returns."""
    codes = sorted(
        str(row["indicator"])
        for name, definition in audit_workflows(pack)
        for row in store.rows(MATTERS, {"workflow": name, "ended": 0})
        if str(row["state"]) in definition.deadline(AUDIT).states
    )
    work.fetch(streams.indicator(code) for code in codes)
    return tuple(code for code in codes if not service or _returned_by(work, code, service))


def kpis_asked(
    work: Work, store: Store, pack: Pack, service: str = "", period: str | None = None
) -> tuple[str, ...]:
    """The KPIs that were asked last in the audit of a period, by code; in any audit where none is named."""
    found: set[str] = set()
    for name, definition in audit_workflows(pack):
        fields = _round_fields(definition)
        codes = {str(row["indicator"]) for row in store.rows(MATTERS, {"workflow": name})}
        work.fetch(streams.matters(name, code, "") for code in codes)
        for code in codes:
            said = [
                instance.fields[field]
                for instance in work.matters(name, code, "").instances.values()
                for field in fields & instance.fields.keys()
            ]
            if said and period in (None, *said):
                found.add(code)
    work.fetch(streams.indicator(code) for code in found)
    return tuple(code for code in sorted(found) if not service or _returned_by(work, code, service))


def _round_fields(definition: Definition) -> set[str]:
    """The fields in which a step that asks names the period of the audit."""
    states = definition.deadline(AUDIT).states
    asking = [step for step in definition.steps if step.target in states]
    return {name for step in asking for name, type_ in step.needs.items() if type_ == "period"}


def _returned_by(work: Work, code: str, service: str) -> bool:
    added = work.indicator(code).added
    tree = work.services()
    return added is not None and any(service in tree.with_ancestors(each) for each in added.services)
