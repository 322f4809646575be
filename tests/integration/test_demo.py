"""The demonstration tells the truth about the real figures, and touches nothing outside its folder."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from engine.audit.replay import replay
from engine.audit.verify import verify
from engine.commands import OpenBook
from engine.office import Office
from engine.packs.load import load_pack
from engine.queries.blind_spots import blind_spots
from engine.queries.reader import Reader
from engine.views import AGENDA, DUE, MATTERS, STATUSES, VIEWS
from events.errors import Refused
from events.stream import interventions
from goldenthread.bootstrap import Project
from goldenthread.demo.cast import HONESTY
from goldenthread.demo.opening import EXAMPLE
from goldenthread.demo.run import ENDED, main, prepare
from goldenthread.resources import examples_folder
from tests.integration.own_lists import expect_own_lists_to_hold_what_the_whole_list_says


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "goldenthread-demo"


@pytest.fixture(scope="module")
def told(folder: Path) -> list[str]:
    lines: list[str] = []
    main(folder, lines.append)
    return lines


@pytest.fixture
def office(folder: Path, told: list[str]) -> Office:
    return Project(folder, {}).doorway.open(write=False)


def oracle() -> dict[tuple[str, str], str]:
    """Status by provider and month, by fractions alone: green from 95 %, amber from nine tenths of it."""
    found = {}
    with (examples_folder() / "hospital-waiting" / "ae-four-hour.csv").open(newline="") as text:
        for row in csv.DictReader(text):
            share = Fraction(int(row["seen_within_four_hours"]), int(row["attendances"]))
            standard = Fraction(95, 100)
            status = (
                "green" if share >= standard else "amber" if share >= standard * Fraction(9, 10) else "red"
            )
            found[row["provider"], row["month"]] = status
    return found


def test_all_324_statuses_are_those_of_plain_fractions(office: Office) -> None:
    judged = {(str(r["service"]), str(r["period"])): str(r["status"]) for r in office.store.rows(STATUSES)}
    assert judged == oracle()
    assert len(judged) == 324


def test_the_trigger_fired_exactly_where_amber_was_followed_by_red(office: Office) -> None:
    statuses = oracle()
    months = sorted({month for _, month in statuses})
    expected = {
        (provider, month)
        for provider in {provider for provider, _ in statuses}
        for before, month in pairwise(months)
        if statuses[provider, before] == "amber" and statuses[provider, month] == "red"
    }
    fired = {
        (fact.stream.rpartition("/")[2], getattr(fact.event, "period", ""))
        for fact in office.store.find(types=["trigger.fired"])
    }
    assert fired == expected
    assert len(fired) == 29


def test_the_blind_spots_are_the_providers_red_in_every_month(office: Office) -> None:
    statuses = oracle()
    always = {p for p, _ in statuses if all(s == "red" for (q, _), s in statuses.items() if q == p)}
    assert {spot.service for spot in blind_spots(office.engine, least=36)} == always == {"RHU", "RVV"}


def test_bodies_answer_in_each_of_the_four_ways_and_matters_climb_the_ladder(office: Office) -> None:
    steps = Counter()
    for fact in office.store.find(
        types=["step.taken", "intervention.agreed", "rung.moved", "deadline.extended"]
    ):
        move, fields = fact.event.move, fact.event.fields  # type: ignore[attr-defined]  # moves, all of them
        steps[move.step, "menu" in fields] += 1
    assert steps["leave_with_service", False] >= 3
    assert steps["answer", False] >= 3
    assert steps["answer", True] >= 3
    assert steps["decline", False] >= 3
    assert steps["agree_extension", False] == 1
    rungs = Counter(fact.event.fields["rung"] for fact in office.store.find(types=["rung.moved"]))  # type: ignore[attr-defined]
    assert rungs["CMT"] >= 2
    assert rungs["CABINET"] >= 2


def test_some_report_in_time_some_late_and_some_never(office: Office) -> None:
    passed = [f.event for f in office.store.find(types=["deadline.passed"])]
    missed = [event for event in passed if getattr(event, "name", "") == "report_back"]
    rows = office.store.rows(MATTERS)
    missing = {(r["stream"], r["subject"]) for r in office.store.rows(AGENDA) if r["breaches"]}
    breached = {id(r) for r in rows if (interventions(r["indicator"], r["service"]), r["ordinal"]) in missing}
    late = [r for r in rows if id(r) in breached and r["reports"] and not r["moves"]]
    assert late
    assert len(missed) > len(late)
    assert any(r["reports"] and id(r) not in breached for r in rows)


def test_every_deadline_passed_once_on_its_day(office: Office) -> None:
    facts = office.store.find(types=["deadline.passed"])
    keys = Counter((f.stream, f.event.subject, f.event.name, f.event.n) for f in facts)  # type: ignore[attr-defined]
    assert set(keys.values()) == {1}
    assert all(f.event.working_days_late == 0 for f in facts)  # type: ignore[attr-defined]
    assert office.store.rows(DUE, below={"due_at": office.now()}) == []


def test_the_record_is_whole_and_every_judgement_comes_out_again(office: Office) -> None:
    assert verify(office.store).faults == []
    assert replay(office.store, office.engine.shelf).differences == []
    assert office.store.differences(VIEWS) == []


def test_it_says_what_is_invented_and_under_which_licence_the_figures_are(told: list[str]) -> None:
    assert told[: len(HONESTY)] == list(HONESTY)
    assert any("Open Government Licence v3.0" in line for line in told)
    assert any("cannot instruct hospitals" in line for line in told)


def test_it_can_be_made_again_and_touches_only_its_own_files(folder: Path, told: list[str]) -> None:
    beside = sorted(path.name for path in folder.parent.iterdir())
    (folder / "my-notes.txt").write_text("keep")
    again: list[str] = []
    main(folder, again.append)
    assert again == told
    assert (folder / "my-notes.txt").read_text() == "keep"
    assert sorted(path.name for path in folder.parent.iterdir()) == beside


def test_it_refuses_a_folder_that_holds_something_else(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("precious")
    with pytest.raises(Refused, match="did not make"):
        main(tmp_path, print)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_demonstration_that_somebody_went_on_with_is_not_made_anew_unasked(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    prepare(folder)
    office = Project(folder, {}).doorway.create()
    opening = text, other = office.text("Ann Parker"), office.text("Bob Reed")
    pack = load_pack(EXAMPLE / "example-council", office.packs / "library", office.documents)
    request = OpenBook(
        book="x",
        council="X",
        proposer_name=text.ref,
        approver_name=other.ref,
        pack=pack.digest,
        simulated=True,
    )
    office.ask(request, actor="p1", texts=opening, blobs={pack.digest: pack.canonical()})
    office.store.set_meta(ENDED, str(office.store.head().position))
    office.store.close()
    prepare(folder)  # as the story left it
    assert not list(folder.glob("*.goldenthread"))

    office = Project(folder, {}).doorway.create()
    office.ask(request, actor="p1", texts=opening, blobs={pack.digest: pack.canonical()})
    office.store.set_meta(ENDED, "2")
    office.store.close()
    with pytest.raises(Refused, match="is not as it was left: its record goes on to event 6"):
        main(folder, lambda _: None)
    assert list(folder.glob("*.goldenthread"))
    prepare(folder, force=True)
    assert not list(folder.glob("*.goldenthread"))


def test_the_demonstration_notes_where_its_story_ended(office: Office) -> None:
    assert office.store.get_meta(ENDED) == str(office.store.head().position)


def test_everybody_is_listed_what_waits_for_them_and_nothing_else(office: Office) -> None:
    people = sorted(Reader(office.engine).work.people().names)
    days = (("2018-10-01", 700), ("2018-12-10", None))
    for day, at in days:
        seen, lost = expect_own_lists_to_hold_what_the_whole_list_says(
            office.engine, date.fromisoformat(day), people, at
        )
        assert (seen > 0, lost) == (True, 0)


@pytest.mark.parametrize(
    "name", ["GOLDENTHREAD_DB", "GOLDENTHREAD_BOOK", "GOLDENTHREAD_CLOCK", "goldenthread_db"]
)
def test_no_other_book_is_written_to(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, str(tmp_path / "council.goldenthread"))
    with pytest.raises(Refused, match=name):
        main(tmp_path / "demo", print)
    assert not [*tmp_path.iterdir()]
