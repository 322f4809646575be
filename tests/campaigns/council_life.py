"""A short life of one council in which everything that can be asked of a book is asked at least once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec

from engine.commands import (
    AcceptImport,
    AddAbsence,
    AddDelegation,
    AddIndicator,
    AddMeeting,
    AddPerson,
    AddService,
    ApprovePack,
    AssignRole,
    CancelMeeting,
    CorrectClock,
    DeclineHistory,
    DeclinePack,
    EndAbsence,
    EndDelegation,
    EndRole,
    FinishImport,
    FinishTask,
    GiveUpImport,
    OpenBook,
    ProposeHistory,
    ProposePack,
    RequestData,
    SetTarget,
    Step,
    TakeSteps,
)
from engine.packs.closing import PeriodClose
from engine.packs.pack import Pack
from engine.states.people import SYSTEM
from events.text import TextRef
from tests.campaigns.deeds import (
    AHEAD,
    CLARA,
    DUE,
    FIRST,
    PRIYA,
    SEPTEMBER,
    SUMMER,
    TOM,
    WINTER,
    Asking,
    Deed,
    asks,
    figure,
)
from tests.campaigns.long_work import LOAD, PAST, importing, loading, ticking
from tests.campaigns.packs import example, varied
from tests.campaigns.second_thoughts import second_thoughts

CODES = ("AE4", "AE5", "AE6", "AE7", "AE8")
REFUSED = "series/AE7/acute@8"
"""What follows from the careless pack's trigger, refused: the fact that stands as a task."""


def life() -> list[Deed]:
    """All of it, in order."""
    return [*_register(), *_people(), *_year(), *_next_pack(), *second_thoughts()]


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
    asked_for = RequestData(
        period="2017-06",
        lag="",
        opens_on=FIRST,
        last_day=SUMMER,
        figures=len(CODES),
        to=("data_enterer",),
    )
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
        asks("ask for data", SUMMER, SYSTEM, lambda _: asked_for),
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
        asks("accept import", WINTER, PRIYA, lambda refs: _accepted("other", refs[0]), "other.csv"),
        asks("finish import", WINTER, PRIYA, lambda _: FinishImport(import_id="other")),
        asks("accept another import", WINTER, PRIYA, lambda refs: _accepted("third", refs[0]), "third.csv"),
        asks(
            "give up import",
            WINTER,
            PRIYA,
            lambda refs: GiveUpImport(import_id="third", reason=refs[0]),
            "It was a draft.",
        ),
        asks("a clock runs ahead", AHEAD, "p1", lambda _: AddMeeting(body="CPEG", on=AHEAD)),
        asks("correct clock", WINTER, "p1", lambda refs: CorrectClock(reason=refs[0]), "A year ahead."),
        asks("go on", WINTER, "p1", lambda _: AddMeeting(body="CMT", on=AHEAD)),
    ]


def _accepted(import_id: str, name: TextRef) -> AcceptImport:
    return AcceptImport(import_id=import_id, digest="0" * 64, rows=0, changes=0, name=name)


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
        period_close=PeriodClose(closes=("data_manager",), requires=("figures",), with_missing=True),
    )
