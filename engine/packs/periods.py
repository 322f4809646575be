"""The periods of a pack's own test, judged one after another: statuses as they are given, then figures by the rules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from engine.packs.pack import Pack
from events.schema import Event
from rules.case import Case, Mute, Override, Target
from rules.history import Timeline

if TYPE_CHECKING:
    from engine.packs.tests_file import PackTest

FIRST_PERIOD = "2001-Q1"
"""What the first period is called where the test does not say; tests count periods from 1."""
SOMEBODY = "somebody"
LONG = date(9999, 12, 31)


def judged_periods(test: PackTest, pack: Pack, *, restated: bool = True) -> list[list[Event]]:
    """The facts of every period, oldest first; as they were before a restatement, where `restated` is off."""
    timeline = Timeline(pack.rules, _alike(test, pack), test.first_period or FIRST_PERIOD)
    words = (test.restated if restated else None) or test.history or ()
    declares = pack.rules.status_from == "declared"
    figures = [_figure(each) for each in test.figures]
    if test.figure is not None:
        figures.append(_figure(test.figure))
    beside = words if declares and test.figures else ()
    alone = () if beside else words
    last = len(alone) + len(figures) - 1
    for index, word in enumerate(alone):
        timeline.given(word, _last(test, timeline, index == last))
    for index, figure in enumerate(figures):
        case = _last(test, timeline, len(alone) + index == last)
        if index < len(test.targets):
            case = msgspec.structs.replace(case, target=_aimed(case, test.targets[index]))
        declared = beside[index] if index < len(beside) else case.declared_status
        timeline.figure(msgspec.structs.replace(case, declared_status=declared, **figure))
    return timeline.judged


def _alike(test: PackTest, pack: Pack) -> Case:
    """What is so of every period of a test."""
    return Case(
        pack=pack.digest,
        period="",
        polarity=test.polarity,
        measured_in=test.measured_in,
        fields=test.fields,
        target=test.target,
        service="service",
        indicator="indicator",
    )


def _last(test: PackTest, timeline: Timeline, last: bool) -> Case:
    """A case; what is said of the last period is said of that alone."""
    if not last:
        return timeline.like
    override = None if test.override is None else Override(status=test.override, by=SOMEBODY)
    return msgspec.structs.replace(
        timeline.like,
        reported_as=test.reported_as,
        declared_status=test.declared,
        late=test.late,
        override=override,
        mutes={trigger: Mute(by=SOMEBODY, until=LONG) for trigger in test.muted},
    )


def _figure(given: dict[str, Decimal]) -> dict[str, Decimal | None]:
    return {key: given.get(key) for key in ("value", "numerator", "denominator")}


def _aimed(case: Case, target: Decimal) -> Target:
    return msgspec.structs.replace(case.target or Target(), value=target)
