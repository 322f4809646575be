"""Whatever is recorded about a period after it was closed says so, wherever it is shown; nothing is stored for that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from adapters.holidays import UkHolidays
from engine.commands import ClosePeriod, OverrideStatus, SetTarget
from engine.packs.closing import FIGURES, PeriodClose
from engine.packs.pack import Pack
from engine.queries.explaining.explain import explain
from engine.queries.figures.figure_history import figure_history
from engine.queries.log import search, show, stream, tail, trace
from engine.queries.names import Names
from engine.queries.references import FigureRef
from engine.queries.register import targets
from engine.testing.council import Council
from events import stream as streams
from events.kinds.periods import PeriodClosed

from .conftest import ROOT

DATA, MANAGER, OFFICER = "p3", "p4", "p5"
FIGURE, REF = "BEN1/benefits/2012-Q3", FigureRef("BEN1", "benefits", "2012-Q3")
JANUARY, FEBRUARY = date(2013, 1, 14), date(2013, 2, 4)


@pytest.fixture
def pack(pack_of: Callable[[Path], Pack], stores: None) -> Pack:
    """Maidstone's bands; its officer closes periods, and may set a status in place of the computed one."""
    from engine.packs.canonical import sealed

    found = pack_of(ROOT / "packs" / "maidstone-2012")
    parts = {part: getattr(found, part) for part in ("name", "title", "version", "effective_from", "source")}
    kept = {part: getattr(found, part) for part in ("organisation", "assumptions", "sources")}
    rules = msgspec.structs.replace(found.rules, override_by="performance_officer")
    unhindered = {name: each for name, each in found.workflows.items() if name != "target_change"}
    closes = PeriodClose(closes=("performance_officer",), requires=(FIGURES,))
    return sealed(**parts, **kept, rules=rules, workflows=unhindered, period_close=closes)


@pytest.fixture
def council(pack: Pack) -> Council:
    """The third quarter is in and closed; a February day."""
    council = Council(pack, JANUARY, holidays=UkHolidays())
    council.service("benefits")
    council.indicator(
        "BEN1", "benefits", target="95", first="2012-Q2", frequency="quarter", first_period="2012-Q3"
    )
    council.hire("Eve Enterer", "data_enterer")
    council.hire("Dan Manager", "data_manager")
    council.hire("Clare Officer", "performance_officer")
    council.figure(DATA, "enter", FIGURE, "96")
    council.figure(MANAGER, "confirm", FIGURE)
    council.ask(ClosePeriod(period="2012-Q3"), OFFICER)
    council.live_until(FEBRUARY)
    return council


def closing(council: Council) -> int:
    (found,) = [fact.position for fact in council.store.page(0, 999) if isinstance(fact.event, PeriodClosed)]
    return found


def mark(council: Council, what: str = "the period") -> str:
    return f"after {what} was closed on 14 January 2013 (event {closing(council)})"


def set_target(council: Council, start: str, value: str, service: str = "") -> int:
    """Answers the event."""
    why = council.text("Agreed anew")
    request = SetTarget(
        indicator="BEN1", service=service, from_period=start, value=Decimal(value), reason=why.ref
    )
    return council.ask(request, "p1", texts=(why,)).facts[0].position


def restate(council: Council) -> None:
    council.figure(DATA, "restate", FIGURE, "70", words={"reason": "a late case file"})
    council.figure(MANAGER, "approve_restatement", FIGURE)


def marks(council: Council) -> dict[str, str]:
    """Type of fact → its mark, for those that stand in the log since the closing."""
    after = tail(council.engine, closing(council), names=Names())
    return {line.type: line.after_closing for line in after}


def test_a_restated_figure_says_in_the_log_that_its_period_was_closed(council: Council) -> None:
    restate(council)
    said = mark(council)
    found = marks(council)
    assert {"restatement.proposed", "figure.confirmed", "status.assessed"} <= {
        kind for kind, words in found.items() if words == said
    }
    lines = stream(council.engine, streams.series("BEN1", "benefits"), names=Names())
    assert [line.after_closing for line in lines if line.position < closing(council)] == [""] * 3
    assert all(line.after_closing == said for line in lines if line.position > closing(council))
    position = lines[-1].position
    assert show(council.engine, position, names=Names()).line.after_closing == said
    assert search(council.engine, names=Names(), types=("figure.confirmed",))[-1].after_closing == said
    assert {each.after_closing for each in trace(council.engine, position, names=Names())} == {said}


def test_its_history_and_its_explanation_say_so_too(council: Council) -> None:
    restate(council)
    said = mark(council)
    history = figure_history(council.engine, REF, names=Names())
    assert [each.closed for each in history] == ["", "", said, said]
    assert [each.after_closing for each in history] == [False, False, True, True]
    lines = [line.what for line in explain(council.engine, FIGURE, FEBRUARY, names=Names()).lines]
    assert [
        line.partition(" by ")[0] for line in lines if line.partition("“")[0].rstrip(": ").endswith(said)
    ] == [
        "Restated as 70.0 %",
        "70.0 % confirmed",
    ]
    assert f" Judged so {said}." in lines[0]
    event = explain(council.engine, f"event {history[-1].position}", FEBRUARY, names=Names())
    assert event.lines[0].what.endswith(f" Recorded {said}.")


def test_a_status_set_by_an_officer_says_so_too(council: Council) -> None:
    why = council.text("Counted twice")
    request = OverrideStatus(
        indicator="BEN1", service="benefits", period="2012-Q3", status="firstbase", reason=why.ref
    )
    council.ask(request, OFFICER, texts=(why,))
    assert marks(council)["status.overridden"] == mark(council)
    first = explain(council.engine, FIGURE, FEBRUARY, names=Names()).lines[0].what
    assert first.endswith(f" Judged so {mark(council)}.")


def test_before_the_closing_nothing_is_marked(council: Council) -> None:
    restate(council)
    at = closing(council)
    assert {each.closed for each in figure_history(council.engine, REF, names=Names(), at=at)} == {""}
    told = explain(council.engine, FIGURE, FEBRUARY, names=Names(), at=at)
    assert not any("after the period was closed" in line.what for line in told.lines)


def test_a_target_that_a_closed_period_is_judged_by_from_then_on_is_marked(council: Council) -> None:
    set_target(council, "2012-Q3", "98")
    first, second = targets(council.engine, "BEN1", names=Names())
    assert (first.after_closing, second.after_closing) == ("", mark(council, "2012-Q3"))
    assert marks(council)["target.set"] == mark(council, "2012-Q3")


def test_a_target_for_what_comes_is_not(council: Council) -> None:
    set_target(council, "2012-Q4", "98")
    assert {each.after_closing for each in targets(council.engine, "BEN1", names=Names())} == {""}


def test_a_target_of_earlier_periods_does_not_touch_one_that_has_its_own(council: Council) -> None:
    set_target(council, "2012-Q3", "98")
    set_target(council, "2012-Q2", "90")
    marked = [bool(each.after_closing) for each in targets(council.engine, "BEN1", names=Names())]
    assert marked == [False, True, False]


def test_of_several_closed_periods_the_last_is_named(council: Council) -> None:
    council.at(date(2013, 4, 15))
    council.figure(DATA, "enter", "BEN1/benefits/2012-Q4", "96")
    council.figure(MANAGER, "confirm", "BEN1/benefits/2012-Q4")
    closed = council.ask(ClosePeriod(period="2012-Q4"), OFFICER).facts[0].position
    set_target(council, "2012-Q3", "98")
    assert targets(council.engine, "BEN1", names=Names())[-1].after_closing == (
        f"after 2 periods up to 2012-Q4 were closed, 2012-Q4 on 15 April 2013 (event {closed})"
    )
