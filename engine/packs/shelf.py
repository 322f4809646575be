"""The packs a book has adopted, by digest: restored from the blobs, so that a book outlives any folder."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from engine.packs.load import pack_from_canonical
from engine.packs.pack import Pack
from engine.ports import Holidays, Store
from engine.states.framework import Framework
from engine.views import INDICATORS, STATUSES
from events.errors import Broken, Problem
from events.instant import Instant
from events.kinds.framework import PackAdopted
from events.nearest import did_you_mean
from events.period import Period, parse_period
from workflows.calendar import Calendar
from workflows.definition import Definition
from workflows.instance import Instance

HOUSE_ZONE = "Europe/London"
"""The local day of commands that no pack governs yet."""


class Shelf:
    """Restores packs once and finds the one in force; answers the few questions that need the whole book."""

    def __init__(self, store: Store, holidays: Holidays) -> None:
        self.store = store
        self.holidays = holidays
        self._packs: dict[str, Pack] = {}
        self._calendars: dict[str, Calendar] = {}
        self._adopted: Sequence[PackAdopted] = ()
        self._for_period: dict[Period, Pack | None] = {}
        """Of these adoptions, and no others."""

    def pack(self, digest: str) -> Pack:
        """A pack by digest. Raises Broken where the book does not hold it."""
        if digest not in self._packs:
            content = self.store.blob(digest)
            if content is None:
                raise Broken(
                    Problem(
                        code="GT-PACK-106",
                        sentence=f"The pack {digest[:12]}… that this book refers to is not in it.",
                        fix="Run 'goldenthread audit verify' and restore the book from a backup.",
                    )
                )
            pack = pack_from_canonical(content)
            if pack.digest != digest:
                raise Broken(
                    Problem(
                        code="GT-PACK-112",
                        sentence="A pack that this book keeps is not what was adopted: its content has been altered.",
                        fix="Run 'goldenthread audit verify' and restore the book from a backup.",
                    )
                )
            self._packs[digest] = pack
        return self._packs[digest]

    def incoming(self, digest: str, blobs: Mapping[str, bytes]) -> Pack:
        """A pack that comes with a command, or one already held."""
        return pack_from_canonical(blobs[digest]) if digest in blobs else self.pack(digest)

    def all_of(self, framework: Framework) -> list[Pack]:
        """Every pack adopted so far, the one that waits included."""
        digests = [adopted.digest for adopted in framework.adopted]
        if framework.waiting is not None:
            digests.append(framework.waiting.event.digest)
        return [self.pack(digest) for digest in dict.fromkeys(digests)]

    def in_force(self, framework: Framework, day: date) -> Pack | None:
        """The pack in force on a day."""
        adopted = framework.in_force(day)
        return self.pack(adopted.digest) if adopted else None

    def for_period(self, framework: Framework, period: Period) -> Pack | None:
        """The pack in force at the end of a period, each adoption asked with its own calendar."""
        if framework.adopted is not self._adopted:
            self._adopted, self._for_period = framework.adopted, {}
        if period not in self._for_period:
            self._for_period[period] = self._found_for(framework, period)
        return self._for_period[period]

    def _found_for(self, framework: Framework, period: Period) -> Pack | None:
        best: PackAdopted | None = None
        for adopted in framework.adopted:
            last = period.last_day(self.pack(adopted.digest).organisation.calendar.year_starts)
            if adopted.effective_from <= last and (
                best is None or adopted.effective_from >= best.effective_from
            ):
                best = adopted
        return self.pack(best.digest) if best else None

    def for_standing(self, framework: Framework, period: Period, begun: Instance | None) -> Pack | None:
        """The pack in force at the end of a period; the first one adopted for a figure from before it, loaded as history."""
        pack = self.for_period(framework, period)
        return self.first(framework) if pack is None and begun is not None else pack

    def first(self, framework: Framework) -> Pack | None:
        """The pack that is in force from the earliest day: history from before it is judged by it."""
        if not framework.adopted:
            return None
        return self.pack(min(framework.adopted, key=lambda adopted: adopted.effective_from).digest)

    def for_instance(self, framework: Framework, instance: Instance) -> tuple[Pack, Definition]:
        """The pack and definition an instance began under: the pack in force then, else the newest that has it."""
        then = framework.in_force(instance.started_on)
        ordered = ([then] if then else []) + [a for a in reversed(framework.adopted) if a is not then]
        for adopted in ordered:
            pack = self.pack(adopted.digest)
            definition = pack.workflows.get(instance.workflow)
            if definition is not None and definition.digest == instance.definition:
                return pack, definition
        raise Broken(
            Problem(
                code="GT-PACK-107",
                sentence=f"No adopted pack holds the definition {instance.definition[:12]}… of the workflow "
                f"'{instance.workflow}'.",
                fix="Run 'goldenthread audit verify' and restore the book from a backup.",
            )
        )

    def calendar(self, pack: Pack | None) -> Calendar:
        """The calendar of a pack, or of the house where there is none yet."""
        key = pack.digest if pack else ""
        if key not in self._calendars:
            settings = pack.organisation.calendar if pack else None
            nation = settings.nation if settings else "England"
            self._calendars[key] = Calendar(
                time_zone=settings.time_zone if settings else HOUSE_ZONE,
                year_starts=settings.year_starts if settings else (4, 1),
                nation=nation,
                holidays=lambda year: self.holidays.days(nation, year),
                day_ends=settings.day_ends if settings else "midnight",
            )
        return self._calendars[key]

    def local_day(self, framework: Framework, received: Instant) -> date:
        """The local date of an instant, by the calendar of the newest adopted pack."""
        newest = self.pack(framework.adopted[-1].digest) if framework.adopted else None
        return self.calendar(newest).local_date(received)

    def head_recorded_at(self) -> Instant:
        """When the last fact was recorded."""
        return self.store.head().recorded_at

    def texts(self, refs: Collection[str]) -> dict[str, str]:
        """Words by reference; none for those that were erased."""
        return {ref: text.text for ref, text in self.store.texts(refs).items() if text is not None}

    def last_judged_day(self) -> date | None:
        """The last day of the latest period that any series has a status for."""
        latest: date | None = None
        for row in self.store.rows(STATUSES, only=("period", "pack")):
            pack = self.pack(str(row["pack"]))
            last = parse_period(str(row["period"])).last_day(pack.organisation.calendar.year_starts)
            latest = last if latest is None or last > latest else latest
        return latest

    def unknown_indicator(self, code: str) -> Problem:
        """The sentence for an indicator that is not in the register."""
        known = [str(row["indicator"]) for row in self.store.rows(INDICATORS)]
        return Problem(
            code="GT-REGISTER-017",
            sentence=f"There is no indicator '{code}' in the register.{did_you_mean(code, known)}",
            fix="'goldenthread indicator list' shows them; add one with 'goldenthread indicator add'.",
        )
