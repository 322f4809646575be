"""A corpus of small hostile texts, each a file (or a line) named after what it is: every one is refused with sentences."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from adapters.yaml import YamlDocuments
from engine.packs.folder import read_text
from rules.expression.reading import read_expression
from tests.hostile.confined import refusal
from tests.hostile.files_of_figures import problems
from tests.unit.rules.test_expression import VOCABULARY

CORPUS = Path(__file__).parent / "corpus"
LINES = (CORPUS / "expressions.txt").read_text("utf-8").splitlines()


def document(path: Path) -> object:
    return YamlDocuments().read(read_text(path.parent, path.name), path.name).tree


@pytest.mark.parametrize("path", sorted((CORPUS / "yaml").iterdir()), ids=lambda path: path.stem)
def test_a_document_is_refused(path: Path) -> None:
    assert refusal(partial(document, path)) == ""


@pytest.mark.parametrize("path", sorted((CORPUS / "csv").iterdir()), ids=lambda path: path.stem)
def test_a_file_of_figures_is_refused(path: Path) -> None:
    assert refusal(partial(problems, path.read_bytes())) == ""


@pytest.mark.parametrize("line", LINES)
def test_an_expression_is_refused(line: str) -> None:
    assert refusal(lambda: read_expression(line, VOCABULARY)[1]) == ""
