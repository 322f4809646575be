"""A statement that everybody signs: each in words of their own, and finished also when one who was waited for leaves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from adapters.cli.commands.intervention import story_lines
from adapters.holidays import UkHolidays
from engine.commands import EndRole
from engine.packs.pack import Pack
from engine.queries.explaining.explain import explain
from engine.queries.log import stream
from engine.queries.matters.matter import MatterStory, matter
from engine.queries.names import Names
from engine.queries.references import MatterRef
from engine.queries.separation import BREACH, audit_duties
from engine.queries.work_list.tasks import tasks
from engine.testing.council import Council
from events.errors import Refused
from tests.integration.conftest import ROOT

from .founding import once

NEW_YEAR, MARCH = date(2013, 1, 2), date(2013, 3, 5)
EVE, TWO, OFFICER = "p3", "p4", "p5"
FLOW = "data_quality_enterer"
ABOUT = (FLOW, ("", "benefits", "1"), "sign")
REF = MatterRef("", "benefits", "1", workflow=FLOW)
GUESSES, WELL = "Half my figures are guesses", "All is well"


@pytest.fixture
@once
def council(pack_of: Callable[[Path], Pack], stores: None) -> Council:
    """Two people enter figures, and both are asked for a statement."""
    council = Council(pack_of(ROOT / "packs" / "maidstone-2012"), NEW_YEAR, holidays=UkHolidays())
    council.service("benefits")
    council.hire("Eve Enterer", "data_enterer")
    council.hire("Eva Two", "data_enterer")
    council.hire("Perf Off", "performance_officer")
    asked = {"period": "2012", "due_on": "2013-02-28"}
    council.step(OFFICER, FLOW, ("", "benefits", ""), "propose", asked)
    return council


def sign(council: Council, who: str, words: str) -> None:
    council.step(who, *ABOUT, words={"statement": words})


def names_of(council: Council) -> Names:
    return Names({}, council.store.texts)


def story(council: Council, on: date = NEW_YEAR) -> MatterStory:
    return matter(council.engine, REF, on, names=names_of(council))


def leave(council: Council, who: str) -> None:
    council.at(MARCH)
    council.ask(EndRole(person=who, role="data_enterer", last_day=date(2013, 3, 4)), "p1")


def test_each_signers_words_stand_under_their_own_name(council: Council) -> None:
    sign(council, EVE, GUESSES)
    sign(council, TWO, WELL)
    signed = [(each.person, [field.value for field in each.fields]) for each in story(council).moves[1:]]
    assert signed == [(EVE, [GUESSES]), (TWO, [WELL])]
    lines = list(story_lines(story(council), names_of(council)))
    assert [line.strip() for line in lines if "statement:" in line] == [
        f"statement: {GUESSES}",
        f"statement: {WELL}",
    ]


def test_an_explanation_and_the_log_give_the_words_of_each(council: Council) -> None:
    sign(council, EVE, GUESSES)
    sign(council, TWO, WELL)
    names = names_of(council)
    told = explain(council.engine, f"{FLOW}-0001", NEW_YEAR, names=names).lines
    explained = [line.what for line in told if "statement" in line.what and "Sign" in line.what]
    logged = [line.sentence for line in stream(council.engine, f"matters/{FLOW}/-/benefits", names=names)]
    for found in (explained, logged[1:]):
        assert [(EVE in each, GUESSES in each, WELL in each) for each in found] == [
            (True, True, False),
            (False, False, True),
        ]


def test_the_one_who_has_signed_completes_it_when_the_other_leaves(council: Council) -> None:
    sign(council, EVE, GUESSES)
    leave(council, TWO)
    (task,) = (each for each in tasks(council.engine, MARCH, person=EVE) if each.workflow == FLOW)
    (move,) = task.moves
    assert (task.may, task.why_not, move.step, move.people, move.completes) == (
        True,
        "",
        "sign",
        (EVE,),
        True,
    )
    assert "taking it once more completes it" in move.so_far(Names())
    assert "None" not in "\n".join(story_lines(story(council, MARCH), names_of(council)))
    sign(council, EVE, "Still guesses")
    row = council.matter(FLOW, "", "benefits")
    assert row is not None
    assert row["state"] == "stands"
    assert [each for each in audit_duties(council.engine, names=Names()) if each.severity == BREACH] == []


def test_one_who_has_signed_does_not_complete_it_for_one_who_is_there(council: Council) -> None:
    sign(council, EVE, GUESSES)
    with pytest.raises(Refused, match="needs 2 people"):
        sign(council, EVE, GUESSES)
    (task,) = (each for each in tasks(council.engine, NEW_YEAR, person=EVE) if each.workflow == FLOW)
    assert task.may is False
    assert "1 of 2 have taken it" in task.why_not
