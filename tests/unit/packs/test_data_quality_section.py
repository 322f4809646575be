"""A pack switches the checks of figures; one that says nothing has all of them, and keeps the digest it had."""

from __future__ import annotations

import pytest

from engine.packs.canonical import pack_from_canonical
from engine.packs.data_quality import ALL_ON
from engine.packs.load import load_pack


def load(example):
    return load_pack(example.root, example.folder.library, example.folder.documents)


def switched(example, text):
    example.change(text)
    return load(example)


def test_all_checks_are_on_where_the_pack_says_nothing(example):
    pack = load(example)
    assert pack.data_quality == ALL_ON
    assert pack.data_quality.is_on("unchanged")
    assert pack.data_quality.option("outside_usual_range", "periods") == 8


def test_a_pack_without_the_section_has_nothing_of_it_in_its_canonical_form(example):
    assert b"data_quality" not in load(example).content


def test_a_check_is_switched_off_and_another_given_a_number(example):
    pack = switched(example, "data_quality: {unchanged: off, outside_usual_range: {periods: 12}}\n")
    assert not pack.data_quality.is_on("unchanged")
    assert pack.data_quality.is_on("outside_usual_range")
    assert pack.data_quality.option("outside_usual_range", "periods") == 12


def test_what_is_switched_is_part_of_the_digest_and_comes_back(example):
    before = load(example)
    pack = switched(example, "data_quality: {saw_tooth: off, unchanged: {periods: 4}}\n")
    assert pack.digest != before.digest
    assert pack_from_canonical(pack.canonical()).data_quality == pack.data_quality


@pytest.mark.parametrize(
    "same", ["{saw_tooth: on}", "{outside_usual_range: {periods: 8}}", "{clause: '7'}", "{unchanged: {}}"]
)
def test_saying_what_is_so_anyway_switches_nothing(example, same):
    assert switched(example, f"data_quality: {same}\n").data_quality == ALL_ON


@pytest.mark.parametrize(
    ("section", "code"),
    [
        ("{unchangd: off}", "GT-FLOW-001"),
        ("{unchanged: of}", "GT-FLOW-006"),
        ("{saw_tooth: {periods: 4}}", "GT-FLOW-005"),
        ("{unchanged: {weeks: 4}}", "GT-FLOW-001"),
        ("{unchanged: {periods: 1}}", "GT-QUALITY-020"),
        ("{outside_usual_range: {periods: 37}}", "GT-QUALITY-020"),
        ("{outside_usual_range: {periods: many}}", "GT-FLOW-007"),
        ("off", "GT-FLOW-003"),
    ],
)
def test_what_cannot_be_said_is_refused_at_its_place(example, section, code):
    example.change(f"data_quality: {section}\n")
    (problem,) = example.check().problems
    assert problem.code == code
    assert problem.place is not None
