"""What a deed in the life of a council is, who does it, and on which days.

Each deed is one command under an id of its own, or one long piece of work: a file imported in chunks, a tick of
several units. What a deed needs from the book it looks up among the facts, so that it can be done again at any time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from adapters.holidays import UkHolidays
from engine.commands import FigureFields, Request, Step, TakeSteps
from engine.handle import Answer, Engine
from engine.packs.pack import Pack
from engine.ports import Store
from engine.testing import CountingIds, FrozenClock
from engine.testing.council import LONDON, Council
from events.text import TextRef
from tests.campaigns.packs import example

Progress = Callable[[str], None]
Asking = Callable[[Sequence[TextRef]], Request]
PRIYA, TOM, CLARA = "p3", "p4", "p5"
FIRST, SUMMER, DUE = date(2017, 7, 10), date(2017, 7, 12), date(2017, 8, 14)
SEPTEMBER, WINTER, AHEAD = date(2017, 9, 12), date(2017, 12, 14), date(2018, 12, 14)


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done on a day at nine; a `single` one is one command, and says so when it is repeated."""

    name: str
    on: date
    do: Callable[[Council, Progress], Answer | None]
    single: bool = True


class Salted(CountingIds):
    """Ids that count, and nonces that are never the same: who sends a command again salts its texts anew."""

    def nonce(self) -> bytes:
        """16 random bytes."""
        return os.urandom(16)


def seat(store: Store, on: date) -> Council:
    """A council's chair at a book, opened or not, on a day at nine."""
    council = Council.__new__(Council)
    council.pack = example()
    council.clock = FrozenClock(datetime.combine(on, time(9), tzinfo=LONDON))
    council.ids = Salted()
    council.store = store
    council.engine = Engine(store, UkHolidays())
    return council


def asks(
    name: str,
    on: date,
    who: str,
    make: Asking,
    *words: str,
    pack: Pack | None = None,
) -> Deed:
    """A deed of one command; `make` is given the references of its words, and a pack travels with it."""

    def do(council: Council, _: Progress) -> Answer:
        texts = [council.text(each) for each in words]
        blobs = {pack.digest: pack.canonical()} if pack else {}
        request = make([text.ref for text in texts])
        return council.ask(request, who, texts=texts, blobs=blobs, command_id=name.replace(" ", "-"))

    return Deed(name, on, do)


def figure(step: str, who: str, indicator: str, period: str, on: date, value: str | None = None) -> Deed:
    """A deed of one step of a submission."""
    given = FigureFields(value=Decimal(value)) if value else None
    taken = Step(
        workflow="submission", indicator=indicator, service="acute", subject=period, step=step, figure=given
    )
    return asks(f"{step} {indicator} {period}", on, who, lambda _: TakeSteps(steps=(taken,)))
