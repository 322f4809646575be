"""Maidstone 2012: a quarter's return: asked for on 1 January, ten days, a query back, a late figure, a delegate on leave.

Source: Guide to Performance Management in Maidstone, 'Covalent & Data Collection', 'Data Quality @ Maidstone'.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from adapters.holidays import UkHolidays
from adapters.spreadsheets.csv import read_csv
from engine.audit.replay import replay
from engine.audit.verify import verify
from engine.commands import AddAbsence, AddDelegation, AddIndicator, SetTarget
from engine.imports import apply_import, confirm_return, plan_import
from engine.packs.pack import Pack
from engine.packs.shelf import Shelf
from engine.queries.explaining.explain_figure import explain_figure
from engine.queries.log import stream
from engine.queries.names import Names
from engine.queries.references import FigureRef
from engine.queries.work_list.task import AWAITED, COMMENT
from engine.queries.work_list.tasks import tasks
from engine.testing.council import Council
from engine.views import VIEWS
from events.errors import Refused
from events.kinds.figures import DataRequested
from tests.office import office_of

from .conftest import ROOT
from .founding import once

NEW_YEAR, LAST_DAY, LATE = date(2013, 1, 1), date(2013, 1, 11), date(2013, 1, 15)
ENTERER, MANAGER, HEAD, DEPUTY, OFFICER = "p3", "p4", "p5", "p6", "p7"
BENEFITS, PARKING = "BEN1/benefits/2012-Q3", "PAR1/parking/2012-Q3"


@pytest.fixture
def pack(pack_of: Callable[[Path], Pack], stores: None) -> Pack:
    return pack_of(ROOT / "packs" / "maidstone-2012")


@pytest.fixture
@once
def council(pack: Pack) -> Council:
    """New Year's Day: the third quarter is asked for."""
    council = Council(pack, NEW_YEAR, holidays=UkHolidays())
    for code, service in (("BEN1", "benefits"), ("PAR1", "parking")):
        council.service(service)
        request = AddIndicator(
            indicator=code,
            title=f"On time: {service}",
            services=(service,),
            polarity="higher",
            frequency="quarter",
            measured_in="percent",
            first_period="2012-Q3",
        )
        council.ask(request, "p1")
        council.ask(SetTarget(indicator=code, from_period="2012-Q3", value=Decimal(95)), "p1")
    council.hire("Eve Enterer", "data_enterer")
    council.hire("Dan Manager", "data_manager")
    council.hire("Hal Head", "head_of_service")
    council.hire("Dee Deputy")
    council.hire("Clare Officer", "performance_officer")
    return council


def stand_in(council: Council, by: str, to: str) -> None:
    """Three weeks from New Year's Day."""
    until = date(2013, 1, 21)
    council.ask(AddDelegation(delegator=by, delegate=to, role=None, start=NEW_YEAR, until=until), by)


def reasons(refused: pytest.ExceptionInfo[Refused]) -> str:
    return "\n".join(f"{problem.sentence} {problem.fix}" for problem in refused.value.problems)


def test_the_return_is_asked_for_on_the_first_of_january_and_is_in_time_until_the_eleventh(
    council: Council,
) -> None:
    awaited = [task for task in tasks(council.engine, NEW_YEAR, person=ENTERER) if task.kind == AWAITED]
    assert [(task.ref, task.since, task.due) for task in awaited] == [
        (BENEFITS, NEW_YEAR, LAST_DAY),
        (PARKING, NEW_YEAR, LAST_DAY),
    ]
    council.at(LAST_DAY, 23)
    council.figure(ENTERER, "enter", BENEFITS, "96")
    council.figure(MANAGER, "confirm", BENEFITS)
    row = council.submission(BENEFITS)
    assert row is not None
    assert row["late_days"] is None


def test_whoever_enters_and_activates_is_told_once_that_figures_are_asked_for(council: Council) -> None:
    council.at(NEW_YEAR)
    (asked,) = council.tick().facts
    assert isinstance(asked.event, DataRequested)
    assert (asked.event.period, asked.event.figures, asked.event.last_day) == ("2012-Q3", 2, LAST_DAY)
    notices = [row.notice for row in council.store.outbox()]
    assert [(each.to, each.kind, each.subject) for each in notices] == [
        ("data_enterer", "data request", "2012-Q3"),
        ("data_manager", "data request", "2012-Q3"),
    ]
    assert council.tick().facts == []
    council.at(LAST_DAY)
    assert council.tick().facts == []


def test_what_was_not_asked_for_in_time_is_not_asked_for_afterwards(council: Council) -> None:
    council.at(LATE)
    assert council.tick().facts == []
    council.at(date(2013, 4, 1))
    (asked,) = council.tick().facts
    assert asked.event.period == "2012-Q4"  # type: ignore[attr-defined]  # it is a request for data


def test_a_late_figure_is_marked_and_counts_all_the_same(council: Council) -> None:
    council.at(LATE)
    council.figure(ENTERER, "enter", BENEFITS, "96")
    council.figure(MANAGER, "confirm", BENEFITS)
    row = council.submission(BENEFITS)
    assert row is not None
    assert (row["state"], row["late_days"]) == ("confirmed", 2)
    assert council.status(BENEFITS) == "summit"


def test_a_figure_is_sent_back_with_a_question_and_the_answer_stays_on_record(council: Council) -> None:
    with pytest.raises(Refused, match="No question about it waits for an answer"):
        council.figure(ENTERER, "answer", BENEFITS, words={"comment": "Nobody asked"})
    council.figure(ENTERER, "enter", BENEFITS, "69")
    council.figure(MANAGER, "query", BENEFITS, words={"reason": "Is it not 96?"})
    with pytest.raises(Refused):
        council.figure(MANAGER, "confirm", BENEFITS)
    council.figure(ENTERER, "answer", BENEFITS, words={"comment": "It is: I turned the digits round"})
    with pytest.raises(Refused, match="No question about it waits for an answer"):
        council.figure(ENTERER, "answer", BENEFITS, words={"comment": "Once more"})
    council.figure(ENTERER, "enter", BENEFITS, "96")
    council.figure(MANAGER, "confirm", BENEFITS)
    assert council.status(BENEFITS) == "summit"
    names = Names.of(office_of(council))
    told = "\n".join(line.sentence for line in stream(council.engine, "series/BEN1/benefits", names=names))
    assert "sent the figure of BEN1/benefits/2012-Q3 back" in told
    assert "answered the question about BEN1/benefits/2012-Q3" in told


def test_nobody_activates_their_own_figure_directly_or_through_a_delegation(council: Council) -> None:
    council.figure(ENTERER, "enter", BENEFITS, "96")
    stand_in(council, MANAGER, ENTERER)
    with pytest.raises(Refused) as refused:
        council.figure(ENTERER, "confirm", BENEFITS)
    assert f"'confirm' needs another person than {ENTERER}, who took 'enter'. Ask {MANAGER}." in reasons(
        refused
    )
    with pytest.raises(Refused) as refused:
        council.step(ENTERER, "submission", tuple(BENEFITS.split("/")), "confirm", acting_for=MANAGER)  # type: ignore[arg-type]  # three parts
    assert f"'confirm' needs another person than {ENTERER}, who took 'enter'. Ask {MANAGER}." in reasons(
        refused
    )


def test_while_the_data_manager_is_on_leave_the_deputy_activates(council: Council) -> None:
    council.figure(ENTERER, "enter", BENEFITS, "96")
    absent = AddAbsence(person=MANAGER, start=NEW_YEAR, until=date(2013, 1, 21))
    council.ask(absent, MANAGER)
    stand_in(council, MANAGER, DEPUTY)
    with pytest.raises(Refused) as refused:
        council.figure(ENTERER, "confirm", BENEFITS)
    assert f"Ask {DEPUTY} (for {MANAGER})" in reasons(refused)
    (task,) = [each for each in tasks(council.engine, NEW_YEAR, person=DEPUTY) if each.ref == BENEFITS]
    assert task.may
    council.step(DEPUTY, "submission", tuple(BENEFITS.split("/")), "confirm", acting_for=MANAGER)  # type: ignore[arg-type]  # three parts
    assert council.status(BENEFITS) == "summit"


def test_a_delegate_of_the_one_who_entered_is_barred_by_what_they_did(council: Council) -> None:
    council.figure(MANAGER, "enter", BENEFITS, "96")
    stand_in(council, MANAGER, DEPUTY)
    with pytest.raises(Refused, match=f"needs another person than {MANAGER}"):
        council.step(DEPUTY, "submission", tuple(BENEFITS.split("/")), "confirm", acting_for=MANAGER)  # type: ignore[arg-type]  # three parts


def test_off_target_a_comment_is_owed_that_says_what_is_done(council: Council) -> None:
    council.figure(ENTERER, "comment", BENEFITS, words={"comment": "It will be low"})
    council.figure(ENTERER, "enter", BENEFITS, "90")
    council.figure(MANAGER, "comment", BENEFITS, words={"comment": "Checked against the ledger"})
    council.figure(MANAGER, "confirm", BENEFITS)
    assert council.status(BENEFITS) == "firstbase"
    (task,) = [each for each in tasks(council.engine, NEW_YEAR) if each.kind == COMMENT]
    assert task.sentence == "It is firstbase, and the pack asks for a comment that says what is being done."
    words = {"comment": "Two posts are vacant", "action": "Both are advertised"}
    council.figure(HEAD, "comment", BENEFITS, words=words)
    assert [each for each in tasks(council.engine, NEW_YEAR) if each.kind == COMMENT] == []


def test_a_return_comes_in_a_file_by_whoever_stands_in(council: Council) -> None:
    council.ask(
        AddDelegation(
            delegator=ENTERER, delegate=DEPUTY, role="data_enterer", start=NEW_YEAR, until=date(2013, 1, 21)
        ),
        ENTERER,
    )
    office = office_of(council)
    table = read_csv(
        b"indicator,service,period,value\nBEN1,benefits,2012-Q3,96\nPAR1,parking,2012-Q3,97\n", "return.csv"
    )
    plan = plan_import(office.engine, table, office.today(), reason=None)
    with pytest.raises(Refused, match="it is not said that they stand in for"):
        apply_import(office, plan, DEPUTY)
    with pytest.raises(Refused, match=f"There is no delegation from {MANAGER} to {DEPUTY}"):
        apply_import(office, plan, DEPUTY, acting_for=MANAGER)
    assert apply_import(office, plan, DEPUTY, acting_for=ENTERER).applied == 2
    result = confirm_return(office, actor=DEPUTY, acting_for=ENTERER)
    assert result.confirmed == ()
    result = confirm_return(office, actor=MANAGER)
    assert len(result.confirmed) == 2


def test_everybody_who_enters_a_services_data_signs_its_statement(council: Council) -> None:
    about, second = ("", "benefits", ""), council.hire("Ed Enterer", "data_enterer", scope="benefits")
    fields = {"period": "2012", "due_on": "2013-01-31"}
    council.step(OFFICER, "data_quality_enterer", about, "propose", fields)
    council.step(OFFICER, "data_quality_enterer", ("", "parking", ""), "propose", fields)
    words = {"statement": "I have read and keep to the policy"}
    council.step(ENTERER, "data_quality_enterer", about, "sign", words=words)
    council.step(ENTERER, "data_quality_enterer", ("", "parking", ""), "sign", words=words)
    with pytest.raises(Refused, match=f"'sign' needs 2 people, and {ENTERER} has taken it already"):
        council.step(ENTERER, "data_quality_enterer", about, "sign", words=words)
    states = {
        service: str(row["state"])
        for service in ("benefits", "parking")
        if (row := council.matter("data_quality_enterer", "", service))
    }
    assert states == {"benefits": "owed", "parking": "stands"}
    (task,) = [
        each
        for each in tasks(council.engine, NEW_YEAR, person=second)
        if each.service == "benefits" and each.may and "sign" in {move.step for move in each.moves}
    ]
    assert task.workflow == "data_quality_enterer"
    council.step(second, "data_quality_enterer", about, "sign", words=words)
    row = council.matter("data_quality_enterer", "", "benefits")
    assert row is not None
    assert row["state"] == "stands"


def test_the_record_stays_whole_and_explains_it(council: Council) -> None:
    council.tick()
    council.figure(ENTERER, "enter", BENEFITS, "69")
    council.figure(MANAGER, "query", BENEFITS, words={"reason": "Is it not 96?"})
    council.figure(ENTERER, "answer", BENEFITS, words={"comment": "It is"})
    council.figure(ENTERER, "enter", BENEFITS, "90")
    council.figure(MANAGER, "confirm", BENEFITS)
    words = {"comment": "Two posts are vacant", "action": "Both are advertised"}
    council.figure(HEAD, "comment", BENEFITS, words=words)
    ref = FigureRef(*BENEFITS.split("/"))
    said = "\n".join(
        line.what for line in explain_figure(council.engine, ref, names=Names.of(office_of(council))).lines
    )
    assert "Answer to the question by" in said
    assert "Being done" in said
    assert replay(council.store, Shelf(council.store, UkHolidays())).differences == []
    assert not verify(council.store, views=VIEWS).faults
