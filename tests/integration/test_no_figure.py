"""That there is no figure is said with a reason, and judged: triggers and later periods know it."""

from __future__ import annotations

from datetime import date

import pytest

from engine.audit.replay import replay
from engine.commands import Step, TakeSteps
from engine.queries.figures.derived import derived
from engine.queries.references import FigureRef
from engine.testing.council import Council
from engine.views import VIEWS
from events.errors import Invalid, Refused
from events.kinds.statuses import StatusAssessed, TriggerFired

ANALYST, MANAGER, CLERK = "p3", "p4", "p6"


def confirmed(council: Council, period: str, value: str) -> None:
    council.figure(ANALYST, "enter", f"AE4/acute/{period}", value)
    council.figure(MANAGER, "confirm", f"AE4/acute/{period}")


def absent(council: Council, period: str) -> None:
    council.figure(MANAGER, "declare_none", f"AE4/acute/{period}", words={"reason": "the system was down"})


def came_after_all(council: Council, period: str, value: str) -> None:
    council.figure(ANALYST, "restate", f"AE4/acute/{period}", value, words={"reason": "found after all"})
    council.figure(MANAGER, "approve_restatement", f"AE4/acute/{period}")


def judgements(council: Council, period: str) -> list[StatusAssessed]:
    facts = council.store.streams({"series/AE4/acute": 0})["series/AE4/acute"]
    return [f.event for f in facts if isinstance(f.event, StatusAssessed) and f.event.period == period]


def firings(council: Council) -> list[TriggerFired]:
    facts = council.store.streams({"series/AE4/acute": 0})["series/AE4/acute"]
    return [fact.event for fact in facts if isinstance(fact.event, TriggerFired)]


def test_no_figure_is_judged_as_no_data_and_cites_who_said_so(council: Council) -> None:
    absent(council, "2017-05")
    (judged,) = judgements(council, "2017-05")
    assert (judged.rule, judged.cause, judged.value) == ("no_data", "no data", None)
    (said,) = [fact for fact in council.store.page(0, 1_000) if fact.type == "figure.absent"]
    assert judged.figure == said.ref


def test_a_period_after_no_figure_has_no_status_to_turn_from(council: Council) -> None:
    confirmed(council, "2017-04", "90")
    absent(council, "2017-05")
    confirmed(council, "2017-06", "80")
    assert council.status("AE4/acute/2017-06") == "red"
    assert council.intervention("AE4", "acute") is None
    assert judgements(council, "2017-06")[-1].previous != "amber"


def test_no_figure_said_late_judges_the_periods_after_it_again(council: Council) -> None:
    confirmed(council, "2017-04", "90")
    confirmed(council, "2017-06", "80")
    before = judgements(council, "2017-06")
    absent(council, "2017-05")
    after = judgements(council, "2017-06")
    assert len(after) == len(before) + 1
    assert after[-1].cause == "no data"


def test_a_figure_that_comes_after_all_is_a_late_figure_and_judges_again(council: Council) -> None:
    confirmed(council, "2017-04", "90")
    absent(council, "2017-05")
    confirmed(council, "2017-06", "80")
    came_after_all(council, "2017-05", "90")
    assert [j.cause for j in judgements(council, "2017-05")] == ["no data", "late figure"]
    assert council.status("AE4/acute/2017-05") == "amber"
    assert council.intervention("AE4", "acute") is not None, "now June turned from amber to red"


def test_a_second_correction_of_such_a_figure_is_a_restatement(council: Council) -> None:
    absent(council, "2017-05")
    came_after_all(council, "2017-05", "90")
    came_after_all(council, "2017-05", "80")
    assert [j.cause for j in judgements(council, "2017-05")] == ["no data", "late figure", "restated"]


def test_the_figure_that_was_entered_is_shown_no_more_once_there_is_said_to_be_none(council: Council) -> None:
    council.figure(ANALYST, "enter", "AE4/acute/2017-05", "90")
    absent(council, "2017-05")
    row = council.submission("AE4/acute/2017-05")
    assert row is not None
    assert (row["state"], row["value"], row["waiting"]) == ("no_figure", None, 0)


def test_what_to_do_next_about_a_figure_that_came_after_all_is_to_approve_it(council: Council) -> None:
    ref = FigureRef("AE4", "acute", "2017-05")
    absent(council, "2017-05")
    with pytest.raises(Invalid) as none:
        derived(council.engine, ref)
    assert "goldenthread figure restate AE4/acute/2017-05" in none.value.problems[0].fix
    council.figure(ANALYST, "restate", "AE4/acute/2017-05", "90", words={"reason": "found after all"})
    with pytest.raises(Invalid) as waits:
        derived(council.engine, ref)
    (problem,) = waits.value.problems
    assert problem.sentence.startswith(
        "AE4/acute/2017-05 was said to have no figure, and one that came since"
    )
    assert problem.fix == "Approve it: goldenthread figure approve-restatement AE4/acute/2017-05."


def test_no_figure_needs_a_reason(council: Council) -> None:
    with pytest.raises(Refused):
        council.figure(MANAGER, "declare_none", "AE4/acute/2017-05")
    assert judgements(council, "2017-05") == []


def test_what_no_figure_was_judged_as_comes_out_again_and_the_views_are_a_rebuild(council: Council) -> None:
    confirmed(council, "2017-04", "90")
    absent(council, "2017-05")
    confirmed(council, "2017-06", "80")
    came_after_all(council, "2017-05", "96")
    assert replay(council.store, council.engine.shelf).differences == []
    assert council.store.differences(VIEWS) == []


def test_a_later_period_without_a_figure_hides_no_fall(council: Council) -> None:
    confirmed(council, "2017-04", "90")
    absent(council, "2017-06")
    confirmed(council, "2017-05", "80")
    (fired,) = [fired for fired in firings(council) if fired.start == "intervention"]
    assert (fired.period, fired.consequences) == ("2017-05", True)
    assert council.intervention("AE4", "acute") is not None
    assert replay(council.store, council.engine.shelf).differences == []


def test_several_figures_before_a_period_without_one_lead_to_what_they_would_have_one_by_one(
    council: Council,
) -> None:
    council.at(date(2017, 8, 10))
    for period, value in (("2017-04", "90"), ("2017-05", "80"), ("2017-06", "99")):
        council.figure(ANALYST, "enter", f"AE4/acute/{period}", value)
    absent(council, "2017-07")
    council.ask(
        TakeSteps(
            steps=tuple(
                Step(workflow="submission", indicator="AE4", service="acute", subject=period, step="confirm")
                for period in ("2017-06", "2017-05", "2017-04")
            )
        ),
        MANAGER,
    )
    (fired,) = [fired for fired in firings(council) if fired.start == "intervention"]
    assert (fired.period, fired.consequences) == ("2017-05", True)


def test_a_figure_before_a_later_figure_is_recorded_only_with_or_without_a_gap_after_that(
    council: Council,
) -> None:
    council.at(date(2017, 8, 10))
    for period, value in (("2017-04", "90"), ("2017-06", "99")):
        confirmed(council, period, value)
    absent(council, "2017-07")
    confirmed(council, "2017-05", "80")
    (fired,) = [fired for fired in firings(council) if fired.start == "intervention"]
    assert (fired.period, fired.consequences) == ("2017-05", False)
    assert council.intervention("AE4", "acute") is None


def test_what_the_missing_figure_led_to_stays_when_the_one_before_comes_late(council: Council) -> None:
    confirmed(council, "2017-04", "90")
    absent(council, "2017-06")
    told = [fired for fired in firings(council) if fired.period == "2017-06"]
    confirmed(council, "2017-05", "90")
    assert [fired for fired in firings(council) if fired.period == "2017-06"] == told
    assert not any(type_ == "trigger.withdrawn" for type_ in council.types())
