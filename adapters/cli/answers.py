"""After a write: what happened and what follows, in a sentence or two, with the events' positions and what may come next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from adapters.cli.session import Session
from adapters.cli.tables import as_json
from adapters.cli.told import Teller

if TYPE_CHECKING:
    from engine.handle import Answer
    from engine.office import Office

WOULD = "Nothing is written; this would happen: "
"""Before what a dry run tells."""


def tell_answer(
    session: Session,
    office: Office,
    answer: Answer,
    hint: str = "",
    *,
    more: Mapping[str, object] | None = None,
) -> None:
    """Say what became of a command; `more` is what else stands in the JSON object."""
    said = Teller(office, answer.texts).tell(answer.facts)
    positions = [fact.position for fact in answer.facts]
    if session.manners.output in ("json", "ndjson"):
        session.say(as_json("answer", **_whole(answer, said), **(more or {})))
        return
    opening = ""
    if answer.dry_run:
        opening = WOULD
    elif answer.repeated:
        opening = "This was done before, under the same command id; nothing was written again. "
    if not said:
        said = ["Nothing changed."]
    for line in [opening + said[0], *said[1:]]:
        session.say(line)
    for period, waits in _closed_before(office, answer):
        once = " once it is confirmed" if waits else ""
        session.aside(
            f"{period} is closed: its report stays as it was frozen, and this shows beside it{once} "
            f"('goldenthread period report {period}')."
        )
    if positions and not answer.dry_run:
        session.say(events_words(positions))
    if hint and not answer.dry_run:
        session.aside(f"Next: {hint}")


def _closed_before(office: Office, answer: Answer) -> list[tuple[str, bool]]:
    """The closed periods whose series this command said something about, and whether all of that waits for another.

    A restatement that is taken back or declined leaves what counts as it was: nothing of it shows beside the report.
    """
    from engine.work import Work
    from events.kinds.figures import FigureEntered, RestatementProposed, RestatementWithdrawn

    closed = Work(office.engine.memory).periods().closed
    said = [fact.event for fact in answer.facts if fact.stream.startswith("series/")] if closed else []
    found: dict[str, bool] = {}
    for event in said:
        period = str(getattr(event, "period", ""))
        if period in closed and not isinstance(event, RestatementWithdrawn):
            found[period] = found.get(period, True) and isinstance(event, FigureEntered | RestatementProposed)
    return sorted(found.items())


def events_words(positions: Sequence[int]) -> str:
    """``Event 12.`` or ``Events 12–15.``"""
    first, last = positions[0], positions[-1]
    return f"Event {first}." if first == last else f"Events {first}–{last}."


def events_said(positions: Sequence[int]) -> str:
    """``event 12``, ``events 12, 15``, or nothing."""
    if not positions:
        return ""
    return f"{'event' if len(positions) == 1 else 'events'} {', '.join(map(str, positions))}"


def _whole(answer: Answer, said: Sequence[str]) -> dict[str, Any]:
    return {
        "command_id": answer.command_id,
        "dry_run": answer.dry_run,
        "repeated": answer.repeated,
        "said": said,
        "facts": msgspec.to_builtins(answer.facts),
    }
