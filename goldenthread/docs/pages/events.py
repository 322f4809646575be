"""`docs/reference/events.md`: every fact type with its fields, from the classes of `events/kinds`."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec

import events.kinds
from events.codec import encode
from events.fact import Fact
from events.instant import Instant
from events.kinds.figures import FigureEntered
from events.kinds.workflow import Move
from events.schema import NAMES, VERSIONS, Event
from goldenthread.docs import markdown
from goldenthread.docs.docstrings import ClassDoc, FieldDoc, classes, module_about

KINDS = Path(events.kinds.__file__).parent
FACT = Path(inspect.getfile(Fact))
ORDER = ("book", "framework", "people", "register", "figures", "imports", "statuses", "workflow")
"""In the order in which a book meets them; files not named here come last."""

_WORDS = {
    "str": "text",
    "int": "whole number",
    "bool": "yes or no",
    "Decimal": "decimal text",
    "date": "date",
    "Instant": "instant",
    "TextRef": "text reference",
    "FieldValue": "text or list of text",
    "E_co": "the fact's own fields",
}


def page() -> str:
    """The whole page."""
    return markdown.page(
        "Facts",
        "the classes in `events/kinds/` and their docstrings",
        "A book is a list of facts. Every fact is stored as one line of JSON, its *body*: what is known about its"
        " recording, and under `event` what happened. This page lists both. Numbers that figures are made of stand as"
        " decimal text, instants as `2026-11-30T09:14:00.000000Z`, people's own words as references to an erasable"
        " table. A field that has its default value is left out of the body.",
        "## Every fact",
        "The body holds all of these except `position`, which is the fact's place in the book.",
        _fields_table(_class_of(FACT, "Fact")),
        "A body as it is stored, broken into lines here:",
        markdown.fenced(_example(), "json"),
        *_kinds(),
        "## Parts",
        "Structures that stand inside facts.",
        *_parts(),
    )


def _kinds() -> Iterator[str]:
    names = {struct.__name__: name for struct, name in NAMES.items()}
    for file in _files():
        yield f"## {file.stem.capitalize()}"
        yield module_about(file)
        for found in classes(file):
            if found.name in names:
                name = names[found.name]
                yield f"### {name}"
                yield f"{found.about} *(`{found.name}`, schema {VERSIONS[name]})*"
                yield _fields_table(found) or "The fields are those of `step.taken`."


def _parts() -> Iterator[str]:
    facts = {struct.__name__ for struct in NAMES}
    for file in _files():
        for found in classes(file):
            if found.name not in facts:
                yield f"### {found.name}"
                yield found.about
                yield _fields_table(found)


def _files() -> list[Path]:
    files = {file.stem: file for file in KINDS.glob("*.py") if file.stem != "__init__"}
    known = [files.pop(name) for name in ORDER if name in files]
    return [*known, *(files[name] for name in sorted(files))]


def _class_of(file: Path, name: str) -> ClassDoc:
    return next(found for found in classes(file) if found.name == name)


def _fields_table(found: ClassDoc) -> str:
    renamed = {"source": "from", "target": "to"} if found.name == Move.__name__ else {}
    return markdown.table(
        ("field", "type", "default", "meaning"),
        (
            (
                markdown.code(renamed.get(field.name, field.name)),
                type_in_words(field.annotation),
                _default(field),
                field.about,
            )
            for field in found.fields
        ),
    )


def _default(field: FieldDoc) -> str:
    match field.default:
        case None:
            return "*needed*"
        case "None" | "()" | "''" | "msgspec.field(default_factory=dict)":
            return "none"
        case "True" | "False" as word:
            return {"True": "yes", "False": "no"}[word]
        case other:
            return markdown.code(other.strip("'"))


def type_in_words(node: ast.expr) -> str:
    """An annotation as a reader says it: ``Decimal | None`` is "decimal text"."""
    match node:
        case ast.BinOp(left=left, right=ast.Constant(value=None)):
            return type_in_words(left)
        case ast.Subscript(value=ast.Name(id="tuple"), slice=ast.Tuple(elts=[of, *_])):
            return f"list of {type_in_words(of)}"
        case ast.Subscript(value=ast.Name(id="dict"), slice=ast.Tuple(elts=[key, value])):
            return f"{type_in_words(key)} → {type_in_words(value)}"
        case ast.Name(id=name) if name in _WORDS:
            return _WORDS[name]
        case ast.Name(id=name):
            return f"[{name}](#{markdown.anchor(name)})"
        case _:
            return markdown.code(ast.unparse(node))


def _example() -> str:
    stream = "series/CH04/childrens"
    at = Instant("2026-07-06T09:14:00.000000Z")
    fact: Fact[Event] = Fact(
        position=482,
        stream=stream,
        version=1,
        type="figure.entered",
        schema=VERSIONS["figure.entered"],
        recorded_at=at,
        received_at=at,
        effective_on=date(2026, 7, 6),
        actor="p3",
        account="priya@finance-07",
        command_id="0198f0d2c6a1",
        correlation_id="0198f0d2c6a1",
        caused_by=None,
        event=FigureEntered(
            move=Move(
                workflow="submission", subject="2026-Q1", step="enter", source="awaiting", target="entered"
            ),
            period="2026-Q1",
            revision=1,
            value=Decimal("71.4"),
        ),
    )
    return msgspec.json.format(encode(fact)).decode()
