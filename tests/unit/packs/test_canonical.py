"""The canonical form: enough to restore a whole pack, the same for the same rules, another for any other."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.packs.load import load_pack, pack_from_canonical
from events.errors import Broken
from goldenthread.resources import packs_folder
from rules.history import judge_history

CONDITIONS = (
    "{status: red}",
    "{not: {status: [red, amber]}}",
    "{all: [{status: red}, {any: [{field: important, is: 'yes'}, {reported_as: risk}]}]}",
    "{consecutive: {status: red, at_least: 3}}",
    "{turned: {from: green, to: [amber, red]}}",
)


def load(example):
    return load_pack(example.root, example.folder.library, example.folder.documents)


@pytest.mark.parametrize("condition", CONDITIONS)
def test_whatever_a_trigger_asks_comes_back_as_it_was(example, condition):
    example.change(
        "triggers:\n  one:\n    clause: '5'\n    fires: once\n    then: {record: It happened.}\n"
        f"    when: {condition}\n    clears_when: {condition}\n    only_if: {{status: red, otherwise: Not red}}\n"
    )
    pack = load(example)
    again = pack_from_canonical(pack.canonical())
    assert again == pack
    assert again.rules.digest == pack.rules.digest


def test_a_restored_pack_judges_as_the_first_did(example):
    pack = load(example)
    again = pack_from_canonical(pack.canonical())
    history = ["green", "red", "red", "amber", "red"]
    assert judge_history(again.rules, history, {}) == judge_history(pack.rules, history, {})


def test_definitions_keep_their_digests(example):
    pack = load(example)
    again = pack_from_canonical(pack.canonical())
    assert {name: each.digest for name, each in again.workflows.items()} == {
        name: each.digest for name, each in pack.workflows.items()
    }


def test_comments_order_of_parts_and_quotes_change_nothing(example):
    before = load(example).digest
    text = (example.root / "pack.yaml").read_text()
    parts = text.split("\n\n")
    example.write(
        "# a remark\n" + "\n\n".join([parts[0], *reversed(parts[1:])]).replace('clause: "3"', "clause: 3")
    )
    assert load(example).digest == before


def test_one_changed_value_is_another_digest(example):
    before = load(example).digest
    example.change("title: Another example\n")
    assert load(example).digest != before


def test_the_form_is_json_with_sorted_keys(example):
    content = load(example).canonical()
    assert (
        content
        == json.dumps(json.loads(content), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    )


@given(st.data())
def test_a_damaged_form_is_broken_or_another_pack_but_never_another_error(data):
    content = CONTENT
    at = data.draw(st.integers(0, len(content) - 1))
    damaged = content[:at] + bytes([data.draw(st.integers(0, 255))]) + content[at + 1 :]
    try:
        pack = pack_from_canonical(damaged)
    except Broken:
        return
    assert pack.digest != DIGEST or damaged == content


def hampshire():
    from adapters.yaml import YamlDocuments

    return load_pack(packs_folder() / "hampshire-2008", packs_folder() / "library", YamlDocuments())


CONTENT = hampshire().canonical()
DIGEST = hampshire().digest
