"""Where a period stands before it is closed: what is in, what is missing, who owes it and by when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from engine.closing.missing import (
    AWAITED,
    EXCUSED,
    NEVER_BEGUN,
    OWED,
    RESTATED,
    UNCONFIRMED,
    Missing,
    missing,
)
from engine.handle import Engine
from engine.packs.closing import FIGURES, PeriodClose
from engine.packs.pack import Pack
from engine.queries.figures.due_periods import last_ended, owing
from engine.queries.matters.moves import Move, moves
from engine.queries.matters.submission_matters import Matters
from engine.queries.names import Names
from engine.queries.reader import Reader
from engine.queries.work_list.task import Task
from engine.queries.work_list.waiting_matters import waiting_matters
from engine.surroundings import Surroundings
from engine.views import INDICATORS
from events import stream as streams
from events.errors import NotFound
from events.period import Period, parse_period
from workflows.duration import parse_duration

_NEXT = {RESTATED: ("figure_confirmed",), UNCONFIRMED: ("figure_confirmed",), AWAITED: ("figure_entered",)}
"""Why a figure is missing → the effects of the steps that bring it."""


class Lacking(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is missing, with who owes it."""

    what: Missing
    moves: tuple[Move, ...] = ()
    """What can be done about it, by whom."""
    due: date | None = None
    late: bool = False

    def shown(self, names: Names) -> str:
        """Whom to ask, by name, each once."""
        return ", ".join(dict.fromkeys(filter(None, (move.shown(names) for move in self.moves))))


class PeriodStanding(msgspec.Struct, frozen=True, kw_only=True):
    """A period on its way to being closed, or closed."""

    period: str
    ends: date
    pack: str
    """The pack that says what must be true, by name and version."""
    owing: int
    """How many series owe a figure for it."""
    figures_in: int
    """For how many of them there is one, or the word why not."""
    lacking: tuple[Lacking, ...]
    closes: tuple[str, ...]
    """Who closes it, as people call them."""
    closers: tuple[str, ...]
    """The persons who may."""
    due: date | None
    """By when it is to be closed."""
    with_missing: bool
    """Whether it may be closed with what is missing named."""
    closed_on: date | None
    closed_by: str


def period_standing(
    engine: Engine, text: str, today: date, *, names: Names, at: int | None = None
) -> PeriodStanding:
    """How a period stands. Raises Invalid for what is no period, NotFound where its pack closes none."""
    reader, period = Reader(engine, at), parse_period(text)
    pack, section = closing_rules(reader, period)
    found = missing(reader, pack, section, period, today)
    series = list(owing(reader, period, today))
    here = Surroundings(reader.work, reader.shelf, pack, ("", ""), today)
    closed = reader.work.periods().closed.get(str(period))
    out = {(each.indicator, each.service) for each in found if each.why in (AWAITED, UNCONFIRMED)}
    if FIGURES not in section.requires:
        reader.work.fetch(streams.series(*each) for each in series)
        out = {each for each in series if reader.work.series(*each).at(str(period)).basis is None}
    return PeriodStanding(
        period=str(period),
        ends=period.last_day(pack.organisation.calendar.year_starts),
        pack=f"{pack.name} {pack.version}",
        owing=len(series),
        figures_in=len(series) - len(out),
        lacking=tuple(
            msgspec.structs.replace(
                each, what=msgspec.structs.replace(each.what, sentence=names.told(each.what.sentence))
            )
            for each in _owed(reader, pack, found, period, today)
        ),
        closes=tuple(pack.organisation.label(name) for name in section.closes),
        closers=tuple(dict.fromkeys(who for name in section.closes for who in here.who_may(name))),
        due=closing_due(reader, pack, section, period),
        with_missing=section.with_missing,
        closed_on=closed.on if closed else None,
        closed_by=names.acted(closed.by, closed.event.acting_for) if closed else "",
    )


def closing_rules(reader: Reader, period: Period) -> tuple[Pack, PeriodClose]:
    """The pack in force for a period and its section. Raises NotFound GT-PERIOD-433 where there is none."""
    pack = reader.pack_for(period)
    if pack is None or pack.period_close is None:
        why = f"the pack {pack.name} {pack.version} closes none" if pack else "no pack is in force for it"
        raise NotFound.of(
            "GT-PERIOD-433",
            f"Nothing says what must be true before {period} is closed: {why}.",
            "A version of the pack may say it, under 'period_close'.",
        )
    return pack, pack.period_close


def closing_due(reader: Reader, pack: Pack, section: PeriodClose, period: Period) -> date | None:
    """By when a period is to be closed; None where the pack sets no date."""
    last = period.last_day(pack.organisation.calendar.year_starts)
    calendar = reader.shelf.calendar(pack)
    return calendar.add(last, parse_duration(section.within)) if section.within else None


def to_be_closed(reader: Reader, today: date) -> Iterator[list[Period]]:
    """Of each kind the ended periods that their packs close and nobody has, the last one first."""
    closed = reader.work.periods().closed
    kinds = {str(row["frequency"]) for row in reader.rows(INDICATORS) if row["retired_on"] is None}
    for kind in sorted(kinds):
        period = last_ended(kind, today, reader.calendar.year_starts)
        waiting: list[Period] = []
        while _asked(reader, period):  # before the first pack there was none to ask
            if str(period) not in closed:
                waiting.append(period)
            period = period.previous()
        if waiting:
            yield waiting


def _asked(reader: Reader, period: Period) -> bool:
    """Whether a period is one that the pack in force for it closes."""
    pack = reader.pack_for(period)
    return pack is not None and pack.period_close is not None


def _owed(
    reader: Reader, pack: Pack, found: Iterable[Missing], period: Period, today: date
) -> Iterator[Lacking]:
    found = list(found)
    figures = Matters(reader, today)
    wanted = {
        (each.requirement, each.indicator, each.service, each.subject) for each in found if each.why == OWED
    }
    waiting = {
        (task.workflow, task.indicator, task.service, task.subject): task
        for task in (waiting_matters(reader, today) if wanted else ())
        if not task.item
    }
    for each in found:
        if each.why == OWED:
            yield _matter(each, waiting.get((each.requirement, each.indicator, each.service, each.subject)))
        elif each.why in (NEVER_BEGUN, EXCUSED):
            yield _never(reader, pack, each, today)
        else:
            yield _figure(figures, each, period, today)


def _matter(each: Missing, task: Task | None) -> Lacking:
    if task is None:
        return Lacking(what=each)
    return Lacking(what=each, moves=task.moves, due=task.due, late=task.late)


def _never(reader: Reader, pack: Pack, each: Missing, today: date) -> Lacking:
    """Nobody has begun it: whoever may begin it owes that first."""
    definition = pack.workflows.get(each.requirement)
    if definition is None:
        return Lacking(what=each)
    here = Surroundings(reader.work, reader.shelf, pack, (each.indicator, each.service), today)
    return Lacking(what=each, moves=moves(definition, None, "", here, today))


def _figure(figures: Matters, each: Missing, period: Period, today: date) -> Lacking:
    matter = figures.of((each.indicator, each.service, str(period)))
    if matter is None:
        return Lacking(what=each)
    due = matter.window.last_day if matter.window and each.why != RESTATED else None
    found = matter.possible(today, *_NEXT[each.why])
    return Lacking(what=each, moves=found, due=due, late=due is not None and today > due)
