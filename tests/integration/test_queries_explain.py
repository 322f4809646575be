"""Everything can be explained: the rule, the pack, the people, the events, and what followed."""

from __future__ import annotations

from datetime import date

import pytest

from engine.queries.explaining.explain import explain
from engine.queries.explaining.explain_deadline import explain_deadline
from engine.queries.explaining.explain_trigger import explain_trigger
from engine.queries.explaining.explanation import Explanation
from engine.queries.matters.matter import matter
from engine.queries.names import Names
from engine.queries.references import FigureRef, MatterRef, find_intervention, parse_reference
from engine.testing.council import Council
from events.errors import Invalid, NotFound

ANALYST, MANAGER, SERVICE, CLERK = "p3", "p4", "p5", "p6"
TODAY = date(2017, 8, 28)
JUNE = FigureRef("AE4", "acute", "2017-06")


def names(council: Council) -> Names:
    return Names({"p3": "Priya", "p4": "Tom", "p5": "Moira", "p6": "Ada"}, council.store.texts)


@pytest.fixture
def red(council: Council) -> Council:
    """Turned red in June, commented on, answered with one month, extended, and missed."""
    for period, value in (("2017-05", "90"), ("2017-06", "80")):
        council.figure(ANALYST, "enter", f"AE4/acute/{period}", value)
        council.figure(MANAGER, "confirm", f"AE4/acute/{period}")
    council.figure(MANAGER, "comment", "AE4/acute/2017-06", words={"comment": "Beds were closed."})
    about = ("AE4", "acute", "1")
    council.step(
        CLERK, "intervention", about, "answer", {"category": "category_4", "menu": ("5",)}, body="CPEG"
    )
    until, reason = {"until": "2017-08-25"}, {"reason": "Holidays."}
    council.step(SERVICE, "intervention", about, "ask_extension", until, words=reason)
    council.step(
        CLERK, "intervention", about, "agree_extension", until, words={"reason": "Agreed."}, body="CPEG"
    )
    council.live_until(TODAY)
    return council


def said(explanation: Explanation) -> str:
    return "\n".join(f"{line.what} | {line.rule} | {line.where}" for line in explanation.lines)


def test_a_figure_is_explained_by_its_reason_band_pack_and_people(red: Council) -> None:
    explanation = explain(red.engine, "AE4/acute/2017-06", TODAY, names=names(red))
    assert explanation.status is not None
    assert explanation.status.label == "Red"
    told = said(explanation)
    for part in (
        "Red: 80 % is 15.8 % below the target of 95 %; amber ends at 10 %. | band red | example-council 1.0, in force 2016-04-01",
        "Assumption E2: no source says where colours begin; taken as: green at or above the standard",
        "| trigger turned_red | → intervention INT-0001",
        "INT-0001: In place, reporting to CPEG; category 4 (1 month) | menu 5 Strategic action plan",
        "80.0 % entered by Priya, 10 Jul 2017 09:00 |  | event",
        "80.0 % confirmed by Tom",
        "Comment by Tom, 10 Jul 2017 09:00: “Beds were closed.”",
        "Due by Fri 14 Jul 2017 | 10 working days from 1 July 2017",
    ):
        assert part in told


def test_every_event_cited_is_about_what_the_line_says(red: Council) -> None:
    explanation = explain(red.engine, "AE4/acute/2017-06", TODAY, names=names(red))
    kinds = {
        line.kind: red.store.page(line.events[0] - 1, 1)[0].type for line in explanation.lines if line.events
    }
    assert kinds == {
        "status": "status.assessed",
        "trigger": "trigger.fired",
        "figure": "figure.confirmed",
        "comment": "figure.commented",
    }


def test_a_series_is_explained_by_its_latest_period(red: Council) -> None:
    assert explain(red.engine, "AE4/acute", TODAY, names=names(red)).ref == "AE4/acute/2017-06"


def test_a_figure_judged_again_shows_what_it_was_before(red: Council) -> None:
    red.figure(ANALYST, "restate", "AE4/acute/2017-06", "96", words={"reason": "Late counts."})
    red.figure(MANAGER, "approve_restatement", "AE4/acute/2017-06")
    told = said(explain(red.engine, "AE4/acute/2017-06", TODAY, names=names(red)))
    assert "Green: 96 % is" in told
    assert "Judged before as Red" in told
    assert "judged again: restated" in told
    assert "withdrawn when the period was judged again" in told


def test_an_explanation_as_it_was_known_then_knows_nothing_later(red: Council) -> None:
    entered = next(
        fact for fact in red.store.find(types=("figure.entered",)) if fact.event.period == "2017-06"
    )
    then = said(explain(red.engine, "AE4/acute/2017-06", TODAY, names=names(red), at=entered.position))
    assert "Not judged: the figure waits for confirmation." in then
    assert "Tom" not in then


def test_a_trigger_is_explained_by_its_rule_and_what_followed(red: Council) -> None:
    told = said(explain_trigger(red.engine, JUNE, "turned_red", names=names(red)))
    assert (
        "fires when the status turned from amber to red. | trigger turned_red | example-council 1.0" in told
    )
    assert "Kent 2011" in told
    assert "→ intervention INT-0001" in told
    quiet = said(explain_trigger(red.engine, FigureRef("AE4", "acute", "2017-05"), names=names(red)))
    assert "It did not hold." in quiet
    with pytest.raises(NotFound, match="Did you mean 'turned_red'"):
        explain_trigger(red.engine, JUNE, "turn_red", names=names(red))


def test_a_deadline_is_explained_with_its_first_date_its_reminders_and_what_happened(red: Council) -> None:
    told = said(explain_deadline(red.engine, find_intervention(red.engine, "1"), TODAY, names=names(red)))
    for part in (
        "Report back to CPEG: by Fri 25 Aug 2017, that day included; it has gone by. | extended to 25 August 2017",
        "Counted from Mon 10 Jul 2017, that day excluded. |  | Europe/London; bank holidays of England",
        "The first date was Thu 10 Aug 2017.",
        "agreed by Ada: “Agreed.”",
        "28 days before, sent.",
        "CMT is proposed; CPEG decides.",
    ):
        assert part in told


def test_a_running_deadline_says_what_happens_when_it_passes(council: Council) -> None:
    for period, value in (("2017-05", "90"), ("2017-06", "80")):
        council.figure(ANALYST, "enter", f"AE4/acute/{period}", value)
        council.figure(MANAGER, "confirm", f"AE4/acute/{period}")
    told = said(
        explain_deadline(council.engine, MatterRef("AE4", "acute", "1"), date(2017, 7, 10), names=Names())
    )
    assert "Answer by CPEG: by Thu 10 Aug 2017, that day included; it runs." in told
    assert "When it goes by CMT is proposed, and CPEG decides." in told


def test_the_window_of_a_figure_is_a_deadline_too(red: Council) -> None:
    told = said(explain_deadline(red.engine, JUNE, TODAY, names=names(red)))
    assert "are in time until Fri 14 Jul 2017" in told


def test_an_intervention_tells_its_story_in_order(red: Council) -> None:
    story = matter(red.engine, find_intervention(red.engine, "INT-0001"), TODAY, names=names(red))
    assert [move.step for move in story.moves] == [
        "propose",
        "answer",
        "ask_extension",
        "agree_extension",
        "reminder",
        "reminder",
        "deadline",
        "reminder",
    ]
    assert [(each.name, each.n, each.state) for each in story.deadlines] == [
        ("answer", 1, "met"),
        ("report_back", 1, "replaced"),
        ("report_back", 2, "passed"),
    ]
    assert {field.value for field in story.moves[3].fields} == {"2017-08-25", "Agreed."}
    assert story.moves[1].target == "In place, reporting to CPEG"
    explained = said(explain(red.engine, "INT-1", TODAY, names=names(red)))
    assert "Possible now: Report back, by Moira." in explained


def test_interventions_are_found_by_number_and_by_series(red: Council) -> None:
    wanted = MatterRef("AE4", "acute", "1", display="INT-0001")
    for text in ("INT-0001", "int-1", "1", "AE4/acute#1", "AE4/acute"):
        assert find_intervention(red.engine, text) == wanted
    with pytest.raises(NotFound, match="no intervention 'INT-0009'"):
        find_intervention(red.engine, "INT-0009")


def test_what_names_nothing_is_refused_with_examples(red: Council) -> None:
    with pytest.raises(Invalid, match="names no figure"):
        parse_reference(red.engine, "the red one")
    with pytest.raises(NotFound, match="Did you mean 'AE4'"):
        explain(red.engine, "AE44/acute/2017-06", TODAY, names=names(red))
    with pytest.raises(NotFound, match="Did you mean 'acute'"):
        explain(red.engine, "AE4/acut/2017-06", TODAY, names=names(red))
