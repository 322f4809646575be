"""A file of figures is checked as a whole, decided by the state of each figure, and the same file twice changes nothing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.spreadsheets.csv import read_csv
from engine.imports import CellProblem, Plan, apply_import, confirm_return, plan_import
from engine.office import Office
from engine.packs.pack import Pack
from engine.queries.names import Names
from engine.queries.separation import NEAR, audit_duties
from engine.testing.council import Council
from events.errors import Invalid, NotFound, Refused
from events.kinds.figures import CommentAdded
from events.kinds.imports import ImportAccepted
from tests.office import office_of

ANALYST, MANAGER, SERVICE = "p3", "p4", "p5"
HEADER = "indicator,service,period,value\n"


@pytest.fixture
def office(council: Council) -> Office:
    return office_of(council)


def planned(office: Office, text: str, reason: str | None = None) -> Plan:
    table = read_csv(text.encode(), "return.csv")
    return plan_import(office.engine, table, office.today(), reason=reason)


def imported(office: Office, text: str, who: str = ANALYST, reason: str | None = None) -> list[str]:
    """Imports; answers what each figure did."""
    plan = planned(office, text, reason)
    did = actions(plan)
    apply_import(office, plan, who, accept_warnings="Looked at.")
    return did


def actions(plan: Plan) -> list[str]:
    return [row.action for row in plan.rows()]


def problems(office: Office, text: str) -> list[tuple[int, int, str]]:
    return [
        (problem.place.line, problem.place.column, problem.code)
        for problem in planned(office, text).problems
        if problem.place
    ]


def test_new_figures_are_entered_and_wait_for_another_person(council: Council, office: Office) -> None:
    assert imported(office, HEADER + "AE4,acute,2017-05,90\nAE4,acute,2017-06,80\n") == ["new", "new"]
    row = council.submission("AE4/acute/2017-06")
    assert row is not None
    assert (row["state"], row["value"], row["entered_by"]) == ("entered", "80", ANALYST)
    assert council.status("AE4/acute/2017-06") is None


def test_the_same_file_twice_changes_nothing(council: Council, office: Office) -> None:
    text = HEADER + "AE4,acute,2017-05,90\nAE4,acute,2017-06,80\n"
    imported(office, text)
    head = council.store.head()
    plan = planned(office, text)
    assert actions(plan) == ["unchanged", "unchanged"]
    assert apply_import(office, plan, ANALYST).import_id is None
    assert council.store.head() == head


def test_the_same_file_changes_nothing_after_it_was_confirmed(council: Council, office: Office) -> None:
    text = HEADER + "AE4,acute,2017-05,90.0\n"
    imported(office, text)
    confirm_return(office, actor=MANAGER)
    assert actions(planned(office, HEADER + "AE4,acute,2017-05,90\n")) == ["unchanged"]


def test_a_figure_not_yet_confirmed_is_corrected(council: Council, office: Office) -> None:
    imported(office, HEADER + "AE4,acute,2017-06,80\n")
    assert imported(office, HEADER + "AE4,acute,2017-06,81\n") == ["correction"]
    row = council.submission("AE4/acute/2017-06")
    assert row is not None
    assert (row["value"], row["revision"]) == ("81", 2)


def test_a_confirmed_figure_is_restated_only_with_a_reason(council: Council, office: Office) -> None:
    imported(office, HEADER + "AE4,acute,2017-06,80\n")
    confirm_return(office, actor=MANAGER)
    changed = HEADER + "AE4,acute,2017-06,81\n"
    (problem,) = planned(office, changed).problems
    assert problem.code == "GT-IMPORT-023"
    assert "--reason" in problem.fix
    assert imported(office, changed, reason="Late counts.") == ["restatement"]
    assert council.status("AE4/acute/2017-06") == "red"
    assert actions(planned(office, changed)) == ["unchanged"]
    assert confirm_return(office, actor=MANAGER).confirmed == ("AE4/acute/2017-06",)
    row = council.submission("AE4/acute/2017-06")
    assert row is not None
    assert row["value"] == "81"


def test_a_file_that_contradicts_a_restatement_that_waits_takes_its_place_only_with_a_reason(
    council: Council, office: Office
) -> None:
    ref = "AE4/acute/2017-06"
    imported(office, HEADER + "AE4,acute,2017-06,80\n")
    confirm_return(office, actor=MANAGER)
    council.figure(ANALYST, "restate", ref, "81", words={"reason": "Late counts"})
    assert actions(planned(office, HEADER + "AE4,acute,2017-06,81\n")) == ["unchanged"]
    for value in ("80", "82"):
        (problem,) = planned(office, HEADER + f"AE4,acute,2017-06,{value}\n").problems
        assert problem.code == "GT-IMPORT-400"
        assert problem.sentence.startswith(f"{ref} is restated as 81, which waits")
        assert f"approve-restatement {ref}" in problem.fix
    assert imported(office, HEADER + "AE4,acute,2017-06,80\n", reason="It was right.") == ["restatement"]
    assert confirm_return(office, actor=MANAGER).confirmed == (ref,)
    row = council.submission(ref)
    assert row is not None
    assert (row["value"], row["revision"]) == ("80", 3)


def test_a_fraction_in_force_is_not_restated_by_a_value_alone_in_a_file_or_by_hand(
    council: Council, office: Office
) -> None:
    imported(office, "indicator,service,period,numerator,denominator\nAE4,acute,2017-06,5,7\n")
    confirm_return(office, actor=MANAGER)
    plan = planned(office, HEADER + "AE4,acute,2017-06,71.4\n", reason="Rounded.")
    assert [problem.code for problem in plan.problems] == ["GT-FIGURE-400"]
    with pytest.raises(Refused, match="was given as 5 of 7"):
        council.figure(ANALYST, "restate", "AE4/acute/2017-06", "71.4", words={"reason": "Rounded"})
    both = "indicator,service,period,numerator,denominator\nAE4,acute,2017-06,6,7\n"
    assert imported(office, both, reason="Late counts.") == ["restatement"]


def test_only_the_figures_confirmed_are_counted_by_status_and_not_others_judged_again_with_them(
    council: Council, office: Office
) -> None:
    imported(office, HEADER + "AE4,acute,2017-05,90\nAE4,acute,2017-06,80\n")
    assert confirm_return(office, actor=MANAGER).statuses == (("amber", 1), ("red", 1))
    imported(office, HEADER + "AE4,acute,2017-05,99\n", reason="Late counts.")
    result = confirm_return(office, actor=MANAGER)
    assert result.confirmed == ("AE4/acute/2017-05",)
    assert result.statuses == (("green", 1),)


def test_columns_may_stand_in_any_order_and_parts_replace_a_value(council: Council, office: Office) -> None:
    imported(office, "denominator,period,numerator,service,indicator\n7,2017-06,5,acute,AE4\n")
    row = council.submission("AE4/acute/2017-06")
    assert row is not None
    assert (row["numerator"], row["denominator"], row["value"]) == ("5", "7", None)


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
    assert str(plan.counts) == "15 rows: 2 new · 13 errors"
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


def comments(council: Council, ref: str) -> list[str]:
    stream = "series/" + ref.rpartition("/")[0]
    facts = council.store.streams({stream: 0})[stream]
    said = [fact.event.comment for fact in facts if isinstance(fact.event, CommentAdded)]
    found = council.store.texts(said)
    return [words.text for each in said if (words := found[each]) is not None]


def test_a_column_of_comments_is_said_about_the_figures_beside_it_once(
    council: Council, office: Office
) -> None:
    head = "indicator,service,period,value,Comments\n"
    text = head + 'AE4,acute,2017-05,90,"Snow, and a strike"\nAE4,acute,2017-06,80,\n'
    imported(office, text)
    assert comments(council, "AE4/acute/2017-05") == ["Snow, and a strike"]
    row = council.submission("AE4/acute/2017-05")
    assert row is not None
    assert (row["state"], row["comments"]) == ("entered", 1)
    again = planned(office, text)
    assert actions(again) == ["unchanged", "unchanged"]
    assert again.notes == ("Comments on 1 figure that the book holds already are not taken in again.",)
    confirm_return(office, actor=MANAGER)
    imported(office, head + "AE4,acute,2017-05,91,Counted again\n", reason="Late counts.")
    assert comments(council, "AE4/acute/2017-05") == ["Snow, and a strike", "Counted again"]


def test_a_comment_on_a_figure_that_is_not_supplied_is_warned_of_and_left_out(office: Office) -> None:
    plan = planned(office, "indicator,service,period,value,comment\nAE4,acute,2017-05,,Soon\n")
    assert [(problem.code, problem.severity) for problem in plan.problems] == [("GT-IMPORT-402", "warning")]
    assert plan.counts.blank == 1


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


def test_a_declared_status_may_be_given_by_id_or_by_label(hampshire: Pack) -> None:
    council = Council(hampshire, date(2009, 7, 10))
    council.service("acute")
    council.indicator("AE4", "acute", frequency="quarter", fields={"important_locally": "yes"})
    council.hire("Priya", "data_enterer")
    text = "indicator,service,period,declared_status\nAE4,acute,2009-Q1,RED\n"
    assert imported(office_of(council), text) == ["new"]
    row = council.submission("AE4/acute/2009-Q1")
    assert row is not None
    assert row["declared_status"] == "red"


def test_a_person_without_the_role_is_refused_before_anything_is_written(
    council: Council, office: Office
) -> None:
    head = council.store.head()
    plan = planned(office, HEADER + "AE4,acute,2017-05,90\nAE4,acute,2017-06,80\n")
    with pytest.raises(Refused) as refused:
        apply_import(office, plan, SERVICE)
    assert [problem.place.line for problem in refused.value.problems if problem.place] == [2, 3]
    assert council.store.head() == head


def test_a_dry_run_writes_nothing(council: Council, office: Office) -> None:
    head = council.store.head()
    result = apply_import(office, planned(office, HEADER + "AE4,acute,2017-06,80\n"), ANALYST, dry_run=True)
    assert (result.dry_run, result.applied, result.counts.new) == (True, 0, 1)
    assert council.store.head() == head


def test_confirming_a_return_leaves_out_what_the_person_entered_and_says_who_may(
    council: Council, office: Office
) -> None:
    council.hire("Uma Second", "data_manager")
    imported(office, HEADER + "AE4,acute,2017-05,90\n")
    council.figure(MANAGER, "enter", "AE4/acute/2017-06", "80")
    result = confirm_return(office, actor=MANAGER)
    assert result.confirmed == ("AE4/acute/2017-05",)
    (skipped,) = result.skipped
    assert skipped.ref == "AE4/acute/2017-06"
    assert "nobody confirms their own figure" in skipped.reason
    assert skipped.who_may == ("p7",)
    assert "Uma Second" in skipped.reason
    second = confirm_return(office, actor="p7")
    assert second.confirmed == ("AE4/acute/2017-06",)
    assert second.statuses == (("red", 1),)
    assert second.fired == (("AE4/acute/2017-06", "turned_red", "CPEG"),)


def test_confirming_is_narrowed_by_service_indicator_and_period(council: Council, office: Office) -> None:
    imported(office, HEADER + "AE4,acute,2017-05,90\nAE4,acute,2017-06,80\n")
    assert confirm_return(office, actor=MANAGER, period="2017-05", dry_run=True).confirmed == (
        "AE4/acute/2017-05",
    )
    assert council.status("AE4/acute/2017-05") is None
    assert (
        confirm_return(office, actor=MANAGER, service="acute", indicator="AE4", period="2017-06").skipped
        == ()
    )
    with pytest.raises(NotFound, match="Did you mean 'acute'"):
        confirm_return(office, actor=MANAGER, service="acut")


def test_nobody_without_the_role_confirms_anything(office: Office) -> None:
    imported(office, HEADER + "AE4,acute,2017-05,90\n")
    result = confirm_return(office, actor=SERVICE)
    assert result.confirmed == ()
    assert "is for Data manager" in result.skipped[0].reason


FIGURES = st.dictionaries(
    st.sampled_from(["2017-01", "2017-02", "2017-03", "2017-04", "2017-05", "2017-06"]),
    st.decimals(0, 100, places=2).map(str),
    min_size=1,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=FIGURES, second=FIGURES, confirm=st.booleans())
def test_importing_and_then_importing_again_makes_no_new_facts(
    example: Pack, first: dict[str, str], second: dict[str, str], confirm: bool
) -> None:
    council = Council(example, date(2017, 7, 10))
    council.service("acute")
    council.indicator("AE4", "acute", target="95")
    council.hire("Priya", "data_enterer")
    council.hire("Tom", "data_manager")
    office = office_of(council)
    for figures in (first, second):
        text = HEADER + "".join(f"AE4,acute,{period},{value}\n" for period, value in figures.items())
        imported(office, text, reason="Corrected.")
        head = council.store.head()
        again = planned(office, text)
        assert set(actions(again)) == {"unchanged"}
        apply_import(office, again, ANALYST)
        assert council.store.head() == head
        if confirm:
            confirm_return(office, actor="p4")
            assert set(actions(planned(office, text))) == {"unchanged"}
