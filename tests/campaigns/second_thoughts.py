"""What is said after the fact: a minute, a mute, another register, other targets, judging again, another status."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from engine.commands import (
    AmendIndicator,
    ClosePeriod,
    EndOverride,
    FinishRejudging,
    MuteTrigger,
    OverrideStatus,
    RecordMinute,
    RejudgeSeries,
    Request,
    SetTarget,
    SetTargets,
    UnmuteTrigger,
)
from events.text import TextRef
from tests.campaigns.deeds import AHEAD, TOM, WINTER, Asking, Deed, asks

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
        asks("close", WINTER, TOM, _closed, "The others follow."),
        asks(
            "rejudge AE7",
            WINTER,
            "system",
            lambda _: RejudgeSeries(adoption=REJUDGED, indicator="AE7", service="acute"),
        ),
        asks("rejudged", WINTER, "system", lambda _: FinishRejudging(adoption=REJUDGED, series=1)),
    ]


def _closed(refs: Sequence[TextRef]) -> ClosePeriod:
    """A month's report, with the figures named that nobody has given."""
    return ClosePeriod(period="2017-10", with_missing=True, because=refs[0])
