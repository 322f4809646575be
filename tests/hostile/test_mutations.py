"""Whatever is done to a text that was right, it is read or refused with sentences: nothing else ever comes of it.

Mutations are drawn from seeds: characters dropped, doubled, swapped and put in from an alphabet of what hurts, lines
moved, parts of other texts spliced in.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.cli.problems import render_problems
from adapters.yaml import YamlDocuments
from engine.packs.check import check_pack
from engine.packs.folder import PackFolder
from events.errors import GoldenthreadError, Problem
from rules.expression.answer import truth
from rules.expression.reading import read_expression
from tests.campaigns.size import size
from tests.errors.provoke import EXAMPLE, LIBRARY
from tests.hostile.confined import refusal
from tests.hostile.files_of_figures import plan
from tests.judges.random_expressions import Author
from tests.unit.rules.test_expression import VOCABULARY, scene

SEEDS = range(size(3, 60))
PACKS = LIBRARY.parent
HURTS = [
    "\x00", "\x1b[2J", "\u202e", "\ufeff", "\u2028", "\x85", "\r", "\t", "\n", "\\", "'", '"', "`", "{", "}", "[", "]", "(", ")",
    ",", ";", ":", ": ", "- ", "? ", "|", ">", "&a ", "*a", "!!int ", "%YAML 1.1\n", "---\n", "...\n", "<<: ", "#", "@", "~", "NaN",
    "-Infinity", "1e999", "0x1F", "1_0", "٣", "=cmd|'/C calc'!A0", "+1", "-1", "99999999999999999999", "0.0000000000001", "null",
    "yes", "no", "on", "status", "expression: ", "{any: [", "{not: ", "value < ", "&&", "||", "!", "earlier(60).all(p, ", "a" * 300,
    "\U0001f9f5", "é", "\ud800",
]  # fmt: skip


def mutated(source: random.Random, text: str, others: Sequence[str]) -> str:
    """A text after one to six changes."""
    for _ in range(source.randint(1, 6)):
        text = source.choice(CHANGES)(source, text, others)
    return text


def _drop(source: random.Random, text: str, _: Sequence[str]) -> str:
    at, length = _spot(source, text), source.choice((1, 1, 2, 5, 40))
    return text[:at] + text[at + length :]


def _double(source: random.Random, text: str, _: Sequence[str]) -> str:
    at, length = _spot(source, text), source.choice((1, 4, 30, 200))
    return text[:at] + text[at : at + length] * 2 + text[at + length :]


def _put(source: random.Random, text: str, _: Sequence[str]) -> str:
    at = _spot(source, text)
    return text[:at] + source.choice(HURTS) * source.choice((1, 1, 1, 2, 30)) + text[at:]


def _replace(source: random.Random, text: str, _: Sequence[str]) -> str:
    at = _spot(source, text)
    return text[:at] + source.choice(HURTS) + text[at + 1 :]


def _move_line(source: random.Random, text: str, _: Sequence[str]) -> str:
    lines = text.split("\n")
    line = lines.pop(source.randrange(len(lines)))
    lines.insert(source.randint(0, len(lines)), " " * source.randint(0, 3) + line)
    return "\n".join(lines)


def _splice(source: random.Random, text: str, others: Sequence[str]) -> str:
    other = source.choice(others)
    start, at = _spot(source, other), _spot(source, text)
    return text[:at] + other[start : start + source.choice((3, 20, 200))] + text[at:]


CHANGES: list[Callable[[random.Random, str, Sequence[str]], str]] = [
    _drop, _double, _put, _put, _replace, _move_line, _splice,
]  # fmt: skip


def _spot(source: random.Random, text: str) -> int:
    return source.randint(0, len(text))


PIECES = [
    *"()[]<>!=&|+-*/?:,.'\"\\ 0129", "&&", "||", "==", "<=", " in ", "value", "target", "status", "fields.size", "previous.value",
    "has(", "earlier(3)", ".all(p, ", ".exists(p, ", "p.value", "p.status", "abs(", "round(", "min(", "true", "false", '"red"',
    "'big'", "3.5", "null", "é", "\u202e", "\x00",
]  # fmt: skip
"""What lines of expressions are made of, and what they never are."""


# packs --------------------------------------------------------------------------------------------------------

WHOLE = [path.read_text("utf-8") for path in sorted([*PACKS.glob("*/*.yaml"), EXAMPLE / "pack.yaml"])]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_pack_that_was_tampered_with_is_checked_or_refused(seed: int, tmp_path: Path) -> None:
    source = random.Random(seed)
    folder = PackFolder(tmp_path / "example", LIBRARY, YamlDocuments())
    folder.root.mkdir()
    right = (EXAMPLE / "pack.yaml").read_text("utf-8")
    for _ in range(30):
        text = mutated(source, right, WHOLE)
        (folder.root / "pack.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
        _assert_refused_or_right(lambda: check_pack(folder).problems, text)


@pytest.mark.parametrize("path", sorted(LIBRARY.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_workflow_that_was_tampered_with_is_checked_or_refused(path: Path, tmp_path: Path) -> None:
    source = random.Random(path.stem)
    folder = PackFolder(tmp_path / "example", tmp_path / "library", YamlDocuments())
    folder.root.mkdir()
    folder.library.mkdir()
    for each in LIBRARY.glob("*.yaml"):
        (folder.library / each.name).write_bytes(each.read_bytes())
    (folder.root / "pack.yaml").write_bytes((EXAMPLE / "pack.yaml").read_bytes())
    right = path.read_text("utf-8")
    for _ in range(10):
        text = mutated(source, right, WHOLE)
        (folder.library / path.name).write_bytes(text.encode("utf-8", "surrogatepass"))
        _assert_refused_or_right(lambda: check_pack(folder).problems, text)


# documents and lines ------------------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        alphabet=st.one_of(st.sampled_from("{}[],:-?&*!|>'\"%@`# \n\r\tab1"), st.characters()), max_size=300
    )
)
def test_any_text_is_a_document_or_refused(text: str) -> None:
    _assert_refused_or_right(lambda: YamlDocuments().read(text, "pack.yaml") and (), text)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(PIECES),
        max_size=60,
    ).map("".join)
)
def test_any_line_is_an_expression_or_refused(line: str) -> None:
    _assert_answered_or_refused(line)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_expression_that_was_tampered_with_is_answered_or_refused(seed: int) -> None:
    source, author = random.Random(seed), Author(seed)
    others = [author.question().ours for _ in range(20)]
    for _ in range(200):
        _assert_answered_or_refused(mutated(source, author.question().ours, others))


def _assert_answered_or_refused(line: str) -> None:
    node, problems = read_expression(line, VOCABULARY)
    assert (node is None) == bool(problems), line
    for problem in problems:
        assert problem.sentence.endswith((".", "…")), line
        assert 0 <= problem.into <= len(line), line
    if node is not None:
        assert truth(node, scene()) in (True, False, None)


# files of figures ---------------------------------------------------------------------------------------------

LONG = "Returns of highways\n\nindicator,service,period,value,numerator,denominator\n" + "".join(
    f'HW1,highways,2026-{month:02d},"{month}.5 %",{month},200\n' for month in range(4, 7)
)
WIDE = "indicator;service;Apr-26;May-26;Jun-26\r\nHW1;highways;91,5;n/a;95 %\r\nTotal;;1;2;3\r\n"


@pytest.mark.parametrize("seed", SEEDS)
def test_a_file_of_figures_that_was_tampered_with_is_planned_or_refused(seed: int) -> None:
    source = random.Random(seed)
    for _ in range(50):
        text = mutated(source, source.choice((LONG, WIDE)), (LONG, WIDE))
        content = text.encode(source.choice(("utf-8", "cp1252", "utf-16")), "replace")
        _assert_refused_or_right(partial(_planned, content), text)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_file_of_figures_or_refused(content: bytes) -> None:
    _assert_refused_or_right(partial(_planned, content), repr(content))


def _planned(content: bytes) -> Sequence[Problem]:
    return plan(content).problems


def _assert_refused_or_right(do: Callable[[], Sequence[Problem]], text: str) -> None:
    """Problems with sentences, or none at all; never another exception, and all can be shown."""
    try:
        problems = do()
    except GoldenthreadError as refused:
        problems = refused.problems
        assert problems, text
    trouble = refusal(lambda: problems) if problems else ""
    assert not trouble, f"{trouble}\n{text}"
    render_problems(problems, most=50)
