"""A council in memory under the example pack, for messages that no command line provokes: the figure HW1/highways/2026-06 is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from adapters.yaml import YamlDocuments
from engine.handle import Engine
from engine.office import Office
from engine.packs.canonical import sealed
from engine.packs.load import load_pack
from engine.packs.pack import Pack
from engine.queries.doctor import doctor
from engine.queries.finding import Finding
from engine.queries.names import Names
from engine.testing import CountingIds, FrozenClock, InMemoryStore
from engine.testing.council import Council, NoHolidays
from engine.views import VIEWS
from tests.errors.provoke import EXAMPLE, LIBRARY
from tests.office import office_of

LEAD, SECOND, ANALYST, MANAGER = "p1", "p2", "p3", "p4"
JUNE = "HW1/highways/2026-06"
PARTS = ("name", "title", "version", "effective_from", "source", "organisation", "rules", "workflows")


@cache
def example() -> Pack:
    """The example pack."""
    return load_pack(EXAMPLE, LIBRARY, YamlDocuments())


def changed(**parts: Any) -> Pack:
    """The example pack with something in it that `pack check` would have refused."""
    pack = example()
    kept = {part: getattr(pack, part) for part in (*PARTS, "assumptions", "sources")}
    return sealed(**{**kept, **parts})


def with_triggers_that_name_no_body() -> Pack:
    """Triggers that start an intervention and forget to say whose."""
    rules = example().rules
    triggers = [
        msgspec.structs.replace(each, then=msgspec.structs.replace(each.then, refer_to=None))
        for each in rules.triggers
    ]
    return changed(rules=msgspec.structs.replace(rules, triggers=tuple(triggers)))


def a_council(pack: Pack | None = None, **more: Any) -> Council:
    """An analyst (p3) and a data manager (p4), one indicator of one service, on 6 July 2026."""
    council = Council(pack or example(), date(2026, 7, 6), **more)
    council.service("highways")
    council.indicator("HW1", "highways", target="95", first="2026-04", fields={"important": "yes"})
    council.hire("Priya", "data_enterer")
    council.hire("Tom", "data_manager")
    return council


def confirm(council: Council, period: str, value: str) -> None:
    """A figure all the way."""
    council.figure(ANALYST, "enter", f"HW1/highways/{period}", value)
    council.figure(MANAGER, "confirm", f"HW1/highways/{period}")


def an_office() -> Office:
    """A book in memory that nobody has opened yet."""
    clock = FrozenClock(datetime(2026, 7, 6, 9, tzinfo=UTC))
    return Office(
        engine=Engine(InMemoryStore(VIEWS), NoHolidays()),
        clock=clock,
        ids=CountingIds(),
        account="tester@here",
        documents=YamlDocuments(),
        folder=Path(),
        packs=LIBRARY.parent,
    )


def findings(council: Council) -> list[Finding]:
    """What the doctor says."""
    office = office_of(council, LIBRARY.parent)
    return doctor(council.engine, council.now(), names=Names.of(office))


class Meanwhile:
    """A store in which somebody else is always a little faster: `first` happens before every commit."""

    def __init__(self, store: Any, first: Callable[[], object]) -> None:
        self._store, self._first, self._busy = store, first, False

    def commit(self, unit: Any) -> Any:
        if not self._busy:
            self._busy = True
            self._first()
            self._busy = False
        return self._store.commit(unit)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)
