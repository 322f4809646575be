"""How a pack says in words how it is adopted, and when a period is closed."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.cli.pack_words import adoption_lines, by_words, closing_lines
from adapters.yaml import YamlDocuments
from engine.packs.load import load_pack
from engine.packs.pack import Pack

PACKS = Path(__file__).resolve().parents[3] / "packs"


def pack(name: str) -> Pack:
    return load_pack(PACKS / name, PACKS / "library", YamlDocuments())


def test_the_way_of_a_pack_is_told_step_by_step_with_its_review() -> None:
    assert list(adoption_lines(pack("kcc-2011"))) == [
        "",
        "Adoption",
        "  1  Noted by POSC",
        "  2  Endorsed by POSC",
        "  3  Approved by COUNCIL, and with that adopted",
        "  Before it is adopted, each assumption is initialled by a named person",
        "  Reviewed 12 months after its adoption, by framework_review",
    ]


def test_a_pack_that_names_no_steps_is_adopted_by_two_people() -> None:
    assert list(adoption_lines(pack("maidstone-2012"))) == [
        "",
        "Adoption: one governance lead proposes it, another approves it",
    ]


def test_what_a_period_waits_for_is_told_with_who_closes_it_and_what_holds_where_it_is_missing() -> None:
    assert list(closing_lines(pack("kent-scs"))) == [
        "",
        "A period is closed by Management Information Unit, within 1 month of its end, when",
        "  every figure of the period is confirmed, or it is said why there is none",
        "  each series that is outside tolerance has a matter of 'action', and none is owed; "
        "one that a person ended at not_needed is missing",
        "  at the end of the year, every service has a matter of 'assurance' for it, and none is owed; "
        "one that a person ended at ended is missing",
        "  or with what is missing named, and a reason",
    ]


def test_a_pack_that_closes_no_period_says_so() -> None:
    assert list(closing_lines(pack("hampshire-2008"))) == ["", "No period is closed"]


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("withdraw", "only whoever took propose"),
        ("withdraw_for_them", "governance_lead, not who took propose"),
    ],
)
def test_whose_a_step_is_and_whose_it_is_not_stands_with_it(step: str, words: str) -> None:
    assert by_words(pack("cambridgeshire-2022").workflows["kpi_lifecycle"].step(step)).endswith(words)
