"""One life of a council, lived twice: once undisturbed in memory, and once in processes that die at every failpoint.

Each deed is tried by a child that kills itself before the append, after the append, after the commit, and between
two units or chunks; then another child does the same again under the same id, until one survives. At the end the
two books must be alike to the last fact, command and notice.

What a server writes in one turn has no place after the append: a child that shall die there takes the way of two turns. In
another life children die, or are cut off from the server, while the one turn is in flight.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

import msgspec

from engine.audit.verify import verify
from engine.commands import Command, Request
from engine.handle import Engine
from engine.ports import Store
from engine.testing import InMemoryStore
from engine.views import VIEWS
from engine.work import Work
from events.fact import Fact
from events.schema import Event
from events.text import is_ref
from tests.campaigns.children import dies, start, was_killed
from tests.campaigns.council_life import life
from tests.campaigns.deeds import Deed, Progress, seat
from tests.campaigns.flight import cut_off_in_flight
from tests.campaigns.homes import Home
from tests.campaigns.spoilt import BROKEN

PLACES = ("before append", "after append", "after commit", "between")
IN_FLIGHT = ("cut off", "in flight", "nowhere")
"""Places in a turn with a server: it ends the connection before it writes; or it writes, and nobody hears the answer. Then
somebody lives.
"""
MOST_LIVES = 100
"""A deed that is not done after so many deaths never will be."""


@dataclass
class Report:
    """What came of it; `faults` must be empty."""

    home: str
    deeds: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    """By the place of death."""
    events: int = 0
    commands: int = 0
    notices: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether the disturbed book is the undisturbed one."""
        return not self.faults


def everything_that_can_be_asked() -> set[type[Request]]:
    """Every kind of request there is: a new one must find its place in the life."""
    return set(Request.__subclasses__())


def asked_in_a_life(deeds: Sequence[Deed]) -> set[type[Request]]:
    """The kinds of request that a life consists of, firings and chunks included."""
    return undisturbed(deeds)[1]


def run(
    home: Home,
    deeds: Sequence[Deed] | None = None,
    broken: str | None = None,
    places: Sequence[str] = PLACES,
) -> Report:
    """The campaign."""
    chosen = life() if deeds is None else deeds
    report = Report(home=home.name, deeds=len(chosen))
    home.make().close()
    for deed in chosen:
        try:
            report.kills.update(_until_done(home, deed, broken, places))
        except AssertionError as failed:
            report.faults.append(f"{deed.name}: {failed}")
            break
    _compare(home, undisturbed(chosen)[0], report)
    return report


def _until_done(home: Home, deed: Deed, broken: str | None, places: Sequence[str]) -> list[str]:
    """Do a deed, dying at one place after the other; answers where somebody died."""
    deaths: list[str] = []
    for place in cycle(places):
        child = start(lambda: _attempt(home, deed, place, deaths, broken))  # noqa: B023  # it is forked at once
        if not was_killed(child):
            break
        deaths.append(place)
        assert len(deaths) < MOST_LIVES, "it is begun anew for ever"
    missed = set(places) & set(PLACES[:3]) - set(deaths)
    assert not missed, f"nobody died {' or '.join(sorted(missed))}"
    return deaths


def _attempt(home: Home, deed: Deed, place: str, deaths: Sequence[str], broken: str | None) -> None:
    if place == "cut off":
        cut_off_in_flight(home, lambda store: deed.do(seat(store, deed.on), lambda _: None))
        return
    failpoint = dies(1, None if place == "between" else place)

    def between(_: str) -> None:
        failpoint(place) if place == "between" else None

    opened = home.open(failpoint if place != "between" else None)
    if place == "after append":
        opened._outright = False
    store: Store = BROKEN[broken](opened) if broken else opened
    answer = deed.do(seat(store, deed.on), between)
    if answer is not None and "in flight" not in deaths:
        committed = "after commit" in deaths
        assert answer.repeated == committed, "a retry is answered as one, and nothing else is"


class _Noting(Engine):
    """An engine that notes what it is asked."""

    asked: set[type[Request]]

    def _decide(self, work: Work, command: Command) -> None:
        self.asked.add(type(command.request))
        super()._decide(work, command)


def undisturbed(deeds: Sequence[Deed]) -> tuple[InMemoryStore, set[type[Request]]]:
    """The book of a life in which nobody dies, and the kinds of request that it consists of."""
    store, asked = InMemoryStore(VIEWS), set[type[Request]]()
    nothing: Progress = lambda _: None  # noqa: E731  # a progress that nobody looks at
    for deed in deeds:
        council = seat(store, deed.on)
        noting = _Noting(store, council.engine.shelf.holidays)
        noting.asked, council.engine = asked, noting
        deed.do(council, nothing)
    return store, asked


def _compare(home: Home, expected: InMemoryStore, report: Report) -> None:
    store = home.open()
    report.events = store.head().position
    for what, found, wanted in (
        ("fact", _facts(store), _facts(expected)),
        ("command", store.commands("", 10_000), expected.commands("", 10_000)),
        ("notice", _notices(store), _notices(expected)),
    ):
        report.faults += [
            f"{what} {n} is {one}, undisturbed it is {other}."
            for n, (one, other) in enumerate(zip(found, wanted, strict=False), start=1)
            if one != other
        ][:3]
        if len(found) != len(wanted):
            report.faults.append(f"There are {len(found)} of {what}, undisturbed {len(wanted)}.")
    report.commands, report.notices = len(store.commands("", 10_000)), len(_notices(store))
    report.faults += [fault.sentence for fault in verify(store, views=VIEWS).faults]
    report.faults += [incident.sentence for incident in store.incidents()]
    store.close()


def _notices(store: Store) -> list[Any]:
    """The outbox without its ids, in which a database may leave holes."""
    return [(row.position, row.notice) for row in store.outbox(limit=10_000)]


def _facts(store: Store) -> list[Any]:
    """Every fact with its texts in place of references, whose salt differs from book to book."""
    return [_spoken(store, fact) for fact in store.page(0, 10_000)]


def _spoken(store: Store, fact: Fact[Event]) -> Any:
    plain = msgspec.to_builtins(fact)
    refs = [ref for ref in _strings(plain) if is_ref(ref)]
    said = {ref: text.text for ref, text in store.texts(refs).items() if text is not None}
    return _replaced(plain, said)


def _strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [found for each in value.values() for found in _strings(each)]
    if isinstance(value, list | tuple):
        return [found for each in value for found in _strings(each)]
    return [value] if isinstance(value, str) else []


def _replaced(value: Any, said: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _replaced(each, said) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_replaced(each, said) for each in value]
    return said.get(value, value) if isinstance(value, str) else value
