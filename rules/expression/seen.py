"""What an expression looks at: which names, and how far back."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from rules.expression import tree
from rules.expression.vocabulary import EACH


def parts(node: tree.Node) -> Iterator[tree.Node]:
    """Every part, the whole first, in the order of the line."""
    yield node
    for field in node.__struct_fields__:
        inner = getattr(node, field)
        for each in inner if isinstance(inner, tuple) else (inner,):
            if isinstance(each, msgspec.Struct):
                yield from parts(each)  # type: ignore[arg-type]  # a struct inside a node is a node


def names(node: tree.Node) -> list[str]:
    """Every name whose value is asked for outside a window, each once."""
    found = dict.fromkeys(each.id for each in parts(node) if isinstance(each, tree.Name))
    return [name for name in found if not name.startswith(f"{EACH}.")]


def families(node: tree.Node) -> frozenset[str]:
    """What is named at all: ``status``, ``previous``, ``last_year``, ``fields`` …"""
    asked = (
        each.id if isinstance(each, tree.Name) else each.name
        for each in parts(node)
        if isinstance(each, tree.Name | tree.Has)
    )
    return frozenset(name.partition(".")[0] for name in asked)


def back(node: tree.Node) -> int:
    """How many periods before this one it looks at, the same period last year aside."""
    windows = (each.periods for each in parts(node) if isinstance(each, tree.Window))
    return max(windows, default=0) or int("previous" in families(node))
