"""What a report collects of a period, one form from each service, and does not have: who owes it, or that nobody asked.

A form that somebody has ended without what it asked for is not waited for any more; the report is without it all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from engine.packs.shelf import Shelf
from engine.work import Work
from events import stream as streams
from workflows.definition import SYSTEM, Collects, Definition
from workflows.instance import Instance
from workflows.machine import legal_moves
from workflows.surroundings import Outstanding

WhoMay = Callable[[str, str], tuple[str, ...]]
"""A role or body, and a service → the people."""
NOT_ASKED, DONE_WITHOUT = "not asked for", "done without"


def outstanding(
    work: Work, shelf: Shelf, collects: Collects, period: str | None, who_may: WhoMay
) -> tuple[Outstanding, ...]:
    """The services whose form of a period is not there, in the order of their codes."""
    services = sorted(work.services().parents)
    work.fetch(streams.matters(collects.workflow, "", service) for service in services)
    return tuple(_lacking(work, shelf, collects, period, services, who_may))


def _lacking(
    work: Work, shelf: Shelf, collects: Collects, period: str | None, services: list[str], who_may: WhoMay
) -> Iterator[Outstanding]:
    for service in services:
        held = work.matters(collects.workflow, "", service).instances.values()
        instance = next((each for each in reversed(held) if each.fields.get("period") == period), None)
        if instance is None:
            yield Outstanding(service, NOT_ASKED)
            continue
        _, definition = shelf.for_instance(work.framework(), instance)
        if instance.state in collects.none_in:
            yield Outstanding(service, DONE_WITHOUT, waits=False)
        elif not definition.state(instance.state).final:
            people = tuple(who for name in _owed_by(definition, instance) for who in who_may(name, service))
            yield Outstanding(service, definition.state(instance.state).label, tuple(dict.fromkeys(people)))


def _owed_by(definition: Definition, instance: Instance) -> tuple[str, ...]:
    """The roles and bodies of the first step by which it goes on."""
    steps = (step for step in legal_moves(definition, instance.state) if SYSTEM not in step.by)
    return next((step.by for step in steps), ())
