"""What is wrong with a return is told at once, cell by cell, and what is only odd must be accepted."""

from __future__ import annotations

import pytest

from engine.imports import CellProblem, apply_import
from engine.office import Office
from engine.queries.names import Names
from engine.queries.separation import NEAR, audit_duties
from engine.testing.council import Council
from events.errors import Invalid, Refused
from events.kinds.imports import ImportAccepted
from tests.office import office_of

from .returns import (
    ANALYST,
    HEADER,
    SERVICE,
    imported,
    planned,
    problems,
)


@pytest.fixture
def office(council: Council) -> Office:
    return office_of(council)


def test_all_problems_are_told_at_once_with_line_and_column_and_nothing_is_saved(
    council: Council, office: Office
) -> None:
    text = (
        "indicator,service,period,value,declared_status\n"
        "AE4,acute,2017-05,90,\n"
        "AE44,acute,2017-05,90,\n"
        "AE4,acut,2017-05,90,\n"
        "AE4,acute,2017-Q1,90,\n"
        "AE4,acute,17-Jun,90,\n"
        "AE4,acute,2017-07,90,\n"
        "AE4,acute,2017-06,#DIV/0!,\n"
        "AE4,acute,2017-06,n/a,\n"
        'AE4,acute,2017-06,"71,4",\n'
        "AE4,acute,2017-06,1.2E+05,\n"
        "AE4,acute,2017-05,91,\n"
        "AE4,acute,2017-04,,green\n"
        "AE4,acute,2017-03,90,purple\n"
        ",acute,2017-03,90,\n"
        "AE4,acute,2017-02,1,234,x\n"
    )
    assert problems(office, text) == [
        (2, 1, "GT-IMPORT-350"),
        (3, 1, "GT-IMPORT-018"),
        (4, 5, "GT-IMPORT-019"),
        (5, 11, "GT-IMPORT-022"),
        (6, 11, "GT-IMPORT-042"),
        (7, 11, "GT-FIGURE-004"),
        (8, 19, "GT-IMPORT-013"),
        (9, 19, "GT-IMPORT-014"),
        (10, 19, "GT-IMPORT-017"),
        (11, 19, "GT-IMPORT-036"),
        (12, 1, "GT-IMPORT-029"),
        (14, 22, "GT-FIGURE-009"),
        (15, 1, "GT-IMPORT-021"),
        (16, 25, "GT-IMPORT-006"),
    ]
    head = council.store.head()
    plan = planned(office, text)
    assert str(plan.counts) == "15 rows: 1 new · 14 errors"
    with pytest.raises(Invalid):
        apply_import(office, plan, ANALYST)
    assert council.store.head() == head


def test_a_problem_says_which_cell_what_was_found_what_was_expected_and_what_was_probably_meant(
    office: Office,
) -> None:
    (problem,) = planned(office, HEADER + 'AE4,acute,2017-06,"71,4"\n').problems
    assert isinstance(problem, CellProblem)
    assert (problem.cell, problem.found, problem.expected, problem.meant) == (
        "D2",
        "71,4",
        "a figure in percent",
        "71.4",
    )


def test_suggestions_say_what_was_probably_meant(office: Office) -> None:
    said = " ".join(
        str(problem)
        for problem in planned(office, HEADER + "ae44,acute,17-Jun,5\nAE4,acut,2017-05,5\n").problems
    )
    for part in ("Did you mean 'AE4'?", "Did you mean 2017-06?", "Did you mean 'acute'?"):
        assert part in said


@pytest.mark.parametrize(
    ("header", "code", "says"),
    [
        ("indicator,service,period,vlue", "GT-IMPORT-010", "Did you mean 'value'?"),
        ("indicator,service,value", "GT-IMPORT-011", "no column 'period'"),
        ("indicator,service,period,value,value", "GT-IMPORT-012", "twice"),
        ("indicator,service,period", "GT-IMPORT-028", "no column with figures"),
    ],
)
def test_the_header_is_checked_by_name(office: Office, header: str, code: str, says: str) -> None:
    found = {
        problem.code: problem.sentence
        for problem in planned(office, header + "\nAE4,acute,2017-05\n").problems
    }
    assert says in found[code]


def test_a_file_without_rows_is_said_to_have_none(office: Office) -> None:
    (problem,) = planned(office, HEADER).problems
    assert problem.code == "GT-IMPORT-025"


def test_a_warning_must_be_accepted_with_a_reason_which_is_kept(council: Council, office: Office) -> None:
    text = HEADER + "AE4,acute,2017-06,0.714\n"
    plan = planned(office, text)
    (problem,) = plan.problems
    assert (problem.code, problem.severity) == ("GT-IMPORT-053", "warning")
    assert "Did you mean 71.4?" in problem.sentence
    head = council.store.head()
    with pytest.raises(Refused) as refused:
        apply_import(office, plan, ANALYST)
    assert refused.value.problems[0].code == "GT-IMPORT-055"
    assert council.store.head() == head
    apply_import(office, plan, ANALYST, accept_warnings="It was a bad month.")
    accepted = next(fact.event for fact in council.store.page(0, 1000) if fact.type == "import.accepted")
    assert isinstance(accepted, ImportAccepted)
    assert accepted.warnings == 1
    assert accepted.accepted_because is not None
    words = council.store.texts([accepted.accepted_because])[accepted.accepted_because]
    assert words is not None
    assert words.text == "It was a bad month."


def test_whoever_accepts_warnings_about_their_own_file_stands_in_the_report_on_duties(
    council: Council, office: Office
) -> None:
    imported(office, HEADER + "AE4,acute,2017-05,80\n")
    imported(office, HEADER + "AE4,acute,2017-06,0.714\n")
    found = audit_duties(council.engine, names=Names.of(office))
    (finding,) = [each for each in found if each.kind == "own warnings"]
    assert (finding.severity, finding.kind, finding.persons) == (NEAR, "own warnings", (ANALYST,))
    assert finding.sentence.startswith("Priya Analyst accepted 1 warning about a file")


def test_nobody_is_warned_of_a_figure_that_the_book_holds_already(council: Council, office: Office) -> None:
    text = HEADER + "AE4,acute,2017-06,0.714\n"
    imported(office, text)
    assert planned(office, text).problems == ()
    assert apply_import(office, planned(office, text), ANALYST).import_id is None


def test_a_person_without_the_role_is_refused_before_anything_is_written(
    council: Council, office: Office
) -> None:
    head = council.store.head()
    plan = planned(office, HEADER + "AE4,acute,2017-05,90\nAE4,acute,2017-06,80\n")
    with pytest.raises(Refused) as refused:
        apply_import(office, plan, SERVICE)
    assert [problem.place.line for problem in refused.value.problems if problem.place] == [2, 3]
    assert council.store.head() == head
