"""The tests' reader, which reads a text once, answers what the product's reader does."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.yaml.marks import MarkedDocument
from adapters.yaml.reader import YamlDocuments
from events.errors import Invalid
from goldenthread.resources import packs_folder
from tests import reading

PACKS = sorted(packs_folder().rglob("*.yaml"))


def held(document: MarkedDocument) -> tuple[object, ...]:
    return (document.tree, document._lines._lines, document._lines._file, document._keys, document._values)


@pytest.mark.parametrize("file", PACKS[::5], ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_text_read_again_is_the_document_that_was_read(file: Path) -> None:
    text = file.read_text("utf-8")
    anew = reading._read(YamlDocuments(), text, file.name)
    for _ in range(2):
        assert held(YamlDocuments().read(text, file.name)) == held(anew)


def test_whoever_changes_a_tree_changes_nothing_for_the_next() -> None:
    text = "a:\n  - b: one\n"
    first = YamlDocuments().read(text, "x.yaml")
    first.tree["a"][0]["b"] = "two"
    first.tree["a"].append("three")
    assert YamlDocuments().read(text, "x.yaml").tree == {"a": [{"b": "one"}]}


def test_another_text_or_another_file_is_another_document() -> None:
    assert YamlDocuments().read("a: 1\n", "x.yaml").tree != YamlDocuments().read("a: 2\n", "x.yaml").tree
    places = [YamlDocuments().read("a: 1\n", name).place(("a",)).file for name in ("x.yaml", "y.yaml")]
    assert places == ["x.yaml", "y.yaml"]


def test_what_is_refused_is_refused_each_time() -> None:
    for _ in range(2):
        with pytest.raises(Invalid, match="a second time"):
            YamlDocuments().read("a: 1\na: 2\n", "x.yaml")
