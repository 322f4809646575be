"""Checking a pack: everything that is wrong is told at once, each at its own line, and a sound pack is left alone."""

import pytest

from engine.packs.load import load_pack
from events.errors import Invalid, NotFound


def test_the_example_is_sound(example):
    checked = example.check()
    assert checked.problems == ()
    assert checked.counts == "8 rules, 2 workflows, 3 menu items checked"


def test_problems_of_both_halves_and_of_the_head_come_together(example):
    example.change(
        "effective: soon\n"
        "bodies:\n  BOARD: {label: The Board, chair: directr, clause: '3'}\n  CABINET: {label: Cabinet, clause: '3'}\n"
        "bands: [{status: gren, at_least: 0, clause: '4'}]\n"
    )
    checked = example.check()
    assert checked.pack is None
    files = {problem.place.file for problem in checked.problems}
    assert files == {str(example.root / "pack.yaml")}
    assert {problem.code.split("-")[1] for problem in checked.problems} >= {"PACK", "FLOW", "RULE"}


def test_a_problem_in_a_workflow_points_into_its_own_file(example):
    example.change(
        "workflows:\n  submission: {use: library/submission@1, with: {window: 10 days}, assumption: A1}\n"
        "  intervention: {use: workflows/own@1}\n"
    )
    example.write("workflow: own\nversion: 1\nstates: {}\nsteps: []\n", "workflows/own.yaml")
    places = [problem.place for problem in example.check().problems]
    assert places
    assert {place.file for place in places} == {str(example.root / "workflows/own.yaml")}


def test_a_problem_of_a_parameter_points_at_the_pack_that_gives_it(example):
    example.change(
        "workflows:\n  submission: {use: library/submission@1, with: {windw: 10 days}, assumption: A1}\n"
        "  intervention: {use: library/intervention@1}\n"
    )
    told = [problem for problem in example.check().problems if "windw" in problem.sentence]
    assert [problem.place.file for problem in told] == [str(example.root / "pack.yaml")]


def test_a_warning_does_not_keep_a_pack_from_being_used(example):
    example.change("compare_by: {use: percent_from_target}\n")
    checked = example.check()
    assert [problem.severity for problem in checked.problems] == ["warning"]
    assert checked.pack is not None


def test_a_clause_covers_its_whole_block_and_no_other(example):
    example.change(
        "intervention:\n  clause: '6'\n  report_back: {soon: {within: 1 month}}\n  ladder: {rungs: [BOARD, CABINET]}\n"
        "calendar: {time_zone: Europe/London, bank_holidays: Wales, year_starts: 1 April}\n"
    )
    [bare] = [problem.sentence for problem in example.check().problems]
    assert bare == "Nothing says where 'calendar' comes from."


def test_house_settings_and_labels_need_no_clause(example):
    example.change("calendar: {time_zone: Europe/London, bank_holidays: Wales}\n")
    assert example.check().problems == ()


def test_several_assumptions_may_stand_in_one_block(example):
    example.change(
        "assumptions:\n  A1: {issue: i, reading: r}\n  A2: {issue: i, reading: r}\n"
        "compare_by: {use: percent_from_target, assumption: 'A2, A3'}\n"
    )
    [problem] = example.check().problems
    assert problem.sentence.startswith("There is no assumption 'A3'.")


def test_loading_a_pack_with_errors_raises_all_of_them(example):
    example.change("effective: soon\nbands: []\n")
    with pytest.raises(Invalid) as refused:
        load_pack(example.root, example.folder.library, example.folder.documents)
    assert len(refused.value.problems) >= 2


def test_a_folder_without_a_pack_is_not_found(example):
    (example.root / "pack.yaml").unlink()
    with pytest.raises(NotFound, match="There is no pack in"):
        load_pack(example.root, example.folder.library, example.folder.documents)


@pytest.mark.parametrize("text", ["pack: [", "- a", "just words", "pack: x\npack: y\n", "a: &b c\n"])
def test_a_file_that_is_no_pack_is_told_and_nothing_else_happens(example, text):
    example.write(text)
    checked = example.check()
    assert checked.pack is None
    assert checked.problems
    assert all(problem.place for problem in checked.problems)
