"""A deadline that cannot be passed is visible, is tried again later and later, and blocks nobody else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from engine.commands import PassDeadline
from engine.deadlines.incidents import find_incident, ref_of
from engine.deadlines.tick import Ticked, retry
from engine.handle import deadline_of
from engine.packs.pack import Pack
from engine.ports import Incident, Store
from engine.testing.council import Council
from engine.views import DUE, VIEWS
from events.errors import Broken, Conflict, NotFound, Refused, Unavailable
from events.instant import moment
from tests.campaigns.homes import Home

from .many_deadlines import CLERK, FELL_DUE, OPENED, council_waiting, passed
from .troubled import a_bug, trouble, well

FAILING = "s7"


def standing(council: Council) -> list[Incident]:
    return council.store.incidents()


@pytest.fixture
def council(example: Pack) -> Council:
    """Ten matters, each with a deadline that has just fallen due."""
    council = council_waiting(example, OPENED, 10)
    council.at(FELL_DUE)
    return council


def test_one_that_fails_of_three_hundred_holds_nobody_up(example: Pack) -> None:
    council = council_waiting(example, OPENED, 300)
    council.at(FELL_DUE)
    trouble(council, a_bug("s150"))
    ticked = council.tick()
    assert sorted(passed(council)) == sorted(f"s{n}" for n in range(300) if n != 150)
    assert [failed.deadline.stream for failed in ticked.failed] == ["interventions/AE4/s150"]
    assert len(standing(council)) == 1


def test_what_is_kept_says_where_a_mistake_came_from_and_never_what_it_said(council: Council) -> None:
    trouble(council, a_bug(FAILING))
    (failed,) = council.tick().failed
    (incident,) = standing(council)
    assert (incident.code, incident.attempts, incident.reminder) == ("GT-CLOCK-105", 1, 0)
    assert "ZeroDivisionError" in incident.sentence
    assert "their words" not in f"{incident} {failed}"
    assert any(":commit" in place for place in failed.trace)


def test_a_failing_deadline_is_left_alone_until_its_next_try(council: Council) -> None:
    store = trouble(council, a_bug(FAILING))
    council.tick()
    store.trouble = well
    council.wait(timedelta(seconds=59))
    assert council.tick().facts == []
    assert len(standing(council)) == 1
    council.wait(timedelta(seconds=1))
    ticked = council.tick()
    assert (ticked.fired, ticked.ended) == (1, 1)
    assert FAILING in passed(council)
    (ended,) = council.store.incidents(open_only=False)
    assert ended.ended_at == council.now()
    assert standing(council) == []


def test_each_failure_doubles_the_pause_up_to_an_hour(council: Council) -> None:
    trouble(council, a_bug(FAILING))
    pauses = []
    for _ in range(9):
        council.tick()
        (incident,) = standing(council)
        pauses.append((moment(incident.next_try_at) - council.clock.now()) // timedelta(minutes=1))
        council.clock.set(moment(incident.next_try_at))
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert standing(council)[0].attempts == 9
    assert moment(standing(council)[0].first_failed_at).date() == FELL_DUE


def test_a_book_that_cannot_be_written_is_no_incident(council: Council) -> None:
    trouble(council, lambda _: Unavailable.of("GT-DB-002", "The book is held by another program.", "Wait."))
    with pytest.raises(Unavailable):
        council.tick()
    assert standing(council) == []
    assert council.store.get_meta("heartbeat") is None


def test_a_clock_that_is_wrong_is_no_incident(council: Council) -> None:
    trouble(council, lambda _: Broken.of("GT-CLOCK-001", "The record ends later.", "Set the clock right."))
    with pytest.raises(Broken, match="ends later"):
        council.tick()
    assert standing(council) == []


def test_a_refusal_of_the_engine_is_kept_as_it_was_said(council: Council) -> None:
    circle = Broken.of("GT-STEP-103", "What follows goes on.", "Look at the pack.")
    trouble(council, lambda command_id: circle if f"/{FAILING}/" in command_id else None)
    council.tick()
    (incident,) = standing(council)
    assert (incident.code, incident.sentence) == ("GT-STEP-103", "What follows goes on. Look at the pack.")


def test_an_incident_ends_where_somebody_else_passed_the_deadline(council: Council) -> None:
    store = trouble(council, a_bug(FAILING))
    council.tick()
    store.trouble = well
    council.engine.fire([_deadline(council)], council.now())  # the process ends before it could say so
    assert len(standing(council)) == 1
    assert council.tick().ended == 1
    assert standing(council) == []
    assert passed(council).count(FAILING) == 1


def test_an_incident_ends_where_its_deadline_no_longer_runs(council: Council) -> None:
    trouble(council, a_bug(FAILING))
    council.tick()
    (real,) = standing(council)
    council.store.keep_incident(
        replace(real, firing=f"{real.firing} of a matter that was closed", subject="99")
    )
    council.tick()
    assert standing(council) == [real]


def test_an_index_that_differs_from_the_log_is_an_incident_until_it_is_put_right(council: Council) -> None:
    before = council.store.rows(DUE)
    council.tick()
    store = _Stuck(council.store, before)
    council.engine.store = store  # type: ignore[assignment]  # a store whose due index was restored from before
    ticked = council.tick()
    assert {failed.code for failed in ticked.failed} == {"GT-CLOCK-106"}
    assert len(standing(council)) == len(ticked.failed) > 0
    assert ticked.fired == 0
    assert council.tick().failed == []
    store.stuck = False
    council.tick()
    assert standing(council) == []


class _Stuck:
    """A store whose due index answers the rows of an earlier day."""

    def __init__(self, store: Store, rows: list[dict[str, str | int | None]]) -> None:
        self._store, self._rows, self.stuck = store, rows, True

    def rows(self, *where: object, **how: object) -> object:
        return self._rows if self.stuck else self._store.rows(*where, **how)  # type: ignore[arg-type]  # passed on

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


def test_a_reminder_that_fails_does_not_hold_its_deadline_back(example: Pack) -> None:
    council = council_waiting(example, OPENED, 1)
    council.at(date(2026, 3, 31))  # five days before the answer is due
    store = trouble(council, a_bug("s0"))
    assert [failed.deadline.reminder for failed in council.tick().failed] == [1]
    store.trouble = well
    council.at(FELL_DUE)
    council.tick()
    assert (passed(council), standing(council)) == (["s0"], [])


# an officer's command, and what should have passed before it ---------------------------------------------------------


def test_a_matter_is_not_decided_over_a_deadline_that_could_not_be_passed(council: Council) -> None:
    trouble(council, a_bug(FAILING))
    with pytest.raises(Refused) as refused:
        _answer(council, FAILING)
    (problem,) = refused.value.problems
    (incident,) = standing(council)
    ref = ref_of(incident.firing)
    assert problem.code == "GT-CLOCK-113"
    assert ref in problem.sentence
    assert f"goldenthread incident retry {ref}" in problem.fix
    assert "intervention.agreed" not in council.types()


def test_other_matters_are_decided_all_the_same(council: Council) -> None:
    trouble(council, a_bug(FAILING))
    council.tick()
    _answer(council, "s8")
    assert council.types().count("intervention.agreed") == 1


def test_the_officer_is_heard_once_the_deadline_can_be_passed(council: Council) -> None:
    store = trouble(council, a_bug(FAILING))
    with pytest.raises(Refused):
        _answer(council, FAILING)
    store.trouble = well
    _answer(council, FAILING)
    assert passed(council).count(FAILING) == 1
    council.tick()
    assert standing(council) == []


def test_an_officer_who_tries_again_and_again_does_not_put_the_next_try_off(council: Council) -> None:
    trouble(council, a_bug(FAILING))
    for _ in range(3):
        with pytest.raises(Refused):
            _answer(council, FAILING)
    assert [incident.attempts for incident in standing(council)] == [1]


# trying by hand ------------------------------------------------------------------------------------------------------


def test_trying_by_hand_does_not_wait(council: Council) -> None:
    store = trouble(council, a_bug(FAILING))
    council.tick()
    assert _retried(council).failed != []
    assert standing(council)[0].attempts == 2
    store.trouble = well
    ticked = _retried(council)
    assert (ticked.fired, ticked.ended, standing(council)) == (1, 1, [])
    assert passed(council).count(FAILING) == 1


def test_nothing_is_done_while_another_worker_ticks(example: Pack, home: Home) -> None:
    council = council_waiting(example, OPENED, 10, home.make())
    other = Council.joining(council, home.open())
    for each in (council, other):
        each.at(FELL_DUE)
    trouble(council, a_bug(FAILING))
    council.tick()
    before = council.types()
    with other.store.alone("tick"):
        with pytest.raises(Conflict, match="just now"):
            _retried(council)
        council.wait(timedelta(days=1))
        ticked = council.tick()
    assert (ticked.busy, ticked.facts, ticked.failed) == (True, [], [])
    assert council.types() == before
    for each in (council, other):
        each.store.close()


def test_an_incident_is_found_by_the_beginning_of_its_name(council: Council) -> None:
    trouble(council, a_bug(FAILING))
    council.tick()
    (incident,) = standing(council)
    assert find_incident(council.store, ref_of(incident.firing)[:5].upper()) == incident
    with pytest.raises(NotFound, match="no incident 'zzzz'"):
        find_incident(council.store, "zzzz")


def test_the_views_equal_a_rebuild_after_incidents(council: Council) -> None:
    store = trouble(council, a_bug(FAILING))
    council.tick()
    store.trouble = well
    council.wait(timedelta(minutes=1))
    council.tick()
    assert council.store.differences(VIEWS) == []


def _retried(council: Council) -> Ticked:
    return retry(council.engine, standing(council), council.now())


def _deadline(council: Council) -> PassDeadline:
    """That of the matter that fails."""
    (row,) = council.store.rows(DUE, {"stream": f"interventions/AE4/{FAILING}", "passed": 0})
    return deadline_of(row, council.now())


def _answer(council: Council, service: str) -> None:
    council.step(
        CLERK, "intervention", ("AE4", service, "1"), "answer", {"category": "category_4"}, body="CPEG"
    )
