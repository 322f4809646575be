"""What a matter asked for in a matter of its own, and does not have yet: it is said there, and not here.

An item of the menu that begins a matter is done when that matter is where the pack says so. Until then nobody says of
the item that it is done. Where the other matter ends without having come there, a person says what came of the item.
"""

from __future__ import annotations

from engine.packs.pack import Pack
from engine.packs.shelf import Shelf
from engine.work import Work
from events import stream as streams
from workflows.definition import Definition
from workflows.instance import Instance


def dealt_with_elsewhere(
    work: Work, shelf: Shelf, pack: Pack, place: tuple[str, str], workflow: str, subject: str
) -> dict[str, str]:
    """Items that another matter still has to bring → that matter and where it stands, in words."""
    held = work.matters(workflow, *place)
    instance = held.instances.get(subject)
    waits: dict[str, str] = {}
    for link in held.linked(subject):
        owed = instance.items.get(link.item) if instance is not None else None
        item = pack.organisation.intervention.menu.get(link.item)
        if link.asked or owed is None or owed.done_on is not None or item is None:
            continue
        stream, _, number = link.other.rpartition("#")
        other = work.matters(streams.workflow_of(stream) or "", *streams.series_of(stream))
        _, definition = shelf.for_instance(work.framework(), other.instances[number])
        if number not in other.ended and not _came_to(definition, other.instances[number], item.done_at):
            label = definition.state(other.instances[number].state).label
            waits[link.item] = f"{streams.matter_ref(link.other)} ({label})"
    return waits


def _came_to(definition: Definition, instance: Instance, state: str | None) -> bool:
    """Whether a matter has been in a state; no state means its end, where it cannot be."""
    if state is None:
        return False
    taken = {taker.step for taker in instance.history}
    return instance.state == state or any(
        step.target == state for step in definition.steps if step.name in taken
    )
