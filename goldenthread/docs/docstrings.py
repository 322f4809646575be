"""What the code says about fields: the text that stands below a field, which Python itself forgets.

Read from the source, so that a page says what a programmer reads.
"""

from __future__ import annotations

import ast
from pathlib import Path

import msgspec

from goldenthread.docs.markdown import prose


class FieldDoc(msgspec.Struct, frozen=True, kw_only=True):
    """One field of a class as its source says it."""

    name: str
    annotation: ast.expr
    default: str | None
    """The default as it is written; None where the field must be given."""
    about: str


class ClassDoc(msgspec.Struct, frozen=True, kw_only=True):
    """A class, its docstring and its fields in order."""

    name: str
    bases: tuple[str, ...]
    about: str
    fields: tuple[FieldDoc, ...]


def module_about(file: Path) -> str:
    """The docstring of a module."""
    return prose(ast.get_docstring(ast.parse(file.read_text("utf-8"))) or "")


def classes(file: Path) -> list[ClassDoc]:
    """Every class of a module, in its order."""
    tree = ast.parse(file.read_text("utf-8"))
    return [_class(node) for node in tree.body if isinstance(node, ast.ClassDef)]


def _class(node: ast.ClassDef) -> ClassDoc:
    return ClassDoc(
        name=node.name,
        bases=tuple(base.id for base in node.bases if isinstance(base, ast.Name)),
        about=prose(ast.get_docstring(node) or ""),
        fields=_fields(node),
    )


def _fields(node: ast.ClassDef) -> tuple[FieldDoc, ...]:
    found = []
    for here, below in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(here, ast.AnnAssign) and isinstance(here.target, ast.Name):
            found.append(
                FieldDoc(
                    name=here.target.id,
                    annotation=here.annotation,
                    default=ast.unparse(here.value) if here.value is not None else None,
                    about=_text(below),
                )
            )
    return tuple(found)


def _text(node: ast.stmt | None) -> str:
    """The string literal that a statement is; empty for anything else."""
    if (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    ):
        return prose(node.value.value)
    return ""
