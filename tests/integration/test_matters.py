"""Matters of workflows that a pack defines under any name: about a series, an indicator, a service or the council."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from adapters.holidays import UkHolidays
from adapters.yaml import YamlDocuments
from engine.audit.replay import replay
from engine.audit.verify import verify
from engine.commands import SetTarget
from engine.packs.pack import Pack
from engine.packs.shelf import Shelf
from engine.queries.explaining.explain import explain
from engine.queries.log import stream
from engine.queries.matters.matter import matter
from engine.queries.matters.matters import matters
from engine.queries.names import Names
from engine.queries.references import find_matter
from engine.queries.work_list.tasks import tasks
from engine.testing.council import Council
from engine.views import AGENDA, DUE, VIEWS
from events.errors import NotFound, Refused
from rules.compile import compile_rules
from rules.names import Names as RuleNames
from workflows.compile import compile_definition
from workflows.definition import Definition

from .conftest import ROOT, hire_everybody, varied
from .founding import once

JULY = date(2017, 7, 10)
ANALYST, MANAGER, SERVICE, CLERK = "p3", "p4", "p5", "p6"

ROUND = """
workflow: round
version: 1
about: {about}
start: {{may: {{trigger: name, period: period, reason: text}}}}
states:
  asked: {{label: Asked for, initial: yes}}
  received: {{label: Received, final: yes}}
  let_go: {{label: Nobody asks for it any more, final: yes}}
steps:
  - {{do: hand_in, from: asked, to: received, by: service_manager, needs: {{words: text}}}}
  - {{do: let_go, from: asked, to: let_go, by: system, upon: cleared}}
deadlines:
  hand_in: {{in: asked, within: 10 working days, remind: [{{before: 2 days, to: service_manager}}], on_pass: {{task: service_manager}}}}
"""
OWES = """
statuses: {red: {label: Red}, amber: {label: Amber}, green: {label: Green}}
status_from: bands
compare_by: {use: percent_from_target}
bands: [{status: green, at_least: 0}, {status: amber, at_least: -10}, {status: red, below: -10}]
triggers:
  off_target: {when: {status: [red, amber]}, then: {require: commentary, within: 5 working days}}
  red: {when: {status: red}, then: {start: round, require: action, within: 1 month}}
"""
PLACES = {"series": ("AE4", "acute"), "indicator": ("AE4", ""), "service": ("", "acute"), "council": ("", "")}


def definition(text: str, pack: Pack, parameters: Mapping[str, Any] | None = None) -> Definition:
    tree = YamlDocuments().read(text, "workflow.yaml").tree
    found, problems = compile_definition(tree, parameters=parameters or {}, organisation=pack.organisation)
    assert found is not None, problems
    return found


def with_workflows(pack: Pack, about: str = "series") -> Pack:
    """The example pack with a workflow of its own, and two requirements of the library."""
    library = (ROOT / "packs" / "library" / "requirement.yaml").read_text(encoding="utf-8")
    requirement = definition(library, pack, {"gives": "service_manager", "reviews": "head_of_improvement"})
    own = {
        "round": definition(ROUND.format(about=about), pack),
        "commentary": requirement,
        "action": requirement,
    }
    names = RuleNames(workflows=frozenset({*pack.workflows, *own}))
    rules, problems = compile_rules(YamlDocuments().read(OWES, "pack.yaml").tree, names)
    assert rules is not None, problems
    return varied(pack, workflows={**pack.workflows, **own}, rules=rules)


@once
def town_of(pack: Pack) -> Council:
    council = Council(pack, JULY, holidays=UkHolidays())
    hire_everybody(council)
    return council


@pytest.fixture
def town(example: Pack) -> Council:
    return town_of(with_workflows(example))


def confirmed(council: Council, period: str, value: str) -> None:
    confirm(council, f"AE4/acute/{period}", value)


def confirm(council: Council, ref: str, value: str) -> None:
    council.figure(ANALYST, "enter", ref, value)
    council.figure(MANAGER, "confirm", ref)


def state(
    council: Council, workflow: str, place: tuple[str, str] = ("AE4", "acute"), ordinal: str = "1"
) -> str:
    row = council.matter(workflow, *place, ordinal)
    return "none" if row is None else str(row["state"])


@pytest.mark.parametrize("about", PLACES)
def test_a_matter_is_about_what_its_workflow_says(example: Pack, about: str) -> None:
    council, place = town_of(with_workflows(example, about)), PLACES[about]
    council.step(CLERK, "round", (*place, ""), "propose")
    assert state(council, "round", place) == "asked"
    (task,) = [task for task in tasks(council.engine, JULY) if task.workflow == "round"]
    assert (task.indicator, task.service, task.people) == (*place, (SERVICE,))
    council.live_until(date(2017, 7, 25))
    (row,) = council.store.rows(AGENDA)
    assert (row["workflow"], row["who"]) == ("round", "service_manager")
    council.step(SERVICE, "round", (*place, "1"), "hand_in", words={"words": "All is well"})
    assert (state(council, "round", place), council.store.rows(AGENDA)) == ("received", [])
    council.step(CLERK, "round", (*place, ""), "propose")
    assert state(council, "round", place, "2") == "asked"
    assert not verify(council.store, views=VIEWS).faults


@pytest.mark.parametrize("about", PLACES)
def test_a_matter_is_refused_for_anything_else(example: Pack, about: str) -> None:
    council = town_of(with_workflows(example, about))
    for other, place in PLACES.items():
        if other != about:
            with pytest.raises(Refused, match="A matter of the workflow 'round' is about"):
                council.step(CLERK, "round", (*place, ""), "propose")


@pytest.mark.parametrize("about", PLACES)
def test_a_trigger_of_a_series_begins_it_about_what_the_workflow_says(example: Pack, about: str) -> None:
    council, place = town_of(with_workflows(example, about)), PLACES[about]
    confirmed(council, "2017-05", "80")
    assert state(council, "round", place) == "asked"
    confirmed(council, "2017-06", "79")
    row = council.matter("round", *place)
    assert row is not None
    assert (row["trigger"], row["period"], row["evidence"]) == ("red", "2017-05", 1)
    assert replay(council.store, Shelf(council.store, UkHolidays())).differences == []


@pytest.mark.parametrize("about", PLACES)
def test_each_is_found_by_its_number_and_by_what_it_is_about(example: Pack, about: str) -> None:
    council, (indicator, service) = town_of(with_workflows(example, about)), PLACES[about]
    council.step(CLERK, "round", (indicator, service, ""), "propose")
    named = f"round/{indicator or '-'}/{service or '-'}#1"
    for text in ("round-0001", "ROUND-1", named):
        assert find_matter(council.engine, text).key == ("round", indicator, service, "1")
    alone = "/".join(filter(None, (indicator, service))) or "-"
    assert find_matter(council.engine, alone, workflow="round").display == "round-0001"
    story = matter(council.engine, find_matter(council.engine, named), JULY, names=Names())
    assert [(move.step, move.target) for move in story.moves] == [("propose", "Asked for")]
    assert story.possible[0].needs == ("words",)
    assert "Asked for" in explain(council.engine, "round-0001", JULY, names=Names()).heading
    with pytest.raises(NotFound, match="There is no matter 'round-0002'"):
        find_matter(council.engine, "round-0002")


@pytest.mark.parametrize("about", ["indicator", "council"])
def test_it_is_let_go_only_when_no_series_stands_behind_it(example: Pack, about: str) -> None:
    council, place = town_of(with_workflows(example, about)), PLACES[about]
    council.service("maternity")
    council.indicator("AE5", "acute", "maternity", target="95", first="2017-04")
    place = ("AE5" if place[0] else "", "")
    for service in ("acute", "maternity"):
        confirm(council, f"AE5/{service}/2017-05", "80")
    confirm(council, "AE5/acute/2017-06", "99")
    assert state(council, "round", place) == "asked"
    confirm(council, "AE5/maternity/2017-06", "99")
    assert state(council, "round", place) == "let_go"


def test_one_firing_begins_what_it_starts_and_what_it_requires(town: Council) -> None:
    confirmed(town, "2017-05", "80")
    listed = [(line.id, line.trigger, str(line.due)) for line in matters(town.engine, JULY)]
    assert listed == [
        ("action-0001", "red", "2017-08-10"),
        ("commentary-0001", "off_target", "2017-07-17"),
        ("round-0001", "red", "2017-07-24"),
    ]


def test_a_commentary_is_owed_until_it_is_given(town: Council) -> None:
    confirmed(town, "2017-05", "90")
    (task,) = [task for task in tasks(town.engine, JULY, person=SERVICE) if task.workflow == "commentary"]
    assert (task.due, [move.step for move in task.moves]) == (date(2017, 7, 17), ["give"])
    town.step(SERVICE, "commentary", ("AE4", "acute", ""), "give", words={"words": "A ward was closed"})
    assert [task for task in tasks(town.engine, JULY) if task.workflow == "commentary"] == []
    confirmed(town, "2017-06", "90")
    assert state(town, "commentary", ordinal="2") == "owed"


def test_a_commentary_still_owed_stays_owed_when_the_figure_is_better_later(town: Council) -> None:
    confirmed(town, "2017-05", "90")
    confirmed(town, "2017-06", "99")
    assert state(town, "commentary") == "owed"


def test_a_commentary_on_a_figure_that_was_restated_away_is_not_owed(town: Council) -> None:
    confirmed(town, "2017-05", "90")
    town.figure(ANALYST, "restate", "AE4/acute/2017-05", "99", words={"reason": "late returns"})
    town.figure(MANAGER, "approve_restatement", "AE4/acute/2017-05")
    assert state(town, "commentary") == "not_needed"


def test_a_deadline_that_is_due_passes_before_a_step_of_its_own_matter(town: Council) -> None:
    confirmed(town, "2017-05", "90")
    town.at(date(2017, 7, 19))
    town.step(SERVICE, "commentary", ("AE4", "acute", ""), "give", words={"words": "A ward was closed"})
    told = [line.sentence for line in stream(town.engine, "matters/commentary/AE4/acute", names=Names())]
    assert told[-1].startswith("p5 took the step 'give' of commentary AE4/acute#1")
    assert any("commentary AE4/acute#1: Due: nothing by 17 July 2017" in line for line in told[:-1])
    given = town.store.streams({"matters/commentary/AE4/acute": 0})["matters/commentary/AE4/acute"][-1].event
    assert given.move.late_days == 2  # type: ignore[attr-defined]


def test_reminders_and_deadlines_stand_in_the_due_index_by_workflow(town: Council) -> None:
    confirmed(town, "2017-05", "80")
    rows = town.store.rows(DUE, order_by=("stream",))
    assert [(row["workflow"], row["name"]) for row in rows] == [
        ("action", "give"),
        ("commentary", "give"),
        ("round", "hand_in"),
    ]


def test_matters_of_one_workflow_do_not_stand_in_the_way_of_another(town: Council) -> None:
    confirmed(town, "2017-05", "80")
    town.step(CLERK, "intervention", ("AE4", "acute", ""), "propose", {"refer_to": "CPEG"})
    assert find_matter(town.engine, "INT-0001").workflow == "intervention"
    with pytest.raises(
        Refused, match="The matter round AE4/acute#1 is still open; a series has one at a time"
    ):
        town.step(CLERK, "round", ("AE4", "acute", ""), "propose")
    with pytest.raises(Refused, match="has no matter of 'round' number 7"):
        town.step(CLERK, "round", ("AE4", "acute", "7"), "hand_in")


def test_what_a_pack_without_the_workflow_requires_is_recorded_and_no_more(example: Pack) -> None:
    pack = with_workflows(example)
    bare = {name: each for name, each in pack.workflows.items() if name != "commentary"}
    council = town_of(varied(pack, workflows=bare))
    confirmed(council, "2017-05", "90")
    assert council.types()[-2:] == ["trigger.fired", "status.assessed"]


def test_what_a_changed_target_lets_go_says_that_the_target_was_changed(town: Council) -> None:
    confirmed(town, "2017-06", "90")
    assert state(town, "commentary") == "owed"
    text = town.text("A slip")
    request = SetTarget(indicator="AE4", from_period="2017-06", value=Decimal(80), reason=text.ref)
    town.ask(request, "p1", texts=(text,))
    assert state(town, "commentary") == "not_needed"
    shown = matter(town.engine, find_matter(town.engine, "commentary/AE4/acute#1"), JULY, names=Names())
    last = shown.moves[-1]
    assert last.label == "Judged again, and no trigger calls for it"
    (why,) = [field.value for field in last.fields if field.name == "reason"]
    assert why.startswith("The target was changed. Green")
