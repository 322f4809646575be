"""Submissions as matters to act on: the workflow a period's figure is under, where it stands, and its window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from engine.deciders.subjects import SUBMISSION
from engine.figures import lag_of
from engine.matters.approving import decided_about
from engine.packs.pack import Pack
from engine.queries.matters.moves import Move, moves
from engine.queries.reader import Reader
from engine.states.series import Standing
from engine.surroundings import Surroundings
from events import stream as streams
from events.kinds.register import IndicatorAdded
from events.period import Period, parse_period
from workflows.definition import Definition
from workflows.window import SubmissionWindow, submission_window

Series = tuple[str, str]
FigureKey = tuple[str, str, str]
READ_TOGETHER = 16
"""The series of so many figures are held whole at the same time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One period of one series, as something to act on."""

    series: Series
    period: Period
    pack: Pack
    definition: Definition
    standing: Standing
    facts: Surroundings
    window: SubmissionWindow | None

    @property
    def ref(self) -> str:
        """Indicator, service and period."""
        return f"{self.series[0]}/{self.series[1]}/{self.period}"

    def possible(self, today: date, *effects: str) -> tuple[Move, ...]:
        """The steps of some effects that people can take of it today, in the order of the effects."""
        return moves(
            self.definition,
            self.standing.submission,
            str(self.period),
            self.facts,
            today,
            effects=effects,
            about=decided_about(self.standing),
        )


class Matters:
    """Makes matters; everything that several of them share is made once."""

    def __init__(self, reader: Reader, today: date) -> None:
        self._reader = reader
        self._today = today
        self._windows: dict[tuple[str, Period, str], SubmissionWindow | None] = {}
        self._facts: dict[tuple[str, Series], Surroundings] = {}

    def each(self, keys: Iterable[FigureKey]) -> Iterator[tuple[FigureKey, Matter | None]]:
        """Many figures with their matters, in order; their series are read a few at a time, and may leave memory between."""
        rest, work = iter(keys), self._reader.work
        while some := list(islice(rest, READ_TOGETHER)):
            work.fetch({streams.series(indicator, service) for indicator, service, _ in some})
            yield from ((key, self.of(key)) for key in some)
            work.let_go()

    def of(self, key: FigureKey) -> Matter | None:
        """The matter of a figure; None where no pack governs its period."""
        indicator, service, text = key
        standing = self._reader.work.series(indicator, service).at(text)
        return self.fresh((indicator, service), parse_period(text), standing)

    def fresh(self, series: Series, period: Period, standing: Standing) -> Matter | None:
        """The matter of a period whose standing is known, so that its series need not be read."""
        pack = self._reader.pack_for(period)
        definition = pack.workflows.get(SUBMISSION) if pack else None
        if pack is None or definition is None:
            return None
        begun = standing.submission
        if begun is not None and begun.definition != definition.digest:
            _, definition = self._reader.definition(begun.definition) or (pack, definition)
        return Matter(
            series=series,
            period=period,
            pack=pack,
            definition=definition,
            standing=standing,
            facts=self._surroundings(pack, series),
            window=self._window(pack, definition, period, self._reader.work.indicator(series[0]).added),
        )

    def _surroundings(self, pack: Pack, series: Series) -> Surroundings:
        key = (pack.digest, series)
        if key not in self._facts:
            self._facts[key] = Surroundings(self._reader.work, self._reader.shelf, pack, series, self._today)
        return self._facts[key]

    def _window(
        self, pack: Pack, definition: Definition, period: Period, added: IndicatorAdded | None
    ) -> SubmissionWindow | None:
        key = (definition.digest, period, added.lag if added else "")
        if definition.window is not None and key not in self._windows:
            settings = pack.organisation.calendar
            calendar = self._reader.shelf.calendar(pack)
            lag = lag_of(added)
            self._windows[key] = submission_window(definition.window, period, settings, calendar, lag)
        return self._windows.get(key)
