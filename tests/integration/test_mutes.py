"""A governance lead mutes a trigger of one series: it is still recorded that it held, and nothing follows."""

from __future__ import annotations

from datetime import date

import pytest

from engine.audit.replay import replay
from engine.commands import MuteTrigger, UnmuteTrigger
from engine.queries.explaining.explain_figure import explain_figure
from engine.queries.explaining.explain_trigger import explain_trigger
from engine.queries.mutes import mutes
from engine.queries.names import Names
from engine.queries.references import FigureRef
from engine.testing.council import Council
from events.errors import Refused
from events.kinds.statuses import TriggerScreened

LEAD, ANALYST, MANAGER = "p1", "p3", "p4"
SERIES = ("AE4", "acute")


def confirmed(council: Council, period: str, value: str) -> None:
    council.figure(ANALYST, "enter", f"AE4/acute/{period}", value)
    council.figure(MANAGER, "confirm", f"AE4/acute/{period}")


def restated(council: Council, period: str, value: str) -> None:
    council.figure(ANALYST, "restate", f"AE4/acute/{period}", value, words={"reason": "late returns"})
    council.figure(MANAGER, "approve_restatement", f"AE4/acute/{period}")


def mute(council: Council, until: date, who: str = LEAD, service: str = "acute") -> None:
    text = council.text("A new system counts differently until autumn")
    request = MuteTrigger(
        trigger="turned_red", indicator="AE4", service=service, until=until, reason=text.ref
    )
    council.ask(request, who, texts=(text,))


def unmute(council: Council) -> None:
    text = council.text("It counts as before again")
    request = UnmuteTrigger(trigger="turned_red", indicator="AE4", service="acute", reason=text.ref)
    council.ask(request, LEAD, texts=(text,))


def screened(council: Council) -> list[TriggerScreened]:
    facts = council.store.streams({"series/AE4/acute": 0})["series/AE4/acute"]
    return [fact.event for fact in facts if isinstance(fact.event, TriggerScreened)]


def day(council: Council) -> date:
    return council.clock.now().date()


def test_nothing_follows_from_a_muted_trigger_and_it_says_who_and_until_when(council: Council) -> None:
    mute(council, date(2019, 1, 31))
    confirmed(council, "2017-05", "90")
    confirmed(council, "2017-06", "80")
    assert council.intervention(*SERIES) is None
    [held] = screened(council)
    assert (held.cause, held.muted_by, held.until) == ("muted", LEAD, date(2019, 1, 31))
    assert held.record == "Muted until 31 January 2019"


def test_after_its_last_day_a_mute_is_over(council: Council) -> None:
    mute(council, day(council))
    council.at(date.fromordinal(day(council).toordinal() + 1))
    confirmed(council, "2017-05", "90")
    confirmed(council, "2017-06", "80")
    assert council.intervention(*SERIES) is not None


def test_a_mute_that_is_taken_back_mutes_nothing(council: Council) -> None:
    mute(council, date(2019, 1, 31))
    unmute(council)
    confirmed(council, "2017-05", "90")
    confirmed(council, "2017-06", "80")
    assert council.intervention(*SERIES) is not None


def test_a_mute_undoes_nothing_that_fired_before(council: Council) -> None:
    confirmed(council, "2017-05", "90")
    confirmed(council, "2017-06", "80")
    mute(council, date(2019, 1, 31))
    restated(council, "2017-06", "79")
    assert "trigger.withdrawn" not in council.types()


def test_what_is_muted_is_listed_with_the_reason(council: Council) -> None:
    mute(council, date(2019, 1, 31))
    [line] = mutes(council.engine, day(council), names=Names())
    assert (line.trigger, line.series, line.until) == ("turned_red", "AE4/acute", date(2019, 1, 31))
    assert mutes(council.engine, date(2019, 2, 1), names=Names()) == []


def test_the_record_comes_out_the_same_when_it_is_judged_again(council: Council) -> None:
    mute(council, date(2019, 1, 31))
    confirmed(council, "2017-05", "90")
    confirmed(council, "2017-06", "80")
    unmute(council)
    council.at(date(2017, 9, 10))
    confirmed(council, "2017-07", "90")
    confirmed(council, "2017-08", "80")
    found = replay(council.store, council.engine.shelf)
    assert found.judgements == 4
    assert found.differences == []


def test_only_a_governance_lead_mutes_and_only_what_there_is(council: Council) -> None:
    for who, service in ((ANALYST, "acute"), (LEAD, "nowhere")):
        with pytest.raises(Refused):
            mute(council, date(2019, 1, 31), who, service)
    with pytest.raises(Refused):
        mute(council, date(2001, 1, 31))
    with pytest.raises(Refused):
        unmute(council)


def told(council: Council, period: str) -> list[str]:
    ref = FigureRef(*SERIES, period)
    lines = explain_figure(council.engine, ref, names=Names()).lines
    return [line.where for line in lines if line.rule == "trigger turned_red"]


def test_what_was_screened_out_and_holds_no_more_is_said_to_hold_no_more(council: Council) -> None:
    mute(council, date(2019, 1, 31))
    confirmed(council, "2017-05", "90")
    confirmed(council, "2017-06", "80")
    assert told(council, "2017-06") == ["screened out: Muted until 31 January 2019"]
    restated(council, "2017-06", "95")
    assert told(council, "2017-06") == ["was screened out: Muted until 31 January 2019; no longer"]
    last = explain_trigger(council.engine, FigureRef(*SERIES, "2017-06"), "turned_red", names=Names())
    assert last.lines[-1].what.startswith("It does not hold now that the period was judged again: Green")
    restated(council, "2017-06", "96")
    assert council.types().count("trigger.withdrawn") == 1
    assert council.intervention(*SERIES) is None


def test_what_was_muted_and_fires_when_it_is_judged_again_has_fired_since(council: Council) -> None:
    mute(council, date(2019, 1, 31))
    confirmed(council, "2017-05", "90")
    confirmed(council, "2017-06", "80")
    unmute(council)
    restated(council, "2017-06", "79")
    assert told(council, "2017-06")[0] == "was screened out: Muted until 31 January 2019; has fired since"
    assert "trigger.withdrawn" not in council.types()


def test_what_was_screened_out_is_so_again_when_a_correction_is_put_right(council: Council) -> None:
    mute(council, date(2019, 1, 31))
    confirmed(council, "2017-05", "90")
    for value in ("80", "95", "80"):
        (confirmed if value == "80" and not screened(council) else restated)(council, "2017-06", value)
    assert told(council, "2017-06") == [
        "was screened out: Muted until 31 January 2019; no longer",
        "screened out: Muted until 31 January 2019",
    ]
