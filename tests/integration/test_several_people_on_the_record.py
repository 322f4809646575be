"""Approvals by several people as they stand in the book: given, shown, lapsed, and proven to be possible."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest

from adapters.holidays import UkHolidays
from engine.commands import AddDelegation, RecordMinute
from engine.packs.closing import PeriodClose
from engine.packs.pack import Pack
from engine.queries.closing import period_standing
from engine.queries.doctor import doctor
from engine.queries.explaining.explain import explain
from engine.queries.matters.matter import matter
from engine.queries.matters.minutes import minutes
from engine.queries.names import Names
from engine.queries.references import MatterRef
from engine.queries.separation import BREACH, NEAR, audit_duties
from engine.queries.work_list.tasks import tasks
from engine.staffing import check_against
from engine.testing.council import Council
from engine.work import Work
from events.errors import Refused
from events.fact import Draft
from events.kinds.figures import FigureConfirmed
from events.kinds.people import RoleAssigned
from tests.integration.conftest import START, hire_everybody, varied
from workflows.definition import Definition
from workflows.definition import sealed as sealed_definition

from .founding import once

FIGURE = "AE4/acute/2017-06"
ANALYST, MANAGER, SERVICE, CLERK = "p3", "p4", "p5", "p6"


def with_quorum(definition: Definition, name: str, quorum: int) -> Definition:
    """The same workflow, one step of it taken by several people."""
    steps = tuple(
        msgspec.structs.replace(step, quorum=quorum) if step.name == name else step
        for step in definition.steps
    )
    return sealed_definition(msgspec.structs.replace(definition, steps=steps))


@pytest.fixture
@once
def council(example: Pack) -> Council:
    """A council where two data managers confirm each figure: Tom (p4) and Mary (p7)."""
    submission = with_quorum(example.workflows["submission"], "confirm", 2)
    closes = PeriodClose(closes=("data_manager",), requires=("figures",))
    pack = varied(example, workflows={**example.workflows, "submission": submission}, period_close=closes)
    council = Council(pack, START, holidays=UkHolidays())
    hire_everybody(council)
    council.hire("Mary Manager", "data_manager")
    council.figure(ANALYST, "enter", FIGURE, "90")
    return council


def refused(do: Callable[[], object]) -> set[str]:
    with pytest.raises(Refused) as why:
        do()
    return {problem.code for problem in why.value.problems}


def test_a_figure_counts_once_the_second_has_confirmed_it(council: Council) -> None:
    first = council.figure(MANAGER, "confirm", FIGURE).facts
    assert [fact.type for fact in first] == ["approval.given"]
    assert council.status(FIGURE) is None
    second = council.figure("p7", "confirm", FIGURE).facts
    assert second[0].type == "figure.confirmed"
    assert council.status(FIGURE) == "amber"


def test_a_figure_entered_again_must_be_approved_again(council: Council) -> None:
    council.figure(MANAGER, "confirm", FIGURE)
    again = council.figure(ANALYST, "enter", FIGURE, "91").facts
    assert [fact.type for fact in again] == ["figure.entered", "approval.lapsed"]
    assert [fact.type for fact in council.figure("p7", "confirm", FIGURE).facts] == ["approval.given"]
    assert council.figure(MANAGER, "confirm", FIGURE).facts[0].type == "figure.confirmed"


def test_what_was_approved_of_a_restatement_lapses_when_it_is_taken_back(example: Pack) -> None:
    submission = with_quorum(example.workflows["submission"], "approve_restatement", 2)
    council = Council(varied(example, workflows={**example.workflows, "submission": submission}), START)
    hire_everybody(council)
    council.hire("Mary Manager", "data_manager")
    council.figure(ANALYST, "enter", FIGURE, "90")
    council.figure(MANAGER, "confirm", FIGURE)
    for _ in range(2):
        council.figure(ANALYST, "restate", FIGURE, "91", words={"reason": "Late counts."})
        assert [fact.type for fact in council.figure("p7", "approve_restatement", FIGURE).facts] == [
            "approval.given"
        ]
        ended = council.figure(ANALYST, "withdraw_restatement", FIGURE, words={"reason": "No."}).facts
        assert [fact.type for fact in ended] == ["restatement.withdrawn", "approval.lapsed"]


def test_a_comment_changes_nothing_of_what_was_approved(council: Council) -> None:
    council.figure(MANAGER, "confirm", FIGURE)
    council.figure(SERVICE, "comment", FIGURE, words={"comment": "A hard month"})
    assert council.figure("p7", "confirm", FIGURE).facts[0].type == "figure.confirmed"


def test_a_stand_in_is_no_second_person(council: Council) -> None:
    given = AddDelegation(delegator=MANAGER, delegate="p7", start=START)
    council.ask(given, MANAGER)
    council.figure(MANAGER, "confirm", FIGURE)
    taken = ("submission", ("AE4", "acute", "2017-06"), "confirm")
    assert refused(lambda: council.step("p7", *taken, acting_for=MANAGER)) == {"GT-PEOPLE-037"}
    assert council.step("p7", *taken).facts[0].type == "figure.confirmed"


def test_it_is_shown_who_has_approved_and_who_may(council: Council) -> None:
    council.figure(MANAGER, "confirm", FIGURE)
    task = next(each for each in tasks(council.engine, START) if each.kind == "confirm")
    assert (task.moves[0].quorum, task.moves[0].approved, task.moves[0].people) == (2, (MANAGER,), ("p7",))
    (mine,) = (each for each in tasks(council.engine, START, person=MANAGER) if each.kind == "confirm")
    assert mine.may is False
    assert "1 of 2 have taken it" in mine.why_not
    told = explain(council.engine, FIGURE, START, names=Names())
    assert any("approved by p4 (1 of 2)" in line.what.lower() for line in told.lines)


def test_a_period_waits_for_the_second_of_them_and_no_longer_for_the_first(council: Council) -> None:
    council.figure(MANAGER, "confirm", FIGURE)
    (lacking,) = period_standing(council.engine, "2017-06", START, names=Names()).lacking
    (confirming,) = lacking.moves
    assert (confirming.approved, confirming.people) == ((MANAGER,), ("p7",))


def test_doctor_says_that_there_are_too_few_for_a_quorum(council: Council) -> None:
    def told() -> list[str]:
        return [each.code for each in doctor(council.engine, council.now()) if each.code == "GT-PEOPLE-124"]

    assert told() == []
    from engine.commands import AddAbsence

    council.ask(AddAbsence(person="p7", start=START), "p7")
    assert told() == ["GT-PEOPLE-124"]


def test_a_pack_is_checked_against_the_people_of_the_book(council: Council, example: Pack) -> None:
    three = varied(
        example,
        workflows={
            **example.workflows,
            "submission": with_quorum(example.workflows["submission"], "confirm", 3),
        },
    )
    work = Work(council.engine.memory)
    found = check_against(work, council.engine.shelf, three, START)
    assert "'confirm' of submission needs 3 people together; there is only p4 and p7." in [
        each.sentence for each in found
    ]


def decided(council: Council) -> None:
    """The figures turn red, and CPEG declines on 10 July."""
    for ref, value in (("AE4/acute/2017-05", "93"), (FIGURE, "50")):
        council.figure(ANALYST, "enter", ref, value)
        council.figure(MANAGER, "confirm", ref)
        council.figure("p7", "confirm", ref)
    words = {"reason": "In hand"}
    council.step(CLERK, "intervention", ("AE4", "acute", "1"), "decline", words=words, body="CPEG")


def minute(council: Council, who: str, **more: str) -> None:
    text = council.text("CPEG 2017/7, item 4")
    request = RecordMinute(
        workflow="intervention", indicator="AE4", service="acute", subject="1", minute=text.ref, **more
    )
    council.ask(request, who, texts=[text])


def test_the_minute_of_a_decision_follows(council: Council) -> None:
    decided(council)
    names = Names({}, council.store.texts)
    (waiting,) = minutes(council.engine, names=names)
    assert (waiting.body, waiting.step, waiting.met_on, waiting.minute) == ("CPEG", "decline", START, None)
    assert refused(lambda: minute(council, SERVICE)) == {"GT-PEOPLE-044"}
    minute(council, CLERK)
    assert minutes(council.engine, names=names) == []
    (known,) = minutes(council.engine, names=names, everything=True)
    assert known.minute == "CPEG 2017/7, item 4"
    assert refused(lambda: minute(council, CLERK)) == {"GT-PEOPLE-042"}
    story = matter(council.engine, MatterRef("AE4", "acute", "1"), START, names=names)
    assert "Minute of CPEG: CPEG 2017/7, item 4" in [move.label for move in story.moves]


# what an auditor finds -----------------------------------------------------------------------------------------------
def kinds(council: Council, severity: str) -> list[str]:
    found = audit_duties(council.engine, names=Names())
    return [each.kind for each in found if each.severity == severity]


def test_an_auditor_finds_no_breach_in_what_the_engine_wrote(council: Council) -> None:
    decided(council)
    assert kinds(council, BREACH) == []
    assert "one account" in kinds(council, NEAR)
    assert "at once" in kinds(council, NEAR)


def test_an_auditor_asks_about_those_who_stand_in_for_one_another(council: Council) -> None:
    council.figure(MANAGER, "confirm", FIGURE)
    council.ask(AddDelegation(delegator=ANALYST, delegate="p7", start=START), ANALYST)
    council.figure("p7", "confirm", FIGURE)
    assert "delegate" in kinds(council, NEAR)
    assert kinds(council, BREACH) == []


def forge(council: Council, stream: str, event: object, actor: str) -> None:
    """A fact as somebody with the file could write it: past the engine."""
    from engine.ports import Part, Unit

    now = council.now()
    draft = Draft(
        stream=stream,
        event=event,  # type: ignore[arg-type]  # any event of ours
        received_at=now,
        effective_on=START,
        actor=actor,
        account="forger@here",
        command_id=council.ids.command_id(),
        correlation_id="forged",
        caused_by=None,
    )
    part = Part(command_id=draft.command_id, request_digest="forged", drafts=[draft], notices=[])
    council.store.commit(Unit(parts=[part], read={}, unmoved=None, texts=[], blobs={}, now=now))


def test_an_auditor_finds_what_was_written_past_the_engine(council: Council) -> None:
    council.figure(MANAGER, "confirm", FIGURE)
    confirmed = council.figure("p7", "confirm", FIGURE, dry_run=True).facts[0].event
    assert isinstance(confirmed, FigureConfirmed)
    forge(council, "series/AE4/acute", confirmed, ANALYST)
    forge(council, "people", RoleAssigned(person=ANALYST, role="data_manager", start=START), ANALYST)
    acting = msgspec.structs.replace(
        confirmed, move=msgspec.structs.replace(confirmed.move, acting_for=SERVICE)
    )
    forge(council, "series/AE4/acute", acting, "p7")
    found = audit_duties(council.engine, names=Names())
    assert {each.kind for each in found if each.severity == BREACH} == {
        "same person",
        "own role",
        "no delegation",
    }
    assert all(each.events for each in found)


def test_only_what_was_recorded_in_the_time_asked_about_is_told(council: Council) -> None:
    council.figure(MANAGER, "confirm", FIGURE)
    names, day = Names(), timedelta(days=1)
    assert audit_duties(council.engine, names=names, since=START + day) == []
    assert audit_duties(council.engine, names=names, until=START - day) == []
    assert audit_duties(council.engine, names=names, since=START, until=START) != []
