"""What has gone by is marked in every list: of matters, of interventions, of the revisions of a figure."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from adapters.cli.commands.figure_record import _what_was_done, _when
from adapters.cli.matter_columns import next_day, report_due
from adapters.holidays import UkHolidays
from engine.packs.pack import Pack
from engine.queries.explaining.explain import explain
from engine.queries.figures.figure_history import figure_history
from engine.queries.matters.matters import MatterLine, matters
from engine.queries.names import Names
from engine.queries.references import FigureRef
from engine.queries.separation import NEAR, audit_duties
from engine.queries.work_list.tasks import tasks
from engine.testing.council import Council
from tests.integration.conftest import hire_everybody

from .founding import once

NOVEMBER, NEXT_YEAR = date(2026, 11, 30), date(2027, 12, 10)
ANALYST, MANAGER, CLERK = "p3", "p4", "p6"


@pytest.fixture
@once
def council(example: Pack) -> Council:
    """The only series turned red: CPEG is asked to answer."""
    council = Council(example, NOVEMBER, holidays=UkHolidays())
    hire_everybody(council)
    for period, value in (("2026-09", "90"), ("2026-10", "80")):
        council.figure(ANALYST, "enter", f"AE4/acute/{period}", value)
        council.figure(MANAGER, "confirm", f"AE4/acute/{period}")
    return council


def only(council: Council, on: date) -> MatterLine:
    (line,) = matters(council.engine, on)
    return line


def test_a_day_that_is_to_come_is_next_and_not_late(council: Council) -> None:
    line = only(council, NOVEMBER)
    assert line.due is not None
    assert line.due > NOVEMBER
    assert not line.overdue
    assert "LATE" not in str(next_day(line))
    assert report_due(line, NOVEMBER) is None


def test_a_day_that_has_gone_by_is_shown_and_marked_late_as_the_work_list_has_it(council: Council) -> None:
    due = only(council, NOVEMBER).due
    council.live_until(NEXT_YEAR)
    (task,) = (each for each in tasks(council.engine, NEXT_YEAR) if each.ref == "INT-0001")
    line = only(council, NEXT_YEAR)
    assert (line.due, line.overdue) == (due, True) == (task.due, task.late)
    assert line.due_label == task.deadline
    assert str(next_day(line)).endswith(" LATE")
    assert str(report_due(line, NEXT_YEAR)) == next_day(line)
    assert msgspec.to_builtins(line)["overdue"] is True


def test_it_is_late_also_before_a_tick_has_noticed(council: Council) -> None:
    council.at(NEXT_YEAR)
    assert only(council, NEXT_YEAR).overdue


def test_once_it_is_answered_it_is_late_no_longer(council: Council) -> None:
    council.live_until(NEXT_YEAR)
    answer = {"category": "category_2"}
    council.step(CLERK, "intervention", ("AE4", "acute", "1"), "answer", answer, body="CPEG")
    line = only(council, NEXT_YEAR)
    assert not line.overdue
    assert line.due is not None
    assert line.due > NEXT_YEAR


def test_a_figure_confirmed_late_for_an_earlier_day_is_late_in_its_history_as_in_its_explanation(
    council: Council,
) -> None:
    council.at(date(2026, 12, 2))
    council.figure(ANALYST, "enter", "AE4/acute/2026-11", "90")
    council.at(date(2027, 3, 1))
    council.figure(MANAGER, "confirm", "AE4/acute/2026-11", on=date(2026, 12, 2))
    line = figure_history(council.engine, FigureRef("AE4", "acute", "2026-11"), names=Names())[-1]
    assert line.late_days is not None
    assert _what_was_done(line) == f"confirmed, {line.late_days} working days late"
    assert _when(line) == "2026-12-02, said on 2027-03-01"
    told = explain(council.engine, "AE4/acute/2026-11", NEXT_YEAR, names=Names()).lines
    (confirmed,) = (each for each in told if "confirmed by" in each.what)
    assert confirmed.rule == f"late by {line.late_days} working days"
    assert confirmed.what.endswith("1 Mar 2027 09:00, with effect from Wed 2 Dec 2026")


def test_what_the_system_proposed_is_no_second_persons_act(council: Council) -> None:
    council.step(CLERK, "intervention", ("AE4", "acute", "1"), "decline", words={"reason": "x"}, body="CPEG")
    found = [each for each in audit_duties(council.engine, names=Names()) if each.severity == NEAR]
    assert any(each.kind == "at once" for each in found), "people are still told of"
    assert not any("the system" in each.sentence for each in found)
