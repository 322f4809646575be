"""The stage: a book in its own folder, a clock that is moved by hand, and people found by name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from engine.commands import Request, Step, TakeSteps
from engine.deadlines.tick import tick
from engine.handle import Answer, just_after
from engine.office import Office
from engine.testing import FrozenClock
from engine.views import DUE
from events.instant import Instant, instant, moment
from events.kinds.workflow import FieldValue
from events.text import Text
from goldenthread.demo.cast import CLERKS, Player
from workflows.calendar import Calendar
from workflows.duration import Duration

ZONE = ZoneInfo("Europe/London")


class Stage:
    """Moves the clock, passing every deadline on the day it falls due, and lets people act."""

    def __init__(self, office: Office, clock: FrozenClock) -> None:
        self.office = office
        self._clock = clock
        self._ids: dict[str, str] = {}
        self._calendar: Calendar = office.engine.shelf.calendar(None)
        self.firings = 0

    @property
    def today(self) -> date:
        """The local day on the stage."""
        return self._clock.now().astimezone(ZONE).date()

    def working_day(self, day: date, months: int = 0) -> date:
        """The first working day from the corresponding day some months later on, by the pack's calendar."""
        return self._calendar.roll(self._calendar.add(day, Duration(months, "months")), "next working day")

    def advance(self, day: date, at: time = time(10)) -> None:
        """Move the clock to a local time on a day, stopping at every instant at which something falls due."""
        until = instant(datetime.combine(day, at, tzinfo=ZONE))
        while (due := self._next_due(until)) is not None:
            self._set(max(moment(Instant(due)), self._clock.now()))
            self.firings += len(tick(self.office.engine, self.office.now()).facts)
        self._set(max(moment(until), self._clock.now()))

    def ask(
        self, request: Request, who: str, *, on: date | None = None, texts: tuple[Text, ...] = ()
    ) -> Answer:
        """One command by a person of the cast; the clock then moves on by a minute, as work does."""
        answer = self.office.ask(request, actor=self.person(who), on=on, texts=texts)
        self._set(self._clock.now() + timedelta(minutes=1))
        return answer

    def step(
        self,
        player: Player,
        series: tuple[str, str],
        ordinal: str,
        step: str,
        fields: Mapping[str, FieldValue],
        *,
        body: str | None = None,
        words: Mapping[str, str] | None = None,
    ) -> Answer:
        """One step of an intervention; `words` are its free texts."""
        texts = {name: self.office.text(text) for name, text in (words or {}).items()}
        taken = Step(
            workflow="intervention",
            indicator=series[0],
            service=series[1],
            subject=ordinal,
            step=step,
            fields={**fields, **{name: text.ref for name, text in texts.items()}},
            on_behalf_of=body,
        )
        return self.ask(TakeSteps(steps=(taken,)), player.name, texts=tuple(texts.values()))

    def clerk(self, body: str) -> Player:
        """Through whom a body decides."""
        return CLERKS[body]

    def person(self, name: str) -> str:
        """A person's id by name."""
        if name not in self._ids:
            self._ids[name] = self.office.person(name)
        return self._ids[name]

    def _next_due(self, until: Instant) -> str | None:
        rows = self.office.store.rows(DUE, below={"due_at": just_after(until)}, order_by=("due_at",), limit=1)
        return str(rows[0]["due_at"]) if rows else None

    def _set(self, at: datetime) -> None:
        self._clock.set(at)
