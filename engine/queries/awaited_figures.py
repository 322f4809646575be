"""Figures that nobody has entered for periods that have ended, with the window they are due by."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

import msgspec

from engine.queries.concern import indicators_of
from engine.queries.due_periods import due_periods, returned
from engine.queries.moves import Move, moves
from engine.queries.reader import Reader
from engine.queries.shown import counted
from engine.queries.submission_matters import Matter, Matters, Series
from engine.queries.task import AWAITED, Task
from engine.states.series import EMPTY
from engine.views import INDICATORS
from events.period import Period

MOST_PERIODS = 12
"""So many periods of one series are listed, the latest; earlier ones are counted in the oldest of them."""


class Gap(msgspec.Struct, frozen=True):
    """A period of a series without a figure, and how many earlier ones are not listed."""

    series: Series
    period: Period
    earlier: int = 0


def awaited_figures(
    reader: Reader, matters: Matters, today: date, services: Collection[str] | None = None
) -> Iterator[Task]:
    """One task for each figure awaited, of some services or of all: its window, and by how many working days it is late."""
    known: dict[tuple[str, str, str], tuple[Move, ...]] = {}
    for gap in gaps(reader, today, services):
        matter = matters.fresh(gap.series, gap.period, EMPTY)
        if matter is None:
            continue
        key = (matter.definition.digest, matter.pack.digest, gap.series[1])
        if key not in known:
            known[key] = moves(
                matter.definition, None, str(gap.period), matter.facts, today, effects=("figure_entered",)
            )
        yield _awaited(matter, gap, known[key], today)


def _awaited(matter: Matter, gap: Gap, possible: tuple[Move, ...], today: date) -> Task:
    window = matter.window
    due = window.last_day if window else None
    late = due is not None and today > due
    more = f", and {counted(gap.earlier, 'earlier period')} besides" if gap.earlier else ""
    return Task(
        kind=AWAITED,
        ref=matter.ref,
        indicator=gap.series[0],
        service=gap.series[1],
        subject=str(gap.period),
        sentence=f"No figure has been entered{more}.",
        moves=possible,
        due=due,
        deadline=window.rule if window else "",
        late=late,
        late_days=matter.facts.calendar.working_days_between(due, today) if late and due else 0,
    )


def gaps(reader: Reader, today: date, services: Collection[str] | None = None) -> Iterator[Gap]:
    """Every period that has ended, is due by the register, and has no figure; oldest first within a series.

    An indicator without a first period is awaited from the first period that any of its services returned, else for
    the last period that has ended.
    """
    asked = None if services is None else {"indicator": indicators_of(reader, services)}
    given = returned(reader, asked)
    for register in reader.rows(INDICATORS):
        if register["retired_on"] is not None:
            continue
        own = given.get(str(register["indicator"]), {})
        due = due_periods(register, own, today, reader.calendar.year_starts)
        for service in str(register["services"]).split():
            if services is not None and service not in services:
                continue
            missing = [period for period in due if str(period) not in own.get(service, ())]
            listed = missing[-MOST_PERIODS:]
            for n, period in enumerate(listed):
                earlier = len(missing) - len(listed) if n == 0 else 0
                yield Gap((str(register["indicator"]), service), period, earlier)
