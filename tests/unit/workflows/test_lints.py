"""What a readable workflow can still get wrong; each check has the smallest workflow that it finds fault with."""

from __future__ import annotations

import pytest

from events.errors import Problem
from tests.unit.workflows.town import HOUSE, house, tree
from workflows.compile import compile_definition
from workflows.lint import LINTS

GOOD = """
workflow: plan
version: 1
start: {needs: {refer_to: body}}
states:
  asked: {label: Asked for, initial: yes}
  held: {label: On hold, no_deadline: it is on hold}
  done: {label: Done, final: yes}
steps:
  - {do: hold, from: asked, to: held, by: body, needs: {until: date}}
  - {do: resume, from: held, to: asked, by: [service_manager, system], needs: {reason: text}}
  - {do: finish, from: asked, to: done, by: body, needs: {reason: text}, not_same_person_as: resume}
  - {do: stretch, from: asked, to: same, by: body, needs: {until: date, reason: text}, extends: answer, effect: deadline_extended}
  - {do: climb, from: asked, to: same, by: [body, system], needs: {rung: rung, reason: text}, restarts: answer, effect: moved_to_rung}
deadlines:
  answer: {in: asked, within: 1 month, on_pass: {propose: next_rung}}
"""
BROKEN = [
    ("asked: {label: Asked for, initial: yes}", "asked: {label: Asked for}", "GT-FLOW-040"),
    ("held: {label: On hold,", "held: {label: On hold, initial: yes,", "GT-FLOW-041"),
    ("  done:", "  lost: {label: Lost, final: yes}\n  done:", "GT-FLOW-042"),
    ("from: asked, to: same, by: body", "from: [asked, done], to: same, by: body", "GT-FLOW-043"),
    ("do: resume, from: held", "do: resume, from: asked", "GT-FLOW-044"),
    ("do: finish, from: asked, to: done", "do: finish, from: asked, to: held", "GT-FLOW-045"),
    (", no_deadline: it is on hold", "", "GT-FLOW-046"),
    ("answer: {in: asked", "answer: {in: [asked, held]", "GT-FLOW-047"),
    ("answer: {in: asked", "answer: {in: [asked, done]", "GT-FLOW-048"),
    ("within: 1 month, ", "", "GT-FLOW-049"),
    ("within: 1 month, ", "within: 1 month, until: next_meeting, ", "GT-FLOW-049"),
    ("within: 1 month, ", "until: by_when, ", "GT-FLOW-050"),
    ("within: 1 month, ", "within: category, ", "GT-FLOW-050"),
    ("do: hold, from: asked, to: held,", "do: hold, from: asked, to: held, restarts: answer,", "GT-FLOW-052"),
    (
        "by: [service_manager, system], needs: {reason: text}",
        "by: system, needs: {reason: text, until: date}",
        "GT-FLOW-060",
    ),
    ("needs: {rung: rung, reason: text}", "needs: {reason: text}", "GT-FLOW-061"),
    ("needs: {until: date, reason: text}, extends", "needs: {reason: text}, extends", "GT-FLOW-062"),
    ("start: {needs: {refer_to: body}}", "start: {may: {refer_to: body}}", "GT-FLOW-063"),
]


def problems(text: str, **given: object) -> tuple[Problem, ...]:
    return compile_definition(tree(text), parameters=given, organisation=house())[1]


def test_the_good_workflow_is_good() -> None:
    assert problems(GOOD) == ()


@pytest.mark.parametrize(("was", "becomes", "code"), BROKEN)
def test_each_fault_is_found_with_its_place(was: str, becomes: str, code: str) -> None:
    assert was in GOOD
    found = problems(GOOD.replace(was, becomes))
    assert code in {each.code for each in found}, found
    assert all(each.path and each.sentence.endswith(".") for each in found)


def test_clocks_of_single_items_are_no_deadline_of_the_state_and_it_is_said_so() -> None:
    """They end with the items, and never begin where nothing is owed."""
    text = GOOD.replace(", no_deadline: it is on hold", "") + (
        "  call: {in: held, until: each_item, on_pass: {task: service_manager}}\n"
    )
    (found,) = [each for each in problems(text) if each.code == "GT-FLOW-046"]
    assert found.sentence.startswith("In 'held' only what is owed has a clock (until: each_item)")
    assert found.fix.startswith("Give it a deadline of its own too")


def test_what_climbs_needs_a_ladder() -> None:
    text = HOUSE[: HOUSE.index("  menu:")]
    found = compile_definition(tree(GOOD), parameters={}, organisation=house(text))[1]
    assert "GT-FLOW-053" in {each.code for each in found}


def test_a_ladder_that_climbs_by_itself_needs_a_step_for_the_system() -> None:
    text = GOOD.replace("by: [body, system], needs: {rung", "by: body, needs: {rung")
    found = compile_definition(tree(text), parameters={}, organisation=house(mode="automatic"))[1]
    assert [each.code for each in found] == ["GT-FLOW-054"]


def test_a_category_needs_categories() -> None:
    text = GOOD.replace("within: 1 month", "within: category").replace(
        "{refer_to: body}", "{refer_to: body, category: category}"
    )
    lean = HOUSE[: HOUSE.index("  report_back:")] + HOUSE[HOUSE.index("  menu:") :]
    found = compile_definition(tree(text), parameters={}, organisation=house(lean))[1]
    assert "GT-FLOW-051" in {each.code for each in found}


def test_an_answer_that_the_pack_offers_is_a_step() -> None:
    text = GOOD.replace(
        "not_same_person_as: resume", "only_when: [{guard: offered_by_pack, else: It is not offered.}]"
    )
    found = problems(text)
    assert {each.code for each in found} == {"GT-FLOW-064"}
    assert found[0].sentence.startswith("The pack offers the answer 'leave_with_service'")


def test_every_check_says_what_it_checks() -> None:
    assert all(check.__doc__ for check in LINTS)


NAMES = [
    (
        "by: body, needs: {until: date}}",
        "by: bdoy, needs: {until: date}}",
        "GT-FLOW-030",
        "Did you mean 'body'?",
    ),
    ("to: held", "to: hold", "GT-FLOW-034", "Did you mean 'held'?"),
    ("as: resume", "as: resum", "GT-FLOW-032", "Did you mean 'resume'?"),
    ("effect: moved_to_rung", "effect: moved_to_rugn", "GT-FLOW-033", "Did you mean 'moved_to_rung'?"),
    ("extends: answer", "extends: anwser", "GT-FLOW-035", "Did you mean 'answer'?"),
    ("{until: date}}", "{until: dates}}", "GT-FLOW-036", "Did you mean 'date'?"),
    (
        "as: resume",
        "as: resume, only_when: [{guard: recovered, else: No.}]",
        "GT-FLOW-037",
        "Did you mean 'recovered_or_waived'?",
    ),
    ("from: asked, to: done", "form: asked, to: done", "GT-FLOW-001", "Did you mean 'from'?"),
]


@pytest.mark.parametrize(("was", "becomes", "code", "meant"), NAMES)
def test_a_misspelt_name_is_recognised(was: str, becomes: str, code: str, meant: str) -> None:
    found = problems(GOOD.replace(was, becomes, 1))
    assert any(each.code == code and meant in each.sentence for each in found), found


SHAPES = [
    ("version: 1", "version: one", "GT-FLOW-007"),
    ("version: 1", "version: 1000", "GT-FLOW-007"),
    ("initial: yes", "initial: perhaps", "GT-FLOW-008"),
    ("within: 1 month", "within: a month", "GT-DATE-001"),
    ("from: asked, to: done", "from: [asked, asked], to: done", "GT-FLOW-010"),
    ("from: asked, to: done", "from: [], to: done", "GT-FLOW-004"),
    ("from: asked, to: done", "from: {asked: yes}, to: done", "GT-FLOW-004"),
    ("label: Done", "label: [Done]", "GT-FLOW-005"),
    ("states:", "stages: {a: b}\nstates:", "GT-FLOW-001"),
    ("workflow: plan\n", "", "GT-FLOW-002"),
    ("needs: {reason: text}, not_same", "needs: reason, not_same", "GT-FLOW-003"),
    ("do: finish", "do: hold", "GT-FLOW-031"),
    ("do: finish", "do: propose", "GT-FLOW-031"),
    ("{propose: next_rung}", "{propose: next_rung, task: body}", "GT-FLOW-018"),
    ("on_pass:", "remind: [{to: body}], on_pass:", "GT-FLOW-017"),
    ("on_pass:", "roll: sideways, on_pass:", "GT-FLOW-006"),
]


@pytest.mark.parametrize(("was", "becomes", "code"), SHAPES)
def test_what_cannot_be_read_is_a_problem_with_its_place(was: str, becomes: str, code: str) -> None:
    assert was in GOOD
    found = problems(GOOD.replace(was, becomes, 1))
    assert code in {each.code for each in found}, found


@pytest.mark.parametrize("text", ["- a\n- b", "just text", "workflow: x\nversion: 1\nstates: a\nsteps: b"])
def test_a_document_of_another_shape_is_refused_without_a_crash(text: str) -> None:
    definition, found = compile_definition(tree(text), parameters={}, organisation=house())
    assert definition is None
    assert found


def test_all_problems_are_told_at_once() -> None:
    text = (
        GOOD.replace("version: 1", "version: one")
        .replace("to: held", "to: hold")
        .replace("as: resume", "as: resum")
    )
    assert {each.code for each in problems(text)} == {"GT-FLOW-007", "GT-FLOW-032", "GT-FLOW-034"}


ROUTED = """
workflow: plan
version: 1
goes_to: {size: {large: CMT, small: [CPEG, CABINET]}}
start: {by: service_manager, needs: {size: [large, small, tiny]}, may: {refer_to: body}}
states:
  asked: {label: Asked for, initial: yes, no_deadline: it is asked for}
  done: {label: Done, final: yes}
steps:
  - {do: finish, from: asked, to: done, by: body,
     only_when: [{field: size, is: [large, small], else: It goes to nobody.}]}
  - {do: drop, from: asked, to: done, by: chief_officer, gives: {outcome: dropped}}
"""
ASTRAY = [
    (
        "goes_to: {size:",
        "goes_to: {sise:",
        ["GT-FLOW-461"],
        "'sise', which 'propose' is not given. Did you mean 'size'?",
    ),
    ("{large: CMT", "{larg: CMT", ["GT-FLOW-462"], "Nobody can answer 'size' with 'larg'"),
    (
        ", may: {refer_to: body}",
        "",
        ["GT-FLOW-463"],
        "'small' leaves several bodies, and 'propose' cannot say which.",
    ),
    (
        "{field: size,",
        "{field: sise,",
        ["GT-FLOW-464"],
        "'finish' depends on 'sise', which no step is given.",
    ),
    (
        "is: [large, small]",
        "is: [large, smal]",
        ["GT-FLOW-465"],
        "waits for 'size' to be 'smal', which it cannot be",
    ),
    ("large: CMT", "large: CPAG", ["GT-FLOW-030"], "There is no body 'CPAG'"),
]


def test_a_workflow_that_goes_to_a_body_by_an_answer_is_good() -> None:
    assert problems(ROUTED) == ()
    filled_in = ROUTED.replace("field: size, is: [large, small]", "field: outcome, is: dropped")
    assert problems(filled_in) == ()
    other = filled_in.replace("is: dropped", "is: kept")
    assert [problem.code for problem in problems(other)] == ["GT-FLOW-465"]


@pytest.mark.parametrize(("good", "broken", "codes", "says"), ASTRAY, ids=[case[2][0] for case in ASTRAY])
def test_a_route_or_condition_that_leads_nowhere_is_found(
    good: str, broken: str, codes: list[str], says: str
) -> None:
    found = problems(ROUTED.replace(good, broken))
    assert [problem.code for problem in found][: len(codes)] == codes
    assert says in found[0].sentence


BEGUN_TWICE = ROUTED.replace(
    "  - {do: drop,",
    "  - {do: take_up, from: nothing, to: asked, by: chief_officer, needs: {size: [large, small]}}\n  - {do: drop,",
)


def test_a_matter_may_begin_with_more_than_propose() -> None:
    several = BEGUN_TWICE.replace("small]}}", "small]}, may: {refer_to: body}}")
    assert problems(several) == ()
    assert [problem.code for problem in problems(BEGUN_TWICE)] == ["GT-FLOW-463"]
    mixed = several.replace("from: nothing", "from: [asked, nothing]")
    assert "GT-FLOW-460" in [problem.code for problem in problems(mixed)]
