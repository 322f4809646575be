"""A file of figures is decided by the state of each figure, and the same file twice changes nothing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.imports import apply_import, confirm_return
from engine.office import Office
from engine.packs.pack import Pack
from engine.testing.council import Council
from events.errors import NotFound, Refused
from tests.office import office_of

from .returns import (
    ANALYST,
    FIGURES,
    HEADER,
    MANAGER,
    SERVICE,
    actions,
    comments,
    imported,
    planned,
)


@pytest.fixture
def office(council: Council) -> Office:
    return office_of(council)


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
