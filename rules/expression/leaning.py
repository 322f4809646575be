"""Which way an expression goes as a figure gets better, for the bands of a pack: a better figure never fares worse."""

from __future__ import annotations

from collections.abc import Iterable

from rules.expression import tree
from rules.expression.seen import parts

_OF_THE_FIGURE = frozenset({"value", "numerator", "denominator", "compared", "status"})
"""What another figure of the same period changes."""

Lean = int | None
"""1 with a better figure, -1 against it, 0 where it does not matter, None where nobody can say."""


def lean(node: tree.Node) -> Lean:
    """Of a question: 1 where a better figure can only make it hold, -1 where it can only undo it."""
    if _apart(node):
        return 0
    match node:
        case tree.Joined():
            return _together(lean(each) for each in node.of)
        case tree.Not():
            return _turned(lean(node.of))
        case tree.Comparison(op="<" | "<="):
            return _together((_turned(_slope(node.left)), _slope(node.right)))
        case tree.Comparison(op=">" | ">="):
            return _together((_slope(node.left), _turned(_slope(node.right))))
        case _:
            return None


def _slope(node: tree.Node) -> Lean:
    """Of a number. Only the value as compared is known to be better where it is larger."""
    if _apart(node):
        return 0
    match node:
        case tree.Name():
            return 1 if node.id == "compared" else None
        case tree.Minus():
            return _turned(_slope(node.of))
        case tree.Calculation(op="+"):
            return _together((_slope(node.left), _slope(node.right)))
        case tree.Calculation(op="-"):
            return _together((_slope(node.left), _turned(_slope(node.right))))
        case tree.Call(function="min" | "max" | "round"):
            return _together(_slope(each) for each in node.of)
        case _:
            return None


def _apart(node: tree.Node) -> bool:
    """Whether the figure does not come into it; that there is one is no matter of better or worse."""
    return not any(isinstance(each, tree.Name) and each.id in _OF_THE_FIGURE for each in parts(node))


def _together(leans: Iterable[Lean]) -> Lean:
    found = {each for each in leans if each != 0}
    return 0 if not found else found.pop() if len(found) == 1 else None


def _turned(way: Lean) -> Lean:
    return None if way is None else -way
