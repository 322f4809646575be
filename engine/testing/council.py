"""A small council in memory: people, a service, indicators and a frozen clock, ready for given–when–then.

For tests and experiments; every act goes through the engine as a real one does.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import ClassVar
from zoneinfo import ZoneInfo

from engine.commands import (
    AddIndicator,
    AddMeeting,
    AddPerson,
    AddService,
    ApprovePack,
    AssignRole,
    Command,
    FigureFields,
    InitialAssumptions,
    OpenBook,
    Request,
    SetTarget,
    Step,
    TakeAdoptionStep,
    TakeSteps,
)
from engine.deadlines.tick import Ticked, tick
from engine.handle import Answer, Engine, just_after
from engine.packs.pack import Pack
from engine.ports import Holidays, Store
from engine.surroundings import CLERK
from engine.testing import CountingIds, FrozenClock, InMemoryStore
from engine.view import Row
from engine.views import AGENDA, DUE, MATTERS, STATUSES, SUBMISSIONS, VIEWS
from events import stream as streams
from events.instant import Instant, instant, moment
from events.kinds.people import PersonAdded
from events.kinds.workflow import FieldValue
from events.text import Text

LONDON = ZoneInfo("Europe/London")


def _body(name: str, bodies: Collection[str]) -> str | None:
    return name if name in bodies else None


class NoHolidays:
    """A nation without bank holidays."""

    def days(self, nation: str, year: int) -> Mapping[date, str]:
        """None."""
        return {}


class Council:
    """One book with a pack adopted: two governance leads (p1, p2), and whoever is hired."""

    new_store: ClassVar[Callable[[], Store]] = staticmethod(lambda: InMemoryStore(VIEWS))
    """Where a council keeps its book that is not given one; tests that run on every database say another."""

    def __init__(
        self,
        pack: Pack,
        today: date,
        *,
        store: Store | None = None,
        holidays: Holidays | None = None,
        clock: FrozenClock | None = None,
    ) -> None:
        self.pack = pack
        self.clock = clock or FrozenClock(datetime.combine(today, time(9), tzinfo=LONDON))
        self.clock.set(datetime.combine(today, time(9), tzinfo=LONDON))
        self.ids = CountingIds()
        self.store = store if store is not None else type(self).new_store()
        self.engine = Engine(self.store, holidays or NoHolidays())
        self._open()

    @classmethod
    def joining(cls, other: Council, store: Store) -> Council:
        """A second worker on the same book, with a clock and ids of its own."""
        council = cls.__new__(cls)
        council.pack = other.pack
        council.clock = FrozenClock(other.clock.now())
        council.ids = CountingIds(prefix="D")
        council.store = store
        council.engine = Engine(store, other.engine.shelf.holidays)
        return council

    def _open(self) -> None:
        names = self.text("Ada Lead"), self.text("Ben Second")
        opened = OpenBook(
            book="test",
            council="Test Council",
            proposer_name=names[0].ref,
            approver_name=names[1].ref,
            pack=self.pack.digest,
        )
        self.ask(opened, "p1", texts=names, blobs={self.pack.digest: self.pack.canonical()})
        self._adopt()

    def _adopt(self) -> None:
        """As the pack says: the second lead is the clerk of every body it has to pass, and initials what it rests on."""
        way = self.pack.adoption
        if way is None or way.approval is None:
            self.ask(ApprovePack(pack=self.pack.digest), "p2")
            return
        bodies = self.pack.organisation.bodies
        for by in dict.fromkeys(step.by for step in way.steps):
            role = CLERK if by in bodies else by
            scope = by if by in bodies else None
            self.ask(AssignRole(person="p2", role=role, start=date(2000, 1, 1), scope=scope), "p1")
        for by in {step.by for step in way.steps if step.by in bodies and bodies[step.by].at_meetings}:
            self.meeting(by, self.clock.now().date())
        if way.initialled:
            self.ask(
                InitialAssumptions(pack=self.pack.digest, assumptions=tuple(self.pack.assumptions)), "p2"
            )
        for step in way.before:
            self.ask(
                TakeAdoptionStep(pack=self.pack.digest, step=step.name, on_behalf_of=_body(step.by, bodies)),
                "p2",
            )
        approval = _body(way.approval.by, bodies)
        self.ask(ApprovePack(pack=self.pack.digest, on_behalf_of=approval), "p2")

    # asking ------------------------------------------------------------------------------------------------------
    def text(self, words: str) -> Text:
        """Free text with a nonce that counts."""
        return Text(self.ids.nonce(), words)

    def ask(
        self,
        request: Request,
        who: str,
        *,
        on: date | None = None,
        texts: Sequence[Text] = (),
        blobs: Mapping[str, bytes] | None = None,
        command_id: str | None = None,
        dry_run: bool = False,
    ) -> Answer:
        """Send a command now."""
        command = Command(
            command_id=command_id or self.ids.command_id(),
            request=request,
            actor=who,
            account="tester@here",
            received_at=self.now(),
            effective_on=on,
            texts=tuple(texts),
            blobs=dict(blobs or {}),
        )
        return self.engine.handle(command, dry_run=dry_run)

    def hire(self, name: str, *roles: str, scope: str | None = None) -> str:
        """Add a person with roles from the first day of 2000 on; answers the id."""
        text = self.text(name)
        added = self.ask(AddPerson(name=text.ref), "p1", texts=(text,)).facts[0].event
        assert isinstance(added, PersonAdded)
        for role in roles:
            self.ask(AssignRole(person=added.person, role=role, start=date(2000, 1, 1), scope=scope), "p1")
        return added.person

    def service(self, code: str, parent: str | None = None) -> None:
        """Add a service."""
        self.ask(AddService(service=code, label=code.title(), parent=parent), "p1")

    def indicator(
        self, code: str, *services: str, target: str | None = None, first: str = "2000-01", **more: object
    ) -> None:
        """Add an indicator in percent, higher is better, monthly unless said otherwise; with a target where given."""
        request = AddIndicator(
            indicator=code,
            title=f"Indicator {code}",
            services=services,
            **{"polarity": "higher", "frequency": "month", "measured_in": "percent", **more},  # type: ignore[arg-type]  # the caller's keywords
        )
        self.ask(request, "p1")
        if target is not None:
            self.ask(SetTarget(indicator=code, from_period=first, value=Decimal(target)), "p1")

    def meeting(self, body: str, on: date) -> None:
        """Enter a meeting."""
        self.ask(AddMeeting(body=body, on=on), "p1")

    def figure(
        self,
        who: str,
        step: str,
        ref: str,
        value: str | None = None,
        *,
        declared: str | None = None,
        reported_as: str | None = None,
        words: Mapping[str, str] | None = None,
        on: date | None = None,
        command_id: str | None = None,
        dry_run: bool = False,
    ) -> Answer:
        """A step of the submission of ``indicator/service/period``."""
        indicator, service, period = ref.split("/")
        given = value is not None or declared is not None or reported_as is not None
        figure = FigureFields(
            value=Decimal(value) if value is not None else None,
            declared_status=declared,
            reported_as=reported_as,
        )
        return self.step(
            who,
            "submission",
            (indicator, service, period),
            step,
            figure=figure if given else None,
            words=words,
            on=on,
            command_id=command_id,
            dry_run=dry_run,
        )

    def step(
        self,
        who: str,
        workflow: str,
        about: tuple[str, str, str],
        step: str,
        fields: Mapping[str, FieldValue] | None = None,
        *,
        words: Mapping[str, str] | None = None,
        figure: FigureFields | None = None,
        body: str | None = None,
        acting_for: str | None = None,
        on: date | None = None,
        command_id: str | None = None,
        dry_run: bool = False,
    ) -> Answer:
        """Any step of any workflow; `words` are its free texts."""
        texts = {name: self.text(text) for name, text in (words or {}).items()}
        taken = Step(
            workflow=workflow,
            indicator=about[0],
            service=about[1],
            subject=about[2],
            step=step,
            fields={**(fields or {}), **{name: text.ref for name, text in texts.items()}},
            figure=figure,
            on_behalf_of=body,
            acting_for=acting_for,
        )
        return self.ask(
            TakeSteps(steps=(taken,)),
            who,
            on=on,
            texts=tuple(texts.values()),
            command_id=command_id,
            dry_run=dry_run,
        )

    # time --------------------------------------------------------------------------------------------------------
    def now(self) -> Instant:
        """This instant."""
        return instant(self.clock.now())

    def at(self, day: date, hour: int = 9) -> None:
        """Put the clock to an hour of a day, without passing any deadline."""
        self.clock.set(datetime.combine(day, time(hour), tzinfo=LONDON))

    def tick(self) -> Ticked:
        """Pass what is due now."""
        return tick(self.engine, self.now())

    def live_until(self, day: date) -> None:
        """Move the clock to a day, passing every deadline at the instant it falls due."""
        until = datetime.combine(day, time(9), tzinfo=LONDON)
        while rows := self.store.rows(
            DUE, below={"due_at": just_after(instant(until))}, order_by=("due_at",), limit=1
        ):
            self.clock.set(max(moment(Instant(str(rows[0]["due_at"]))), self.clock.now()))
            self.tick()
        self.clock.set(until)

    def wait(self, by: timedelta) -> None:
        """Let time go by without passing any deadline."""
        self.clock.advance(by)

    # looking -----------------------------------------------------------------------------------------------------
    def status(self, ref: str) -> str | None:
        """The status of ``indicator/service/period``."""
        row = self.store.row(STATUSES, tuple(ref.split("/")))
        return None if row is None else str(row["status"])

    def submission(self, ref: str) -> Row | None:
        """The submission of ``indicator/service/period``."""
        return self.store.row(SUBMISSIONS, tuple(ref.split("/")))

    def intervention(self, indicator: str, service: str, ordinal: str = "1") -> Row | None:
        """An intervention."""
        return self.matter("intervention", indicator, service, ordinal)

    def matter(self, workflow: str, indicator: str, service: str, ordinal: str = "1") -> Row | None:
        """A matter of any workflow."""
        return self.store.row(MATTERS, (workflow, indicator, service, ordinal))

    def agenda(self, indicator: str, service: str, ordinal: str = "1") -> Row:
        """What waits and what is proposed about an intervention; nothing in it where there is nothing to say."""
        return self.store.row(AGENDA, (streams.interventions(indicator, service), ordinal)) or {}

    def types(self) -> list[str]:
        """The types of all facts, in order."""
        return [fact.type for fact in self.store.page(0, 100_000)]
