"""A council whose year is drawn by lot: figures entered, confirmed, commented on and restated, matters answered.

What the rules refuse is refused, as in any council; what stands in the book afterwards is a valid history.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from adapters.holidays import UkHolidays
from engine.commands import SetTarget
from engine.ports import Store
from engine.testing.council import Council
from events.errors import Refused
from tests.campaigns.packs import example

START = date(2017, 7, 10)
PERIODS = tuple(f"2017-{month:02d}" for month in range(1, 7))
SERVICES = ("acute", "community")
ANALYST, MANAGER, SERVICE = "p3", "p4", "p5"
CLERKS = {"CPEG": "p6", "CMT": "p7", "CABINET": "p8"}
WORDS = (
    "Late returns.",
    "The beds were full; see the joint team's note.",
    "Zahlen später nachgereicht – geprüft.",
)


class RandomLife:
    """One council's life; each `live` takes some more steps of it."""

    def __init__(self, store: Store, seed: int) -> None:
        self.random = random.Random(seed)
        self.council = council = Council(example(), START, store=store, holidays=UkHolidays())
        for service in SERVICES:
            council.service(service)
        council.hire("Priya", "data_enterer")
        council.hire("Tom", "data_manager")
        council.hire("Moira", "service_manager")
        for body in CLERKS:
            council.hire(f"Clerk of {body}", "clerk", scope=body)
        for code in ("AE4", "AE5"):
            council.indicator(code, *SERVICES, target="95")
        self.day = START

    def live(self, steps: int) -> None:
        """Take so many steps; a refused one counts."""
        deeds: list[Callable[[], object]] = [self._enter, self._confirm, self._comment, self._restate]
        deeds += [self._answer, self._meet, self._aim, self._wait, self._take_back]
        for _ in range(steps):
            try:
                self.random.choices(deeds, weights=(8, 8, 3, 3, 3, 1, 1, 1, 2))[0]()
            except Refused:
                continue

    def _ref(self) -> str:
        chance = self.random
        return f"{chance.choice(('AE4', 'AE5'))}/{chance.choice(SERVICES)}/{chance.choice(PERIODS)}"

    def _value(self) -> str:
        return str(Decimal(self.random.randint(600, 999)) / 10)

    def _said(self) -> str:
        return self.random.choice(WORDS)

    def _enter(self) -> None:
        self.council.figure(ANALYST, "enter", self._ref(), self._value())

    def _confirm(self) -> None:
        step = self.random.choice(("confirm", "confirm", "approve_restatement"))
        self.council.figure(MANAGER, step, self._ref())

    def _comment(self) -> None:
        self.council.figure(ANALYST, "comment", self._ref(), words={"comment": self._said()})

    def _restate(self) -> None:
        self.council.figure(ANALYST, "restate", self._ref(), self._value(), words={"reason": self._said()})

    def _take_back(self) -> None:
        step, who = self.random.choice((("withdraw_restatement", ANALYST), ("decline_restatement", MANAGER)))
        self.council.figure(who, step, self._ref(), words={"reason": self._said()})

    def _answer(self) -> None:
        chance = self.random
        about = (chance.choice(("AE4", "AE5")), chance.choice(SERVICES), str(chance.randint(1, 3)))
        body, clerk = chance.choice(list(CLERKS.items()))
        if chance.random() < 0.5:
            fields = {"category": "category_4"}
            self.council.step(
                clerk, "intervention", about, "answer", fields, words={"reason": self._said()}, body=body
            )
        else:
            self.council.step(SERVICE, "intervention", about, "report", words={"report": self._said()})

    def _meet(self) -> None:
        self.council.meeting(
            self.random.choice(list(CLERKS)), self.day + timedelta(self.random.randint(5, 60))
        )

    def _aim(self) -> None:
        target = SetTarget(
            indicator=self.random.choice(("AE4", "AE5")),
            from_period=f"2017-{self.random.randint(7, 12):02d}",
            value=Decimal(self.random.randint(80, 99)),
        )
        self.council.ask(target, "p1")

    def _wait(self) -> None:
        self.day += timedelta(self.random.randint(1, 9))
        self.council.live_until(self.day)
