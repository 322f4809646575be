"""What is said after the fact: a minute, a mute, another register, other targets, judging again, another status."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from engine.commands import (
    AmendIndicator,
    ClosePeriod,
    DeclinePack,
    EndOverride,
    FigureFields,
    FinishRejudging,
    InitialAssumptions,
    MuteTrigger,
    OverrideStatus,
    ProposePack,
    RecordMinute,
    RecordPackMinute,
    RejudgeSeries,
    Request,
    SetTarget,
    SetTargets,
    Step,
    TakeAdoptionStep,
    TakeSteps,
    UnmuteTrigger,
)
from engine.packs.adoption import Adoption, AdoptionStep
from engine.packs.pack import Pack
from events.text import TextRef
from tests.campaigns.deeds import AHEAD, CLARA, PRIYA, TOM, WINTER, Asking, Deed, asks
from tests.campaigns.packs import example, varied

REJUDGED = "framework@6"
"""The second adoption, which judges again."""


def second_thoughts() -> list[Deed]:
    """Each on one day in winter."""
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
        *_taken_back(),
        asks("close", WINTER, TOM, _closed, "The others follow."),
        asks(
            "rejudge AE7",
            WINTER,
            "system",
            lambda _: RejudgeSeries(adoption=REJUDGED, indicator="AE7", service="acute"),
        ),
        *_adoption(),
        asks("rejudged", WINTER, "system", lambda _: FinishRejudging(adoption=REJUDGED, series=1)),
    ]


def _taken_back() -> Iterator[Deed]:
    """A corrected figure that whoever put it forward takes back, and one that another person declines."""

    def step(name: str, value: str | None = None) -> Asking:
        taken = Step(
            workflow="submission",
            indicator="AE5",
            service="acute",
            subject="2017-05",
            step=name,
            figure=FigureFields(value=Decimal(value)) if value else None,
        )
        return lambda refs: TakeSteps(steps=(msgspec.structs.replace(taken, fields={"reason": refs[0]}),))

    for ends, who in (("withdraw_restatement", PRIYA), ("decline_restatement", TOM)):
        yield asks(f"restate before {ends}", WINTER, PRIYA, step("restate", "91"), "Late counts.")
        yield asks(ends, WINTER, who, step(ends), "It was right.")


def _closed(refs: Sequence[TextRef]) -> ClosePeriod:
    """A month's report, with the figures named that nobody has given."""
    return ClosePeriod(period="2017-10", with_missing=True, because=refs[0])


def noted() -> Pack:
    """A next version that a body notes before it approves it, and whose assumptions are initialled."""
    way = (
        AdoptionStep(name="note", by="CPEG", label="Noted"),
        AdoptionStep(name="approve", by="CPEG", label="Approved"),
    )
    return varied(example(), version="3.0", adoption=Adoption(steps=way, initialled=True))


def _adoption() -> list[Deed]:
    """It is noted, initialled and minuted, and then turned down after all."""
    pack = noted()
    step = TakeAdoptionStep(pack=pack.digest, step="note", on_behalf_of="CPEG")
    initialled = InitialAssumptions(pack=pack.digest, assumptions=tuple(pack.assumptions))
    return [
        asks("propose a way", WINTER, "p1", lambda _: ProposePack(pack=pack.digest), pack=pack),
        asks("note", WINTER, CLARA, lambda _: step),
        asks("initial", WINTER, "p2", lambda _: initialled),
        asks(
            "minute the note",
            WINTER,
            "p1",
            lambda refs: RecordPackMinute(step="note", minute=refs[0]),
            "3/18",
        ),
        asks(
            "decline the way",
            WINTER,
            "p2",
            lambda refs: DeclinePack(pack=pack.digest, reason=refs[0]),
            "Not this one.",
        ),
    ]
