"""Kent's Specialist Children's Services: who gives assurance at the end of the year, who still owes it, and what a commentary says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from adapters.holidays import UkHolidays
from adapters.yaml import YamlDocuments
from engine.audit.replay import replay
from engine.audit.verify import verify
from engine.commands import AssignRole, ClosePeriod, SetTarget, TakeSteps
from engine.matters.rounds import Round, plan_round
from engine.packs.load import load_pack
from engine.packs.pack import Pack
from engine.packs.shelf import Shelf
from engine.queries.closing import period_standing
from engine.queries.matters.matters import matters
from engine.queries.names import Names
from engine.queries.period_report import period_report
from engine.queries.reader import Reader
from engine.queries.work_list.task import Task
from engine.queries.work_list.tasks import tasks
from engine.testing.council import Council
from engine.views import VIEWS
from events.errors import Invalid, Refused

from .conftest import ROOT
from .founding import once

UNIT, ADOPTION_HEAD, FOSTERING_HEAD, DIRECTOR, DATA, MANAGER = "p3", "p4", "p5", "p6", "p7", "p8"
MARCH, APRIL = date(2012, 3, 1), date(2012, 4, 2)
YEAR = {"period": "2011", "due_on": "2012-03-31"}
NEXT_YEAR = {"period": "2012", "due_on": "2013-03-31"}


@pytest.fixture
def scs(pack_of: Callable[[Path], Pack], stores: None) -> Pack:
    return pack_of(ROOT / "packs" / "kent-scs")


@pytest.fixture
def kent(scs: Pack) -> Council:
    return kent_of(scs)


@once
def kent_of(pack: Pack) -> Council:
    """Three services; adoption and fostering have a head, and safeguarding has none yet."""
    council = Council(pack, MARCH, holidays=UkHolidays())
    for service in ("adoption", "fostering", "safeguarding"):
        council.service(service)
    council.indicator("CS1", "fostering", frequency="quarter")
    agreed = SetTarget(indicator="CS1", from_period="2011-Q1", value=Decimal(90), tolerance=Decimal(5))
    council.ask(agreed, "p1")
    council.hire("Mia Unit", "management_information")
    council.hire("Ada Adoption", "head_of_service", scope="adoption")
    council.hire("Fay Foster", "head_of_service", scope="fostering")
    council.hire("Dee Director", "director")
    council.hire("Dora Data", "data_enterer")
    council.hire("Max Manager", "manager")
    return council


def planned(council: Council, fields: Mapping[str, str] = YEAR) -> Round:
    return plan_round(Reader(council.engine), council.pack.workflows["assurance"], "assurance", fields)


def begin_round(council: Council, fields: Mapping[str, str] = YEAR, who: str = UNIT) -> Round:
    found = planned(council, fields)
    if found.steps:
        council.ask(TakeSteps(steps=found.steps), who)
    return found


def sign(council: Council, who: str, service: str, **more: str) -> None:
    words = {"statement": "The controls work", "evidence": "Case file audits of June and November"}
    council.step(who, "assurance", ("", service, ""), "sign", words={**words, **more})


def state(council: Council, service: str) -> str:
    row = council.matter("assurance", "", service)
    return "none" if row is None else str(row["state"])


def owed(council: Council, day: date, person: str | None = None) -> dict[str, Task]:
    found = tasks(council.engine, day, person=person)
    return {task.service: task for task in found if task.workflow == "assurance"}


def test_at_the_end_of_the_year_it_is_seen_which_assurances_are_outstanding_and_who_owes_them(
    kent: Council,
) -> None:
    assert begin_round(kent).services == 3
    sign(kent, FOSTERING_HEAD, "fostering")
    kent.live_until(APRIL)

    outstanding = matters(kent.engine, APRIL, workflow="assurance")
    assert {line.service: (line.label, line.due) for line in outstanding if line.state != "stands"} == {
        "adoption": ("Not signed", date(2012, 3, 31)),
        "safeguarding": ("Not signed", date(2012, 3, 31)),
    }
    late = owed(kent, APRIL)
    assert {service: task.late_days for service, task in late.items()} == {"adoption": 1, "safeguarding": 1}
    assert ADOPTION_HEAD in late["adoption"].people
    signing = {service: task.moves[0] for service, task in late.items()}
    assert {service: (move.step, move.people) for service, move in signing.items()} == {
        "adoption": ("sign", (ADOPTION_HEAD,)),
        "safeguarding": ("sign", ()),
    }


def test_a_round_is_begun_once_however_often_it_is_asked_for(kent: Council) -> None:
    assert [step.service for step in begin_round(kent).steps] == ["adoption", "fostering", "safeguarding"]
    again = begin_round(kent)
    assert (again.steps, again.there) == ((), ("adoption", "fostering", "safeguarding"))
    kent.service("care_leavers")
    late = begin_round(kent)
    assert ([step.service for step in late.steps], late.services) == (["care_leavers"], 4)


def test_the_next_year_goes_on_where_a_statement_stands_and_waits_where_the_last_is_owed(
    kent: Council,
) -> None:
    begin_round(kent)
    sign(kent, FOSTERING_HEAD, "fostering")
    kent.live_until(date(2013, 3, 1))
    following = begin_round(kent, NEXT_YEAR)
    assert [(step.service, step.step) for step in following.steps] == [("fostering", "ask_again")]
    assert following.owing == ("adoption", "safeguarding")
    assert (state(kent, "fostering"), planned(kent, NEXT_YEAR).there) == ("owed", ("fostering",))
    sign(kent, ADOPTION_HEAD, "adoption")
    assert [step.service for step in planned(kent, NEXT_YEAR).steps] == ["adoption"]


def test_a_round_says_its_day_and_only_the_unit_asks_for_it(kent: Council) -> None:
    with pytest.raises(Invalid, match="A round of 'assurance' needs due_on"):
        planned(kent, {"period": "2011"})
    with pytest.raises(Refused, match="'propose' is for Management Information Unit"):
        begin_round(kent, who=FOSTERING_HEAD)
    assert state(kent, "fostering") == "none"


def test_only_the_head_of_the_service_signs_for_it_and_with_evidence(kent: Council) -> None:
    begin_round(kent)
    with pytest.raises(Refused, match="'sign' is for Head of Service"):
        sign(kent, ADOPTION_HEAD, "fostering")
    with pytest.raises(Refused, match="'sign' is for Head of Service"):
        sign(kent, UNIT, "fostering")
    with pytest.raises(Refused, match="needs 'evidence'"):
        kent.step(
            FOSTERING_HEAD, "assurance", ("", "fostering", ""), "sign", words={"statement": "All is well"}
        )


def test_a_head_who_comes_later_owes_what_is_still_not_signed(kent: Council) -> None:
    begin_round(kent)
    kent.live_until(APRIL)
    sam = kent.hire("Sam Safe", "head_of_service", scope="safeguarding")
    assert owed(kent, APRIL, sam)["safeguarding"].may
    sign(kent, sam, "safeguarding")
    assert (state(kent, "safeguarding"), "safeguarding" in owed(kent, APRIL)) == ("stands", False)


def test_whoever_signs_is_reminded_and_the_unit_is_told_of_what_is_missing(kent: Council) -> None:
    begin_round(kent)
    kent.live_until(date(2012, 4, 30))
    sent = [row.notice for row in kent.store.outbox() if row.notice.subject == "assurance/-/adoption#1"]
    assert {"head_of_service", "management_information"} <= {notice.to for notice in sent}
    assert state(kent, "adoption") == "owed"


def test_a_statement_lapses_after_its_time_and_is_owed_again(kent: Council) -> None:
    begin_round(kent)
    sign(kent, FOSTERING_HEAD, "fostering")
    kent.live_until(date(2013, 3, 1))
    assert state(kent, "fostering") == "stands"
    kent.live_until(date(2013, 3, 2))
    assert state(kent, "fostering") == "lapsed"
    assert owed(kent, date(2013, 3, 2))["fostering"].due == date(2013, 4, 1)
    kent.step(
        FOSTERING_HEAD, "assurance", ("", "fostering", ""), "sign", {"period": "2012"},
        words={"statement": "They still work", "evidence": "Audits of 2012"},
    )  # fmt: skip
    assert planned(kent, NEXT_YEAR).there == ("fostering",)


def test_whoever_signed_does_not_countersign_not_even_as_a_director(kent: Council) -> None:
    begin_round(kent)
    sign(kent, FOSTERING_HEAD, "fostering")
    at = ("", "fostering", "")
    kent.step(UNIT, "assurance", at, "have_countersigned", words={"reason": "An inspection found otherwise"})
    kent.ask(AssignRole(person=FOSTERING_HEAD, role="director", start=date(2000, 1, 1)), "p1")
    with pytest.raises(Refused, match="needs another person than"):
        kent.step(FOSTERING_HEAD, "assurance", at, "countersign")
    kent.step(DIRECTOR, "assurance", at, "countersign")
    assert state(kent, "fostering") == "stands"


def test_one_that_is_sent_back_counts_for_nothing_until_it_is_signed_again(kent: Council) -> None:
    begin_round(kent)
    sign(kent, FOSTERING_HEAD, "fostering")
    kent.step(
        UNIT, "assurance", ("", "fostering", ""), "send_back", {"due_on": "2012-03-20"},
        words={"reason": "Which audits?"},
    )  # fmt: skip
    assert owed(kent, MARCH)["fostering"].due == date(2012, 3, 20)
    sign(kent, FOSTERING_HEAD, "fostering", evidence="Audits 14 and 15")
    assert state(kent, "fostering") == "stands"


def test_off_target_so_what_is_compulsory(kent: Council) -> None:
    kent.figure(DATA, "enter", "CS1/fostering/2011-Q3", "84")
    kent.figure(FOSTERING_HEAD, "confirm", "CS1/fostering/2011-Q3")
    waiting = {task.workflow: task.due for task in tasks(kent.engine, MARCH) if task.indicator == "CS1"}
    assert (waiting["commentary"], waiting["action"]) == (date(2012, 3, 15), date(2012, 4, 1))
    said = {"what_happened": "Fewer visits in time", "why": "Vacancies", "what_next": "Agency cover"}
    at = ("CS1", "fostering", "")
    with pytest.raises(Refused, match="needs 'so_what'"):
        kent.step(MANAGER, "commentary", at, "give", words=said)
    kent.step(MANAGER, "commentary", at, "give", words={**said, "so_what": "Children wait longer"})
    row = kent.matter("commentary", "CS1", "fostering")
    assert row is not None
    assert row["state"] == "given"


def test_the_record_stays_whole(kent: Council) -> None:
    begin_round(kent)
    sign(kent, FOSTERING_HEAD, "fostering")
    kent.live_until(date(2013, 3, 2))
    assert replay(kent.store, Shelf(kent.store, UkHolidays())).differences == []
    assert not verify(kent.store, views=VIEWS).faults


BLOCKS = """
    with:
      window: 10 working days
      enters: data_enterer
      confirms: head_of_service
      comments: manager
      confirms_when: [{guard: nothing_overdue_of_service, else: "The service owes its assurance: it is signed first."}]
"""


def blocking(folder: Path) -> Path:
    """The same pack, in which a missing assurance holds figures up: one line."""
    text = (ROOT / "packs" / "kent-scs" / "pack.yaml").read_text(encoding="utf-8")
    line = "    with: {window: 10 working days, enters: data_enterer, confirms: head_of_service, comments: manager}\n"
    assert line in text
    folder.mkdir()
    (folder / "pack.yaml").write_text(text.replace(line, BLOCKS.lstrip("\n")), encoding="utf-8")
    return folder


def test_a_missing_assurance_holds_nothing_up_unless_the_pack_says_so(kent: Council) -> None:
    begin_round(kent)
    kent.live_until(APRIL)
    kent.figure(DATA, "enter", "CS1/fostering/2011-Q4", "92")
    kent.figure(FOSTERING_HEAD, "confirm", "CS1/fostering/2011-Q4")
    assert "fostering" in owed(kent, APRIL)
    submitted = kent.submission("CS1/fostering/2011-Q4")
    assert submitted is not None
    assert submitted["state"] == "confirmed"


def test_where_the_pack_says_so_no_figure_of_the_service_is_confirmed_while_it_is_overdue(
    tmp_path: Path, stores: None
) -> None:
    pack = load_pack(blocking(tmp_path / "kent-scs"), ROOT / "packs" / "library", YamlDocuments())
    kent = kent_of(pack)
    begin_round(kent)
    kent.figure(DATA, "enter", "CS1/fostering/2011-Q3", "92")
    kent.figure(FOSTERING_HEAD, "confirm", "CS1/fostering/2011-Q3")
    kent.live_until(APRIL)
    kent.figure(DATA, "enter", "CS1/fostering/2011-Q4", "92")
    with pytest.raises(Refused, match="The service owes its assurance: it is signed first"):
        kent.figure(FOSTERING_HEAD, "confirm", "CS1/fostering/2011-Q4")
    sign(kent, FOSTERING_HEAD, "fostering")
    kent.figure(FOSTERING_HEAD, "confirm", "CS1/fostering/2011-Q4")
    kent.live_until(date(2013, 4, 3))
    kent.figure(DATA, "enter", "CS1/fostering/2012-Q4", "92")
    assert state(kent, "fostering") == "lapsed"
    kent.figure(FOSTERING_HEAD, "confirm", "CS1/fostering/2012-Q4")
    kent.live_until(date(2013, 5, 3))
    kent.figure(DATA, "enter", "CS1/fostering/2012-Q3", "93")
    with pytest.raises(Refused, match="The service owes its assurance"):
        kent.figure(FOSTERING_HEAD, "confirm", "CS1/fostering/2012-Q3")


def test_the_year_is_closed_with_each_assurance_or_with_those_outstanding_named(kent: Council) -> None:
    begin_round(kent)
    sign(kent, FOSTERING_HEAD, "fostering")
    kent.live_until(APRIL)
    for period, value in (("2011-Q3", "92"), ("2011-Q4", "92")):
        kent.figure(DATA, "enter", f"CS1/fostering/{period}", value)
        kent.figure(FOSTERING_HEAD, "confirm", f"CS1/fostering/{period}")
    kent.ask(ClosePeriod(period="2011-Q3"), UNIT)
    with pytest.raises(Refused) as refused:
        kent.ask(ClosePeriod(period="2011-Q4"), UNIT)
    assert [each.sentence.partition(" (")[0] for each in refused.value.problems] == [
        "Adoption#1",
        "Safeguarding#1",
    ]
    why = kent.text("They are new in post")
    kent.ask(ClosePeriod(period="2011-Q4", with_missing=True, because=why.ref), UNIT, texts=(why,))
    report = period_report(kent.engine, "2011-Q4", names=Names())
    assert report.missing == ("assurance adoption", "assurance safeguarding")


def test_an_assurance_nobody_has_asked_for_is_missing_too(kent: Council) -> None:
    kent.live_until(APRIL)
    found = period_standing(kent.engine, "2011-Q4", APRIL, names=Names())
    assert [each.what.name for each in found.lacking] == [
        "figures CS1/fostering",
        "assurance adoption",
        "assurance fostering",
        "assurance safeguarding",
    ]


def year_end_without(kent: Council, *ended: str) -> None:
    """The year's figures are in, every assurance that is not ended is signed by somebody, and the others are ended."""
    kent.hire("Sam Safeguarding", "head_of_service", scope="safeguarding")
    begin_round(kent)
    for head, service in (("p9", "safeguarding"), (ADOPTION_HEAD, "adoption"), (FOSTERING_HEAD, "fostering")):
        if service in ended:
            because = {"reason": "Skip it"}
            kent.step(UNIT, "assurance", ("", service, ""), "end", words=because)
        else:
            sign(kent, head, service)
    kent.live_until(APRIL)
    kent.figure(DATA, "enter", "CS1/fostering/2011-Q4", "92")
    kent.figure(FOSTERING_HEAD, "confirm", "CS1/fostering/2011-Q4")


def test_an_assurance_that_was_ended_and_never_signed_is_missing_and_named_with_the_reason(
    kent: Council,
) -> None:
    year_end_without(kent, "adoption")
    with pytest.raises(Refused, match="adoption has no 'assurance' that was given; -/adoption#1 was ended"):
        kent.ask(ClosePeriod(period="2011-Q4"), UNIT)
    why = kent.text("Adoption has left the council")
    kent.ask(ClosePeriod(period="2011-Q4", with_missing=True, because=why.ref), UNIT, texts=(why,))
    names = Names({UNIT: "Mia Unit"}, kent.store.texts)
    assert period_report(kent.engine, "2011-Q4", names=names).missing == (
        "assurance adoption (Nobody asks for it any more, by Mia Unit on 2012-03-01: Skip it)",
    )
    assert not verify(kent.store, views=VIEWS).faults


def test_begun_anew_and_signed_or_ended_after_it_was_signed_it_is_not_missing(kent: Council) -> None:
    year_end_without(kent, "adoption")
    reason = {"reason": "The head has left"}
    kent.step(UNIT, "assurance", ("", "fostering", ""), "end", words=reason)
    kent.step(UNIT, "assurance", ("", "adoption", ""), "propose", {"period": "2011", "due_on": "2012-04-30"})
    sign(kent, ADOPTION_HEAD, "adoption")
    kent.ask(ClosePeriod(period="2011-Q4"), UNIT)
    assert period_report(kent.engine, "2011-Q4", names=Names()).missing == ()


def test_one_begun_anew_for_a_later_year_is_none_for_this_one(kent: Council) -> None:
    year_end_without(kent, "adoption")
    kent.step(UNIT, "assurance", ("", "adoption", ""), "propose", NEXT_YEAR)
    with pytest.raises(Refused, match="-/adoption#1 was ended without it"):
        kent.ask(ClosePeriod(period="2011-Q4"), UNIT)


def test_an_action_that_the_closer_excused_leaves_its_red_named(kent: Council) -> None:
    year_end_without(kent)
    kent.figure(DATA, "restate", "CS1/fostering/2011-Q4", "60", words={"reason": "Counted twice"})
    kent.figure(FOSTERING_HEAD, "approve_restatement", "CS1/fostering/2011-Q4")
    kent.step(UNIT, "action", ("CS1", "fostering", ""), "excuse", words={"reason": "Skip"})
    found = period_standing(kent.engine, "2011-Q4", APRIL, names=Names({UNIT: "Mia Unit"}, kent.store.texts))
    assert [(each.what.why, each.what.sentence) for each in found.lacking] == [
        ("excused", "Not needed any more, by Mia Unit on 2012-04-02: Skip.")
    ]
    with pytest.raises(Refused, match="CS1/fostering has no 'action' that was given"):
        kent.ask(ClosePeriod(period="2011-Q4"), UNIT)
