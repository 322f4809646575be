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
    """One task for the last ended period of each kind that nobody has closed."""
    for period, earlier in to_be_closed(reader, today):
        pack, section = closing_rules(reader, period)
        here = Surroundings(reader.work, reader.shelf, pack, ("", ""), today)
        due = closing_due(reader, pack, section, period)
        late = due is not None and today > due
        more = f", and {counted(earlier, 'earlier period')} besides" if earlier else ""
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
            deadline="Closing of the period",
            late=late,
            late_days=here.calendar.working_days_between(due, today) if late and due else 0,
        )
