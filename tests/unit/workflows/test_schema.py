"""The reference says what the readers read, and nothing else."""

from __future__ import annotations

import re

from tests.unit.workflows.town import HOUSE, ROOT, tree
from workflows.guards import GUARDS
from workflows.schema import effects, field_types, guards, pack_pages, workflow_pages


def test_every_key_says_what_stands_under_it() -> None:
    for page in (*workflow_pages(), *pack_pages()):
        assert page.about.endswith(".")
        assert page.keys
        assert all(key.words for key in page.keys.values()), page.name


def test_guards_effects_and_types_are_told_in_sentences() -> None:
    assert set(guards()) == set(GUARDS)
    assert all(words.endswith(".") for words in (*guards().values(), *effects().values()))
    assert effects()["waived"].endswith("The step needs reason: text.")
    assert "purpose" not in field_types()


def test_every_key_of_the_library_is_in_the_reference() -> None:
    known = {key for page in workflow_pages() for key in page.keys}
    for name in ("submission", "intervention", "decision", "requirement"):
        document = tree((ROOT / "packs" / "library" / f"{name}.yaml").read_text(encoding="utf-8"))
        assert isinstance(document, dict)
        used = {key for step in document["steps"] for key in step} | set(document)
        assert used <= known


def test_every_key_of_a_house_is_in_the_reference() -> None:
    known = {key for page in pack_pages() for key in page.keys}
    used = set(re.findall(r"(\w+):", HOUSE)) - {"bodies", "roles"}
    names = {"CPEG", "CMT", "EXECUTIVE_MEMBER", "CABINET", "5", "8", "12", "13", "15", "20"}
    assert {key for key in used - names if not key.startswith("category_")} <= known | {
        "calendar",
        "intervention",
    }
