"""Kent's framework: noted in April, endorsed in June, approved in July, in force from a period, and reviewed after a year.

Source: KCC's Performance Management Framework, 7 April 2011, section 5: "We will seek endorsement to the single
performance framework at the June POSCs and approval by County Council in July".
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from adapters.cli.matter_columns import because_of
from adapters.holidays import UkHolidays
from engine.audit.replay import replay
from engine.audit.verify import verify
from engine.commands import (
    ApprovePack,
    AssignRole,
    CorrectClock,
    InitialAssumptions,
    ProposePack,
    RecordPackMinute,
    TakeAdoptionStep,
)
from engine.packs.adoption import Adoption
from engine.packs.pack import Pack
from engine.packs.shelf import Shelf
from engine.queries.adoption import assumptions, way
from engine.queries.explaining.explain import explain
from engine.queries.matters.matters import matters
from engine.queries.matters.staying import staying
from engine.queries.names import Names
from engine.queries.work_list.tasks import tasks
from engine.testing.council import Council
from engine.views import VIEWS
from engine.work import Work
from events.errors import Refused

from .conftest import ROOT, varied

LEAD, CLERK = "p1", "p2"
APRIL, JUNE, JULY, AUGUST = date(2011, 4, 7), date(2011, 6, 16), date(2011, 7, 21), date(2011, 8, 1)


class Proposed(Council):
    """A council whose first pack waits: the clerk is known, and nothing else is done."""

    def _adopt(self) -> None:
        for body in ("POSC", "COUNCIL"):
            self.ask(AssignRole(person=CLERK, role="clerk", start=APRIL, scope=body), LEAD)


@pytest.fixture
def kcc(pack_of: Callable[[Path], Pack], stores: None) -> Pack:
    return pack_of(ROOT / "packs" / "kcc-2011")


@pytest.fixture
def kent(kcc: Pack) -> Council:
    return Proposed(kcc, APRIL, holidays=UkHolidays())


def take(council: Council, step: str, on: date, who: str = CLERK, body: str = "POSC") -> None:
    council.live_until(on)
    council.ask(TakeAdoptionStep(pack=council.pack.digest, step=step, on_behalf_of=body), who, on=on)


def initial(council: Council, *names: str, who: str = LEAD) -> None:
    council.ask(
        InitialAssumptions(pack=council.pack.digest, assumptions=names or tuple(council.pack.assumptions)),
        who,
    )


def approve(council: Council, on: date = JULY, who: str = CLERK, body: str | None = "COUNCIL") -> None:
    council.live_until(max(on, council.clock.now().date()))
    council.ask(ApprovePack(pack=council.pack.digest, on_behalf_of=body), who, on=on)


def adopted(council: Council) -> Council:
    take(council, "note", APRIL)
    take(council, "endorse", JUNE)
    initial(council)
    approve(council)
    return council


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refused.value.problems]


def test_noted_endorsed_approved_and_in_force_from_a_period(kent: Council) -> None:
    adopted(kent)
    (made,) = Work(kent.engine.memory).framework().adopted
    assert (made.on_behalf_of, made.effective_from, made.review_on) == ("COUNCIL", AUGUST, date(2012, 7, 21))
    kent.service("scs")
    kent.indicator("CS1", "scs", frequency="quarter")
    kent.hire("Dora Data", "data_enterer")
    kent.at(date(2011, 10, 14))
    with pytest.raises(Refused, match="No pack is in force at the end of 2011-Q1"):
        kent.figure("p3", "enter", "CS1/scs/2011-Q1", declared="red")
    kent.figure("p3", "enter", "CS1/scs/2011-Q2", declared="red")


def test_it_is_not_approved_before_it_is_noted_endorsed_and_initialled_and_every_reason_is_said(
    kent: Council,
) -> None:
    with pytest.raises(Refused) as refused:
        approve(kent)
    assert codes(refused) == ["GT-PACK-434", "GT-PACK-434", "GT-PACK-432"]
    take(kent, "note", JULY)
    with pytest.raises(Refused, match="'Noted' was recorded already"):
        take(kent, "note", JULY)
    initial(kent, "K1", "K2")
    with pytest.raises(Refused) as refused:
        approve(kent)
    assert codes(refused) == ["GT-PACK-434", "GT-PACK-432"]
    assert "assumptions are not initialled: K3, K4" in str(refused.value)


def test_steps_are_taken_in_their_order_on_days_in_their_order(kent: Council) -> None:
    with pytest.raises(Refused, match="'Endorsed' comes after 'Noted'"):
        take(kent, "endorse", JUNE)
    take(kent, "note", JUNE)
    with pytest.raises(Refused, match="the step before it was on 2011-06-16"):
        kent.ask(
            TakeAdoptionStep(pack=kent.pack.digest, step="endorse", on_behalf_of="POSC"), CLERK, on=APRIL
        )
    with pytest.raises(Refused, match=r"no step .endorsed. before its approval\. Did you mean .endorse"):
        take(kent, "endorsed", JUNE)


def test_a_step_of_a_day_to_come_holds_no_later_one_up(kent: Council) -> None:
    take(kent, "note", date(2012, 6, 16))  # a clock had run a year ahead
    kent.at(JUNE)
    words = kent.text("The time server was wrong.")
    kent.ask(CorrectClock(reason=words.ref), LEAD, texts=(words,))
    kent.ask(TakeAdoptionStep(pack=kent.pack.digest, step="endorse", on_behalf_of="POSC"), CLERK, on=JUNE)
    facts = kent.store.find(types=["pack.step_taken"])
    assert [fact.effective_on for fact in facts] == [date(2012, 6, 16), JUNE]


def test_a_body_acts_through_its_clerk_and_never_through_who_proposed_it(kent: Council) -> None:
    other = kent.hire("Owen Other")
    with pytest.raises(Refused, match=f"{other} does not act as such here"):
        take(kent, "note", APRIL, who=other)
    with pytest.raises(Refused, match="does not act as such here"):
        kent.ask(TakeAdoptionStep(pack=kent.pack.digest, step="note"), CLERK)
    kent.ask(AssignRole(person=LEAD, role="clerk", start=APRIL, scope="POSC"), CLERK)
    with pytest.raises(Refused, match=r"proposed kcc-2011 2011\.07 and cannot also approve it"):
        take(kent, "note", APRIL, who=LEAD)
    take(kent, "note", APRIL)


def test_a_second_governance_lead_alone_cannot_approve_what_county_council_approves(kent: Council) -> None:
    take(kent, "note", APRIL)
    take(kent, "endorse", JUNE)
    initial(kent)
    with pytest.raises(Refused, match="'Approved' is for COUNCIL"):
        approve(kent, body=None)
    approve(kent)


def test_each_assumption_is_initialled_once_by_a_named_person_on_a_day(kent: Council) -> None:
    initial(kent, "K1")
    with pytest.raises(Refused, match="Assumption K1 was initialled by p1 already"):
        initial(kent, "K1", who=CLERK)
    with pytest.raises(Refused, match="rests on no assumption 'K99'"):
        initial(kent, "K99")
    first, second, *_ = assumptions(kent.engine, kent.pack, names=Names())
    assert (first.id, first.initialled_by, first.initialled_on) == ("K1", "p1", APRIL)
    assert (second.id, second.initialled_by, second.initialled_on) == ("K2", "", None)


def test_a_decline_ends_the_way_and_it_begins_anew(kent: Council) -> None:
    from engine.commands import DeclinePack

    take(kent, "note", APRIL)
    why = kent.text("Not yet")
    kent.ask(DeclinePack(pack=kent.pack.digest, reason=why.ref), CLERK, texts=(why,))
    kent.ask(ProposePack(pack=kent.pack.digest), LEAD)
    assert [line.on for line in way(kent.engine, names=Names())] == [None, None, None]


def test_minutes_follow_when_they_are_known(kent: Council) -> None:
    adopted(kent)
    where = kent.text("POSC 16 June 2011, minute 12")
    kent.ask(RecordPackMinute(step="endorse", minute=where.ref), CLERK, texts=(where,))
    again = kent.text("minute 13")
    with pytest.raises(Refused, match="No step 'endorse' in the adoption of a pack lacks its minute"):
        kent.ask(RecordPackMinute(step="endorse", minute=again.ref), CLERK, texts=(again,))
    kent.ask(RecordPackMinute(step="approve", minute=again.ref), CLERK, texts=(again,))


def test_after_a_year_the_review_is_due_once_and_stands_on_the_work_list(kent: Council) -> None:
    adopted(kent)
    pat = kent.hire("Pat Performance", "performance_manager")
    kent.live_until(date(2012, 7, 21))
    assert not [task for task in tasks(kent.engine, date(2012, 7, 21)) if task.workflow]
    kent.live_until(date(2012, 8, 30))
    passed = kent.types().count("deadline.passed")
    kent.tick()
    assert kent.types().count("deadline.passed") == passed
    (task,) = [task for task in tasks(kent.engine, date(2012, 8, 1), person=pat) if task.workflow]
    assert (task.workflow, task.may, [move.step for move in task.moves]) == (
        "framework_review",
        True,
        ["keep", "end"],
    )
    kent.step(
        pat,
        "framework_review",
        ("", "", ""),
        "keep",
        {"review_on": "2013-07-21"},
        words={"finding": "It serves"},
    )
    assert not [task for task in tasks(kent.engine, date(2012, 8, 30)) if task.workflow]


def test_the_next_version_goes_the_way_the_adopted_one_says_whatever_it_says_itself(
    kent: Council, kcc: Pack
) -> None:
    adopted(kent)
    easier = varied(kcc, version="2012.07", effective_from=date(2012, 8, 1))
    kent.ask(ProposePack(pack=easier.digest), LEAD, blobs={easier.digest: easier.canonical()})
    with pytest.raises(Refused) as refused:
        kent.ask(ApprovePack(pack=easier.digest), CLERK)
    assert codes(refused) == ["GT-PACK-434", "GT-PACK-434", "GT-PACK-436", "GT-PACK-432"]


def test_the_review_says_that_the_adoption_began_it_and_not_a_person(kent: Council) -> None:
    adopted(kent)
    (line,) = matters(kent.engine, JULY, workflow="framework_review")
    assert because_of(line) == f"the adoption of kcc-2011 {kent.pack.version}"
    (made,) = kent.store.find(types=("pack.adopted",))
    assert line.cause_event == made.position
    told = explain(kent.engine, line.id, JULY, names=Names()).lines[0]
    assert told.what == f"It began by itself, because of the adoption of kcc-2011 {kent.pack.version}."
    assert told.events == (made.position,)


def test_another_version_sets_a_new_day_for_the_review(kent: Council, kcc: Pack) -> None:
    adopted(kent)
    following = varied(
        kcc,
        version="2011.11",
        effective_from=date(2011, 12, 1),
        adoption=kcc.adoption,
        period_close=kcc.period_close,
    )
    kent.live_until(date(2011, 11, 3))
    kent.ask(ProposePack(pack=following.digest), LEAD, blobs={following.digest: following.canonical()})
    kent.pack = following
    for step in ("note", "endorse"):
        take(kent, step, date(2011, 11, 3))
    initial(kent)
    approve(kent, on=date(2011, 11, 3))
    held = Work(kent.engine.memory).matters("framework_review", "", "").instances
    assert [each.open["review"].last_day for each in held.values()] == [date(2012, 11, 3)]


def test_what_is_open_stays_under_the_definition_it_began_under_and_is_listed(
    kent: Council, kcc: Pack
) -> None:
    adopted(kent)
    kent.service("scs")
    kent.indicator("CS1", "scs", frequency="quarter")
    kent.hire("Dora Data", "data_enterer")
    kent.hire("Max Manager", "data_manager")
    kent.at(date(2011, 10, 14))
    kent.figure("p3", "enter", "CS1/scs/2011-Q2", declared="red")
    kent.figure("p4", "confirm", "CS1/scs/2011-Q2")
    assert staying(kent.engine, kcc) == []
    without = varied(kcc, version="2", workflows={k: v for k, v in kcc.workflows.items() if k != "decision"})
    (line,) = staying(kent.engine, without)
    assert (line.workflow, line.matters, line.why) == (
        "decision",
        ("decision-0001",),
        "the pack has no such workflow",
    )


def test_without_steps_two_leads_adopt_it_and_it_is_initialled_and_reviewed_all_the_same(kcc: Pack) -> None:
    assert kcc.adoption is not None
    plain = varied(kcc, adoption=Adoption(initialled=True, review=kcc.adoption.review))
    council = Proposed(plain, JULY, holidays=UkHolidays())
    with pytest.raises(Refused) as refused:
        approve(council, body=None)
    assert codes(refused) == ["GT-PACK-432"]
    initial(council)
    with pytest.raises(Refused, match="Person p1 proposed"):
        approve(council, body=None, who=LEAD)
    approve(council, body=None)
    assert council.matter("framework_review", "", "") is not None


def test_the_record_stays_whole(kent: Council) -> None:
    adopted(kent)
    assert replay(kent.store, Shelf(kent.store, UkHolidays())).differences == []
    assert not verify(kent.store, views=VIEWS).faults
