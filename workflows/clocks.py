"""What a move does to the deadlines: which are set, frozen as they stand, and which no longer run.

A clock starts when one of its states is entered, or by the step it is set `after`; it ends when its states
are left, when it is met, or when another replaces it. A step that stays among its states leaves it alone
unless it restarts or extends it.
"""

from __future__ import annotations

from datetime import date

import msgspec

from events.kinds.workflow import DeadlineSet, FieldValue
from workflows.calendar import in_words
from workflows.definition import ASKED, BODY, CATEGORY, EACH_ITEM, EACH_RUNG, NEXT_MEETING, Deadline, Reminder
from workflows.duration import ONE_MONTH, Duration, parse_duration
from workflows.fields import read_date
from workflows.item_clocks import item_clocks, owers
from workflows.reminders import freeze
from workflows.situation import Situation

UNTIL = "until"
"""The field with the day to which a step extends a deadline."""


class Clocks(msgspec.Struct, frozen=True, kw_only=True):
    """The deadlines that a move sets and clears."""

    sets: tuple[DeadlineSet, ...]
    clears: tuple[str, ...]
    met_late: tuple[str, ...]
    """Deadlines that had gone by before this move met them."""


NONE = Clocks(sets=(), clears=(), met_late=())


def clocks(situation: Situation, target: str, fields: dict[str, FieldValue], body: str | None) -> Clocks:
    """What the move to `target` does, given the fields it records and the body that the matter is then with."""
    if not situation.definition.deadlines:
        return NONE
    of_items = item_clocks(situation, target, fields)
    whole = [each for each in situation.definition.deadlines if each.until != EACH_ITEM]
    begins = [each for each in whole if _begins(situation, each, target)]
    begun = {each.name for each in begins}
    ended = [
        each.name
        for each in whole
        if each.name not in begun and (target not in each.states or situation.step.name in each.met_by)
    ]
    replaced = [name for each in begins for name in each.replaces if name not in begun]
    known = situation.instance
    running = {*known.open, *known.passed} if known else set()
    return Clocks(
        sets=(
            *(_set(situation, each, {**(known.fields if known else {}), **fields}, body) for each in begins),
            *of_items.sets,
        ),
        clears=(*(name for name in dict.fromkeys((*ended, *replaced)) if name in running), *of_items.clears),
        met_late=tuple(name for name in (*ended, *of_items.clears) if known and name in known.passed),
    )


def _begins(situation: Situation, deadline: Deadline, target: str) -> bool:
    step = situation.step
    if target not in deadline.states:
        return False
    if step.extends == deadline.name or step.restarts == deadline.name:
        return True
    if deadline.after is not None:
        return step.name == deadline.after
    return situation.instance is None or situation.instance.state not in deadline.states


def _set(
    situation: Situation, deadline: Deadline, fields: dict[str, FieldValue], body: str | None
) -> DeadlineSet:
    calendar, instance, step = situation.calendar, situation.instance, situation.step
    start = situation.taking.counted_from or situation.taking.effective_on
    if step.extends == deadline.name:
        last_day = read_date(fields[UNTIL]) or start
        rule = f"extended to {in_words(last_day)}"
    else:
        last_day, rule = last_permitted(situation, deadline, fields, body, start)
    renewed = deadline.name in (step.extends, step.restarts)
    return DeadlineSet(
        name=deadline.name,
        n=(instance.counts.get(deadline.name, 0) if instance else 0) + 1,
        due_at=calendar.due_at(last_day),
        last_day=last_day,
        counted_from=start,
        rule=rule,
        calendar=calendar.id,
        original=instance.originals.get(deadline.name) if instance and renewed else None,
        remind=freeze(
            _reminders(situation, deadline, fields),
            last_day,
            calendar,
            lambda name: body if name == BODY else name,
            situation.received_at,
        ),
    )


def _reminders(
    situation: Situation, deadline: Deadline, fields: dict[str, FieldValue]
) -> tuple[Reminder, ...]:
    """The deadline's reminders, with everybody who owes an item in the place of ``asked``."""
    if all(ASKED not in each.to for each in deadline.remind):
        return deadline.remind
    owing = owers(situation, fields)
    return tuple(
        msgspec.structs.replace(
            each,
            to=tuple(dict.fromkeys(name for to in each.to for name in (owing if to == ASKED else (to,)))),
        )
        for each in deadline.remind
    )


def last_permitted(
    situation: Situation, deadline: Deadline, fields: dict[str, FieldValue], body: str | None, start: date
) -> tuple[date, str]:
    """The last permitted day of a deadline counted from `start`, rolled, and the rule in words."""
    calendar = situation.calendar
    if deadline.until == NEXT_MEETING:
        meeting = situation.facts.next_meeting(body, start) if body else None
        if meeting is not None:
            return meeting, f"the next meeting of {body}, {in_words(meeting)}"
        rule = f"{calendar.words(ONE_MONTH, start)}, no meeting of {body} being entered"
        return calendar.roll(calendar.add(start, ONE_MONTH), deadline.roll), rule
    if deadline.until is not None:
        day = read_date(fields.get(deadline.until)) or start
        return calendar.roll(day, deadline.roll), f"until {in_words(day)}"
    duration = _duration(situation, deadline, fields)
    rule = calendar.words(duration, start, deadline.roll)
    return calendar.roll(calendar.add(start, duration), deadline.roll), rule


def _duration(situation: Situation, deadline: Deadline, fields: dict[str, FieldValue]) -> Duration:
    """The length of a deadline; definitions are checked to have one wherever this asks."""
    intervention = situation.organisation.intervention
    if deadline.within == CATEGORY:
        return intervention.report_back[str(fields[CATEGORY])].within
    if deadline.within == EACH_RUNG:
        return intervention.ladder.each_rung if intervention.ladder else ONE_MONTH
    if isinstance(deadline.within, str):
        return parse_duration(str(fields[deadline.within]))
    return deadline.within or ONE_MONTH
