"""Kent: a red without a decision blocks the close of a quarter; decided, it is closed; what is restated later shows beside it.

Source: KCC's Performance Management Framework, 7 April 2011, sections 3 and 5.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
import pytest

from adapters.holidays import UkHolidays
from engine.audit.closings import frozen_again
from engine.audit.replay import replay
from engine.audit.verify import verify
from engine.commands import AddDelegation, ClosePeriod
from engine.handle import Answer
from engine.packs.pack import Pack
from engine.packs.shelf import Shelf
from engine.queries.closing import period_standing
from engine.queries.explaining.explain import explain
from engine.queries.figures.figure_history import figure_history
from engine.queries.names import Names
from engine.queries.period_report import period_report
from engine.queries.references import FigureRef
from engine.queries.work_list.task import CLOSE
from engine.queries.work_list.tasks import tasks
from engine.testing.council import Council
from engine.views import VIEWS
from events.errors import NotFound, Refused
from events.kinds.periods import PeriodClosed

from .conftest import ROOT
from .founding import once

DATA, MANAGER, OFFICER, HEAD, OTHER = "p3", "p4", "p5", "p6", "p7"
Q2 = "2011-Q2"
OCTOBER, NOVEMBER = date(2011, 10, 14), date(2011, 11, 10)


@pytest.fixture
def kcc(pack_of: Callable[[Path], Pack], stores: None) -> Pack:
    return pack_of(ROOT / "packs" / "kcc-2011")


@pytest.fixture
@once
def kent(kcc: Pack) -> Council:
    """Two services return one indicator; the quarter is over."""
    council = Council(kcc, OCTOBER, holidays=UkHolidays())
    council.service("scs")
    council.service("schools")
    council.indicator("CS1", "scs", "schools", frequency="quarter", first="2011-Q2", first_period="2011-Q2")
    council.hire("Dora Data", "data_enterer")
    council.hire("Max Manager", "data_manager")
    council.hire("Ola Officer", "accountable_officer")
    council.hire("Pat Performance", "performance_manager")
    council.hire("Owen Other")
    return council


def declare(council: Council, service: str, status: str) -> None:
    council.figure(DATA, "enter", f"CS1/{service}/{Q2}", declared=status)
    council.figure(MANAGER, "confirm", f"CS1/{service}/{Q2}")


def decide(council: Council, service: str = "scs") -> None:
    council.step(
        OFFICER,
        "decision",
        ("CS1", service, ""),
        "decide",
        {"review_on": "2012-03-30"},
        words={"decision": "Two more assessors from November"},
    )


def close(
    council: Council, who: str = HEAD, because: str | None = None, acting_for: str | None = None
) -> Answer:
    text = council.text(because) if because else None
    request = ClosePeriod(
        period=Q2, because=text.ref if text else None, with_missing=because is not None, acting_for=acting_for
    )
    return council.ask(request, who, texts=(text,) if text else ())


def lacking(council: Council, today: date = OCTOBER) -> list[str]:
    found = period_standing(council.engine, Q2, today, names=Names())
    return [f"{each.what.name}: {each.what.sentence}" for each in found.lacking]


def test_what_is_missing_is_shown_with_who_owes_it_and_by_when(kent: Council) -> None:
    declare(kent, "scs", "red")
    kent.figure(DATA, "enter", f"CS1/schools/{Q2}", declared="green")
    found = period_standing(kent.engine, Q2, OCTOBER, names=Names())
    assert (found.owing, found.figures_in, found.due) == (2, 1, date(2011, 11, 30))
    assert [
        (each.what.name, each.moves[0].step, each.moves[0].people, each.due) for each in found.lacking
    ] == [
        ("figures CS1/schools", "confirm", (MANAGER,), date(2011, 10, 14)),
        ("decision CS1/scs", "decide", (OFFICER,), date(2011, 10, 28)),
    ]
    assert (found.closes, found.closers) == (("County Performance & Evaluation Manager",), (HEAD,))


def test_a_red_without_a_decision_blocks_the_close_and_every_reason_is_said_at_once(kent: Council) -> None:
    declare(kent, "scs", "red")
    with pytest.raises(Refused) as refused:
        close(kent)
    assert [each.code for each in refused.value.problems] == ["GT-PERIOD-426", "GT-PERIOD-429"]
    assert "CS1/schools/2011-Q2: There is no figure" in refused.value.problems[0].sentence
    assert "CS1/scs#1 (decision): A decision is needed." in refused.value.problems[1].sentence
    assert "period.closed" not in kent.types()


def test_decided_and_in_it_is_closed_once(kent: Council) -> None:
    declare(kent, "scs", "red")
    declare(kent, "schools", "green")
    decide(kent)
    assert lacking(kent) == []
    close(kent)
    with pytest.raises(Refused, match="2011-Q2 was closed on 14 October 2011"):
        close(kent)
    report = period_report(kent.engine, Q2, names=Names())
    assert [(line.series, line.status) for line in report.lines] == [
        ("CS1/schools", "Green"),
        ("CS1/scs", "Red"),
    ]
    assert (report.changed, report.missing) == (0, ())


def test_only_the_performance_manager_closes_it_or_who_stands_in_for_them(kent: Council) -> None:
    declare(kent, "scs", "green")
    declare(kent, "schools", "green")
    with pytest.raises(Refused, match="closed by County Performance & Evaluation Manager; p5 does not"):
        close(kent, OFFICER)
    with pytest.raises(Refused, match="is not delegated to p7"):
        close(kent, OTHER, acting_for=HEAD)
    kent.ask(
        AddDelegation(
            delegator=HEAD, delegate=OTHER, role="performance_manager", start=OCTOBER, until=NOVEMBER
        ),
        HEAD,
    )
    close(kent, OTHER, acting_for=HEAD)


def test_it_may_be_closed_with_what_is_missing_named_and_a_reason(kent: Council) -> None:
    declare(kent, "scs", "red")
    with pytest.raises(Refused, match="nothing says why"):
        kent.ask(ClosePeriod(period=Q2, with_missing=True), HEAD)
    close(kent, because="Cabinet meets on Monday")
    report = period_report(kent.engine, Q2, names=Names())
    assert report.missing == ("figures CS1/schools", "decision CS1/scs")


def test_a_period_is_not_closed_while_it_runs(kent: Council) -> None:
    with pytest.raises(Refused, match="2011-Q3 runs until 31 December 2011"):
        kent.ask(ClosePeriod(period="2011-Q3"), HEAD)


def test_a_later_restatement_shows_beside_the_frozen_report_and_never_in_its_place(kent: Council) -> None:
    declare(kent, "scs", "red")
    declare(kent, "schools", "green")
    decide(kent)
    close(kent)
    kent.live_until(NOVEMBER)
    kent.figure(DATA, "restate", f"CS1/scs/{Q2}", declared="amber", words={"reason": "a late case file"})
    assert period_report(kent.engine, Q2, names=Names()).changed == 0
    kent.figure(MANAGER, "approve_restatement", f"CS1/scs/{Q2}")
    line = period_report(kent.engine, Q2, names=Names()).lines[1]
    assert (line.status, line.changed, line.now_status) == ("Red", True, "Amber")
    assert [since.sentence.split()[1] for since in line.since] == ["proposed", "approved"]
    figure = FigureRef("CS1", "scs", Q2)
    history = figure_history(kent.engine, figure, names=Names())
    assert [each.what for each in history if each.after_closing] == ["restated", "restatement approved"]
    explained = explain(kent.engine, str(figure), NOVEMBER, names=Names())
    said = [each.what for each in explained.lines if each.what.startswith("2011-Q2 was closed on")]
    assert len(said) == 1
    assert "by p6; what was recorded after that is marked" in said[0]


def test_a_report_that_the_record_does_not_give_is_found(kent: Council) -> None:
    """A view that was changed behind the record's back: the frozen report is no longer what was frozen."""
    declare(kent, "scs", "green")
    declare(kent, "schools", "green")
    close(kent)
    shelf = Shelf(kent.store, UkHolidays())
    assert replay(kent.store, shelf).differences == []
    (fact,) = [each for each in kent.store.page(0, 999) if isinstance(each.event, PeriodClosed)]
    closing = fact.event
    assert isinstance(closing, PeriodClosed)
    assert frozen_again(kent.store, fact, closing) == closing.report
    altered = msgspec.structs.replace(closing, missing=("figures CS1/scs",))
    assert frozen_again(kent.store, fact, altered) != closing.report


def test_a_period_that_is_over_waits_to_be_closed_on_the_work_list(kent: Council) -> None:
    def waiting(today: date) -> list[tuple[str, date | None, bool, tuple[str, ...]]]:
        found = tasks(kent.engine, today)
        return [(task.subject, task.due, task.late, task.people) for task in found if task.kind == CLOSE]

    due = date(2011, 11, 30)
    assert waiting(OCTOBER) == [(Q2, due, False, (HEAD,))]
    assert waiting(date(2011, 12, 1)) == [(Q2, due, True, (HEAD,))]
    close(kent, because="Nothing came")
    assert waiting(OCTOBER) == []


def test_of_many_periods_that_wait_all_are_counted_and_the_first_says_since_when(kent: Council) -> None:
    (task,) = [task for task in tasks(kent.engine, date(2021, 10, 14)) if task.kind == CLOSE]
    assert (task.subject, task.due, task.late) == ("2021-Q2", date(2011, 11, 30), True)
    assert "2021-Q2 is over and not closed, and 40 earlier periods besides" in task.sentence
    assert "the first of them 2011-Q2" in task.sentence


def test_a_red_whose_trigger_was_muted_still_needs_a_decision(kent: Council) -> None:
    """Nothing was begun, so nothing is owed; the report asks all the same."""
    from engine.commands import MuteTrigger

    why = kent.text("we know")
    kent.ask(
        MuteTrigger(trigger="needs_decision", indicator="CS1", service="scs", until=NOVEMBER, reason=why.ref),
        "p1",
        texts=(why,),
    )
    declare(kent, "scs", "red")
    declare(kent, "schools", "green")
    assert lacking(kent) == ["decision CS1/scs: It is red, and there is none."]
    with pytest.raises(Refused, match="CS1/scs has no 'decision'"):
        close(kent)


def test_what_was_not_closed_has_no_frozen_report(kent: Council) -> None:
    with pytest.raises(NotFound, match="2011-Q2 is not closed"):
        period_report(kent.engine, Q2, names=Names())


def test_the_record_stays_whole(kent: Council) -> None:
    declare(kent, "scs", "red")
    close(kent, because="Cabinet meets on Monday")
    declare(kent, "schools", "green")
    assert replay(kent.store, Shelf(kent.store, UkHolidays())).differences == []
    assert not verify(kent.store, views=VIEWS).faults
