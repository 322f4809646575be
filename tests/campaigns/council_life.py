"""A short life of one council in which everything that can be asked of a book is asked at least once.

Each deed is one command under an id of its own, or one long piece of work: a file imported in chunks, a tick of
several units. What a deed needs from the book it looks up among the facts, so that it can be done again at any time.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from adapters.holidays import UkHolidays
from adapters.spreadsheets.csv import read_csv
from adapters.yaml.reader import YamlDocuments
from engine.commands import (
    AcceptImport,
    AddAbsence,
    AddDelegation,
    AddIndicator,
    AddMeeting,
    AddPerson,
    AddService,
    AmendIndicator,
    ApprovePack,
    AssignRole,
    CancelMeeting,
    CorrectClock,
    DeclineHistory,
    DeclinePack,
    EndAbsence,
    EndDelegation,
    EndOverride,
    EndRole,
    FigureFields,
    FinishImport,
    FinishRejudging,
    FinishTask,
    MuteTrigger,
    OpenBook,
    OverrideStatus,
    ProposeHistory,
    ProposePack,
    RecordMinute,
    RejudgeSeries,
    Request,
    SetTarget,
    SetTargets,
    Step,
    TakeSteps,
    UnmuteTrigger,
)
from engine.deadlines import tick
from engine.handle import Answer, Engine
from engine.importing import apply, history
from engine.imports import Approving, apply_import, plan_import
from engine.office import Office
from engine.packs.pack import Pack
from engine.ports import Store
from engine.testing import CountingIds, FrozenClock
from engine.testing.council import LONDON, Council
from events.text import TextRef
from tests.campaigns.packs import example, varied

Progress = Callable[[str], None]
Asking = Callable[[Sequence[TextRef]], Request]
FIRINGS_A_UNIT, ROWS_A_CHUNK = 1, 2
"""So small that a short life has several units in a tick and several chunks in an import."""
PRIYA, TOM, CLARA = "p3", "p4", "p5"


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


def careless() -> Pack:
    """The next version of the pack, whose trigger forgets to say which body is asked: what must follow is refused."""
    pack = example()
    triggers = tuple(
        msgspec.structs.replace(t, then=msgspec.structs.replace(t.then, refer_to=None))
        for t in pack.rules.triggers
    )
    return varied(
        pack,
        version="2.0",
        effective_from=date(2017, 10, 1),
        rules=msgspec.structs.replace(pack.rules, triggers=triggers, override_by="data_manager"),
    )


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


def answered(refs: Sequence[TextRef]) -> TakeSteps:
    """The body answers both matters at once, with a category."""
    return TakeSteps(
        steps=tuple(
            Step(
                workflow="intervention",
                indicator=indicator,
                service="acute",
                subject="1",
                step="answer",
                fields={"category": "category_4", "reason": refs[0]},
                on_behalf_of="CPEG",
            )
            for indicator in ("AE4", "AE5")
        )
    )


@contextmanager
def smaller(module: Any, name: str, value: int) -> Iterator[None]:
    """A limit of the product, smaller in this block and as it was afterwards."""
    before = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, before)


def ticking(council: Council, progress: Progress) -> None:
    """Time passes, in units of one firing."""
    with smaller(tick, "MOST_FIRINGS", FIRINGS_A_UNIT):
        ticked = tick.tick(council.engine, council.now(), progress=lambda _: progress("between units"))
    assert not ticked.failed, ticked.failed
    assert not ticked.busy, "nobody else ticks this book"


def importing(council: Council, progress: Progress) -> None:
    """A file of five figures, in chunks of two."""
    with smaller(apply, "CHUNK", ROWS_A_CHUNK):
        _import(council, progress)


def _office(council: Council) -> Office:
    return Office(
        engine=council.engine,
        clock=council.clock,
        ids=council.ids,
        account="tester@here",
        documents=YamlDocuments(),
        folder=Path(),
        packs=Path(),
    )


def _import(council: Council, progress: Progress) -> None:
    office = _office(council)
    plan = plan_import(office.engine, read_csv(FILE, "return.csv"), office.today())
    apply_import(
        office, plan, PRIYA, accept_warnings="As made.", progress=lambda *_: progress("between chunks")
    )


def loading(council: Council, progress: Progress) -> None:
    """Five figures of history approved and loaded, in chunks of two."""
    office = _office(council)
    plan = plan_import(office.engine, read_csv(PAST, "past.csv"), office.today(), history=True)
    approving = Approving(office=office, plan=plan, import_id=LOAD, actor="p2")
    with smaller(history, "CHUNK", ROWS_A_CHUNK):
        approving.approve(dry_run=False, progress=lambda *_: progress("between chunks"))


def _proposed(import_id: str, digest: str) -> Asking:
    return lambda refs: ProposeHistory(
        import_id=import_id,
        digest=digest,
        rows=5,
        changes=5,
        name=refs[0],
        reason=refs[1],
        first="2017-01",
        last="2017-05",
    )


def _history() -> list[Deed]:
    """A historic load that is declined, and one that is approved."""
    return [
        asks("propose no history", DUE, PRIYA, _proposed("history-no", "1" * 64), "no.csv", "From memory."),
        asks(
            "decline history",
            DUE,
            "p2",
            lambda refs: DeclineHistory(import_id="history-no", reason=refs[0]),
            "From memory!",
        ),
        asks(
            "propose history",
            DUE,
            PRIYA,
            _proposed(LOAD, hashlib.sha256(PAST).hexdigest()),
            "past.csv",
            "The old system.",
        ),
        Deed("load history", DUE, loading, single=False),
    ]


FILE = b"indicator,service,period,value\n" + b"".join(
    b"AE6,acute,2017-%02d,9%d\n" % (month, month) for month in range(1, 6)
)
PAST = FILE.replace(b"AE6", b"AE8")
LOAD = "history-past-1"
CODES = ("AE4", "AE5", "AE6", "AE7", "AE8")
FIRST, SUMMER, DUE = date(2017, 7, 10), date(2017, 7, 12), date(2017, 8, 14)
SEPTEMBER, WINTER, AHEAD = date(2017, 9, 12), date(2017, 12, 14), date(2018, 12, 14)


def _register() -> list[Deed]:
    opened = OpenBook(
        book="b", council="c", proposer_name=TextRef(""), approver_name=TextRef(""), pack=example().digest
    )
    return [
        asks(
            "open",
            FIRST,
            "p1",
            lambda refs: msgspec.structs.replace(opened, proposer_name=refs[0], approver_name=refs[1]),
            "Ada Lead",
            "Ben Second",
            pack=example(),
        ),
        asks("approve", FIRST, "p2", lambda _: ApprovePack(pack=example().digest)),
        asks("add service", FIRST, "p1", lambda _: AddService(service="acute", label="Acute")),
        *(asks(f"add {code}", FIRST, "p1", _indicator(code)) for code in CODES),
        *(asks(f"target {code}", FIRST, "p1", _target(code)) for code in CODES),
        *(
            asks(f"add {name}", FIRST, "p1", lambda refs: AddPerson(name=refs[0]), name)
            for name in ("Priya", "Tom", "Clara")
        ),
        asks("assign data enterer", FIRST, "p1", _role(PRIYA, "data_enterer")),
        asks("assign data manager", FIRST, "p1", _role(TOM, "data_manager")),
        asks("assign clerk", FIRST, "p1", _role(CLARA, "clerk", "CPEG")),
        asks("assign executive", FIRST, "p1", _role(CLARA, "executive_member")),
        asks(
            "end role", FIRST, "p1", lambda _: EndRole(person=CLARA, role="executive_member", last_day=FIRST)
        ),
        asks("meeting", FIRST, "p1", lambda _: AddMeeting(body="CPEG", on=date(2017, 9, 1))),
        asks("no meeting", FIRST, "p1", lambda _: CancelMeeting(body="CPEG", on=date(2017, 9, 1))),
    ]


def _indicator(code: str) -> Asking:
    return lambda _: AddIndicator(
        indicator=code,
        title=code,
        services=("acute",),
        polarity="higher",
        frequency="month",
        measured_in="percent",
    )


def _target(code: str) -> Asking:
    return lambda _: SetTarget(indicator=code, from_period="2000-01", value=Decimal(95))


def _role(person: str, role: str, scope: str | None = None) -> Asking:
    return lambda _: AssignRole(person=person, role=role, start=date(2000, 1, 1), scope=scope)


def _year() -> list[Deed]:
    return [
        *(
            deed
            for period, value in (("2017-05", "90"), ("2017-06", "80"))
            for indicator in ("AE4", "AE5")
            for deed in (
                figure("enter", PRIYA, indicator, period, FIRST, value),
                figure("confirm", TOM, indicator, period, FIRST),
            )
        ),
        asks("answer", SUMMER, CLARA, answered, "Both at once."),
        Deed("tick", DUE, ticking, single=False),
        Deed("import", DUE, importing, single=False),
        *_history(),
    ]


def _people() -> list[Deed]:
    """Somebody stands in for a while, and somebody is away."""
    away = AddAbsence(person=TOM, start=FIRST, until=DUE)
    stands_in = AddDelegation(delegator=TOM, delegate=CLARA, start=FIRST, role="data_manager")
    return [
        asks("absence", FIRST, "p1", lambda _: away),
        asks("end absence", FIRST, "p1", lambda _: EndAbsence(absence="1", last_day=FIRST)),
        asks("delegation", FIRST, "p1", lambda _: stands_in),
        asks("end delegation", FIRST, "p1", lambda _: EndDelegation(delegation="1", last_day=FIRST)),
    ]


def _second_thoughts() -> list[Deed]:
    """What is said after the fact: a minute, a mute, another register, other targets, judging again, another status."""
    series = {"indicator": "AE4", "service": "acute"}
    mute = MuteTrigger(trigger="turned_red", until=AHEAD, reason=TextRef(""), **series)
    unmute = UnmuteTrigger(trigger="turned_red", reason=TextRef(""), **series)
    profile = SetTargets(
        indicator="AE6",
        targets=tuple(
            SetTarget(indicator="AE6", from_period=period, value=Decimal(95))
            for period in ("2018-01", "2018-02")
        ),
    )
    late = {"indicator": "AE7", "service": "acute", "period": "2017-11"}
    own = OverrideStatus(status="amber", reason=TextRef(""), **late)
    back = EndOverride(reason=TextRef(""), **late)

    def because(request: Request) -> Asking:
        return lambda refs: msgspec.structs.replace(request, reason=refs[0])

    return [
        asks(
            "minute",
            WINTER,
            "p1",
            lambda refs: RecordMinute(workflow="intervention", subject="1", minute=refs[0], **series),
            "12/17",
        ),
        asks("mute", WINTER, "p1", because(mute), "Counted otherwise."),
        asks("unmute", WINTER, "p1", because(unmute), "As before."),
        asks(
            "amend",
            WINTER,
            "p1",
            because(AmendIndicator(indicator="AE6", reason=TextRef(""), lag="1 month")),
            "Late.",
        ),
        asks("profile", WINTER, "p1", lambda _: profile),
        asks("override", WINTER, TOM, because(own), "A closed ward."),
        asks("end override", WINTER, TOM, because(back), "It counts."),
        asks(
            "rejudge AE7",
            WINTER,
            "system",
            lambda _: RejudgeSeries(adoption=REJUDGED, indicator="AE7", service="acute"),
        ),
        asks("rejudged", WINTER, "system", lambda _: FinishRejudging(adoption=REJUDGED, series=1)),
    ]


def _next_pack() -> list[Deed]:
    pack = careless()
    propose = ProposePack(pack=pack.digest, rejudge=True)
    return [
        asks("propose", SEPTEMBER, "p1", lambda _: propose, pack=pack),
        asks(
            "decline", SEPTEMBER, "p2", lambda refs: DeclinePack(pack=pack.digest, reason=refs[0]), "Not yet."
        ),
        asks("propose again", SEPTEMBER, "p1", lambda _: propose, pack=pack),
        asks("approve next", SEPTEMBER, "p2", lambda _: ApprovePack(pack=pack.digest)),
        figure("enter", PRIYA, "AE7", "2017-10", WINTER, "90"),
        figure("confirm", TOM, "AE7", "2017-10", WINTER),
        figure("enter", PRIYA, "AE7", "2017-11", WINTER, "80"),
        figure("confirm", TOM, "AE7", "2017-11", WINTER),
        asks(
            "finish task", WINTER, "p1", lambda refs: FinishTask(task=REFUSED, reason=refs[0]), "By letter."
        ),
        asks("accept import", WINTER, PRIYA, lambda refs: _accepted(refs[0]), "other.csv"),
        asks("finish import", WINTER, PRIYA, lambda _: FinishImport(import_id="other")),
        asks("a clock runs ahead", AHEAD, "p1", lambda _: AddMeeting(body="CPEG", on=AHEAD)),
        asks("correct clock", WINTER, "p1", lambda refs: CorrectClock(reason=refs[0]), "A year ahead."),
        asks("go on", WINTER, "p1", lambda _: AddMeeting(body="CMT", on=AHEAD)),
    ]


def _accepted(name: TextRef) -> AcceptImport:
    return AcceptImport(import_id="other", digest="0" * 64, rows=0, changes=0, name=name)


REJUDGED = "framework@6"
"""The second adoption, which judges again."""
REFUSED = "series/AE7/acute@8"
"""What follows from the careless pack's trigger, refused: the fact that stands as a task."""


def life() -> list[Deed]:
    """All of it, in order."""
    return [*_register(), *_people(), *_year(), *_next_pack(), *_second_thoughts()]
