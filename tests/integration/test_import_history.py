"""History is put forward by one person and approved by another; it counts as confirmed, and nothing follows from it."""

from __future__ import annotations

from datetime import date

import pytest

from adapters.spreadsheets.csv import read_csv
from engine.audit.replay import replay
from engine.audit.verify import verify
from engine.importing.kept import import_kept
from engine.imports import Approving, Loaded, Plan, decline_load, plan_import, propose_load
from engine.office import Office
from engine.packs.pack import Pack
from engine.queries.doctor import doctor
from engine.queries.names import Names
from engine.queries.sentences import sentence
from engine.testing.council import Council
from engine.views import SUBMISSIONS, VIEWS
from events.errors import GoldenthreadError, NotFound
from events.kinds.figures import FigureConfirmed
from events.kinds.statuses import StatusAssessed, TriggerFired
from tests.office import office_of

ADA, BEN, ANALYST, MANAGER = "p1", "p2", "p3", "p4"
HEADER = "indicator,service,period,value\n"
PAST = HEADER + "AE4,acute,2017-03,96\nAE4,acute,2017-04,90\nAE4,acute,2017-05,70\n"


@pytest.fixture
def office(council: Council) -> Office:
    return office_of(council)


def planned(office: Office, text: str) -> Plan:
    return plan_import(office.engine, read_csv(text.encode(), "history.csv"), office.today(), history=True)


def proposed(office: Office, text: str = PAST, who: str = ANALYST) -> str:
    found = propose_load(office, planned(office, text), who, "The old system.", accept_warnings="As it was.")
    assert found.import_id is not None
    return found.import_id


def approved(office: Office, import_id: str, text: str = PAST, who: str = BEN) -> Loaded:
    return Approving(office=office, plan=planned(office, text), import_id=import_id, actor=who).approve(
        dry_run=False
    )


def codes(office: Office, text: str) -> list[str]:
    return [problem.code for problem in planned(office, text).problems]


def refusal(office: Office, import_id: str, text: str = PAST, who: str = BEN) -> str:
    with pytest.raises(GoldenthreadError) as refused:
        approved(office, import_id, text, who)
    return refused.value.problems[0].code


def test_history_counts_for_nothing_until_another_person_approves_it(
    council: Council, office: Office
) -> None:
    import_id = proposed(office)
    assert council.submission("AE4/acute/2017-05") is None
    assert approved(office, import_id).loaded == 3
    row = council.submission("AE4/acute/2017-05")
    assert row is not None
    assert (row["state"], row["value"], row["confirmed_by"], row["late_days"]) == (
        "confirmed",
        "70",
        BEN,
        None,
    )


def test_history_is_judged_and_nothing_follows(council: Council, office: Office) -> None:
    approved(office, proposed(office))
    assert [council.status(f"AE4/acute/2017-0{month}") for month in (3, 4, 5)] == ["green", "amber", "red"]
    facts = council.store.page(0, 1_000)
    assessed = [fact.event for fact in facts if isinstance(fact.event, StatusAssessed)]
    assert {event.historic for event in assessed} == {True}
    fired = [fact.event for fact in facts if isinstance(fact.event, TriggerFired)]
    assert fired, "the trigger fires for the record"
    assert {event.consequences for event in fired} == {False}
    assert council.intervention("AE4", "acute") is None
    assert council.store.outbox() == []
    assert not any(fact.event.move.late_days for fact in facts if isinstance(fact.event, FigureConfirmed))
    told = [sentence(fact, Names()) for fact in facts if isinstance(fact.event, StatusAssessed)]
    assert not any("judged again" in each for each in told)


def test_whoever_put_history_forward_does_not_approve_it(council: Council, office: Office) -> None:
    import_id = proposed(office, who=ADA)
    head = council.store.head()
    assert refusal(office, import_id, who=ADA) == "GT-IMPORT-059"
    assert refusal(office, import_id, who=MANAGER) == "GT-PEOPLE-002"
    assert council.store.head() == head
    assert approved(office, import_id, who=BEN).loaded == 3


def test_who_approved_is_on_record(council: Council, office: Office) -> None:
    import_id = proposed(office)
    approved(office, import_id)
    kept = import_kept(office, import_id)
    assert (kept.by, kept.approved_by, kept.state, kept.first, kept.last, kept.reason) == (
        "Priya Analyst",
        "Ben Second",
        "taken in",
        "2017-03",
        "2017-05",
        "The old system.",
    )
    confirmed = [fact for fact in council.store.page(0, 1_000) if isinstance(fact.event, FigureConfirmed)]
    approval = next(fact for fact in council.store.page(0, 1_000) if fact.type == "history.approved")
    assert {getattr(fact.event, "entry", "") for fact in confirmed} == {approval.ref}
    assert {fact.actor for fact in confirmed} == {BEN}


def test_another_file_than_the_one_put_forward_is_refused(office: Office) -> None:
    import_id = proposed(office)
    assert refusal(office, import_id, PAST + "AE4,acute,2017-02,90\n") == "GT-IMPORT-060"


def test_a_file_waits_once_and_can_be_put_forward_again_after_it_was_declined(office: Office) -> None:
    import_id = proposed(office)
    with pytest.raises(GoldenthreadError) as refused:
        proposed(office)
    assert refused.value.problems[0].code == "GT-IMPORT-058"
    decline_load(office, import_id, BEN, "The source is wrong.")
    with pytest.raises(NotFound):
        decline_load(office, import_id, BEN, "Again.")
    assert refusal(office, import_id) == "GT-IMPORT-066"
    assert proposed(office) != import_id


def test_periods_that_ended_after_the_first_pack_was_adopted_are_live(
    council: Council, office: Office
) -> None:
    council.at(date(2017, 9, 1))
    assert codes(office, HEADER + "AE4,acute,2017-07,90\n") == ["GT-IMPORT-056"]
    assert codes(office, HEADER + "AE4,acute,2017-06,90\n") == []


def test_the_same_history_twice_changes_nothing_and_another_figure_is_restated_instead(
    council: Council, office: Office
) -> None:
    approved(office, proposed(office))
    head = council.store.head()
    assert [row.action for row in planned(office, PAST).rows()] == ["unchanged"] * 3
    assert propose_load(office, planned(office, PAST), ANALYST, "Again.").import_id is None
    assert council.store.head() == head
    assert codes(office, HEADER + "AE4,acute,2017-05,71\n") == ["GT-IMPORT-065"]


def test_a_figure_of_history_can_be_restated_and_is_judged_again(council: Council, office: Office) -> None:
    approved(office, proposed(office))
    council.figure(ANALYST, "restate", "AE4/acute/2017-05", "96", words={"reason": "Recounted."})
    council.figure(MANAGER, "approve_restatement", "AE4/acute/2017-05")
    assert council.status("AE4/acute/2017-05") == "green"
    row = council.submission("AE4/acute/2017-05")
    assert row is not None
    assert (row["value"], row["revision"]) == ("96", 2)


def test_the_first_live_figure_is_judged_with_its_history_and_has_consequences(
    council: Council, office: Office
) -> None:
    text = HEADER + "AE4,acute,2017-04,96\nAE4,acute,2017-05,90\n"
    approved(office, proposed(office, text), text)
    council.figure(ANALYST, "enter", "AE4/acute/2017-06", "70")
    council.figure(MANAGER, "confirm", "AE4/acute/2017-06")
    assert council.status("AE4/acute/2017-06") == "red"
    assert council.intervention("AE4", "acute") is not None


def test_history_from_before_any_pack_is_judged_by_the_first_one(example: Pack) -> None:
    council = Council(example, date(2017, 7, 10))
    council.service("acute")
    council.indicator("AE4", "acute", target="95")
    council.hire("Priya", "data_enterer")
    council.hire("Tom", "data_manager")
    office = office_of(council)
    before = date.fromordinal(example.effective_from.toordinal() - 40)
    text = HEADER + f"AE4,acute,{before.year}-{before.month:02d},70\n"
    approved(office, proposed(office, text), text)
    ref = f"AE4/acute/{before.year}-{before.month:02d}"
    assert council.status(ref) == "red"
    council.figure(ANALYST, "restate", ref, "96", words={"reason": "Recounted."})
    council.figure(MANAGER, "approve_restatement", ref)
    assert council.status(ref) == "green"
    assert replay(council.store, council.engine.shelf).differences == []


def test_the_record_is_whole_and_every_judgement_comes_out_again(council: Council, office: Office) -> None:
    approved(office, proposed(office))
    council.figure(ANALYST, "enter", "AE4/acute/2017-06", "70")
    council.figure(MANAGER, "confirm", "AE4/acute/2017-06")
    assert verify(council.store, views=VIEWS).faults == []
    found = replay(council.store, council.engine.shelf)
    assert (found.judgements, found.differences) == (4, [])


def test_an_interrupted_load_is_seen_by_the_doctor_and_goes_on(
    council: Council, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.importing.history.CHUNK", 1)
    import_id = proposed(office)
    approving = Approving(office=office, plan=planned(office, PAST), import_id=import_id, actor=BEN)

    def killed(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        approving.approve(dry_run=False, progress=killed)
    assert len(council.store.rows(SUBMISSIONS)) == 1
    (finding,) = [each for each in doctor(office.engine, office.now()) if each.code == "GT-IMPORT-101"]
    assert f"goldenthread import approve {import_id}" in finding.fix
    assert refusal(office, import_id, who=ADA) == "GT-IMPORT-062"
    again = approved(office, import_id)
    assert (again.resumed, again.loaded) == (True, 2)
    assert council.types().count("history.approved") == 1
    assert council.types().count("figure.confirmed") == 3
