"""What every store does with a unit before it writes: the same checks and the same stamps, whatever the database."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from msgspec.structs import force_setattr

from engine.ports import CommandRow, Head, StaleRead, Unit
from events.errors import Broken
from events.fact import Draft, Fact
from events.instant import Instant, instant, moment
from events.kinds.book import ClockCorrected
from events.schema import NAMES, VERSIONS, Event

MOST_AHEAD = timedelta(minutes=5)
"""How far the end of the log may lie in the future before writing is refused."""

Facts = list[Fact[Event]]

_OURS = "This is a mistake in the program: please report it."


def check_unit(unit: Unit) -> None:
    """Refuse a unit that was put together wrongly. Raises Broken GT-LOG-005, 006 or 007."""
    seen: set[str] = set()
    for part in unit.parts:
        command_id = part.command_id
        if command_id in seen:
            raise Broken.of("GT-LOG-005", f"Command {command_id} stands twice in one unit of work.", _OURS)
        seen.add(command_id)
        for draft in part.drafts:
            if draft.command_id != command_id:
                raise Broken.of(
                    "GT-LOG-007",
                    f"A fact of command {draft.command_id} was filed under command {command_id}.",
                    _OURS,
                )
    for digest, content in unit.blobs.items():
        if hashlib.sha256(content).hexdigest() != digest:
            raise Broken.of(
                "GT-LOG-006", f"The content filed under digest {digest[:16]}… has another digest.", _OURS
            )


def streams_of(unit: Unit) -> list[str]:
    """Every stream whose version the commit needs: those read, then those only written."""
    names = dict.fromkeys(unit.read)
    for part in unit.parts:
        for draft in part.drafts:
            names[draft.stream] = None
    return list(names)


def check_read(unit: Unit, versions: Mapping[str, int], head: Head) -> None:
    """Compare what was decided on with what stands there now. Raises StaleRead with everything that differs."""
    grown = {
        stream: (was, versions.get(stream, 0))
        for stream, was in unit.read.items()
        if versions.get(stream, 0) != was
    }
    moved = unit.unmoved if unit.unmoved not in (None, head.position) else None
    if grown or moved is not None:
        raise StaleRead(grown, moved)


def recorded_time(head: Head, unit: Unit, last_correction: Callable[[], Instant | None]) -> Instant:
    """The recorded time of a unit: now, but never before the head.

    A head more than `MOST_AHEAD` in the future stops writing, until a `clock.corrected` fact owns up to it: one
    in this unit, or a last one in the log (`last_correction` answers its `head_was`) that names this head or later.
    Raises Broken GT-CLOCK-001.
    """
    if head.recorded_at <= unit.now:
        return unit.now
    if not _corrects(unit):
        check_head(head.recorded_at, unit.now, last_correction)
    return head.recorded_at


def check_head(head: Instant, now: Instant, last_correction: Callable[[], Instant | None]) -> None:
    """Whether writing may go on after a head: it is not far ahead, or somebody has owned up to it. Raises Broken GT-CLOCK-001."""
    if runs_ahead(head, now) and not owned_up_to(head, last_correction()):
        raise Broken.of(
            "GT-CLOCK-001",
            f"The record ends at {in_words(head)}, but this machine's clock says {in_words(now)}: nothing was written.",
            "Set the machine's clock right; if the record was written under a clock that had run ahead, "
            "say so first: goldenthread clock correct --reason WORDS.",
        )


def owned_up_to(head: Instant, corrected: Instant | None) -> bool:
    """Whether the last correction of the clock, of a head that it names, covers this head."""
    return corrected is not None and corrected >= head


def runs_ahead(head: Instant, now: Instant) -> bool:
    """Whether the end of the log lies so far in the future that writing stops."""
    return head > latest_head(now)


def latest_head(now: Instant) -> Instant:
    """How late the log may end for writing to go on."""
    return instant(moment(now) + MOST_AHEAD)


def in_words(at: Instant) -> str:
    """An instant as a message shows it: ``2026-04-01 09:00 UTC``."""
    return f"{moment(at):%Y-%m-%d %H:%M} UTC"


def _corrects(unit: Unit) -> bool:
    return any(isinstance(draft.event, ClockCorrected) for part in unit.parts for draft in part.drafts)


def stamp(unit: Unit, after: int, versions: Mapping[str, int], recorded_at: Instant) -> list[Facts]:
    """The facts of each part in order, with positions from `after` + 1 on and versions that follow each stream's."""
    position, now_at = after, dict(versions)
    groups: list[Facts] = []
    for part in unit.parts:
        facts: Facts = []
        for draft in part.drafts:
            position += 1
            now_at[draft.stream] = version = now_at.get(draft.stream, 0) + 1
            if isinstance(draft, Fact):  # what was decided as a fact is that fact, and lacks nothing else
                force_setattr(draft, "position", position)
                force_setattr(draft, "version", version)
                force_setattr(draft, "recorded_at", recorded_at)
                facts.append(draft)
            else:
                facts.append(_stamped(draft, position, version, recorded_at))
        groups.append(facts)
    return groups


def shift(groups: Sequence[Facts], further: int) -> None:
    """Move facts so many positions further into the log. Nobody has seen them yet."""
    for facts in groups if further else ():
        for fact in facts:
            force_setattr(fact, "position", further + fact.position)


def date(groups: Sequence[Facts], recorded_at: Instant) -> None:
    """Let facts bear the time of the log that they follow. Nobody has seen them yet."""
    for facts in groups:
        for fact in facts:
            force_setattr(fact, "recorded_at", recorded_at)


def _stamped(draft: Draft, position: int, version: int, recorded_at: Instant) -> Fact[Event]:
    name = NAMES[type(draft.event)]
    return Fact(
        position=position,
        stream=draft.stream,
        version=version,
        type=name,
        schema=VERSIONS[name],
        recorded_at=recorded_at,
        received_at=draft.received_at,
        effective_on=draft.effective_on,
        actor=draft.actor,
        account=draft.account,
        command_id=draft.command_id,
        correlation_id=draft.correlation_id,
        caused_by=draft.caused_by,
        event=draft.event,
    )


def command_rows(unit: Unit, groups: Sequence[Facts]) -> list[CommandRow]:
    """One row per part: the request's digest and the positions of its facts, 0 and 0 where there are none."""
    return [
        CommandRow(
            part.command_id,
            part.request_digest,
            facts[0].position if facts else 0,
            facts[-1].position if facts else 0,
        )
        for part, facts in zip(unit.parts, groups, strict=True)
    ]
