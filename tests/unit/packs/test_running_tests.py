"""A pack's own tests: what comes as expected passes, what does not is told at its line, and what nobody tried is named."""

import pytest

from adapters.holidays import UkHolidays
from engine.packs.test import run_tests
from events.errors import Invalid

TARGET = "target: 100"


def run(example, tests):
    example.write(tests, "tests.yaml")
    return run_tests(example.folder, example.check().pack, UkHolidays())


def failures(example, given, expect):
    return [
        problem.sentence
        for problem in run(example, f"- {{name: t, given: {given}, expect: {expect}}}\n").problems
    ]


@pytest.mark.parametrize(
    ("given", "expect"),
    [
        ("{value: 100, target: 100}", "{status: green, fires: []}"),
        ("{value: 91, target: 100}", "{status: amber}"),
        ("{value: 11, target: 10, polarity: lower}", "{status: amber}"),
        ("{numerator: 1, denominator: 2, target: 100, measured_in: percent}", "{status: red}"),
        ("{history: green, value: 50, target: 100}", "{fires: [turned_red]}"),
        ("{history: 'green red red amber red'}", "{fires_at: {turned_red: [2, 5]}}"),
        ("{history: 'green red'}", "{task: {for: BOARD, answer: intervention}}"),
        ("{answer: {category: soon}, on: 2026-05-31}", "{due: 2026-06-30, with: BOARD, state: reporting}"),
        ("{answer: {category: never}, on: 2026-05-31}", "{refused: never}"),
        (
            "{answer: {category: soon}, on: 2026-05-31, then: nobody acts}",
            "{on: {2026-07-01: {proposed: CABINET, to: BOARD}}}",
        ),
        ("{answer: {category: soon}, on: 2026-05-31}", "{on: {2026-06-30: nothing}}"),
        ("{begins: 2026-05-31, begins_with: {refer_to: BOARD}}", "{state: proposed, with: BOARD}"),
        ("{period: 2026-Q1}", "{asked_on: 2026-07-01, figure_due: 2026-07-15}"),
        ("{figures: '100 91 . 89', target: 100}", "{statuses: green amber no_data red}"),
        ("{figures: '1/2 9/10', target: 90, measured_in: percent}", "{statuses: red green}"),
        ("{figures: '91 91', targets: '100 90'}", "{statuses: amber green}"),
        ("{history: 'green@100', figures: '89', target: 100}", "{fires: [turned_red], active: [turned_red]}"),
        ("{history: 'green red red green'}", "{active_at: {turned_red: [2, 3]}, active: []}"),
        ("{history: 'green red', muted: [turned_red]}", "{fires: [], screened: [turned_red]}"),
    ],
)
def test_what_comes_as_expected_passes(example, given, expect):
    assert failures(example, given, expect) == []


@pytest.mark.parametrize(
    ("given", "expect", "said"),
    [
        ("{value: 100, target: 100}", "{status: red}", "the status is green"),
        ("{value: 50, target: 100, history: green}", "{fires: []}", "turned_red fired, not nothing"),
        ("{history: 'green red'}", "{fires_at: {turned_red: [1]}}", "fired in period 2, not in 1"),
        (
            "{history: 'green amber'}",
            "{task: {for: BOARD, answer: intervention}}",
            "nothing that fired starts",
        ),
        (
            "{history: 'green red'}",
            "{task: {for: CABINET, answer: intervention}}",
            "the matter is with BOARD",
        ),
        ("{history: red}", "{recorded: Something}", "what was recorded is nothing"),
        ("{figures: '100 91', target: 100}", "{statuses: green green}", "the statuses are green amber"),
        ("{history: 'green red'}", "{active: []}", "turned_red stands at the end, not nothing"),
        ("{history: 'green red'}", "{active_at: {turned_red: [1]}}", "stands in period 2, not in 1"),
        ("{history: 'green red'}", "{screened: [turned_red]}", "nothing is only recorded, not turned_red"),
        ("{value: 100, target: 100}", "{computed: red}", "what the rules computed is not overridden"),
        ("{answer: {category: soon}, on: 2026-05-31}", "{due: 2026-07-01}", "report_back by 2026-06-30"),
        (
            "{answer: {category: soon}, on: 2026-05-31}",
            "{on: {2026-06-30: {proposed: CABINET}}}",
            "is nothing",
        ),
        ("{answer: {category: soon}, on: 2026-05-31}", "{on: {2026-07-01: nothing}}", "CABINET is proposed"),
        ("{answer: {category: soon}, on: 2026-05-31}", "{refused: anything}", "what was refused is nothing"),
        ("{answer: {category: never}, on: 2026-05-31}", "{state: proposed}", "the step is refused"),
        ("{answer: {category: soon}, on: 2026-05-31}", "{with: CABINET}", "with BOARD"),
        ("{answer: {category: soon}, on: 2026-05-31}", "{state: closed}", "stands at 'reporting'"),
        ("{period: 2026-Q1}", "{figure_due: 2026-07-14}", "due by 2026-07-15"),
        ("{period: 2026-Q1}", "{asked_on: 2026-07-14}", "asked for on 2026-07-01"),
        ("{history: 'green purple'}", "{status: green}", "'purple' is no status"),
    ],
)
def test_what_does_not_is_told(example, given, expect, said):
    told = failures(example, given, expect)
    assert len(told) == 1
    assert said in told[0]
    assert told[0].startswith('Test "t"')


def test_a_failure_points_at_the_expectation(example):
    [problem] = run(
        example, "- name: t\n  given: {value: 1, target: 1}\n  expect:\n    fires: []\n    status: red\n"
    ).problems
    assert (problem.place.line, problem.place.column) == (5, 5)


def test_all_that_is_wrong_with_the_file_is_told_at_once(example):
    with pytest.raises(Invalid) as refused:
        run(
            example,
            "- name: t\n  given: {valu: 1, on: never}\n  expect: {stat: red, due: soon}\n- given: {}\n",
        )
    assert len(refused.value.problems) >= 5


def test_what_no_test_reaches_is_named(example):
    came = run(example, "- {name: t, given: {value: 100, target: 100}, expect: {status: green}}\n")
    assert came.counts == "1 test, 1 passed"
    assert came.coverage.bands == ("bands/amber", "bands/red")
    assert came.coverage.triggers == ("turned_red",)
    assert "5 (triggers.turned_red)" in came.coverage.clauses


def test_a_pack_without_tests_reaches_nothing(example):
    (example.root / "tests.yaml").unlink()
    came = run_tests(example.folder, example.check().pack, UkHolidays())
    assert came.results == ()
    assert not came.coverage.complete


def test_a_ladder_that_climbs_by_itself_climbs(example):
    text = (
        (example.root / "pack.yaml")
        .read_text()
        .replace("each_rung: 1 month", "each_rung: 1 month, mode: automatic")
    )
    example.write(text)
    given = "{answer: {category: soon}, on: 2026-05-31, then: nobody acts}"
    assert failures(example, given, "{on: {2026-07-01: {deadline: report_back}}, with: CABINET}") == []


DECISION = """triggers:
  turned_red:
    when: {turned: {from: [amber, green], to: red}}
    then: {refer_to: BOARD, start: intervention}
    clause: "5"
  red:
    when: {status: red}
    then: {require: decision, within: 10 days}
    clause: "5"
workflows:
  submission: {use: library/submission@1, with: {window: 10 days}, assumption: A1}
  intervention: {use: library/intervention@1}
  decision: {use: library/decision@1, with: {decides: chief_officer, reviews: director}, clause: "5"}
"""
DECIDED = "{do: decide, on: 2026-05-04, decision: Wait, review_on: 2026-06-01}"


@pytest.mark.parametrize(
    ("given", "expect"),
    [
        ("{history: 'green red'}", "{requires: [decision]}"),
        ("{history: 'red green'}", "{requires: []}"),
        ("{workflow: decision, begins: 2026-05-01}", "{state: needed, due: 2026-05-11}"),
        (
            "{workflow: decision, begins: 2026-05-01, then: nobody acts}",
            "{on: {2026-05-12: {task: director, deadline: decide}}}",
        ),
        (
            f"{{workflow: decision, begins: 2026-05-01, then: [{DECIDED}]}}",
            "{on: {2026-06-02: {deadline: review}}, state: needed}",
        ),
        (
            f"{{workflow: decision, begins: 2026-05-01, then: [{DECIDED}]}}",
            "{state: stands, due: 2026-06-01}",
        ),
        ("{history: 'green red', restated: 'green amber'}", "{withdrawn: [turned_red, red], fires: []}"),
        ("{history: 'green red', restated: 'amber red'}", "{withdrawn: []}"),
    ],
)
def test_any_workflow_of_the_pack_is_played(example, given, expect):
    example.change(DECISION)
    assert example.check().problems == ()
    assert failures(example, given, expect) == []


@pytest.mark.parametrize(
    ("given", "expect", "said"),
    [
        ("{history: 'red green'}", "{requires: [decision]}", "what is required is nothing, not decision"),
        ("{workflow: decision, begins: 2026-05-01}", "{state: stands}", "it stands at 'needed'"),
        (
            "{history: 'green red', restated: 'amber red'}",
            "{withdrawn: [turned_red]}",
            "nothing was withdrawn, not turned_red",
        ),
    ],
)
def test_what_is_played_otherwise_is_told(example, given, expect, said):
    example.change(DECISION)
    (told,) = failures(example, given, expect)
    assert said in told


SIGNED = """workflows:
  submission: {use: library/submission@1, with: {window: 10 days}, assumption: A1}
  intervention: {use: library/intervention@1}
  statement:
    use: library/statement@1
    with: {signs: chief_officer, signers: SIGNERS, asks: director, stands_for: 12 months, countersigns: chief_executive}
    clause: "5"
"""
BEGUN = 'workflow: statement, begins: 2026-05-01, begins_with: {period: "2025", due_on: 2026-05-31}'
FIRST, SECOND = (
    "{do: sign, on: 2026-05-04, by: chief_officer, statement: Sound, evidence: E1}",
    "{do: sign, on: 2026-05-05, by: chief_officer 2, statement: Sound too, evidence: E2}",
)


@pytest.mark.parametrize(
    ("signers", "given", "expect"),
    [
        ("one", f"{{{BEGUN}, then: [{FIRST}]}}", "{state: stands}"),
        ("2", f"{{{BEGUN}, then: [{FIRST}]}}", "{state: owed}"),
        ("2", f"{{{BEGUN}, then: [{FIRST}, {SECOND}]}}", "{state: stands}"),
        ("2", f"{{{BEGUN}, then: [{FIRST}, {FIRST}]}}", "{refused: chief_officer has taken it already}"),
        ("everyone", f"{{{BEGUN}, then: [{FIRST}]}}", "{state: stands}"),
        ("everyone", f"{{{BEGUN}, holders: {{chief_officer: 2}}, then: [{FIRST}]}}", "{state: owed}"),
        (
            "everyone",
            f"{{{BEGUN}, holders: {{chief_officer: 2}}, then: [{FIRST}, {SECOND}]}}",
            "{state: stands}",
        ),
        (
            "everyone",
            f"{{{BEGUN}, holders: {{chief_officer: 3}}, then: [{FIRST}, {SECOND}]}}",
            "{state: owed}",
        ),
    ],
)
def test_several_people_act_in_a_test(example, signers, given, expect):
    example.change(SIGNED.replace("SIGNERS", signers))
    assert example.check().problems == ()
    assert failures(example, given, expect) == []


WAY = (
    "{workflow: submission, then: [{do: enter, on: 2026-07-02, by: data_enterer, figure: 6/7}, "
    "{do: confirm, on: 2026-07-03, by: data_manager}, "
    "{do: restate, on: 2026-07-06, by: data_enterer, figure: 90, reason: Counted twice}%s]}"
)
DECLINED = ", {do: decline_restatement, on: 2026-07-07, by: data_manager, reason: It was right}"
APPROVED = ", {do: approve_restatement, on: 2026-07-07, by: data_manager}"


@pytest.mark.parametrize(
    ("more", "expect"),
    [
        ("", "{state: confirmed, in_force: 6/7}"),
        (DECLINED, "{state: confirmed, in_force: 6/7}"),
        (APPROVED, "{state: confirmed, in_force: '90'}"),
        (DECLINED + APPROVED, "{refused: No restatement is waiting, in_force: 6/7}"),
    ],
)
def test_the_way_of_a_figure_is_played_with_the_figures_that_steps_give(example, more, expect):
    assert failures(example, WAY % more, expect) == []


def test_a_figure_in_force_that_is_another_than_expected_is_told(example):
    (said,) = failures(example, WAY % DECLINED, "{in_force: '90'}")
    assert said == 'Test "t": the figure in force is 6/7.'
