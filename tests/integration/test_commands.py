"""A command has one effect, whatever happens to it on the way."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from engine.commands import AddService, CorrectClock
from engine.deadlines.tick import tick
from engine.handle import deadline_of
from engine.ports import Store
from engine.testing.council import LONDON, Council
from engine.view import Row
from engine.views import DUE, VIEWS
from events.errors import Broken, Invalid, Refused
from events.instant import Instant

ANALYST, MANAGER, SERVICE, CLERK = "p3", "p4", "p5", "p6"
SERIES = ("AE4", "acute")


def turned_red(council: Council) -> None:
    for period, value in (("2017-05", "90"), ("2017-06", "80")):
        council.figure(ANALYST, "enter", f"AE4/acute/{period}", value)
        council.figure(MANAGER, "confirm", f"AE4/acute/{period}")


def test_the_same_command_again_gets_the_same_answer_and_writes_nothing(council: Council) -> None:
    first = council.figure(ANALYST, "enter", "AE4/acute/2017-05", "90", command_id="once")
    head = council.store.head()
    second = council.figure(ANALYST, "enter", "AE4/acute/2017-05", "90", command_id="once")
    assert second.repeated
    assert second.facts == first.facts
    assert council.store.head() == head


def test_another_request_under_a_used_id_is_refused(council: Council) -> None:
    council.figure(ANALYST, "enter", "AE4/acute/2017-05", "90", command_id="once")
    with pytest.raises(Refused, match="already used for another request"):
        council.figure(ANALYST, "enter", "AE4/acute/2017-05", "91", command_id="once")


def test_nobody_can_take_the_id_of_a_deadline_before_it_passes(council: Council) -> None:
    turned_red(council)
    council.step(CLERK, "intervention", (*SERIES, "1"), "answer", {"category": "category_4"}, body="CPEG")
    (row,) = council.store.rows(DUE, {"name": "report_back"})
    taken = deadline_of(row, Instant(str(row["deadline_at"]))).command_id
    with pytest.raises(Invalid, match="cannot be the id of a command"):
        council.figure(
            ANALYST, "comment", "AE4/acute/2017-06", words={"comment": "innocent"}, command_id=taken
        )
    council.live_until(date(2017, 8, 12))
    assert council.types().count("deadline.passed") == 1


def test_a_clock_is_corrected_only_where_the_record_ran_ahead(council: Council) -> None:
    words = council.text("It ran ahead.")
    with pytest.raises(Refused, match="did not run ahead by more than 5 minutes"):
        council.ask(CorrectClock(reason=words.ref), "p1", texts=(words,))
    council.clock.advance(-timedelta(minutes=6))
    with pytest.raises(Broken, match="nothing was written"):
        council.service("mental")
    council.ask(CorrectClock(reason=words.ref), "p1", texts=(words,))
    council.service("mental")
    assert council.types()[-2:] == ["clock.corrected", "service.added"]


def test_texts_are_compared_as_texts_although_their_salt_differs(council: Council) -> None:
    council.figure(ANALYST, "enter", "AE4/acute/2017-05", "90")
    said = {"comment": "Winter pressures."}
    council.figure(ANALYST, "comment", "AE4/acute/2017-05", words=said, command_id="said")
    assert council.figure(ANALYST, "comment", "AE4/acute/2017-05", words=said, command_id="said").repeated
    with pytest.raises(Refused, match="another request"):
        council.figure(
            ANALYST, "comment", "AE4/acute/2017-05", words={"comment": "Other."}, command_id="said"
        )


def test_a_dry_run_decides_everything_and_writes_nothing(council: Council) -> None:
    turned_red(council)
    head = council.store.head()
    answer = council.step(
        CLERK, "intervention", (*SERIES, "1"), "answer", {"category": "category_4"}, body="CPEG", dry_run=True
    )
    assert [fact.type for fact in answer.facts] == ["intervention.agreed"]
    assert council.store.head() == head


def test_every_reason_is_told_at_once_and_what_is_possible_instead(council: Council) -> None:
    turned_red(council)
    with pytest.raises(Refused) as refused:
        council.step(ANALYST, "intervention", (*SERIES, "1"), "answer", {}, body="CPEG")
    said = str(refused.value)
    assert "category" in said
    assert "CPEG" in said
    assert "Possible now" in said
    assert len(refused.value.problems) >= 2


def test_a_deadline_due_before_the_command_came_is_passed_first_and_stands_although_it_is_refused(
    council: Council,
) -> None:
    turned_red(council)
    council.step(CLERK, "intervention", (*SERIES, "1"), "answer", {"category": "category_4"}, body="CPEG")
    council.at(date(2017, 8, 11))
    with pytest.raises(Refused):
        council.step(ANALYST, "intervention", (*SERIES, "1"), "report", {}, words={"report": "Not mine."})
    assert council.types().count("deadline.passed") == 1
    council.tick()
    assert council.types().count("deadline.passed") == 1


def test_a_report_one_second_before_midnight_is_in_time(council: Council) -> None:

    turned_red(council)
    council.step(CLERK, "intervention", (*SERIES, "1"), "answer", {"category": "category_4"}, body="CPEG")
    council.clock.set(datetime(2017, 8, 10, 23, 59, 59, tzinfo=LONDON))
    council.step(SERVICE, "intervention", (*SERIES, "1"), "report", words={"report": "Done."})
    council.live_until(date(2017, 8, 11))
    row = council.intervention(*SERIES)
    assert row is not None
    assert (row["state"], council.agenda(*SERIES)) == ("reported", {})


def test_a_tick_is_idempotent(council: Council) -> None:
    turned_red(council)
    council.at(date(2018, 1, 1))
    assert council.tick().facts
    assert council.tick().facts == []


def test_a_second_trigger_is_evidence_for_the_open_intervention(council: Council) -> None:
    turned_red(council)
    council.at(date(2017, 9, 12))
    for period, value in (("2017-07", "90"), ("2017-08", "80")):
        council.figure(ANALYST, "enter", f"AE4/acute/{period}", value)
        council.figure(MANAGER, "confirm", f"AE4/acute/{period}")
    row = council.intervention(*SERIES)
    assert row is not None
    assert row["evidence"] == 1
    assert council.intervention(*SERIES, "2") is None


def test_only_a_governance_lead_keeps_the_register(council: Council) -> None:
    with pytest.raises(Refused, match="not a governance lead"):
        council.ask(AddService(service="x", label="X"), ANALYST)


def test_the_views_equal_a_rebuild(council: Council) -> None:
    turned_red(council)
    council.step(CLERK, "intervention", (*SERIES, "1"), "answer", {"category": "category_4"}, body="CPEG")
    council.live_until(date(2017, 10, 1))
    assert council.store.differences(VIEWS) == []


def test_a_reminder_before_a_date_is_not_sent_after_it(council: Council) -> None:
    turned_red(council)
    council.step(CLERK, "intervention", (*SERIES, "1"), "answer", {"category": "category_4"}, body="CPEG")
    council.at(date(2017, 10, 2))
    council.tick()
    sent = [f.event for f in council.store.find(types=["reminder.sent"])]
    assert [getattr(event, "words", "") for event in sent] == [
        event.words for event in sent if "after" in event.words
    ]
    assert council.types().count("deadline.passed") >= 1


def test_an_index_that_still_lists_what_has_passed_is_reported_and_fires_nothing_twice(
    council: Council,
) -> None:
    turned_red(council)
    council.step(CLERK, "intervention", (*SERIES, "1"), "answer", {"category": "category_4"}, body="CPEG")
    council.at(date(2017, 8, 11))
    stuck = council.store.rows(DUE, {"name": "report_back"})
    council.tick()
    engine = council.engine
    engine.store = _Stuck(council.store, stuck)  # type: ignore[assignment]  # a store whose due index was restored from before
    ticked = tick(engine, council.now())
    assert [failed.deadline.name for failed in ticked.failed] == ["report_back"]
    assert council.types().count("deadline.passed") == 1


class _Stuck:
    """A store whose due index always answers the same rows."""

    def __init__(self, store: Store, rows: list[Row]) -> None:
        self._store = store
        self._rows = rows

    def rows(self, *_: object, **__: object) -> list[Row]:
        return self._rows

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


def test_a_reminder_a_day_after_the_date_is_sent_once_to_the_body(council: Council) -> None:
    turned_red(council)
    council.step(CLERK, "intervention", (*SERIES, "1"), "answer", {"category": "category_4"}, body="CPEG")
    council.live_until(date(2017, 9, 1))
    sent = [f.event for f in council.store.find(types=["reminder.sent"])]
    assert [getattr(e, "to", ()) for e in sent if "after" in getattr(e, "words", "")] == [("CPEG",)]
    assert council.store.rows(DUE, {"name": "report_back"}) == []
