"""Periods that are over and wait to be closed, where the pack closes them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from engine.queries.closing import closing_due, closing_rules, to_be_closed
from engine.queries.matters.moves import Move
from engine.queries.reader import Reader
from engine.queries.shown import counted
from engine.queries.work_list.task import CLOSE, Task
from engine.surroundings import Surroundings


def waiting_periods(reader: Reader, today: date) -> Iterator[Task]:
    """One task for the ended periods of each kind that nobody has closed, due when the first of them is."""
    for waiting in to_be_closed(reader, today):
        period, first = waiting[0], waiting[-1]
        pack, section = closing_rules(reader, period)
        here = Surroundings(reader.work, reader.shelf, pack, ("", ""), today)
        due = closing_due(reader, *closing_rules(reader, first), first)
        late = due is not None and today > due
        earlier = counted(len(waiting) - 1, "earlier period")
        more = f", and {earlier} besides, the first of them {first}" if first != period else ""
        yield Task(
            kind=CLOSE,
            ref=f"period {period}",
            subject=str(period),
            sentence=f"{period} is over and not closed{more}; 'goldenthread period show {period}' says what is missing.",
            moves=(
                Move(
                    step="close",
                    label="Close the period",
                    by=tuple(pack.organisation.label(name) for name in section.closes),
                    people=tuple(dict.fromkeys(who for name in section.closes for who in here.who_may(name))),
                ),
            ),
            due=due,
            deadline=f"Closing of {first}" if first != period else "Closing of the period",
            late=late,
            late_days=here.calendar.working_days_between(due, today) if late and due else 0,
        )
