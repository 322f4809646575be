"""Definitions as data: parameters, digests, drawings, and the registries that authors choose from."""

from __future__ import annotations

import pytest

from tests.unit.workflows.test_lints import GOOD
from tests.unit.workflows.town import HOUSE, ROOT, house, library, submission, tree
from workflows.compile import compile_definition
from workflows.definition import canonical, restore
from workflows.diagram import diagram
from workflows.effects import EFFECTS
from workflows.fields import FIELD_TYPES, types_of
from workflows.guards import GUARDS
from workflows.machine import legal_moves, machine


@pytest.mark.parametrize("name", ["submission", "intervention"])
def test_the_library_stands_up_to_every_check(name: str) -> None:
    given = (
        {"window": "10 working days", "comment_required": {"status": ["red"]}} if name == "submission" else {}
    )
    definition = library(name, **given)
    assert definition.name == name
    assert restore(canonical(definition)) == definition


def test_parameters_are_part_of_the_digest() -> None:
    assert submission().digest == submission().digest
    assert submission().digest != library("submission", window="10 days").digest


def test_a_pack_gives_its_own_roles() -> None:
    text = HOUSE.replace("data_enterer, data_manager", "data_entry_officer, performance_officer")
    definition = library(
        "submission",
        house(text),
        window="10 days",
        enters="data_entry_officer",
        confirms="performance_officer",
        comments=["service_manager", "chief_officer"],
    )
    assert definition.step("confirm").by == ("performance_officer",)
    assert definition.step("comment").by == (
        "data_entry_officer",
        "performance_officer",
        "service_manager",
        "chief_officer",
    )


def test_the_window_asks_for_comments_where_the_pack_says_so() -> None:
    window = library("submission", window="10 days", comment_required={"status": "red"}).window
    assert window is not None
    assert window.comment_required == ("red",)


@pytest.mark.parametrize(
    ("given", "code", "path"),
    [
        ({}, "GT-FLOW-021", ("with", "window")),
        ({"window": "10 days", "enter": "clerk"}, "GT-FLOW-020", ("with", "enter")),
        ({"window": "ten days"}, "GT-DATE-001", ("window", "within")),
    ],
)
def test_a_wrong_parameter_is_told_with_its_place(
    given: dict[str, object], code: str, path: tuple[str, ...]
) -> None:
    text = (ROOT / "packs" / "library" / "submission.yaml").read_text(encoding="utf-8")
    definition, problems = compile_definition(tree(text), parameters=given, organisation=house())
    assert definition is None
    assert (code, path) in [(each.code, each.path) for each in problems]


def test_a_parameter_nobody_declared_and_one_nobody_uses_are_problems() -> None:
    text = GOOD.replace("start:", "parameters: {spare: x}\nstart:").replace(
        "within: 1 month", 'within: "${length}"'
    )
    _, problems = compile_definition(tree(text), parameters={}, organisation=house())
    assert {"GT-FLOW-022", "GT-FLOW-023"} <= {each.code for each in problems}


def test_one_machine_a_definition() -> None:
    assert machine(submission()) is machine(submission())


def test_legal_moves_are_those_of_the_state_in_the_order_of_the_file() -> None:
    definition = library("intervention")
    assert [step.name for step in legal_moves(definition, "reported")] == [
        "deliver",
        "continue",
        "waive",
        "close",
        "move",
    ]
    assert legal_moves(definition, "closed") == ()


def test_the_diagram_is_mermaid_with_the_words_of_the_definition() -> None:
    drawn = diagram(library("intervention"))
    assert drawn.startswith("stateDiagram-v2\n")
    assert "    proposed: Waiting for the body to answer\n" in drawn
    assert "    [*] --> proposed\n" in drawn
    assert "    reported --> reporting: continue\n" in drawn
    assert "    reporting --> reporting: answer, deliver, ask_extension, agree_extension, move\n" in drawn
    assert "    closed --> [*]\n" in drawn


def test_a_surface_knows_which_fields_are_free_text() -> None:
    types = types_of(library("intervention"), "answer", house())
    assert types == {
        "category": "category",
        "menu": "menu_items",
        "reason": "text",
        "purpose": "purpose",
        "provider": "provider",
        "amount": "text",
        "source": "text",
    }


def test_everything_an_author_may_choose_says_what_it_is() -> None:
    assert all(guard.__doc__ for guard in GUARDS.values())
    assert all(effect.words for effect in EFFECTS.values())
    assert all(field.words for field in FIELD_TYPES.values())
    assert all(type_ in FIELD_TYPES for effect in EFFECTS.values() for type_ in effect.needs.values())
