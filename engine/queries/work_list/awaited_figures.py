"""Figures that nobody has entered for periods that have ended, with the window they are due by."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

import msgspec

from engine.queries.figures.due_periods import due_periods, returned
from engine.queries.matters.moves import Move, moves
from engine.queries.matters.submission_matters import FigureKey, Matter, Matters, Series
from engine.queries.reader import Reader
from engine.queries.shown import counted, day_shown
from engine.queries.work_list.concern import indicators_of
from engine.queries.work_list.task import AWAITED, Task
from engine.states.series import EMPTY
from engine.views import INDICATORS, SUBMISSIONS
from events.period import Period
from workflows.window import SubmissionWindow

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
    sent_back = _sent_back(reader, services)
    for gap in gaps(reader, today, services):
        figure = (*gap.series, str(gap.period))
        matter = matters.of(figure) if figure in sent_back else matters.fresh(gap.series, gap.period, EMPTY)
        if matter is None:
            continue
        if figure in sent_back:
            yield _asked_about(matter, gap, today)
            continue
        key = (matter.definition.digest, matter.pack.digest, gap.series[1])
        if key not in known:
            known[key] = moves(
                matter.definition, None, str(gap.period), matter.facts, today, effects=("figure_entered",)
            )
        yield _awaited(matter, gap, known[key], today)


def _sent_back(reader: Reader, services: Collection[str] | None) -> set[FigureKey]:
    """The figures that were entered and do not wait, are not in force, and were not declared absent."""
    where = {} if services is None else {"indicator": indicators_of(reader, services)}
    return {
        (str(row["indicator"]), str(row["service"]), str(row["period"]))
        for row in reader.rows(SUBMISSIONS, {"state": "awaiting", **where})
        if row["revision"] and not row["waiting"] and row["confirmed_on"] is None
    }


def _asked_about(matter: Matter, gap: Gap, today: date) -> Task:
    """A figure that was sent back with a question: it is answered, and entered again."""
    possible = matter.possible(today, "query_answered", "figure_entered")
    asked = "query_answered" in {
        each.effect for each in matter.definition.steps if each.name in {m.step for m in possible}
    }
    owed = (
        "it is to be answered, and the figure entered again" if asked else "the figure is to be entered again"
    )
    task = _awaited(matter, gap, possible, today)
    return msgspec.structs.replace(task, sentence=f"Sent back with a question: {owed}.")


def _asked_for(window: SubmissionWindow | None, today: date) -> str:
    """Since when the figure is asked for, or from when."""
    if window is None:
        return ""
    return f"; {'asked for on' if window.opens_on <= today else 'to be asked for on'} {day_shown(window.opens_on)}"


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
        sentence=f"No figure has been entered{more}{_asked_for(window, today)}.",
        moves=possible,
        due=due,
        since=window.opens_on if window else None,
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
    for register in reader.rows(INDICATORS, asked):
        if register["retired_on"] is not None:
            continue
        own = returned(reader, str(register["indicator"]))
        due = due_periods(register, own, today, reader.calendar.year_starts)
        returning = str(register["services"]).split()
        for service in returning if services is None else sorted({*returning} & {*services}):
            missing = [period for period in due if str(period) not in own.get(service, ())]
            listed = missing[-MOST_PERIODS:]
            for n, period in enumerate(listed):
                earlier = len(missing) - len(listed) if n == 0 else 0
                yield Gap((str(register["indicator"]), service), period, earlier)
